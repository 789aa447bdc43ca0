/** One view for each place on the page: made when its mount appears, updated with its data, removed when it goes. */

/**
 * @template Data
 * @typedef {import('./types.js').Mount<Data>} Mount
 */

/**
 * @template Data
 * @typedef {{update?: (mount: Mount<Data>) => void, remove: () => void}} View
 */

/**
 * @template Data
 * @param {(parent: HTMLElement, mount: Mount<Data>) => View<Data>} create
 * @returns {(mount: Mount<Data>) => () => void} what Streamlit calls; returns what removes the view
 */
export function mountOf(create) {
  /** @type {WeakMap<HTMLElement, View<Data>>} */
  const views = new WeakMap();
  return (mount) => {
    const { parentElement } = mount;
    const view = views.get(parentElement) ?? create(parentElement, mount);
    views.set(parentElement, view);
    view.update?.(mount);
    return () => {
      views.get(parentElement)?.remove();
      views.delete(parentElement);
    };
  };
}

/**
 * One view for each place on the page: made when its mount appears, told of what comes, removed when it goes.
 * @param {(parent: HTMLElement, component: import('./types.js').Mount) => View} create
 * @returns {(component: import('./types.js').Mount) => () => void} the mount
 * @typedef {{update?: (component: import('./types.js').Mount) => void, remove: () => void}} View
 */
export function mountOf(create) {
  const views = new WeakMap();
  return (component) => {
    const { parentElement } = component;
    if (!views.has(parentElement)) views.set(parentElement, create(parentElement, component));
    views.get(parentElement).update?.(component);
    return () => {
      views.get(parentElement)?.remove();
      views.delete(parentElement);
    };
  };
}

/** Small helpers for elements of our own. */

/**
 * The part of an element that a selector names; it has to be there, and of a kind.
 * @template {Element} Kind
 * @param {new () => Kind} kind
 * @param {ParentNode} root
 * @param {string} selector
 */
export function partOf(kind, root, selector) {
  const part = root.querySelector(selector);
  if (!(part instanceof kind)) throw new Error(`There is no such part. Received: ${selector}.`);
  return part;
}

/**
 * An HTML element that a selector names.
 * @type {(root: ParentNode, selector: string) => HTMLElement}
 */
export const part = (root, selector) => partOf(HTMLElement, root, selector);

/**
 * All HTML elements that a selector names.
 * @type {(root: ParentNode, selector: string) => HTMLElement[]}
 */
export const parts = (root, selector) => [...root.querySelectorAll(selector)].filter((each) => each instanceof HTMLElement);

/**
 * The button in which something happened, if it was in one.
 * @type {(event: Event) => HTMLButtonElement | null}
 */
export const buttonOf = ({ target }) => (target instanceof Element ? target.closest('button') : null);

/**
 * Where the pointer is in an element, in pixels from its corner.
 * @type {(element: Element, event: {clientX: number, clientY: number}) => [number, number]}
 */
export function placeIn(element, { clientX, clientY }) {
  const box = element.getBoundingClientRect();
  return [clientX - box.left, clientY - box.top];
}

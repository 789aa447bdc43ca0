/** Listeners to changes, and whether something has to be painted. */

/**
 * @typedef {'race' | 'landscape' | 'data' | 'orders' | 'anatomy' | 'chosen' | 'seek' | 'play' | 'cost' | 'batch_surface'
 *   | 'zoom' | 'resize' | 'basins' | 'tuning'} StoreEvent
 */

/** @type {Map<StoreEvent, Set<() => void>>} */
const listeners = new Map();
let dirty = true;

/**
 * Call `listener` at every `event`; returns what takes it off again.
 * @type {(event: StoreEvent, listener: () => void) => () => void}
 */
export function on(event, listener) {
  const all = listeners.get(event) ?? new Set();
  listeners.set(event, all.add(listener));
  return () => {
    all.delete(listener);
  };
}

/**
 * Call all listeners to `event`, and paint.
 * @type {(event: StoreEvent) => void}
 */
export function emit(event) {
  requestRepaint();
  listeners.get(event)?.forEach((listener) => listener());
}

/** Let the views paint at the next frame. */
export function requestRepaint() {
  dirty = true;
}

/** Whether something has to be painted; asking says that it will be. */
export function takeRepaint() {
  const wanted = dirty;
  dirty = false;
  return wanted;
}

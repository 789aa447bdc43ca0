/**
 * One message in flight: the newest value goes out when the last one's race has come. A fixed interval would
 * either lag behind a fast machine or flood a slow one.
 */
import { on } from './events.js';

const TIMEOUT_MS = 500;

/**
 * @template Value
 * @param {(value: Value) => void} send
 * @param {import('./events.js').StoreEvent} arrival the event that says a message has done its work
 * @returns {(value: Value) => void} call it as often as the hand moves
 */
export function throttle(send, arrival = 'race') {
  let inFlight = false;
  /** @type {Value | undefined} */
  let next;
  let timer = 0;

  const arrived = () => {
    clearTimeout(timer);
    inFlight = false;
    if (next !== undefined) transmit(next);
  };
  /** @type {(value: Value) => void} */
  const transmit = (value) => {
    next = undefined;
    inFlight = true;
    send(value);
    timer = setTimeout(arrived, TIMEOUT_MS); // a value that changes nothing brings no race
  };
  on(arrival, arrived);
  return (value) => {
    if (inFlight) next = value;
    else transmit(value);
  };
}

/**
 * One message in flight: the newest value goes out when the last one's race has come. A fixed interval would
 * either lag behind a fast machine or flood a slow one.
 */
import { on } from './store.js';

const TIMEOUT_MS = 500;

/**
 * @param {(value: any) => void} send
 * @param {string} arrival the event that says a message has done its work
 * @returns {(value: any) => void} call it as often as the hand moves
 */
export function throttle(send, arrival = 'race') {
  let inFlight = false;
  let next;
  let timer = 0;

  const arrived = () => {
    clearTimeout(timer);
    inFlight = false;
    if (next !== undefined) transmit(next);
  };
  const transmit = (value) => {
    next = undefined;
    inFlight = true;
    send(value);
    timer = setTimeout(arrived, TIMEOUT_MS); // a value that changes nothing brings no race
  };
  on(arrival, arrived);
  return (value) => (inFlight ? (next = value) : transmit(value));
}

/**
 * One message in flight: the newest value goes out when the last one's race has come. A fixed interval would
 * either lag behind a fast machine or flood a slow one.
 */
import { on } from './store.js';

const PATIENCE = 500;

/**
 * @param {(value: any) => void} send
 * @param {string} arrival the event that says a message has done its work
 * @returns {(value: any) => void} call it as often as the hand moves
 */
export function sender(send, arrival = 'race') {
  let flying = false;
  let next;
  let timer = 0;

  const landed = () => {
    clearTimeout(timer);
    flying = false;
    if (next !== undefined) fly(next);
  };
  const fly = (value) => {
    next = undefined;
    flying = true;
    send(value);
    timer = setTimeout(landed, PATIENCE); // a value that changes nothing brings no race
  };
  on(arrival, landed);
  return (value) => (flying ? (next = value) : fly(value));
}

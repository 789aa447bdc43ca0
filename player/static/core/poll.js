/** Asks the server for the result of the present settings, again and again until it is ready. */

const RETRY_MS = 1500; // if no answer came

/** @typedef {(stamp: string) => void} Question */

/**
 * @param {() => string | null} missing the stamp of what is wanted and not there, null if nothing is
 * @returns {{connect: (question: Question) => () => void, after: (milliseconds: number) => void}} `connect`: who is
 *   to be asked, returns what takes it back; `after`: ask after so long, unless it has come by then
 */
export function poll(missing) {
  /** @type {Question | null} */
  let ask = null;
  let timer = 0;
  /** @type {(milliseconds: number) => void} */
  const after = (milliseconds) => {
    clearTimeout(timer);
    if (!ask || missing() === null) return;
    timer = setTimeout(() => {
      const stamp = missing();
      if (stamp !== null) ask?.(stamp);
      after(RETRY_MS);
    }, milliseconds);
  };
  /** @type {(question: Question) => () => void} */
  const connect = (question) => {
    ask = question;
    return () => {
      clearTimeout(timer);
      ask = null;
    };
  };
  return { connect, after };
}

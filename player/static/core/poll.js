/** Asks the server for what belongs to the present settings, again and again until it is there. */

const RETRY = 1500; // milliseconds, if no answer came

/**
 * @param {() => string | null} missing the stamp of what is wanted and not there, null if nothing is
 * @returns {{by: (question: (stamp: string) => void) => () => void, in: (milliseconds: number) => void}} `by`: who is
 *   to be asked, returns what takes it back; `in`: ask after so long, unless it has come by then
 */
export function poll(missing) {
  let ask = null;
  let timer = 0;
  const later = (milliseconds) => {
    clearTimeout(timer);
    if (!ask || missing() === null) return;
    timer = setTimeout(() => {
      const stamp = missing();
      if (stamp !== null) ask?.(stamp);
      later(RETRY);
    }, milliseconds);
  };
  const by = (question) => {
    ask = question;
    return () => {
      clearTimeout(timer);
      ask = null;
    };
  };
  return { by, in: later };
}

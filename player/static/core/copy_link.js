/** Copies the address of the present view. */

const views = new WeakSet();

/** @param {import('./types.js').Mount} component */
export function mountCopyLink({ parentElement }) {
  if (views.has(parentElement)) return undefined;
  views.add(parentElement);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'descent-copy';
  button.textContent = 'Copy link';
  button.addEventListener('click', async () => {
    button.textContent = (await copied(location.href)) ? 'Copied' : 'Copy it from the address bar';
    setTimeout(() => {
      button.textContent = 'Copy link';
    }, 1600);
  });
  parentElement.append(button);
  return () => button.remove();
}

/** Put a text on the clipboard; false if the browser does not allow it. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or a page without https
  }
}

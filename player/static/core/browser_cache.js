/** Files that the browser keeps: an address holds the version of its file, so the file never has to be fetched again. */
const STORE = 'descent';

/**
 * Where a file can be loaded from: the copy that the browser keeps, which the first call makes.
 * @param {string} address
 * @returns {Promise<string>} the address itself where the browser keeps nothing
 */
export async function cachedAddress(address) {
  try {
    const store = await caches.open(STORE);
    let response = await store.match(address);
    if (!response) {
      response = await fetch(address);
      if (!response.ok) return address;
      store.put(address, response.clone()).catch(() => {}); // a full disk: it is fetched again next time
    }
    return URL.createObjectURL(await response.blob());
  } catch {
    return address; // not a secure context, or private browsing
  }
}

/**
 * Delete the copies of older versions.
 * @param {string} base how the addresses of all our files begin
 * @param {string[]} current addresses whose copies stay
 */
export async function dropOthers(base, current) {
  try {
    const store = await caches.open(STORE);
    const old = (await store.keys()).filter(({ url }) => url.startsWith(base) && !current.includes(url));
    await Promise.all(old.map((request) => store.delete(request)));
  } catch {
    // nothing is kept
  }
}

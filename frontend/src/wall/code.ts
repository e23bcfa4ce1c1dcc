/** How a code and an address are written so that a room can read and type them. */

/** KJ7M4P is read in two halves. */
export function spaced(code: string): string {
  const half = Math.ceil(code.length / 2);
  return code.length >= 6 ? `${code.slice(0, half)} ${code.slice(half)}` : code;
}

/** What people type: the host, a non-standard port, and the folder if there is one. */
export function address(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return host + pathname.replace(/\/(J\/.*)?$/i, "");
  } catch {
    return url.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  }
}

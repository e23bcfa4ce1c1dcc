/** What a page remembers for as long as its tab is open. */

type Memory = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The session's storage, or nothing where a browser forbids it. */
export function memory(): Memory {
  try {
    sessionStorage.getItem("");
    return sessionStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}

const reloadKey = "trivsel-reload";

/** The page is older than the server: reload, but never in a loop. */
export function reloadOnce(): void {
  const last = Number(memory().getItem(reloadKey) ?? 0);
  // A clock that was set back must not block it for hours (G27).
  if (Math.abs(Date.now() - last) < 60_000) return;
  memory().setItem(reloadKey, String(Date.now()));
  location.reload();
}

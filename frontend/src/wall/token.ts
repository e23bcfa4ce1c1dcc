/** The screen's token: from the fragment or by pairing, kept for 24 hours, so that a reload needs no pairing. */
import { tokenIn } from "../ui/pasted";

const name = "trivsel-wall";
const day = 24 * 60 * 60 * 1000;
type Kept = { token: string; at: number };

/** Takes the token out of the address bar, where a photo of the wall would show it; else the one that is kept. */
export function takeToken(): string | null {
  const given = tokenIn(location.hash);
  if (given) {
    history.replaceState(null, "", location.pathname);
    keepToken(given);
    return given;
  }
  for (const box of boxes()) {
    try {
      const kept = JSON.parse(box.getItem(name) ?? "null") as Kept | null;
      if (kept && Date.now() - kept.at < day) return kept.token;
    } catch {
      // Ignore what another program left there.
    }
  }
  return null;
}

/** Per tab first: two walls in one browser may show two workshops. */
export function keepToken(token: string): void {
  for (const box of boxes()) box.setItem(name, JSON.stringify({ token, at: Date.now() } satisfies Kept));
}

export function forgetToken(): void {
  for (const box of boxes()) box.removeItem(name);
}

function boxes(): Storage[] {
  const found: Storage[] = [];
  for (const read of [() => sessionStorage, () => localStorage]) {
    try {
      const box = read();
      box.getItem(name);
      found.push(box);
    } catch {
      // A browser may forbid storage; then a reload needs pairing again.
    }
  }
  return found;
}

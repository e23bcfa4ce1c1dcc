/** Away to where the company signs in, and back to the page one was on (X28). */
import type { SentThere } from "../protocol.gen";

/** Of this tab alone: another tab may be anywhere. */
const CAME_FROM = "trivsel-desk-came-from";

export async function goThere(ask: Promise<SentThere>): Promise<void> {
  const { url } = await ask;
  try {
    sessionStorage.setItem(CAME_FROM, location.hash);
  } catch {
    // Then one is back on the front page.
  }
  location.assign(url);
}

/** Where one was, told once. */
export function cameFrom(): string {
  try {
    const hash = sessionStorage.getItem(CAME_FROM) ?? "";
    sessionStorage.removeItem(CAME_FROM);
    return hash.startsWith("#/") ? hash.slice(1) : "/";
  } catch {
    return "/";
  }
}

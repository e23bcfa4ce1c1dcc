/** Goes to the company's sign-in, and back to the page one was on (X28). */
import type { SentThere } from "../protocol.gen";

/** For this tab alone; other tabs may be elsewhere. */
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

/** The previous page, returned once. */
export function cameFrom(): string {
  try {
    const hash = sessionStorage.getItem(CAME_FROM) ?? "";
    sessionStorage.removeItem(CAME_FROM);
    return hash.startsWith("#/") ? hash.slice(1) : "/";
  } catch {
    return "/";
  }
}

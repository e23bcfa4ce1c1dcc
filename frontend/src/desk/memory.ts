/** What this browser remembers of the desk: its language, whether single keys are on, which warnings were seen. */

import { newId } from "../engine/ids";

const prefix = "trivsel-desk-";

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // The desk must work in a browser without storage.
  }
}

/** R11: which desk this is, for as long as its tab is open. */
export function thisDesk(): string {
  try {
    const kept = sessionStorage.getItem(prefix + "this") ?? newId();
    sessionStorage.setItem(prefix + "this", kept);
    return kept;
  } catch {
    return (alone ||= newId());
  }
}
let alone = "";

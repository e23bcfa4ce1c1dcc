/**
 * What is typed on the desk and not stored yet, kept by this browser (G32, G34, G35): a session that ends, a dialog that
 * is shut and a page that is reloaded lose no words. Gone when stored, with the meeting's end, and when signing out.
 */
import { getContext, setContext } from "svelte";

const prefix = "trivsel-words-";
/** The account that types here; no other that signs in at this browser sees its words. */
let owner = "";

export const typesHere = (account: string): void => void (owner = account);

/** `where` is the workshop or the process, `field` what is written in. */
export const fieldKey = (where: string, field: string): string => `${prefix}${owner} ${where} ${field}`;

export function keptWords(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Nothing is kept of an empty field. */
export function keepWords(key: string, text: string): void {
  try {
    if (text.trim() === "") localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Then they are in the field alone.
  }
}

/** Of one workshop, whoever typed them; or of all where none is named. */
export function forgetWords(where?: string): void {
  for (const key of kept()) if (where === undefined || key.split(" ")[1] === where) keepWords(key, "");
}

function kept(start = prefix): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}

const scope = Symbol("form");

/**
 * For what is made around fields: they keep their words under `where` and their label, or nothing where it is null. What
 * it returns is called when they are sent; and what that returns, when they are stored: words typed since then stay.
 */
export function keeping(where: string | null): () => () => void {
  const start = where === null ? null : fieldKey(where, "");
  setContext(scope, start);
  return () => {
    const sent = start === null ? [] : kept(start).map((key) => [key, keptWords(key)] as const);
    return () => {
      for (const [key, text] of sent) if (keptWords(key) === text) keepWords(key, "");
    };
  };
}

/** Where a field of the form around it keeps its words. */
export function keptAs(label: string): string | null {
  const start = getContext<string | null | undefined>(scope);
  return typeof start === "string" ? start + label : null;
}

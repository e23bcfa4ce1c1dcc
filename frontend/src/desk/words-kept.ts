/**
 * Unsaved text of the desk, kept by this browser (G32, G34, G35), so that an expired session, a closed dialog or a
 * reload loses nothing. It is dropped when stored, at the meeting's end, and on signing out.
 */
import { getContext, setContext } from "svelte";

const prefix = "trivsel-words-";
/** The account that types here; others that sign in on this browser never see its texts. */
let owner = "";

export const typesHere = (account: string): void => void (owner = account);

/** `where` is the workshop or the process, `field` the field being written in. */
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
    // Then the text is only in the field.
  }
}

/** Forget the texts of one workshop, whoever typed them, or of all. */
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
 * For components around fields: the fields keep their texts under `where` and their label, or nothing if it is null.
 * Call the returned function when they are sent, and the one that returns when they are stored: text typed since then
 * stays.
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

/** The key under which a field of the surrounding form keeps its text. */
export function keptAs(label: string): string | null {
  const start = getContext<string | null | undefined>(scope);
  return typeof start === "string" ? start + label : null;
}

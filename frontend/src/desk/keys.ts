/**
 * The desk's keys, named as in the key list ("P", "Shift+Z", "Ctrl+Enter"). None work while somebody types or a dialog
 * is open; single-character keys can be switched off (WCAG 2.1.4).
 */

export interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The key's name, or null for keys we never use. */
export function keyName(event: Pressed): string | null {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) return event.key === "Enter" ? "Ctrl+Enter" : null;
  if (event.key === "Escape") return "Esc";
  // "=" is the key of "+" without Shift on many layouts.
  if (event.key === "=") return "+";
  if (event.key === "−") return "-";
  if (event.key.length > 1) return event.key;
  const letter = event.key.toUpperCase();
  return event.shiftKey && letter !== event.key.toLowerCase() ? `Shift+${letter}` : letter;
}

/** One character, with or without Shift: may be switched off. */
export function isSingle(name: string): boolean {
  return name.replace("Shift+", "").length === 1;
}

export interface Place {
  /** The element that has the focus takes text. */
  readonly typing: boolean;
  /** A dialog or a menu is open over the desk. */
  readonly covered: boolean;
  /** The focused element does not react to Enter. */
  readonly free: boolean;
}

/** Whether a key means anything here. */
export function works(name: string, place: Place, singles: boolean): boolean {
  if (place.covered) return false;
  if (name === "Ctrl+Enter") return true;
  if (place.typing) return false;
  if (name === "Enter") return place.free;
  return singles || !isSingle(name);
}

const TEXTLESS = new Set([
  "button",
  "checkbox",
  "radio",
  "range",
  "submit",
  "reset",
  "color",
  "file",
  "image",
]);

/** Where we are, read from the page. */
export function placeOf(target: EventTarget | null, page: Document): Place {
  const element = target instanceof HTMLElement ? target : page.body;
  const tag = element.tagName;
  const typing =
    tag === "TEXTAREA" ||
    tag === "SELECT" ||
    element.isContentEditable ||
    (tag === "INPUT" && !TEXTLESS.has((element as HTMLInputElement).type));
  const covered = page.querySelector("dialog[open], [role=menu]") !== null;
  const free =
    element.closest("button, a, input, select, textarea, summary, [role=button], [tabindex='0']") === null;
  return { typing, covered, free };
}

/**
 * Cleans text pasted from other programs (G39): normalises line ends and removes invisible characters. The server does
 * the same (`app/engine/text.py`); doing it in the field lets us report it.
 */

/** Word ends lines with a vertical tab, PowerPoint too; old files with a lone return. */
const lineEnds = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
// With `u` the last range matches only lone surrogates.
const unseen = /[\0-\x08\x0e-\x1f\x7f-\x9f\p{NChar}\ud800-\udfff]/gu;

/** The text as it can be kept, and whether something was cut from it; in a field of one line it stays one. */
export function tidy(text: string, lines = true): { text: string; cut: boolean } {
  const lined = text.replace(lineEnds, lines ? "\n" : " ");
  const kept = lined.replace(unseen, "");
  return { text: kept, cut: kept !== lined };
}

/** The token of a link, without punctuation of the sentence that the link was in (G60). */
export const tokenIn = (hash: string): string => hash.slice(1).replace(/(?:%[\da-f]{2}|[^\w-])+$/i, "");

type Field = HTMLInputElement | HTMLTextAreaElement;
const single = ["text", "search", "email", "tel", "url", ""];

function fieldOf({ target }: Event): Field | null {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && single.includes(target.type) ? target : null;
}

/**
 * Cleans every field of the page before anything reads it. `say` is called with `signs` if something invisible was
 * removed, `rest` if not all of the pasted text fitted, `full` if the field is full. Returns a function that ends it.
 */
export function watchFields(say: (what: "signs" | "rest" | "full", field: Field) => void): () => void {
  const isFull = ({ maxLength, value }: Field) => maxLength >= 0 && value.length >= maxLength;
  const typed = (event: Event) => {
    const field = fieldOf(event);
    if (!field) return;
    const lines = field instanceof HTMLTextAreaElement;
    const { text, cut } = tidy(field.value, lines);
    if (text !== field.value) {
      // E-mail fields have no selection API.
      const caret = field.selectionStart;
      const before = tidy(field.value.slice(0, caret ?? 0), lines).text.length;
      field.value = text;
      if (caret !== null) field.setSelectionRange(before, before);
    }
    const brought = event instanceof InputEvent && /^insertFrom/.test(event.inputType);
    if (cut) say("signs", field);
    else if (isFull(field) && !brought) say("full", field);
  };
  /** A key press in a full field does nothing, and that is announced. */
  const pressed = (event: InputEvent) => {
    const field = fieldOf(event);
    if (
      field &&
      event.inputType === "insertText" &&
      isFull(field) &&
      field.selectionStart === field.selectionEnd
    )
      say("full", field);
  };
  const pasted = (event: Event) => {
    const field = fieldOf(event);
    const brought = event instanceof ClipboardEvent ? event.clipboardData : (event as DragEvent).dataTransfer;
    if (!field || field.maxLength < 0 || !brought) return;
    const replaced = (field.selectionEnd ?? 0) - (field.selectionStart ?? 0);
    const room = field.maxLength - field.value.length + replaced;
    if (tidy(brought.getData("text/plain")).text.length > room) say("rest", field);
  };
  // In the capture phase, so that the field's own listeners run afterwards.
  const events = [
    ["beforeinput", pressed],
    ["input", typed],
    ["paste", pasted],
    ["drop", pasted],
  ] as const;
  for (const [name, hear] of events) document.addEventListener(name, hear as EventListener, true);
  return () => {
    for (const [name, hear] of events) document.removeEventListener(name, hear as EventListener, true);
  };
}

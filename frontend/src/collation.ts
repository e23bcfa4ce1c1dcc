/** The order of words that people read, by the language of the page, as the server has it (G52, `app/words/order.py`). */
import { lang } from "./words";

let collator: { readonly of: string; readonly compare: (a: string, b: string) => number } | undefined;

/** For `sort`. Danish has æ, ø, å last and aa as an å; capitals count only between words that are otherwise alike. */
export function byWords(a: string, b: string): number {
  const of = lang();
  if (collator?.of !== of) collator = { of, compare: new Intl.Collator(of).compare };
  return collator.compare(a, b);
}

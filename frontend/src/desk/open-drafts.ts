/**
 * Text typed into fields here, and what somebody else wrote there at the same time: nothing is lost. This browser keeps
 * it until it is stored (G32).
 */
import { SvelteMap } from "svelte/reactivity";
import { keepWords, keptWords } from "./words-kept";

export interface Typed {
  readonly text: string;
  /** Where this browser keeps it. */
  readonly kept: string;
  /** What somebody else wrote there; the field keeps the local text until the conflict is settled. */
  readonly other?: string;
}

export class OpenDrafts<Field, Draft extends Typed> {
  readonly #all = new SvelteMap<Field, Draft>();

  get(field: Field): Draft | undefined {
    return this.#all.get(field);
  }

  /** A draft that can be saved, which has no unresolved conflict. */
  ready(field: Field): Draft | undefined {
    const draft = this.#all.get(field);
    return draft?.other === undefined ? draft : undefined;
  }

  /** Open a draft; one that is already open keeps its text. */
  open(field: Field, draft: Draft): void {
    if (!this.#all.has(field)) this.#all.set(field, draft);
  }

  /** Restore what was typed before the session ended or the page reloaded; false if there is nothing. */
  restore(field: Field, draft: Draft): boolean {
    const words = keptWords(draft.kept);
    if (words === null) return false;
    this.open(field, { ...draft, ...(JSON.parse(words) as Partial<Draft>) });
    return true;
  }

  set(field: Field, draft: Draft): void {
    this.#all.set(field, draft);
    keepWords(draft.kept, JSON.stringify(draft));
  }

  write(field: Field, text: string): void {
    const draft = this.#all.get(field);
    if (draft) this.set(field, { ...draft, text });
  }

  drop(field: Field): void {
    const draft = this.#all.get(field);
    if (draft) keepWords(draft.kept, "");
    this.#all.delete(field);
  }

  /** `sent` is stored. Text typed since then stays, now based on what is stored. */
  stored(field: Field, sent: Draft, ground: Partial<Draft>): void {
    const now = this.#all.get(field);
    if (now?.text === sent.text) this.drop(field);
    else if (now) this.set(field, { ...now, ...ground });
  }
}

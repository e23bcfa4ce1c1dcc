/**
 * What is typed into fields here, and what somebody else wrote there at the same time: no words are lost. This browser
 * keeps them until they are stored (G32).
 */
import { SvelteMap } from "svelte/reactivity";
import { keepWords, keptWords } from "./words-kept";

export interface Typed {
  readonly text: string;
  /** Where this browser keeps it. */
  readonly kept: string;
  /** What somebody else wrote there meanwhile; the field keeps what was typed here until that is settled. */
  readonly other?: string;
}

export class OpenDrafts<Field, Draft extends Typed> {
  readonly #all = new SvelteMap<Field, Draft>();

  get(field: Field): Draft | undefined {
    return this.#all.get(field);
  }

  /** One that can be saved: not one that somebody else's words stand against. */
  ready(field: Field): Draft | undefined {
    const draft = this.#all.get(field);
    return draft?.other === undefined ? draft : undefined;
  }

  /** A field that is open already keeps what was typed. */
  open(field: Field, draft: Draft): void {
    if (!this.#all.has(field)) this.#all.set(field, draft);
  }

  /** What was typed here before the session ended or the page was loaded again; false when nothing was. */
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

  /** What was sent is stored. Typed on meanwhile, it stays, on the ground of what is stored now. */
  stored(field: Field, sent: Draft, ground: Partial<Draft>): void {
    const now = this.#all.get(field);
    if (now?.text === sent.text) this.drop(field);
    else if (now) this.set(field, { ...now, ...ground });
  }
}

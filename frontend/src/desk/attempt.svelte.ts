/** Something that the server is asked for and may refuse: one at a time, and why not in words. */
import { reason } from "../words";
import { Refusal } from "./api";
import { session } from "./session.svelte";

/** Part of what was typed is stored: why the rest is not. */
export class Left extends Error {
  constructor(
    readonly why: string,
    readonly text: string,
  ) {
    super();
  }
}

export const codeOf = (refusal: unknown) => (refusal instanceof Refusal ? refusal.code : "server");

export const whyNot = (refusal: unknown): string =>
  refusal instanceof Left ? refusal.why : reason(codeOf(refusal));

/** Who is no longer signed in gets the sign-in page, and needs no other words. */
export const orSignIn = (refusal: unknown): string => (session.expired(refusal) ? "" : whyNot(refusal));

export class Attempt {
  busy = $state(false);
  wrong = $state("");

  constructor(readonly say: (refusal: unknown) => string = orSignIn) {}

  /** True when it went well. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.wrong = "";
    try {
      await work();
      return true;
    } catch (refusal) {
      this.wrong = this.say(refusal);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

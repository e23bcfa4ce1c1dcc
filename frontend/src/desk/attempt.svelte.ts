/** A request of the desk, with its refusal as text. */
import { Attempt as Asked } from "../ui/attempt.svelte";
import { reason } from "../words";
import { Refusal } from "./api";
import { session } from "./session.svelte";

/** Only part of what was typed is stored; says why the rest is not. */
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

/** People who are no longer signed in get the sign-in page, and no other message. */
export const orSignIn = (refusal: unknown): string => (session.expired(refusal) ? "" : whyNot(refusal));

export class Attempt extends Asked {
  constructor(say = orSignIn) {
    super(say);
  }
}

/** What the desk asks of the server, and why not in words. */
import { Attempt as Asked } from "../ui/attempt.svelte";
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

export class Attempt extends Asked {
  constructor(say = orSignIn) {
    super(say);
  }
}

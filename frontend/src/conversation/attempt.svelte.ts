/** A request of a conversation's page, with its refusal as text. */
import { Attempt as Asked } from "../ui/attempt.svelte";
import { reason } from "../words";
import { Refusal } from "./api";

export class Attempt extends Asked {
  constructor() {
    super((refusal) => reason(refusal instanceof Refusal ? refusal.code : "server"));
  }
}

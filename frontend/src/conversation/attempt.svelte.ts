/** What the page of a conversation asks of the server, and why not in words. */
import { Attempt as Asked } from "../ui/attempt.svelte";
import { reason } from "../words";
import { Refusal } from "./api";

export class Attempt extends Asked {
  constructor() {
    super((refusal) => reason(refusal instanceof Refusal ? refusal.code : "server"));
  }
}

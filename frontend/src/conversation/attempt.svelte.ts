/** Something that the server is asked for and may refuse: one at a time, and why not in words. */
import { reason } from "../words";
import { Refusal } from "./api";

export class Attempt {
  busy = $state(false);
  wrong = $state("");

  /** True when it went well. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.wrong = "";
    try {
      await work();
      return true;
    } catch (refusal) {
      this.wrong = reason(refusal instanceof Refusal ? refusal.code : "server");
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** A request that the server may refuse: one at a time, with the refusal as text. */
export class Attempt {
  busy = $state(false);
  wrong = $state("");

  constructor(readonly say: (refusal: unknown) => string) {}

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

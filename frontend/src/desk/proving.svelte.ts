/** X4: some acts need the password again if it was not given within ten minutes, and then continue. */
import { api } from "./api";
import { codeOf } from "./attempt.svelte";

interface Asked {
  readonly go: () => void;
  readonly stop: () => void;
}

export class Proving {
  /** Somebody waits for the password. */
  asked = $state.raw<Asked | null>(null);

  /** Do the work; if the password is required, ask for it first and then retry. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (refusal) {
      if (codeOf(refusal) !== "prove_again") throw refusal;
      await new Promise<void>((go, stop) => {
        this.asked = { go, stop: () => stop(refusal as Error) };
      });
    }
    return work();
  }

  async prove(password: string): Promise<void> {
    await api.prove(password);
    const { asked } = this;
    this.asked = null;
    asked?.go();
  }

  /** Cancel. */
  leave = (): void => {
    const { asked } = this;
    this.asked = null;
    asked?.stop();
  };
}

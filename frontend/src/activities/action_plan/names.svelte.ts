/**
 * P4.6, A3: the sign-ups that came from this phone. They go by a POST of their own with a secret of their own, without
 * cookies, and are kept under a key of their own; nothing here knows of the notes, and the notes know nothing of this.
 */
import type { FaultCode } from "../../protocol.gen";
import { SvelteMap } from "svelte/reactivity";
import { newId, newSecret } from "../../engine/ids";
import type { NamedCommand } from "../../engine/types";
import { namesKey } from "../../phone/names";

interface Mine {
  readonly id: string;
  readonly secret: string;
  /** As it was sent; a repeat must say the same. */
  readonly name: string;
}

interface Kept {
  name: string;
  signed: Record<string, Mine>;
}

export interface NamesOptions {
  workshop: string;
  token: () => string;
  /** What follows is handed in by tests. */
  fetch?: typeof fetch;
  storage?: Pick<Storage, "getItem" | "setItem">;
}

/** What became of it: "done", or the code of the refusal; "lost" when nobody answered. */
export type Outcome = "done" | FaultCode;

export class Names {
  #name = $state("");
  /** Action → the sign-up that this phone made for it. */
  #signed = new SvelteMap<string, Mine>();
  #options: NamesOptions;

  constructor(options: NamesOptions) {
    this.#options = options;
    const kept = this.#kept();
    this.#name = kept.name;
    for (const [action, mine] of Object.entries(kept.signed)) this.#signed.set(action, mine);
  }

  /** As typed, and kept from the first letter on. */
  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
    this.#keep();
  }

  /** The id of this phone's sign-up for an action. */
  mine(action: string): string | undefined {
    return this.#signed.get(action)?.id;
  }

  async signUp(action: string): Promise<Outcome> {
    // Kept before it is sent: whatever becomes of the answer, the name can be taken off again.
    const known = this.#signed.get(action);
    const name = this.name.trim();
    const mine = known ?? { id: newId(), secret: newSecret(), name };
    this.#signed.set(action, mine);
    this.#keep();
    const outcome = await this.#post({
      type: "action_plan.sign_up",
      sign_up: mine.id,
      secret: mine.secret,
      action,
      name: mine.name,
    });
    // Refused is not on the board. What got lost may be: the same is sent again.
    if (outcome !== "done" && outcome !== "lost") this.#forget(action);
    return outcome;
  }

  async withdraw(action: string): Promise<Outcome> {
    const mine = this.#signed.get(action);
    if (!mine) return "done";
    const outcome = await this.#post({
      type: "action_plan.withdraw",
      sign_up: mine.id,
      secret: mine.secret,
    });
    // One that is gone, or never came, is off the board as well.
    if (outcome !== "done" && outcome !== "gone" && outcome !== "unknown") return outcome;
    this.#forget(action);
    return "done";
  }

  /** Somebody at the desk took the name off: then it is not mine to show any more. */
  struck(action: string): void {
    this.#forget(action);
  }

  async #post(command: NamedCommand): Promise<Outcome> {
    const { fetch: ask = fetch, token } = this.#options;
    try {
      const answer = await ask(`${import.meta.env.BASE_URL}live/named`, {
        method: "POST",
        credentials: "omit",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token()}` },
        body: JSON.stringify({ type: "named", command }),
      });
      const said = (await answer.json()) as { type: string; code?: FaultCode };
      return said.type === "stored" ? "done" : (said.code ?? "lost");
    } catch {
      return "lost";
    }
  }

  #forget(action: string): void {
    this.#signed.delete(action);
    this.#keep();
  }

  get #storage(): Pick<Storage, "getItem" | "setItem"> | null {
    try {
      return this.#options.storage ?? localStorage;
    } catch {
      return null;
    }
  }

  #kept(): Kept {
    try {
      const kept = this.#storage?.getItem(namesKey(this.#options.workshop));
      if (kept) return JSON.parse(kept) as Kept;
    } catch {
      // What cannot be read is nothing.
    }
    return { name: "", signed: {} };
  }

  #keep(): void {
    try {
      const kept: Kept = { name: this.name.trim(), signed: Object.fromEntries(this.#signed) };
      this.#storage?.setItem(namesKey(this.#options.workshop), JSON.stringify(kept));
    } catch {
      // Then it holds for this page only.
    }
  }
}

/**
 * P4.6, A3: this phone's sign-ups. They use a separate POST with a separate secret and no cookies, and are stored under
 * a separate key; this module knows nothing of the notes, and the notes know nothing of it.
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
  /** Not answered by the server yet: the name may be on the board, and is added or removed automatically. */
  readonly waits?: "on" | "off";
}

interface Kept {
  name: string;
  signed: Record<string, Mine>;
}

export interface NamesOptions {
  workshop: string;
  token: () => string;
  /** The rest is passed in by tests. */
  fetch?: typeof fetch;
  storage?: Pick<Storage, "getItem" | "setItem">;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
}

/** The outcome: "done", or the refusal code; "lost" if there was no answer. */
export type Outcome = "done" | FaultCode;

/** Temporary refusals. */
const passing = new Set<Outcome>(["lost", "busy", "full", "slow_down"]);
/** A connection that hangs counts as lost. In ms. */
const TIMEOUT = 10_000;
/** The longest random delay of a name, in ms: notes are sent when the line opens, and nothing may link the two (A3). */
const APART = 10_000;

export class Names {
  #name = $state("");
  /** Action → the sign-up that this phone made for it. */
  #signed = new SvelteMap<string, Mine>();
  #options: Required<Omit<NamesOptions, "fetch" | "storage">> & NamesOptions;
  #flushing = false;

  constructor(options: NamesOptions) {
    this.#options = {
      sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
      random: Math.random,
      ...options,
    };
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

  /** The pending request for an action. */
  waits(action: string): Mine["waits"] {
    return this.#signed.get(action)?.waits;
  }

  /** Sends what is waiting, each after a random delay, as long as there are answers; `tell` gets each answer. */
  async flush(tell: (action: string, outcome: Outcome) => void): Promise<void> {
    if (this.#flushing) return;
    this.#flushing = true;
    try {
      for (const action of [...this.#signed.keys()]) {
        while (this.waits(action)) {
          await this.#options.sleep(this.#options.random() * APART);
          const outcome = await (this.waits(action) === "on" ? this.signUp(action) : this.withdraw(action));
          tell(action, outcome);
          if (outcome === "lost") return;
        }
      }
    } finally {
      this.#flushing = false;
    }
  }

  async signUp(action: string): Promise<Outcome> {
    // Stored before it is sent, so that the name can be withdrawn whatever happens to the answer.
    const known = this.#signed.get(action);
    const name = this.name.trim();
    const mine = known ?? { id: newId(), secret: newSecret(), name };
    this.#wait(action, mine, "on");
    const outcome = await this.#post({
      type: "action_plan.sign_up",
      sign_up: mine.id,
      secret: mine.secret,
      action,
      name: mine.name,
    });
    // A refused one is not on the board. A lost one may be, so the same is sent again.
    if (outcome === "done" && this.waits(action) === "on") this.#wait(action, mine);
    if (outcome !== "done" && !passing.has(outcome)) this.#forget(action);
    return outcome;
  }

  async withdraw(action: string): Promise<Outcome> {
    const mine = this.#signed.get(action);
    if (!mine) return "done";
    this.#wait(action, mine, "off");
    const outcome = await this.#post({
      type: "action_plan.withdraw",
      sign_up: mine.id,
      secret: mine.secret,
    });
    // One that is gone, or never arrived, is not on the board either.
    if (passing.has(outcome)) return outcome;
    if (outcome === "done" || outcome === "gone" || outcome === "unknown") {
      this.#forget(action);
      return "done";
    }
    this.#wait(action, mine);
    return outcome;
  }

  /** Somebody at the desk removed the name, so stop showing it. */
  struck(action: string): void {
    this.#forget(action);
  }

  async #post(command: NamedCommand): Promise<Outcome> {
    const { fetch: ask = fetch, token } = this.#options;
    const enough = new AbortController();
    const timer = setTimeout(() => enough.abort(), TIMEOUT);
    try {
      const answer = await ask(`${import.meta.env.BASE_URL}live/named`, {
        method: "POST",
        credentials: "omit",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token()}` },
        body: JSON.stringify({ type: "named", command }),
        signal: enough.signal,
      });
      const said = (await answer.json()) as { type: string; code?: FaultCode };
      return said.type === "stored" ? "done" : (said.code ?? "lost");
    } catch {
      return "lost";
    } finally {
      clearTimeout(timer);
    }
  }

  #wait(action: string, { id, secret, name }: Mine, waits?: Mine["waits"]): void {
    this.#signed.set(action, { id, secret, name, ...(waits && { waits }) });
    this.#keep();
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
      // Unreadable data counts as none.
    }
    return { name: "", signed: {} };
  }

  #keep(): void {
    try {
      const kept: Kept = { name: this.name.trim(), signed: Object.fromEntries(this.#signed) };
      this.#storage?.setItem(namesKey(this.#options.workshop), JSON.stringify(kept));
    } catch {
      // Then it lasts only as long as this page.
    }
  }
}

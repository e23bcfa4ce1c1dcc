/** The signed-in person. Any 401 answer shows the sign-in page, and then returns to the same place. */
import { api, Refusal, type Account } from "./api";
import { remember } from "./memory";
import { forgetWords, typesHere } from "./words-kept";

class Session {
  #account: Account | null = $state.raw(null);
  /** False until the server was asked. */
  known = $state(false);

  get account(): Account | null {
    return this.#account;
  }

  set account(account: Account | null) {
    if (account) typesHere(account.id);
    this.#account = account;
  }

  async look(): Promise<void> {
    try {
      this.account = (await api.session()).account;
    } catch (refusal) {
      this.account = null;
      if (!(refusal instanceof Refusal) || refusal.status !== 401) throw refusal;
    } finally {
      this.known = true;
    }
  }

  async signIn(email: string, password: string, code = ""): Promise<void> {
    this.account = (await api.signIn(email, password, code)).account;
    this.known = true;
  }

  async signOut(): Promise<void> {
    forgetWords();
    await api.signOut().catch(() => undefined);
    this.left();
  }

  /** After signing out, no tab of this browser keeps that person's texts (G17). */
  left(): void {
    forgetWords();
    remember("out", String(Date.now()));
    this.account = null;
  }

  /** For any request's catch: whether it failed only because nobody is signed in. */
  expired(refusal: unknown): boolean {
    const out = refusal instanceof Refusal && refusal.status === 401;
    if (out) this.account = null;
    return out;
  }
}

export const session = new Session();

addEventListener("storage", ({ key }) => {
  if (key === "trivsel-desk-out") session.account = null;
});

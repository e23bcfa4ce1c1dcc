/**
 * One side of a conversation: opened by its link, written here, and polled. The page polls every few seconds instead of
 * keeping a connection: so no open connection shows when somebody writes, and the next poll covers a lift, a restart
 * and a second server alike.
 */
import { reason } from "../words";
import { api, Refusal, type ConversationSeen, type Plan, type Question } from "./api";
import { drafts } from "./drafts";
import { merged } from "./merge";

/** How many ms after the last key an answer is stored. */
const REST = 700;
/** How often to check whether the other has shared or changed something, in ms. */
const LOOK = 3000;

export class Answer {
  text = $state("");
  /** The server's text at `rev`. */
  base = $state("");
  rev = 0;
  readonly unsaved = $derived(this.text !== this.base);

  constructor(readonly question: Question) {}
}

type Door = "opening" | "open" | "wrong" | "slow" | "wait";

export class Conversation {
  door: Door = $state("opening");
  seen: ConversationSeen | null = $state.raw(null);
  answers: Answer[] = $state.raw([]);
  offline = $state(false);
  /** Why the last answer was not stored, in words. */
  refused = $state("");
  readonly unsaved = $derived(this.answers.some((answer) => answer.unsaved));

  #shown: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #storing: Promise<void> | null = null;
  #stopped = false;
  #asked = 0;

  constructor(
    public token: string,
    private readonly speak: (language: string) => Promise<void>,
  ) {}

  /** Start polling; returns a function that stops it. */
  start(): () => void {
    const now = () => void this.look();
    const back = () => document.visibilityState === "visible" && now();
    addEventListener("online", now);
    document.addEventListener("visibilitychange", back);
    now();
    return () => {
      this.#stopped = true;
      clearTimeout(this.#timer);
      clearTimeout(this.#resting);
      removeEventListener("online", now);
      document.removeEventListener("visibilitychange", back);
    };
  }

  /** Store pending answers, and fetch what is new. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    let wait = LOOK;
    try {
      // A failure to store must not prevent fetching.
      const unstored = await this.#stored().catch((refusal: unknown) => refusal);
      const fresh = await api.open(this.token, this.#shown, this.seen?.tag ?? null);
      // A later request has overtaken this one.
      if (asked !== this.#asked) return;
      if (fresh) await this.#take(fresh);
      this.#answered();
      if (unstored) throw unstored;
    } catch (refusal) {
      wait = this.#not(refusal);
    }
    if (!this.#stopped && asked === this.#asked && this.door !== "wrong") {
      // A hidden page polls rarely, and at once when it becomes visible.
      const hidden = document.visibilityState === "hidden" ? 10 : 1;
      this.#timer = setTimeout(() => void this.look(), wait * hidden);
    }
  }

  /** One of the two's conversations; null is the newest. */
  async show(conversation: string | null): Promise<void> {
    await this.#stored();
    this.#shown = conversation;
    await this.look();
  }

  write(answer: Answer, text: string): void {
    if (!this.seen) return;
    answer.text = text;
    this.#keep(answer);
    this.refused = "";
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.look(), REST);
  }

  /** Store everything first, so that exactly what was written is shared. */
  async share(shared: boolean): Promise<void> {
    if (!this.seen) return;
    await this.#stored();
    await api.share(this.token, this.seen.id, shared);
    await this.look();
  }

  async plan(plan: Plan): Promise<void> {
    await api.plan(this.token, plan);
    await this.look();
  }

  async next(day: string): Promise<void> {
    const newest = this.seen?.conversations[0];
    if (!newest) return;
    await this.#stored();
    await api.next(this.token, { last: newest.id, day });
    await this.show(null);
  }

  /** The address with the new link in it. */
  async renew(): Promise<string> {
    const { token } = await api.renew(this.token);
    this.token = token;
    history.replaceState(null, "", `${location.pathname}#${token}`);
    return location.href;
  }

  /** How a file of it is requested, including everything written in it. */
  async file(as: "pdf" | "docx" | "ics"): Promise<[string, RequestInit]> {
    await this.#stored();
    return api.file(this.token, this.seen?.id ?? "", as);
  }

  #keep(answer: Answer): void {
    const id = this.seen?.id ?? "";
    if (answer.unsaved) {
      drafts.put(id, answer.question, { text: answer.text, base: answer.base, rev: answer.rev });
    } else drafts.drop(id, answer.question);
  }

  /** Store everything pending now, or throw the reason. */
  async #stored(): Promise<void> {
    clearTimeout(this.#resting);
    // A save is under way, which does not include what was written since.
    await this.#storing?.catch(() => undefined);
    const { seen } = this;
    if (!this.unsaved || !seen?.writable) return;
    this.#storing = this.#store(seen.id).finally(() => (this.#storing = null));
    await this.#storing;
  }

  async #store(conversation: string): Promise<void> {
    for (const answer of this.answers) if (answer.unsaved) await this.#put(conversation, answer);
    this.refused = "";
  }

  async #put(conversation: string, answer: Answer): Promise<void> {
    const { text, question, rev } = answer;
    try {
      answer.rev = (await api.write(this.token, { conversation, question, text, rev })).rev;
    } catch (refusal) {
      // Another device of mine was quicker: the next poll fetches its text, and the two are merged.
      if (refusal instanceof Refusal && refusal.code === "stale") return;
      throw refusal;
    }
    answer.base = text;
    this.#keep(answer);
  }

  async #take(fresh: ConversationSeen): Promise<void> {
    const same = fresh.id === this.seen?.id;
    if (fresh.language !== this.seen?.language) await this.speak(fresh.language);
    const before = same ? this.answers : [];
    // The other has started the next conversation in the meantime: move the unsaved text along.
    const left = !same && this.#shown === null ? this.#leave() : {};
    this.seen = fresh;
    this.answers = fresh.mine.map(({ question, text, rev }) => {
      const known = before.find((answer) => answer.question === question);
      const answer = known ?? new Answer(question);
      if (known && rev === known.rev) return known;
      const draft = known ?? (fresh.writable ? drafts.get(fresh.id, question) : null);
      answer.text = draft ? merged(draft.base, draft.text, text) : merged("", left[question] ?? "", text);
      [answer.base, answer.rev] = [text, rev];
      this.#keep(answer);
      return answer;
    });
    if (this.unsaved) this.#resting = setTimeout(() => void this.look(), REST);
  }

  #leave(): Partial<Record<Question, string>> {
    const left = this.answers.filter((answer) => answer.unsaved);
    for (const { question } of left) drafts.drop(this.seen?.id ?? "", question);
    return Object.fromEntries(left.map(({ question, text }) => [question, text]));
  }

  #answered(): void {
    this.door = "open";
    this.offline = false;
  }

  /** Handle a refusal; returns how long to wait until the next poll. */
  #not(refusal: unknown): number {
    const { code, wait } = refusal instanceof Refusal ? refusal : new Refusal("server");
    const seconds = Math.max(LOOK, wait * 1000);
    if (code === "conversation_key") this.door = "wrong";
    else if (this.seen === null) this.door = code === "slow_down" ? "slow" : "wait";
    else if (code === "no_connection") this.offline = true;
    else this.refused = reason(code);
    return seconds;
  }
}

/**
 * The only connection to the server: a WebSocket or, where a network blocks those, POST and a stream of events. It
 * reconnects automatically and asks for what changed since (E3). It has no queue of notes: that is the outbox.
 */
import { PROTOCOL, SHOWN_OUT, TOO_OLD } from "../contract/live.gen";
import { untrack } from "svelte";
import type { ConnectionOptions, Line } from "./line";
import { memory, reloadOnce } from "./once";
import { ServerClock } from "./server-clock";
import type { Answered, ClientMessage, Command, Hello, Role, ServerMessage } from "../engine/types";

type Hint = Extract<ClientMessage, { type: "hold" | "broken" | "shows" }>;
export type Aside = Extract<ServerMessage, { type: "presence" | "door" | "leading" | "stepped" }>;
type Waiting = { ref: number; command: Command; settle(answer: Answered): void };

const lost: Answered = { stored: false, code: "lost", fresh: null, retryAfter: null };
const connectLimit = 5_000;
const pingEvery = 20_000;
const deadAfter = 10_000;
const streamKey = "trivsel-stream";

export class Connection {
  state = $state<"connecting" | "open" | "lost">("connecting");
  role = $state<Role | null>(null);
  /** How many times the line was opened; grows with every reconnect. */
  opened = $state(0);

  #options: Required<ConnectionOptions>;
  #line: Line | null = null;
  /** Grows with every attempt; messages of replaced lines are ignored. */
  #attempt = 0;
  #failures = 0;
  #refs = 0;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing draws what waits
  #waiting = new Map<number, Waiting>();
  #token = "";
  #key: string | null = null;
  #signedOut = false;
  #running = false;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing draws the timers
  #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #clock: ServerClock;
  #heard = 0;
  #wake: () => void = () => undefined;
  #everSocket = false;
  #streams = 0;

  constructor(options: ConnectionOptions) {
    this.#options = {
      socket: (url) => new WebSocket(url),
      fetch: (...args) => fetch(...args),
      sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
      random: Math.random,
      clock: () => performance.now(),
      reload: reloadOnce,
      remember: memory(),
      ...options,
    };
    this.#clock = new ServerClock(this.#options.clock, options.clock ?? Date.now);
  }

  now(): number {
    if (this.#clock.jumped()) this.#look(true);
    return this.#clock.now();
  }

  /** The server's time as sent to a joining phone, until it is measured. */
  assume(now: number): void {
    this.#clock.assume(now);
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.state = "connecting";
    // Without a network a socket only falls silent; the device reports that long before a ping fails.
    addEventListener("offline", this.#hint);
    addEventListener("online", this.#hint);
    addEventListener("pageshow", this.#shown);
    document.addEventListener("visibilitychange", this.#visible);
    // Untracked: an effect that starts the connection must not depend on what it reads, or it would loop.
    untrack(() => void this.#run());
  }

  stop(): void {
    this.#running = false;
    this.#attempt += 1;
    removeEventListener("offline", this.#hint);
    removeEventListener("online", this.#hint);
    removeEventListener("pageshow", this.#shown);
    document.removeEventListener("visibilitychange", this.#visible);
    this.#drop();
    for (const { settle } of this.#waiting.values()) settle(lost);
    this.#waiting.clear();
    this.#wake();
  }

  /**
   * Sends a command. A desk's command (with an id) waits for the line and is repeated under the same id after a break;
   * a phone's is answered `lost`, since the outbox decides what is resent and when.
   */
  do(command: Command): Promise<Answered> {
    if (!("id" in command) && this.state !== "open") return Promise.resolve(lost);
    return new Promise((settle) => {
      const ref = ++this.#refs;
      this.#waiting.set(ref, { ref, command, settle });
      if (this.state === "open") this.#line?.send({ type: "do", ref, command });
    });
  }

  /** The room's token, the same for every phone; requests outside this line send it too (A3). */
  get token(): string {
    return this.#token;
  }

  /** Never stored. */
  hint(message: Hint): void {
    if (this.state === "open") this.#line?.send(message);
  }

  /** Messages that phones never get. */
  protected aside(_message: Aside): void {
    // A phone has no use for it.
  }

  async #run(): Promise<void> {
    while (this.#running) {
      const attempt = ++this.#attempt;
      let opened = false;
      try {
        const token = this.#fetchToken();
        const before = this.opened;
        if (this.#useStream()) {
          await token;
          await this.#stream(attempt);
        } else await this.#socket(attempt, token);
        opened = this.opened > before;
      } catch {
        // No token or no line: in both cases wait and retry.
      }
      if (!this.#running || attempt !== this.#attempt) return;
      this.#drop();
      this.state = "lost";
      this.#failures = opened ? 0 : this.#failures + 1;
      await this.#pause(this.#backoff());
      if (attempt !== this.#attempt) return;
      if (this.#running && this.state === "lost" && !opened && this.#failures === 0)
        this.state = "connecting";
    }
  }

  async #fetchToken(): Promise<void> {
    this.#token = await this.#options.token(this.#signedOut);
    this.#signedOut = false;
  }

  /** 0.5 s to 15 s, half of it random, so that a room does not reconnect all at once. */
  #backoff(): number {
    const most = Math.min(15_000, 1_000 * 2 ** this.#failures);
    return Math.max(500, most * (0.5 + this.#options.random() / 2));
  }

  #pause(ms: number): Promise<void> {
    return Promise.race([this.#options.sleep(ms), new Promise<void>((woken) => (this.#wake = woken))]);
  }

  #hello(): Hello {
    const { epoch, seq, activity } = this.#options.board;
    return { type: "hello", token: this.#token, since: seq, epoch, activity, protocol: PROTOCOL };
  }

  /**
   * The line is opened while the token is still loading: on a slow network each takes a second. A handshake proves
   * nothing about the network, only a message from the server does: if none comes, the stream is next (G12).
   */
  #socket(attempt: number, token: Promise<void>): Promise<void> {
    return new Promise((closed, failed) => {
      const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${import.meta.env.BASE_URL}live/socket`;
      const socket = this.#options.socket(url);
      let upgraded = false;
      let owed = true;
      let heard = false;
      const patience = () =>
        this.#later(connectLimit, () => {
          if (owed) this.#streams = 1;
          close();
        });
      let limit = patience();
      const close = () => {
        socket.close();
        closed();
      };
      this.#line = {
        silence: deadAfter,
        send: (message) => {
          if (socket.readyState === 1) socket.send(JSON.stringify(message));
        },
        close,
      };
      socket.onopen = () => {
        if (attempt !== this.#attempt) return socket.close();
        upgraded = true;
        owed = false;
        void token.then(
          () => {
            if (attempt !== this.#attempt || socket.readyState !== 1) return;
            owed = !heard;
            clearTimeout(limit);
            if (owed) limit = patience();
            socket.send(JSON.stringify(this.#hello()));
          },
          () => undefined,
        );
      };
      // A missing token says nothing about the network.
      const nobody = () => {
        socket.onclose = null;
        socket.close();
        failed(new Error("no token"));
      };
      token.catch(nobody);
      socket.onmessage = (event: MessageEvent<string>) => {
        if (attempt !== this.#attempt) return;
        clearTimeout(limit);
        owed = false;
        heard = this.#everSocket = true;
        this.#heard = this.#options.clock();
        this.#take(JSON.parse(event.data) as ServerMessage);
        if (this.#clock.samples > 0) this.#options.remember.removeItem(streamKey);
      };
      socket.onclose = (event) => {
        clearTimeout(limit);
        if (attempt !== this.#attempt) return closed();
        this.#closed(event.code);
        // Codes from 4000 on are the server's own. A restarting server refuses upgrades too.
        if (owed && (upgraded ? event.code < 4_000 : !this.#everSocket)) this.#streams = 1;
        return upgraded ? closed() : failed(new Error("no upgrade"));
      };
    });
  }

  /** Use a stream next time; once it works this is remembered for the session, with an occasional WebSocket. */
  #useStream(): boolean {
    if (this.#options.remember.getItem(streamKey)) {
      this.#streams = (this.#streams + 1) % 6;
      return this.#streams !== 0;
    }
    return this.#streams-- > 0;
  }

  async #stream(attempt: number): Promise<void> {
    const { openStream } = await import("./stream");
    await openStream({
      fetch: this.#options.fetch,
      hello: this.#hello(),
      bearer: () => this.#key ?? this.#token,
      limit: connectLimit,
      patience: deadAfter,
      line: (line) => (this.#line = line),
      opened: () => this.#options.remember.setItem(streamKey, "1"),
      heard: () => (this.#heard = this.#options.clock()),
      signedOut: () => (this.#signedOut = true),
      closed: (code) => this.#closed(code),
      current: () => attempt === this.#attempt,
      take: (message) => this.#take(message),
    });
  }

  #closed(code: number): void {
    if (code === SHOWN_OUT) this.#signedOut = true;
    if (code === TOO_OLD) this.#options.reload();
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case "welcome":
        this.role = message.role;
        this.#key = message.key;
        this.#options.board.home = message.workshop;
        this.#clock.told(message.now);
        // A network that lets a first message through may still block the rest.
        this.#later(pingEvery, () => this.state !== "open" && this.#silent(false));
        return;
      case "changes":
        this.#options.board.apply(message);
        if (this.state !== "open") this.#open();
        return;
      case "stored":
        return this.#answer(message.ref, { stored: true, told: message.told });
      case "refused":
        return this.#answer(message.ref, {
          stored: false,
          code: message.code,
          fresh: message.fresh,
          retryAfter: message.retry_after,
        });
      case "time":
        return this.#clock.measure(message.sent, message.now);
      default:
        this.aside(message);
    }
  }

  /** Open means that the first changes arrived, so the screen shows what the server has. */
  #open(): void {
    this.#failures = 0;
    this.state = "open";
    this.opened += 1;
    this.#clock.restart();
    this.#ping();
    for (const { ref, command } of this.#waiting.values()) this.#line?.send({ type: "do", ref, command });
  }

  #answer(ref: number, answer: Answered): void {
    this.#waiting.get(ref)?.settle(answer);
    this.#waiting.delete(ref);
  }

  #ping(): void {
    const attempt = this.#attempt;
    const sent = this.#options.clock();
    const { silence = deadAfter } = this.#line ?? {};
    this.#line?.send({ type: "time", sent });
    this.#later(silence, () => {
      if (attempt === this.#attempt && this.#heard < sent) this.#silent(this.#clock.samples > 0);
    });
    // Three quick samples, since the page's own load distorts the first second.
    this.#later(this.#clock.samples < 3 && silence === deadAfter ? 1_500 : pingEvery, () => {
      if (attempt === this.#attempt && this.state === "open") this.#ping();
    });
  }

  /** Nothing more comes. After a socket on which no ping was ever answered the stream is next (G12). */
  #silent(answered: boolean): void {
    if (!answered && this.#line?.silence === deadAfter) this.#streams = 1;
    this.#line?.close();
  }

  #drop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#line?.close();
    this.#line = null;
    for (const [ref, { command, settle }] of this.#waiting) {
      if ("id" in command) continue;
      this.#waiting.delete(ref);
      settle(lost);
    }
  }

  #later(ms: number, then: () => void): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }

  /**
   * The page woke up, or a clock jumped: a socket that looks open may be dead, so ping at once, which also gets the
   * time.
   */
  #look(jumped: boolean): void {
    if (this.state !== "open") return this.#wake();
    const attempt = this.#attempt;
    const sent = this.#options.clock();
    // A stream answers no ping; if it slept too long it is reopened, and its welcome contains the time.
    if (this.#line?.silence !== deadAfter) {
      if (jumped || sent - this.#heard > pingEvery) this.#line?.close();
      return;
    }
    this.#line.send({ type: "time", sent });
    this.#later(2_500, () => {
      if (attempt === this.#attempt && this.#heard < sent) this.#line?.close();
    });
  }
  #hint = () => this.#look(this.#clock.jumped());
  #visible = () => {
    if (document.visibilityState === "visible") this.#hint();
  };
  /** When restored from the page cache, iOS fires only this, and the old socket is gone without a close. */
  #shown = (event: PageTransitionEvent) => {
    if (event.persisted) this.#line?.close();
    this.#hint();
  };
}

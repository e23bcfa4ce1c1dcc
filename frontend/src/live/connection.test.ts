import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Board } from "../engine/board.svelte";
import { Connection } from "./connection.svelte";
import type { ConnectionOptions } from "./line";
import type { ClientMessage, DeskCommand, PhoneCommand, ServerMessage } from "../engine/types";

/** A fake WebSocket: what was sent, and the server's side to send from. */
class FakeSocket {
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: ClientMessage[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as ClientMessage);
  }
  close(code = 1005) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code });
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  say(...messages: ServerMessage[]) {
    for (const message of messages) this.onmessage?.({ data: JSON.stringify(message) });
  }
  of<T extends ClientMessage["type"]>(type: T) {
    return this.sent.filter((one): one is Extract<ClientMessage, { type: T }> => one.type === type);
  }
}

const changes = (seq = 1): ServerMessage => ({
  type: "changes",
  epoch: "e",
  seq,
  all: true,
  activity: "q1",
  records: [],
  gone: [],
});
const welcome: ServerMessage = { type: "welcome", role: "phone", workshop: "w", key: null, now: 0 };
const note: PhoneCommand = { type: "notes.write", activity: "q1", note: "n", secret: "s", rev: 1, text: "a" };
const turn: DeskCommand = { type: "notes.turn_all", activity: "q1", id: "c1" };

const running: Connection[] = [];
function connection(options: Partial<ConnectionOptions> = {}) {
  const kept = new Map<string, string>();
  const made = new Connection({
    token: () => Promise.resolve("token"),
    board: new Board(),
    socket: (url) => new FakeSocket(url) as unknown as WebSocket,
    fetch: () => Promise.reject(new Error("no net")),
    random: () => 0,
    reload: () => undefined,
    remember: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    ...options,
  });
  running.push(made);
  return made;
}
const last = () => FakeSocket.all.at(-1) as FakeSocket;
const settle = () => vi.advanceTimersByTimeAsync(0);

async function opened(options: Partial<ConnectionOptions> = {}) {
  const made = connection(options);
  made.start();
  await settle();
  last().open();
  last().say(welcome, changes());
  await settle();
  return made;
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
});
afterEach(() => {
  for (const made of running.splice(0)) made.stop();
  vi.useRealTimers();
});

describe("hello", () => {
  it("[E3] names what it has, and is open once the first changes are here", async () => {
    const board = new Board();
    const made = connection({ board });
    made.start();
    await settle();
    last().open();
    await settle();
    expect(last().of("hello")).toEqual([
      { type: "hello", token: "token", since: 0, epoch: "", activity: null, protocol: 1 },
    ]);
    expect(made.state).toBe("connecting");
    last().say(welcome, changes(7));
    expect([made.state, made.role, board.seq]).toEqual(["open", "phone", 7]);
    last().close(1012);
    await vi.advanceTimersByTimeAsync(2_000);
    last().open();
    await settle();
    expect(last().of("hello")[0]).toMatchObject({ since: 7, epoch: "e", activity: "q1" });
  });

  it("is opened while the token is on its way, and says hello with it", async () => {
    let come: (token: string) => void = () => undefined;
    connection({ token: () => new Promise((given) => (come = given)) }).start();
    await settle();
    last().open();
    await settle();
    expect(last().sent).toEqual([]);
    come("room");
    await settle();
    expect(last().of("hello")[0]).toMatchObject({ token: "room" });
  });

  it("a phone that is not let in says nothing, and does not take the network for one that blocks", async () => {
    const paths: string[] = [];
    const fetcher = ((path: string) => {
      paths.push(path);
      return Promise.reject(new Error("no"));
    }) as unknown as typeof fetch;
    connection({ token: () => Promise.reject(new Error("not in")), fetch: fetcher }).start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(FakeSocket.all.flatMap((socket) => socket.sent)).toEqual([]);
    expect(paths).toEqual([]);
  });

  it("runs once, however often it is stopped and started", async () => {
    const made = await opened();
    last().close(1006);
    await settle();
    made.stop();
    made.start();
    await settle();
    const many = FakeSocket.all.length;
    last().open();
    last().say(welcome, changes());
    await vi.advanceTimersByTimeAsync(5_000);
    expect(FakeSocket.all).toHaveLength(many);
    expect(made.state).toBe("open");
  });

  it("asks for another token when the old one was refused, and only then", async () => {
    const asked: boolean[] = [];
    await opened({
      token: (again) => {
        asked.push(again);
        return Promise.resolve("t");
      },
    });
    last().close(1012);
    await vi.advanceTimersByTimeAsync(2_000);
    last().open();
    last().close(4401);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked).toEqual([false, false, true]);
  });

  it("[R17] a page that is too old is fetched again", async () => {
    let reloads = 0;
    await opened({ reload: () => void reloads++ });
    last().close(4410);
    expect(reloads).toBe(1);
  });
});

describe("coming back", () => {
  it("[R3] waits from half a second to fifteen, longer each time", async () => {
    const made = connection();
    made.start();
    const waits: number[] = [];
    for (let n = 0; n < 7; n++) {
      await settle();
      const many = FakeSocket.all.length;
      last().open();
      last().close(1006);
      let waited = 0;
      while (FakeSocket.all.length === many && waited < 20_000) {
        await vi.advanceTimersByTimeAsync(250);
        waited += 250;
      }
      waits.push(waited);
    }
    expect(waits[0]).toBeGreaterThanOrEqual(500);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(Math.max(...waits)).toBeLessThanOrEqual(15_250);
    expect(made.state).not.toBe("open");
  });

  it("gives a connection five seconds to come about", async () => {
    connection().start();
    await settle();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(last().readyState).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(FakeSocket.all[0]?.readyState).toBe(3);
  });

  it("an open line that leaves a ping unanswered for ten seconds is dead", async () => {
    const made = await opened();
    const socket = last();
    await vi.advanceTimersByTimeAsync(1);
    for (const { sent } of socket.of("time")) socket.say({ type: "time", sent, now: sent });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(socket.readyState).toBe(3);
    expect(made.state).not.toBe("open");
  });

  it("stays open while pings are answered", async () => {
    const made = await opened();
    const socket = last();
    socket.send = (text) => {
      const message = JSON.parse(text) as ClientMessage;
      if (message.type === "time")
        queueMicrotask(() => socket.say({ type: "time", sent: message.sent, now: 0 }));
    };
    await vi.advanceTimersByTimeAsync(120_000);
    expect(made.state).toBe("open");
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("does not listen to a line that was replaced", async () => {
    const board = new Board();
    await opened({ board });
    const old = last();
    old.close(1006);
    await vi.advanceTimersByTimeAsync(2_000);
    last().open();
    last().say(welcome, changes(5));
    old.say(changes(99));
    expect(board.seq).toBe(5);
  });

  it("[R2] a page that wakes up tries at once", async () => {
    await opened();
    last().close(1006);
    await settle();
    const many = FakeSocket.all.length;
    window.dispatchEvent(new Event("online"));
    await settle();
    expect(FakeSocket.all).toHaveLength(many + 1);
  });
});

describe("commands", () => {
  it("gives each answer to its caller", async () => {
    const made = await opened();
    const answer = made.do(note);
    const other = made.do(note);
    const [first, second] = last().of("do");
    last().say({ type: "refused", ref: second?.ref ?? 0, code: "closed", fresh: null, retry_after: null });
    last().say({ type: "stored", ref: first?.ref ?? 0, told: ["late"] });
    expect(await answer).toEqual({ stored: true, told: ["late"] });
    expect(await other).toMatchObject({ stored: false, code: "closed" });
  });

  it("[R10] repeats a desk's command after a break under the same id", async () => {
    const made = await opened();
    const answer = made.do(turn);
    expect(last().of("do")).toHaveLength(1);
    last().close(1006);
    await vi.advanceTimersByTimeAsync(2_000);
    last().open();
    last().say(welcome, changes(2));
    const [again] = last().of("do");
    expect(again?.command).toEqual(turn);
    last().say({ type: "stored", ref: again?.ref ?? 0, told: [] });
    expect(await answer).toMatchObject({ stored: true });
  });

  it("tells a phone that its note may be lost, and resends nothing itself", async () => {
    const made = await opened();
    const answer = made.do(note);
    last().close(1006);
    expect(await answer).toMatchObject({ stored: false, code: "lost" });
    await vi.advanceTimersByTimeAsync(2_000);
    last().open();
    last().say(welcome, changes(2));
    expect(last().of("do")).toEqual([]);
    last().close(1006);
    await settle();
    expect(await made.do(note)).toMatchObject({ code: "lost" });
  });
});

describe("the clock", () => {
  it("[R9] follows the answer that had the shortest way", async () => {
    let local = 1_000_000;
    const made = await opened({ clock: () => local });
    const [first] = last().of("time");
    local += 800;
    last().say({ type: "time", sent: first?.sent ?? 0, now: 5_000_000 });
    expect(made.now()).toBe(5_000_400);
    local += 100;
    last().say({ type: "time", sent: local - 20, now: 7_200_000 });
    expect(made.now()).toBe(7_200_010);
    local += 5_000;
    last().say({ type: "time", sent: local - 4_000, now: 1 });
    expect(made.now()).toBe(7_205_010);
  });
});

describe("before the clock is measured", () => {
  it("goes by what the phone was told on joining", () => {
    const made = connection({ clock: () => 1_000 });
    expect(made.now()).toBe(1_000);
    made.assume(9_000);
    expect(made.now()).toBe(9_000);
  });
});

describe("where WebSockets are blocked", () => {
  function stream() {
    const lines: { path: string; body: ClientMessage; bearer: string | null }[] = [];
    let push: (message: ServerMessage) => void = () => undefined;
    const fetcher = (async (path: string, init: RequestInit) => {
      const body = JSON.parse(String(init.body)) as ClientMessage;
      lines.push({ path, body, bearer: new Headers(init.headers).get("Authorization") });
      expect(init.credentials).toBe("omit");
      if (path === "/live/do") {
        const ref = body.type === "do" ? body.ref : 0;
        const said =
          body.type === "do" ? { type: "stored", ref, told: [] } : { type: "time", sent: 0, now: 0 };
        return new Response(JSON.stringify(said));
      }
      const text = new TextEncoder();
      return new Response(
        new ReadableStream<Uint8Array>({
          start(controller) {
            init.signal?.addEventListener("abort", () => controller.error(new Error("cut")));
            push = (message) => {
              // Cut in the middle of an event, as networks do.
              const event = text.encode(`: hello\n\ndata: ${JSON.stringify(message)}\n\n`);
              controller.enqueue(event.slice(0, 15));
              controller.enqueue(event.slice(15));
            };
          },
        }),
      );
    }) as typeof fetch;
    return { lines, fetcher, push: (message: ServerMessage) => push(message) };
  }

  it("[A1] continues by POST and a stream of events, without a cookie", async () => {
    const board = new Board();
    const net = stream();
    const made = connection({ board, fetch: net.fetcher });
    made.start();
    await settle();
    last().close(1006);
    await vi.advanceTimersByTimeAsync(2_000);
    await vi.waitFor(() => expect(net.lines[0]?.path).toBe("/live/events"));
    await vi.waitFor(() => {
      net.push(welcome);
      net.push(changes(3));
      expect(board.seq).toBe(0);
    });
    await vi.waitFor(() => expect(made.state).toBe("open"));
    expect(board.seq).toBe(3);
    const answer = made.do(note);
    expect(await answer).toEqual({ stored: true, told: [] });
    expect(net.lines.at(-1)).toMatchObject({ path: "/live/do", bearer: "Bearer token~e" });
    expect(net.lines.map((line) => line.body.type)).toEqual(["hello", "do"]);
    await vi.advanceTimersByTimeAsync(24_000);
    expect(made.state).toBe("open");
    // Pinged every 20 s with 25 s to answer: a line silent for both is dead.
    await vi.advanceTimersByTimeAsync(25_000);
    expect(made.state).not.toBe("open");
  });

  it("hears from the last event why it was ended", async () => {
    const asked: boolean[] = [];
    const closing = (async () => new Response("event: close\ndata: 4401\n\n")) as unknown as typeof fetch;
    const made = connection({
      fetch: closing,
      token: (again) => {
        asked.push(again);
        return Promise.resolve("t");
      },
    });
    made.start();
    await settle();
    last().close(1006);
    await vi.advanceTimersByTimeAsync(2_000);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await vi.advanceTimersByTimeAsync(8_000);
    await vi.waitFor(() => expect(asked.slice(0, 3)).toEqual([false, false, true]));
  });
});

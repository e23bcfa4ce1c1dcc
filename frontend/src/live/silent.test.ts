/** G12: a middlebox may answer for the server; only the server's own message proves that a path works. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Board } from "../engine/board.svelte";
import { Connection } from "./connection.svelte";
import type { ServerMessage } from "../engine/types";

const welcome: ServerMessage = { type: "welcome", role: "phone", workshop: "w", key: null, now: 0 };
const changes: ServerMessage = {
  type: "changes",
  epoch: "e",
  seq: 1,
  all: true,
  activity: "q1",
  records: [],
  gone: [],
};

/** A WebSocket whose handshake is answered; the test decides on everything else. */
class Middlebox {
  readyState = 0;
  sent: { type: string; sent?: number }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor(readonly answers: (socket: Middlebox, type: string) => void) {
    queueMicrotask(() => {
      this.readyState = 1;
      this.onopen?.();
    });
  }
  send(text: string) {
    const message = JSON.parse(text) as { type: string; sent?: number };
    this.sent.push(message);
    queueMicrotask(() => this.answers(this, message.type));
  }
  say(message: ServerMessage) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  close(code = 1006) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

const server = (socket: Middlebox, type: string) => {
  if (type === "hello") for (const message of [welcome, changes]) socket.say(message);
  if (type === "time") socket.say({ type: "time", sent: socket.sent.at(-1)?.sent ?? 0, now: 0 });
};

let sockets: Middlebox[];
let streams: number;
let kept: Map<string, string>;
let made: Connection | undefined;

/** `answers`: what the network lets through on a socket; `stream`: what it answers to the POST for events. */
function start(
  answers: typeof server,
  stream: (signal?: AbortSignal | null) => Promise<Response>,
  token = Promise.resolve("t"),
) {
  made = new Connection({
    token: () => token,
    board: new Board(),
    socket: () => {
      const socket = new Middlebox((...said) => answers(...said));
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    fetch: (_path, init) => {
      streams += 1;
      return stream(init?.signal);
    },
    random: () => 0,
    reload: () => undefined,
    remember: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
  });
  made.start();
  return made;
}

const events = (...messages: ServerMessage[]) =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        for (const message of messages)
          controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(message)}\n\n`));
      },
    }),
  );
const streamed = () => Promise.resolve(events(welcome, changes));
const blocked = () => Promise.reject(new Error("no net"));

beforeEach(() => {
  vi.useFakeTimers();
  [sockets, streams, kept] = [[], 0, new Map()];
});
afterEach(() => {
  made?.stop();
  vi.useRealTimers();
});

it("G12 after one socket that opens and stays silent the stream is next, and remembered once it works", async () => {
  const line = start(() => undefined, streamed);
  await vi.advanceTimersByTimeAsync(4_900);
  expect([sockets.length, streams]).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(2_500);
  await vi.waitFor(() => expect(line.state).toBe("open"));
  expect([sockets.length, streams, kept.size]).toEqual([1, 1, 1]);
});

it("G12 a handshake alone does not make a session forget that streams work here", async () => {
  kept.set("trivsel-stream", "1");
  start(() => undefined, blocked);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(sockets.length).toBeGreaterThan(0);
  expect(kept.size).toBe(1);
});

it("G12 a socket closed by a middlebox, after the hello, leads to the stream", async () => {
  const line = start((socket) => socket.close(1006), streamed);
  await vi.advanceTimersByTimeAsync(2_500);
  await vi.waitFor(() => expect(line.state).toBe("open"));
  expect([sockets.length, streams]).toEqual([1, 1]);
});

it("G12 a connection that worked and moves to such a network continues by the stream", async () => {
  let answers = server;
  const line = start((...said) => answers(...said), streamed);
  await vi.advanceTimersByTimeAsync(100);
  expect(line.state).toBe("open");
  answers = () => undefined;
  sockets[0]?.close(1006);
  await vi.advanceTimersByTimeAsync(8_500);
  await vi.waitFor(() => expect(line.state).toBe("open"));
  expect([sockets.length, streams]).toEqual([2, 1]);
});

it("[R2] when the device has lost its network, a line that only falls silent is dead within three seconds", async () => {
  let answers = server;
  const line = start((...said) => answers(...said), blocked);
  await vi.advanceTimersByTimeAsync(5_000);
  answers = () => undefined;
  window.dispatchEvent(new Event("offline"));
  expect(line.state).toBe("open");
  await vi.advanceTimersByTimeAsync(3_000);
  expect([sockets[0]?.readyState, line.state]).toEqual([3, "lost"]);
});

it("G12 a socket on which the server closes with a code of its own works", async () => {
  start((socket) => socket.close(4401), blocked);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(streams).toBe(0);
});

it("G12 a restarting server is not taken for a network that blocks", async () => {
  const line = start(server, blocked);
  await vi.advanceTimersByTimeAsync(100);
  expect(line.state).toBe("open");
  sockets[0]?.close(1012);
  for (let n = 0; n < 3; n++) {
    await vi.advanceTimersByTimeAsync(2_000);
    sockets.at(-1)?.close(1006);
  }
  expect(streams).toBe(0);
});

it("G12 where a first word gets through and the rest is kept, the stream is next", async () => {
  const line = start((socket, type) => type === "hello" && socket.say(welcome), streamed);
  await vi.advanceTimersByTimeAsync(25_000);
  await vi.waitFor(() => expect(line.state).toBe("open"));
  expect([sockets.length, sockets[0]?.readyState, streams]).toEqual([1, 3, 1]);
});

it("G12 where the opening gets through and no ping is answered, the stream is next and remembered", async () => {
  const line = start((...said) => said[1] === "hello" && server(...said), streamed);
  await vi.advanceTimersByTimeAsync(100);
  expect(line.state).toBe("open");
  await vi.advanceTimersByTimeAsync(13_000);
  await vi.waitFor(() => expect(line.state).toBe("open"));
  expect([sockets.length, streams, kept.size]).toEqual([1, 1, 1]);
});

it("G12 a line that worked and falls silent is opened again as it was", async () => {
  let answers = server;
  start((...said) => answers(...said), streamed);
  await vi.advanceTimersByTimeAsync(5_000);
  answers = () => undefined;
  await vi.advanceTimersByTimeAsync(32_000);
  expect([sockets.length > 1, streams]).toEqual([true, 0]);
});

it("G12 a stream that is answered and kept back is left after five seconds, and not remembered", async () => {
  let cut = (): void => undefined;
  const mute = new ReadableStream({ start: (controller) => void (cut = () => controller.error("cut")) });
  start(
    () => undefined,
    (signal) => {
      signal?.addEventListener("abort", cut);
      return Promise.resolve(new Response(mute));
    },
  );
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sockets.length).toBeGreaterThan(1);
  expect(kept.size).toBe(0);
});

it("G12 a client that waits to be admitted is not taken for a silent socket", async () => {
  start(() => undefined, blocked, new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(streams).toBe(0);
});

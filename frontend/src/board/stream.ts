/** The line for networks that block WebSockets: a stream of events downwards, one POST per message upwards. */
import type { Line } from "./connection.svelte";
import type { ClientMessage, Hello, ServerMessage } from "./types";

export interface StreamOptions {
  fetch: typeof fetch;
  hello: Hello;
  bearer: () => string;
  limit: number;
  patience: number;
  line: (line: Line) => void;
  opened: () => void;
  heard: () => void;
  signedOut: () => void;
  closed: (code: number) => void;
  /** False once another attempt has taken over. */
  current: () => boolean;
  take: (message: ServerMessage) => void;
}

/** Resolves when the stream has ended; rejects when it never began. */
export async function openStream(options: StreamOptions): Promise<void> {
  const cut = new AbortController();
  /** Who has been inside knows it: that gets a command through a door that was shut meanwhile (F6). */
  let { epoch } = options.hello;
  const post = (path: string, body: unknown, signal: AbortSignal, headers = {}) =>
    options.fetch(path, {
      method: "POST",
      // The token in the message is all there is: no cookie, so nothing of a session (A1).
      credentials: "omit",
      cache: "no-store",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
      signal,
    });

  async function send(message: ClientMessage): Promise<void> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), options.patience);
    try {
      const bearer = { Authorization: `Bearer ${options.bearer()}~${epoch}` };
      const answer = await post("/live/do", message, patience.signal, bearer);
      if (answer.status === 401) options.signedOut();
      const said: unknown = await answer.json();
      if (options.current() && isMessage(said)) options.take(said);
    } catch {
      if (options.current()) cut.abort();
    } finally {
      clearTimeout(timer);
    }
  }
  options.line({
    // The server breathes every 15 s. Pings and hints are for sockets; what is posted are commands.
    silence: 25_000,
    send: (message) => void (message.type === "do" && send(message)),
    close: () => cut.abort(),
  });

  const limit = setTimeout(() => cut.abort(), options.limit);
  const answer = await post("/live/events", options.hello, cut.signal);
  clearTimeout(limit);
  if (answer.status === 401) options.signedOut();
  if (!answer.ok || !answer.body) throw new Error(`events ${answer.status}`);
  options.opened();
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !options.current()) return;
    options.heard();
    const events = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
    rest = events.pop() ?? "";
    for (const event of events) {
      const [name, data] = ["event:", "data:"].map((field) =>
        event
          .split(/\r?\n/)
          .filter((line) => line.startsWith(field))
          .map((line) => line.slice(field.length).trim())
          .join("\n"),
      );
      if (!data) continue;
      // The last event says why, with the code a WebSocket would have been closed with.
      if (name === "close") return options.closed(Number(data));
      const message = JSON.parse(data) as ServerMessage;
      if (message.type === "changes") ({ epoch } = message);
      options.take(message);
    }
  }
}

const isMessage = (said: unknown): said is ServerMessage =>
  typeof said === "object" && said !== null && typeof (said as { type?: unknown }).type === "string";

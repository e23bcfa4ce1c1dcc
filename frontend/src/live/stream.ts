/** The line for networks that block WebSockets: a stream of events downwards, one POST per message upwards. */
import { createParser } from "eventsource-parser";
import type { Line } from "./line";
import type { ClientMessage, Hello, ServerMessage } from "../engine/types";

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
  /** Only clients inside know it, so commands with it pass a door that was closed since (F6). */
  let { epoch } = options.hello;
  const post = (path: string, body: unknown, signal: AbortSignal, headers = {}) =>
    options.fetch(import.meta.env.BASE_URL + path, {
      method: "POST",
      // Only the token in the message, no cookie, so nothing of a session (A1).
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
      const answer = await post("live/do", message, patience.signal, bearer);
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
    // The server sends a comment every 15 s. Pings and hints are for sockets only; POST is for commands.
    silence: 25_000,
    send: (message) => void (message.type === "do" && send(message)),
    close: () => cut.abort(),
  });

  const limit = setTimeout(() => cut.abort(), options.limit);
  const answer = await post("live/events", options.hello, cut.signal);
  if (answer.status === 401) options.signedOut();
  if (!answer.ok || !answer.body) throw new Error(`events ${answer.status}`);
  /** The last event says why, with the code a WebSocket would have been closed with. */
  let why: number | undefined;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === "close") why = Number(data);
      if (why !== undefined) return;
      const message = JSON.parse(data) as ServerMessage;
      // Not before: a middlebox may answer for the server, and buffer its messages (G12).
      clearTimeout(limit);
      options.opened();
      if (message.type === "changes") ({ epoch } = message);
      options.take(message);
    },
  });
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  while (why === undefined) {
    const { done, value } = await reader.read();
    if (done || !options.current()) return;
    options.heard();
    parser.feed(decoder.decode(value, { stream: true }));
  }
  options.closed(why);
}

const isMessage = (said: unknown): said is ServerMessage =>
  typeof said === "object" && said !== null && typeof (said as { type?: unknown }).type === "string";

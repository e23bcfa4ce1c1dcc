/** What a connection is made with, and what it runs over: a WebSocket and a stream of events look the same to it. */
import type { Board } from "../engine/board.svelte";
import type { ClientMessage } from "../engine/types";

/** One way to the server, until it breaks. */
export interface Line {
  send(message: ClientMessage): void;
  close(): void;
  /** How long it may say nothing before it counts as dead, in ms. */
  silence: number;
}

export interface ConnectionOptions {
  /** The token for the next hello; `again` when the last one was refused as expired. */
  token: (again: boolean) => Promise<string>;
  board: Board;
  /** What follows is handed in by tests. */
  socket?: (url: string) => WebSocket;
  fetch?: typeof fetch;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
  /** Time in ms that nobody can set (G27); handed in, it is the device's clock too. */
  clock?: () => number;
  reload?: () => void;
  remember?: Pick<Storage, "getItem" | "setItem" | "removeItem">;
}

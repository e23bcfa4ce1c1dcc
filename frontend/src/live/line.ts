/** The options of a connection, and the line it runs over, which hides whether it is a WebSocket or a stream. */
import type { Board } from "../engine/board.svelte";
import type { ClientMessage } from "../engine/types";

/** One way to the server, until it breaks. */
export interface Line {
  send(message: ClientMessage): void;
  close(): void;
  /** How long it may be silent before it counts as dead, in ms. */
  silence: number;
}

export interface ConnectionOptions {
  /** The token for the next hello; `again` when the last one was refused as expired. */
  token: (again: boolean) => Promise<string>;
  board: Board;
  /** The rest is passed in by tests. */
  socket?: (url: string) => WebSocket;
  fetch?: typeof fetch;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
  /** Monotonic time in ms (G27); if passed in, it is the device's clock too. */
  clock?: () => number;
  reload?: () => void;
  remember?: Pick<Storage, "getItem" | "setItem" | "removeItem">;
}

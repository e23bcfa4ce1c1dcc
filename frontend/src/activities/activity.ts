/** The props of a kind's faces, and what else a kind declares: it is a folder here with a face for each shell. */
import type { Board } from "../engine/board.svelte";
import type { Ticker } from "../engine/clock.svelte";
import type { Connection } from "../live/connection.svelte";
import type { RoomConnection } from "../live/room-connection.svelte";
import type { Outbox } from "../live/outbox";
import type { Item } from "../engine/types";

export interface WallProps {
  board: Board;
  connection: RoomConnection;
  /** The live item; its `activity` is the folder's name. */
  item: Item;
  clock: Ticker;
}

export interface PhoneProps extends Omit<WallProps, "connection"> {
  connection: Connection;
  outbox: Outbox;
  /** Opens the list of own notes. */
  mine: () => void;
}

/** A kind's own declaration, from `index.ts` in its folder. */
export interface Kind {
  /** The method's minutes for it, when one is added to an agenda by hand. */
  minutes: number;
  /** Other scopes of texts that its face on a phone uses: the first parts of keys, as in `notes.phone.send`. */
  speaks?: readonly string[];
}

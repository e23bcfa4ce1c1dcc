/** The contract each kind of activity fulfils on this side: three faces, each loaded when it is needed. */
import type { Component } from "svelte";
import type { Board } from "../board/board.svelte";
import type { Ticker } from "../board/clock.svelte";
import type { Connection } from "../board/connection.svelte";
import type { Outbox } from "../board/outbox";
import type { ActivityName, Item } from "../board/types";
import type { DeskPart } from "../desk/part";

export interface WallProps {
  board: Board;
  connection: Connection;
  /** The live item; its `activity` is the folder's name. */
  item: Item;
  clock: Ticker;
}

export interface PhoneProps extends WallProps {
  outbox: Outbox;
  /** Opens the list of own notes. */
  mine: () => void;
}

export interface Activity {
  name: ActivityName;
  /** What the method gives it, when one is added to an agenda by hand. */
  minutes: number;
  /** Whose words its faces speak beside its own: the first parts of keys, as in `notes.phone.send`. */
  speaks?: readonly string[];
  phone: () => Promise<{ default: Component<PhoneProps> }>;
  wall: () => Promise<{ default: Component<WallProps> }>;
  desk: () => Promise<{ default: DeskPart }>;
}

/** The scopes of words that a shell must load for a kind's face. */
export const wordsOf = ({ name, speaks = [] }: Activity, shell: "phone" | "wall"): string[] =>
  [name, ...speaks].map((each) => `${each}.${shell}`);

export const activity = (parts: Activity): Activity => parts;

/**
 * The interface between an activity and the desk. The shell draws the bar, the agenda, the script and the one dock; an
 * activity draws its board and provides the current actions.
 */
import type { Component } from "svelte";
import type { Board } from "../engine/board.svelte";
import type { Ticker } from "../engine/clock.svelte";
import type { RoomConnection } from "../live/room-connection.svelte";
import type { Answered, DeskOrder, Item, Paper } from "../engine/types";
import type { Said } from "./say";
import type { Selection } from "./selection.svelte";

export { Selection } from "./selection.svelte";

/** Asks in a dialog. The answer is the text of `field`, the id of the choice, else "yes"; null when it was closed. */
export type Question = Asked & (Written | { readonly field?: undefined });

/** If text is requested. */
interface Written {
  /** The label of the field. */
  readonly field: string;
  /** The key under which this browser keeps the text until it is stored (G34). */
  readonly keep: string;
  /** The dialog stays open until this resolves, and shows what it throws. */
  readonly store: (text: string) => Promise<unknown>;
  readonly value?: string;
  /** A line of help under the field. */
  readonly hint?: string;
  /** A field of several lines. */
  readonly lines?: number;
  readonly max?: number;
}

interface Asked {
  readonly title: string;
  readonly text?: string;
  readonly choices?: readonly {
    readonly id: string;
    readonly label: string;
    readonly small?: string;
    /** With multiple choice: whether it is chosen. */
    readonly on?: boolean;
    /** One of the five papers, drawn as a dot next to the word. */
    readonly paper?: Paper;
  }[];
  /** What the button does, in words: "Slet for altid". Not needed with `choices`. */
  readonly yes?: string;
  /** The label of the other button; "Fortryd" by default. */
  readonly no?: string;
  readonly danger?: boolean;
}

export interface DeskContext {
  readonly board: Board;
  readonly connection: RoomConnection;
  /** The id of the workshop; the board may hold earlier ones of the process. */
  readonly workshop: string;
  /** The activity that is drawn: the live one, or an earlier one being viewed again. */
  readonly item: Item;
  /** False while an earlier activity is viewed again. */
  readonly live: boolean;
  readonly clock: Ticker;
  readonly selection: Selection;
  /** A signed-in person may delete for good. */
  readonly facilitator: boolean;
  /** State shared by an activity's board and its actions, e.g. the drag; dropped when the meeting is closed. */
  state<State>(of: new () => State): State;
  /** Sends a desk command with a new id, waits through lost connections, and shows a refusal as a toast. */
  send(command: DeskOrder): Promise<Answered>;
  /** The same for a dialog or a form: it throws the refusal for them to show. */
  store(command: DeskOrder): Promise<void>;
  ask(question: Question): Promise<string | null>;
  /** Announces it in the polite live region. */
  announce(text: string): void;
  /** One at a time, six seconds, bottom left; with `undo` it has the button "Fortryd". */
  toast(text: string, options?: { readonly undo?: boolean }): void;
}

export interface DeskProps {
  readonly context: DeskContext;
}

export interface Action {
  readonly id: string;
  /** Text, not a key of the language files. */
  readonly label: string;
  /** As in the key list: "H", "Shift+Z", "1", "Delete". Works while nothing is typed. */
  readonly key?: string;
  /** The small line under the primary action; without it the shell names the next activity. */
  readonly after?: string | undefined;
  /**
   * At most one: the next unfinished step (U9). It does that step, or asks for what it needs; it never just moves the
   * focus. Without one, the shell's primary action is to move on: `desk/live/primary.ts`.
   */
  readonly primary?: boolean;
  /** Drawn as an outline, since something before it is unfinished. */
  readonly quiet?: boolean | undefined;
  /** Why not now, in words; the action is then drawn but does nothing. */
  readonly disabled?: string | undefined;
  readonly danger?: boolean;
  run(): void | Promise<void>;
}

export interface FormProps {
  /** The settings that are being written; the fields are bound to its own. */
  value: Item["settings"];
  /** The agenda the item is in, or comes into. */
  readonly items: readonly Item[];
  /** 2.5: with fewer answers nothing is shown in its meeting. */
  readonly least: number;
}

/** The form of a kind for adding an item to the agenda (F4). */
export interface Form {
  /** The initial settings; null if the agenda lacks what it builds on. */
  fresh(items: readonly Item[]): Item["settings"] | null;
  /** The default name of an item with these settings; by default the name of its kind. */
  named?(settings: Item["settings"]): string;
  readonly Fields: Component<FormProps, Record<string, never>, "value">;
}

/** Default export of `activities/<name>/desk.ts`. All functions are read inside an effect: use runes freely. */
export interface DeskPart {
  readonly Board: Component<DeskProps>;
  /** Without one, an item has no settings. */
  readonly form?: Form;
  actions(context: DeskContext): Action[];
  /** The activity whose notes its group works with: the desk says which of them name somebody (A13). */
  notes?(item: Item): string;
  /** What to say now. */
  script(context: DeskContext): Said;
  /**
   * U9: what is unfinished here that no single press would finish ("Tre felter er tomme endnu"): the main button says
   * so, and is an outline.
   */
  left?(context: DeskContext): string | undefined;
  /**
   * The clock's starting value, ready in the dock; null: it cannot be started now (U2). Without it the minutes of the
   * item, for those who look for it.
   */
  minutes?(context: DeskContext): number | null;
  /** Key of what the phones show; without it "Kig op på tavlen". */
  phones?(context: DeskContext): string;
  /** Keys of examples that can be shown on request. */
  readonly examples?: readonly string[] | ((context: DeskContext) => string[]);
  /** A short fact under the activity's name in the agenda: "31 sedler". */
  fact?(context: DeskContext): string | undefined;
}

/** Every record, command and message of the wire under the names the screens use. */

export type Paper = "korn" | "hyben" | "mos" | "fjord" | "lyng";
export type Lang = "da" | "en";
export type Size = "M" | "L" | "XL";

export type Workshop = {
  kind: "workshop";
  id: string;
  title: string;
  group: string;
  language: Lang;
  date: string;
  state: "draft" | "live" | "ended";
  live: string | null;
  board_on_phones: boolean;
};
export type Wall = {
  kind: "wall";
  id: string;
  black: boolean;
  join: boolean;
  forward: string | null;
  size: Size;
  page: number;
};
export type NotesSettings = {
  question: string;
  paper: "korn" | "fjord";
  mode: "anonymous";
  finish_seconds: number;
};
export type ClusteringSettings = { of: string };
export type InfluenceSettings = { of: string[] };
export type PrioritySettings = Record<string, never>;
export type Settings = NotesSettings | ClusteringSettings | InfluenceSettings | PrioritySettings;
type ItemOf<Kind extends string, S> = {
  kind: "item";
  id: string;
  workshop: string;
  activity: Kind;
  title: string;
  minutes: number;
  position: number;
  settings: S;
  state: "planned" | "live" | "done";
  started_at: number | null;
  ended_at: number | null;
};
export type Item =
  | ItemOf<"notes", NotesSettings>
  | ItemOf<"clustering", ClusteringSettings>
  | ItemOf<"influence", InfluenceSettings>
  | ItemOf<"priority", PrioritySettings>;
export type ActivityName = Item["activity"];
export type Timer = {
  kind: "timer";
  id: string;
  activity: string;
  state: "running" | "paused" | "stopped";
  ends_at: number | null;
  left: number | null;
  length: number;
};
export type Step = {
  kind: "step";
  id: string;
  order: number;
  did: string;
  many: number;
  state: "done" | "undone";
};
export type Writing = {
  kind: "writing";
  id: string;
  activity: string;
  state: "open" | "stopped" | "turned";
  cards: number;
  late: number;
};
export type Face = "stopped" | "up" | "hidden";
export type Note = {
  kind: "note";
  id: string;
  activity: string;
  text: string;
  face: Face;
  theme: string | null;
  rank: number;
  edited: boolean;
};
export type NoteState = { kind: "note_state"; id: string; activity: string; face: Face };
export type Theme = {
  kind: "theme";
  id: string;
  name: string;
  paper: Paper;
  of: string;
  position: number;
};
export type Answer = { kind: "answer"; id: string; activity: string; question: number; text: string };
export type Influence = { kind: "influence"; id: string; theme: string; field: "can" | "cannot" };
export type Priority = {
  kind: "priority";
  id: string;
  theme: string;
  important: boolean | null;
  urgent: boolean | null;
};
export type Chosen = { kind: "chosen"; id: string; theme: string };
export type Guide = {
  kind: "guide";
  id: string;
  activity: string;
  step: "important" | "urgent" | "free";
};

/** Any record a screen may be sent. */
export type Seen =
  | Workshop
  | Wall
  | Item
  | Timer
  | Step
  | Writing
  | Note
  | NoteState
  | Theme
  | Answer
  | Influence
  | Priority
  | Chosen
  | Guide;
export type Kind = Seen["kind"];
export type OfKind<K extends Kind> = Extract<Seen, { kind: K }>;
/** A record together with the number of the change that last touched it. */
export type Held<R extends Seen = Seen> = { seq: number; record: R };

type NoteBase = { note: string; base: number };

/** What a phone asks for; made harmless to repeat by its own id, secret and revision. */
export type PhoneCommand =
  | {
      type: "notes.write";
      activity: string;
      note: string;
      secret: string;
      rev: number;
      text: string;
      pad?: string;
    }
  | {
      type: "notes.edit";
      activity: string;
      note: string;
      secret: string;
      rev: number;
      text: string | null;
      pad?: string;
    };

/** What a desk asks for, before its random id is put on. */
export type DeskOrder =
  | { type: "agenda.go"; item: string }
  | {
      type: "agenda.add";
      item: string;
      workshop: string;
      activity: ActivityName;
      title: string;
      minutes: number;
      settings: Settings;
      before: string | null;
    }
  | {
      type: "agenda.change";
      item: string;
      base: number;
      title: string;
      minutes: number;
      settings: Settings;
    }
  | { type: "agenda.move"; item: string; base: number; before: string | null }
  | { type: "agenda.remove"; item: string; base: number }
  | { type: "agenda.end"; workshop: string }
  | { type: "timer.start"; activity: string; seconds: number }
  | { type: "timer.pause"; activity: string }
  | { type: "timer.resume"; activity: string }
  | { type: "timer.add"; activity: string; seconds: number }
  | { type: "timer.finish"; activity: string }
  | { type: "timer.stop"; activity: string }
  | {
      type: "wall.change";
      workshop: string;
      black?: boolean;
      join?: boolean;
      forward?: string | null;
      size?: Size;
      page?: number;
    }
  | {
      type: "workshop.change";
      workshop: string;
      base: number;
      title?: string;
      board_on_phones?: boolean;
    }
  | { type: "undo"; workshop: string }
  | { type: "redo"; workshop: string }
  | { type: "notes.stop_writing"; activity: string }
  | { type: "notes.turn_one"; activity: string }
  | { type: "notes.turn_all"; activity: string }
  | { type: "notes.hide"; note: string; base: number }
  | { type: "notes.show"; note: string; base: number }
  | { type: "notes.mask"; note: string; base: number; text: string }
  | { type: "notes.delete"; note: string }
  | { type: "notes.let_in_late"; activity: string }
  | { type: "notes.add_paper"; activity: string; texts: string[] }
  | {
      type: "clustering.make_theme";
      activity: string;
      theme: string;
      notes: NoteBase[];
      name: string;
      paper: Paper;
    }
  | {
      type: "clustering.move_notes";
      activity: string;
      notes: NoteBase[];
      theme: string | null;
    }
  | { type: "clustering.rename"; theme: string; base: number; name: string }
  | { type: "clustering.recolour"; theme: string; base: number; paper: Paper }
  | { type: "clustering.merge"; theme: string; base: number; into: string }
  | { type: "clustering.split"; theme: string; base: number }
  | { type: "clustering.order"; theme: string; base: number; before: string | null }
  | { type: "clustering.answer"; activity: string; question: number; base: number; text: string }
  | { type: "influence.place"; theme: string; base: number; field: "can" | "cannot" | null }
  | {
      type: "priority.place";
      theme: string;
      base: number;
      important: boolean | null;
      urgent: boolean | null;
    }
  | { type: "priority.choose"; theme: string; confirmed: boolean }
  | { type: "priority.unchoose"; theme: string }
  | { type: "priority.guide"; activity: string; base: number; step: Guide["step"] };
export type DeskCommand = DeskOrder & { id: string };
export type Command = PhoneCommand | DeskCommand;

export type Hello = {
  type: "hello";
  token: string;
  since: number;
  epoch: string;
  activity: string | null;
  protocol: 1;
};
export type ClientMessage =
  | Hello
  | { type: "do"; ref: number; command: Command }
  | { type: "time"; sent: number }
  | { type: "hold"; record: string | null };

export type Role = "phone" | "screen" | "co_facilitator" | "facilitator";
export type Changes = {
  type: "changes";
  epoch: string;
  seq: number;
  all: boolean;
  activity: string | null;
  records: Held[];
  gone: string[];
};
export type ServerMessage =
  | Changes
  | { type: "welcome"; role: Role; key: string | null }
  | { type: "stored"; ref: number; told: string[] }
  | {
      type: "refused";
      ref: number;
      code: string;
      fresh: Held | null;
      retry_after: number | null;
    }
  | { type: "time"; sent: number; now: number }
  | { type: "presence"; phones: number; screens: number; held: string[] };

/** The answer to a command. The code `lost` is the phone's own: nobody knows whether it arrived. */
export type Answered =
  | { stored: true; told: string[] }
  | { stored: false; code: string; fresh: Held | null; retryAfter: number | null };

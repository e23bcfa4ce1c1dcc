/**
 * Every record, command and message of the wire under the names the screens use. The shapes come from the server's
 * own models (`protocol.gen.ts`); here an item also knows the settings of its kind, so that `activity` narrows them.
 */
import type * as wire from "../protocol.gen";

export type { Hello, Role, Timer, Wall, Workshop } from "../protocol.gen";
export type Step = wire.SeenStep;
export type Writing = wire.SeenWriting;
export type Note = wire.SeenNote;
export type NoteState = wire.SeenNoteState;
// Who may see a record is the server's business.
type Plain<R> = Omit<R, "audience">;
export type Theme = Plain<wire.Theme>;
export type Answer = Plain<wire.Answer>;
export type Influence = Plain<wire.Influence>;
export type Priority = Plain<wire.Priority>;
export type Chosen = Plain<wire.Chosen>;
export type Guide = Plain<wire.Guide>;

export type Paper = wire.Theme["paper"];
export type Face = wire.SeenNote["face"];
export type Size = wire.Wall["size"];
export type Lang = wire.Workshop["language"];

// The server fills in what is left out, so what comes from it is whole.
export type NotesSettings = Required<wire.NotesSettings>;
export type ClusteringSettings = Required<wire.ClusteringSettings>;
export type InfluenceSettings = Required<wire.InfluenceSettings>;
export type PrioritySettings = Record<string, never>;
export type Settings = NotesSettings | ClusteringSettings | InfluenceSettings | PrioritySettings;

export type Item = Omit<wire.Item, "activity" | "settings"> &
  (
    | { activity: "notes"; settings: NotesSettings }
    | { activity: "clustering"; settings: ClusteringSettings }
    | { activity: "influence"; settings: InfluenceSettings }
    | { activity: "priority"; settings: PrioritySettings }
  );
export type ActivityName = Item["activity"];

/** Any record a screen may be sent. */
export type Seen =
  | Exclude<
      wire.SeenModel,
      { kind: "item" | "theme" | "answer" | "influence" | "priority" | "chosen" | "guide" }
    >
  | Item
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

/** What a phone asks for; made harmless to repeat by its own id, secret and revision. */
export type PhoneCommand = wire.WriteNote | wire.EditNote;
/** What a desk asks for; a repeat of its random id gets the first answer again (E2). */
export type DeskCommand = Exclude<wire.CommandModel, PhoneCommand>;
export type Command = PhoneCommand | DeskCommand;
type WithoutId<C> = C extends unknown ? Omit<C, "id"> : never;
/** A desk's command before its random id is put on. */
export type DeskOrder = WithoutId<DeskCommand>;

export type ClientMessage = wire.ClientMessageModel;
export type Changes = Omit<wire.ChangesMessage, "records"> & { records: Held[] };
export type ServerMessage =
  | Exclude<wire.ServerMessageModel, wire.ChangesMessage | wire.RefusedMessage>
  | Changes
  | (Omit<wire.RefusedMessage, "fresh"> & { fresh: Held | null });

/** The answer to a command. The code `lost` is the connection's own: nobody knows whether it arrived. */
export type Answered =
  | { stored: true; told: string[] }
  | { stored: false; code: string; fresh: Held | null; retryAfter: number | null };

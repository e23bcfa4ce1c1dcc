/**
 * Every record, command and message of the protocol under the names the screens use. The shapes come from the server's
 * own models (`protocol.gen.ts`); here an item also knows the settings of its kind, so that `activity` narrows them.
 */
import type { FaultCode } from "../protocol.gen";
import type * as wire from "../protocol.gen";

export type { Hello, Leaf, Presence, Role } from "../protocol.gen";

type Settings = wire.SettingsModel;
export type ActivityName = keyof Settings;
/** An item of the agenda; `activity` narrows its settings. */
export type Item = {
  [A in ActivityName]: Omit<wire.Item, "activity" | "settings"> & {
    activity: A;
    // The server fills in defaults, so what it sends is complete.
    settings: Required<Settings[A]>;
  };
}[ActivityName];
export type ItemOf<A extends ActivityName> = Extract<Item, { activity: A }>;
export type SettingsOf<A extends ActivityName> = ItemOf<A>["settings"];

// Who may see a record is the server's business.
type Plain<R> = R extends unknown ? Omit<R, "audience"> : never;
/** Any record a screen may be sent. */
export type Seen = Plain<Exclude<wire.SeenModel, { kind: "item" }>> | Item;
export type Kind = Seen["kind"];
export type OfKind<K extends Kind> = Extract<Seen, { kind: K }>;

export type Timer = OfKind<"timer">;
export type Wall = OfKind<"wall">;
export type Workshop = OfKind<"workshop">;
export type Step = OfKind<"step">;
export type Writing = OfKind<"writing">;
export type Note = OfKind<"note">;
export type Theme = OfKind<"theme">;
export type Answer = OfKind<"answer">;
export type Influence = OfKind<"influence">;
export type Priority = OfKind<"priority">;
export type Chosen = OfKind<"chosen">;
export type Guide = OfKind<"guide">;
export type Placing = OfKind<"placing">;
export type Spread = OfKind<"spread">;
export type InfluenceSpread = OfKind<"influence_spread">;
export type PulseResult = OfKind<"pulse_result">;
export type PulseAnswer = OfKind<"pulse_answer">;
export type Tagged = OfKind<"tagged">;
/** A row of the action plan. */
export type PlanAction = OfKind<"action">;
export type SignUp = OfKind<"sign_up">;
export type How = OfKind<"how">;

export type Paper = Theme["paper"];
export type Face = Note["face"];
export type Size = Wall["size"];
export type Lang = Workshop["language"];

/** A record together with the number of the change that last touched it. */
export type Held<R extends Seen = Seen> = { seq: number; record: R };

/** A command of a phone; its own id, secret and revision make repeats harmless. */
export type PhoneCommand = NoteCommand | wire.Cast | wire.HangUp | wire.SayDone;
export type NoteCommand = wire.WriteNote | wire.EditNote;
/** A command of a desk; repeating its random id gets the first answer again (E2). */
export type DeskCommand = Exclude<wire.CommandModel, PhoneCommand>;
export type Command = PhoneCommand | DeskCommand;
/** Commands with a name, which never use the line (A3). */
export type NamedCommand = wire.NamedDo["command"];
type WithoutId<C> = C extends unknown ? Omit<C, "id"> : never;
/** A desk's command before its random id is added. */
export type DeskOrder = WithoutId<DeskCommand>;

export type ClientMessage = wire.ClientMessageModel;
export type Changes = Omit<wire.ChangesMessage, "records"> & { records: Held[] };
export type ServerMessage =
  | Exclude<wire.ServerMessageModel, wire.ChangesMessage | wire.RefusedMessage>
  | Changes
  | (Omit<wire.RefusedMessage, "code" | "fresh"> & { code: FaultCode; fresh: Held | null });

/** The answer to a command. The code `lost` is the connection's own: nobody knows whether it arrived. */
export type Answered =
  | { stored: true; told: string[] }
  | { stored: false; code: FaultCode; fresh: Held | null; retryAfter: number | null };

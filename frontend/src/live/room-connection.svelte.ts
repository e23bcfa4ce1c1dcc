/** The connection of a wall or a desk: it receives presence, who leads and door changes, and sends what is dragged. */
import type { Presence, ServerMessage } from "../engine/types";
import { Connection, type Aside } from "./connection.svelte";

type Leading = Extract<ServerMessage, { type: "leading" }>;
type Stepped = Extract<ServerMessage, { type: "stepped" }>;

export class RoomConnection extends Connection {
  presence = $state.raw<Omit<Presence, "type">>({
    phones: 0,
    screens: 0,
    broken: 0,
    done: 0,
    held: [],
    leaves: [],
  });
  /** Grows when the door changes; only walls get it. */
  doors = $state(0);
  /** R11: the desk that leads; only desks get it. */
  leading = $state.raw<Omit<Leading, "type">>({ desk: "", name: "" });

  /** G40: who undid or redid a step last, and whose it was; a name is empty if it is unknown. */
  stepped: Omit<Stepped, "type"> = { step: "", by: "", of: "" };

  /** Send what is being dragged here. */
  hold = (record: string | null): void => this.hint({ type: "hold", record });

  protected override aside(message: Aside): void {
    switch (message.type) {
      case "presence":
        this.presence = message;
        return;
      case "leading":
        this.leading = message;
        return;
      case "stepped":
        this.stepped = message;
        return;
      case "door":
        this.doors += 1;
        return;
      default:
        message satisfies never;
    }
  }
}

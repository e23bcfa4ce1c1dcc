/** P4.5: the fields of the plan while they are edited: saved on leaving, and nobody's words are lost. */
import type { DeskOrder, PlanAction } from "../../engine/types";
import { OpenDrafts, type Typed } from "../../desk/open-drafts";
import type { DeskContext } from "../../desk/part";
import { fieldKey } from "../../desk/words-kept";
import { t } from "../../words";
import { namesIn } from "./plan";

export const FIELDS = ["text", "responsible", "who", "how", "when"] as const;
export type FieldName = (typeof FIELDS)[number];

/** The contents of a field, as text. */
export function textOf(action: PlanAction, field: FieldName): string {
  return field === "responsible" ? action.responsible.join(", ") : action[field];
}

/** The same text, apart from spaces: nothing to save. */
const same = (a: string, b: string): boolean => a.trim() === b.trim();

interface Draft extends Typed {
  /** What stood there when the field was opened here. */
  was: string;
}

export class Cells {
  readonly #drafts = new OpenDrafts<string, Draft>();

  /** The contents of this field; undefined when they are the same as everybody's. */
  text(action: string, field: FieldName): string | undefined {
    return this.#drafts.get(key(action, field))?.text;
  }

  /** What somebody else wrote at the same time; the field keeps the local text until the conflict is settled. */
  other(action: string, field: FieldName): string | undefined {
    return this.#drafts.get(key(action, field))?.other;
  }

  open(context: DeskContext, action: PlanAction, field: FieldName): void {
    this.#drafts.open(key(action.id, field), fresh(context, action, field));
  }

  /** G32: put unsaved text back into its field, and save it as if the field had just been left. */
  async restore(context: DeskContext, action: PlanAction, field: FieldName): Promise<void> {
    if (this.#drafts.restore(key(action.id, field), fresh(context, action, field)))
      await this.save(context, action.id, field);
  }

  write(action: string, field: FieldName, text: string): void {
    this.#drafts.write(key(action, field), text);
  }

  drop(action: string, field: FieldName): void {
    this.#drafts.drop(key(action, field));
  }

  /** Save on leaving the field. Somebody else changing another field of the row is no conflict. */
  async save(context: DeskContext, id: string, field: FieldName): Promise<void> {
    const draft = this.#drafts.ready(key(id, field));
    if (!draft) return;
    const action = context.board.one("action", id);
    if (!action || same(draft.text, draft.was)) return this.drop(id, field);
    await this.#send(context, action, context.board.seqOf(id), field, draft);
  }

  async #send(context: DeskContext, action: PlanAction, base: number, field: FieldName, draft: Draft) {
    const now = textOf(action, field);
    if (!same(now, draft.was) && !same(now, draft.text)) {
      this.#drafts.set(key(action.id, field), { ...draft, other: now });
      return context.announce(t("desk.answer.both"));
    }
    const answer = await context.send(order(context, action.id, base, field, draft.text));
    if (answer.stored) this.#drafts.stored(key(action.id, field), draft, { was: draft.text });
    else if (answer.code === "stale" && answer.fresh?.record.kind === "action")
      await this.#send(context, answer.fresh.record, answer.fresh.seq, field, draft);
  }

  /** Keep my version. */
  async keep(context: DeskContext, id: string, field: FieldName): Promise<void> {
    const draft = this.#drafts.get(key(id, field));
    if (draft?.other === undefined) return;
    this.#drafts.set(key(id, field), { text: draft.text, was: draft.other, kept: draft.kept });
    await this.save(context, id, field);
  }
}

const key = (action: string, field: FieldName) => `${action} ${field}`;

function fresh({ workshop }: DeskContext, action: PlanAction, field: FieldName): Draft {
  const was = textOf(action, field);
  return { text: was, was, kept: fieldKey(workshop, key(action.id, field)) };
}

function order(
  { item }: DeskContext,
  action: string,
  base: number,
  field: FieldName,
  text: string,
): DeskOrder {
  const value = text.trim();
  const given = field === "responsible" ? { responsible: namesIn(value) } : { [field]: value };
  return { type: "action_plan.change", activity: item.id, action, base, ...given };
}

/** The row that is to get the caret as soon as it is there. */
export const wanted = $state<{ row: string | null }>({ row: null });

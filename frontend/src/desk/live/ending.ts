/** F4: what is asked before a meeting ends: what becomes of late notes, and that what nobody turned over goes. */
import type { Item, Writing } from "../../board/types";
import { t } from "../../words";
import type { Question } from "../part";

type Known = Pick<Writing, "activity" | "state" | "cards" | "late">;

/** The items whose late notes can be hung up: those whose notes hang there. */
export function withLate(items: readonly Pick<Item, "id">[], writings: readonly Known[]): string[] {
  return own(items, writings)
    .filter((each) => each.state === "turned" && each.late > 0)
    .map((each) => each.activity);
}

/** The question; with late notes a choice of `in` and `out`, else yes or no. */
export function endQuestion(items: readonly Pick<Item, "id">[], writings: readonly Known[]): Question {
  const lying = own(items, writings);
  const late = withLate(items, writings);
  const n = lying.filter((each) => late.includes(each.activity)).reduce((sum, each) => sum + each.late, 0);
  const unturned = lying.some((each) => each.state !== "turned" && each.cards > 0);
  const said = [
    ...(n > 0 ? [t("desk.end.late", { n })] : []),
    t("desk.end.text"),
    ...(unturned ? [t("desk.end.unturned")] : []),
  ];
  const asked = { title: t("desk.end.ask"), text: said.join(" "), no: t("desk.end.no"), danger: true };
  if (n === 0) return { ...asked, yes: t("desk.end.yes") };
  return {
    ...asked,
    choices: [
      { id: "in", label: t("desk.end.late_in"), small: t("desk.end.late_in_small") },
      { id: "out", label: t("desk.end.late_out"), small: t("desk.end.late_out_small") },
    ],
  };
}

function own(items: readonly Pick<Item, "id">[], writings: readonly Known[]): Known[] {
  const ids = new Set(items.map((item) => item.id));
  return writings.filter((each) => ids.has(each.activity));
}

/** P2.7 on the desk: the results, theme by theme. */
import type { DeskPart, Form } from "../../desk/part";
import { t } from "../../words";
import Board from "./DeskBoard.svelte";
import Fields from "./DeskForm.svelte";
import { actions, script } from "./desk-themes";
import { isStand, themesShown } from "./presented";

const form: Form = { Fields, fresh: () => ({ of: [], show: "results" }) };

export default {
  Board,
  form,
  actions,
  script,
  examples: ({ item }) => (isStand(item) ? [] : [1, 2, 3].map((n) => `presentation.desk.example.${n}`)),
  left: (context) =>
    themesShown(context.board, context.item).length === 0 ? t("presentation.desk.left") : undefined,
  fact: (context) => {
    const n = themesShown(context.board, context.item).length;
    return n > 0 ? t("presentation.desk.fact", { n }) : undefined;
  },
} satisfies DeskPart;

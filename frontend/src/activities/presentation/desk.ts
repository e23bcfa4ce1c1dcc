/** P2.7 on the desk: the results, theme by theme. */
import type { DeskPart, Form } from "../../desk/part";
import { t } from "../../words";
import Board from "./DeskBoard.svelte";
import Fields from "../influence/DeskForm.svelte";
import { actions, themes } from "./desk-themes";

const form: Form = { Fields, fresh: () => ({ of: [] }) };

export default {
  Board,
  form,
  actions,
  script: () => ["", ".1", ".2", ".3"].map((line) => `presentation.desk.say${line}`),
  examples: [1, 2, 3].map((n) => `presentation.desk.example.${n}`),
  fact: (context) => {
    const n = themes(context).length;
    return n > 0 ? t("presentation.desk.fact", { n }) : undefined;
  },
} satisfies DeskPart;

/**
 * U9: the label and action of the main button, in every face and state. An activity returns its next step by `primary`,
 * and by `left` what no single press would finish; this adds the meeting around it. `primary.golden.txt` shows all of
 * it.
 */
import type { Item } from "../../engine/types";
import { reason, t } from "../../words";
import type { Driver } from "../driver.svelte";
import type { Action } from "../part";
import { following } from "../plan";
import { unturned } from "./ending";
import { leavesOf, pageOn, turnTo } from "./pages";
import { go, openSummary, type Shell } from "./shell-actions";

/** Used by Enter and by the main button; null only until the meeting is known. */
export function primaryOf(shell: Shell): Action | null {
  const { driver, own, left } = shell;
  const { live, items } = driver;
  if (driver.workshop === undefined) return null;
  if (driver.ended)
    return {
      id: "summary",
      label: t("desk.ended.open"),
      after: t("desk.ended.open_after"),
      run: () => openSummary(driver),
    };
  if (driver.looking !== null && live !== undefined && driver.looking !== live.id)
    return {
      id: "here",
      label: t("desk.agenda.here"),
      after: live.title,
      run: () => void (driver.looking = null),
    };
  if (live === undefined) return starting(shell);
  const next = following(items, live.id);
  const given = own.find((action) => action.primary);
  if (given) return { ...given, after: given.after ?? nextWords(next) };
  const page = pageOn(leavesOf(driver));
  if (page)
    return {
      id: "page",
      label: t("desk.page.show", { what: page.what }),
      after: t("desk.page.before", { then: nextWords(next) }),
      run: () => turnTo(driver, page.page),
    };
  const quiet = left !== undefined;
  if (next)
    return {
      ...{ id: "next", label: t("desk.on", { title: next.title }), quiet },
      after: left ?? nextWords(following(items, next.id)),
      run: () => go(driver, next),
    };
  return ending(shell);
}

function starting({ driver, first: ready, add }: Shell): Action {
  if (ready) return ready;
  const { items } = driver;
  const first = items.find((item) => item.state !== "done") ?? items[0];
  if (first === undefined) return { id: "add", label: t("desk.agenda.add"), run: add };
  return {
    id: "start",
    label: t("desk.start", { title: first.title }),
    after: nextWords(following(items, first.id)),
    run: () => go(driver, first),
  };
}

/** Nothing follows. While anything is unfinished, the button is an outline and says what. */
function ending(shell: Shell): Action {
  const left = shell.left ?? missed(shell.driver);
  return { ...endOf(shell), quiet: left !== undefined, after: left ?? t("desk.end.after") };
}

/** What is unfinished in the rest of the meeting. */
function missed(driver: Driver): string | undefined {
  const [lying] = unturned(driver);
  if (lying) return t("desk.end.left.unturned", { title: lying.title });
  const skipped = driver.items.filter((item) => item.state === "planned");
  return skipped.length > 0 ? t("desk.end.left.skipped", { n: skipped.length }) : undefined;
}

const nextWords = (item: Item | undefined): string =>
  item ? t("desk.next", { title: item.title }) : t("desk.next.end");

export const endOf = ({ driver, open }: Shell): Action => ({
  id: "end",
  label: t("desk.end"),
  disabled: driver.facilitator ? undefined : reason("role"),
  run: () => open("end"),
});

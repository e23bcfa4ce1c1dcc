/** U17: before the first activity: a meeting that is made ready, one that people come into, one that is tried alone. */
import { LOOKED_AT } from "../../contract/desk.gen";
import { isLinked } from "../../parts/by_link/by-link";
import { t } from "../../words";
import { api, type WorkshopInfo } from "../api";
import { whyNot } from "../attempt.svelte";
import type { Driver } from "../driver.svelte";
import { leadTo, wallWindow } from "../openWall";
import type { Action } from "../part";
import { router } from "../route.svelte";

/** Lets people in, and brings the wall along where none is open. */
export const openDoor = (driver: Driver, info: WorkshopInfo, reload: () => Promise<void>): Action => ({
  id: "open",
  label: t("desk.new.go"),
  after: t(usesPhones(driver) ? "desk.prepare.open_after" : "desk.prepare.open_alone"),
  run: async () => {
    const wall = driver.connection.presence.screens === 0 ? wallWindow() : null;
    try {
      await api.door(info.id, "open");
      await reload();
      await leadTo(wall, info.id);
    } catch (refusal) {
      wall?.close();
      driver.toast(whyNot(refusal));
    }
  },
});

/** Whether anybody needs a phone in one of its activities; of an agenda that is empty nobody knows yet. */
export const usesPhones = ({ items }: Pick<Driver, "items">): boolean =>
  items.length === 0 || items.some(({ activity }) => !(LOOKED_AT as readonly string[]).includes(activity));

/** W11: nobody comes in now: what phones answer first stays open for days. */
export const opensByLink = ({ items, clock }: Pick<Driver, "items" | "clock">): boolean =>
  items[0] !== undefined && isLinked(items[0], clock.now);

/** The stage of what to do while the meeting is made ready, and of what to say while people come in. */
export function saysFirst(driver: Driver, preparing: boolean): string {
  if (preparing) return "desk.prepare.say";
  if (driver.workshop?.rehearsal) return "desk.rehearsal.say";
  if (!usesPhones(driver)) return "desk.before.quiet";
  return opensByLink(driver) ? "desk.before.by_link" : "desk.before.say";
}

/** The end of what was tried: nothing of it is left. */
export async function rehearsed(driver: Driver): Promise<void> {
  const [title, text, yes] = [t("desk.rehearsal.ask"), t("desk.rehearsal.ask_text"), t("desk.rehearsal.end")];
  if ((await driver.ask({ title, text, yes, no: t("desk.rehearsal.stay") })) === null) return;
  try {
    await api.endRehearsal();
    router.go("/");
  } catch (refusal) {
    driver.toast(whyNot(refusal));
  }
}

/** U17: before the first activity: preparing a meeting, people joining, or rehearsing alone. */
import { LOOKED_AT } from "../../contract/desk.gen";
import { isLinked } from "../../parts/by_link/by-link";
import { t } from "../../words";
import { api, type WorkshopInfo } from "../api";
import { whyNot } from "../attempt.svelte";
import type { Driver } from "../driver.svelte";
import { leadTo, wallWindow } from "../openWall";
import type { Action } from "../part";
import { router } from "../route.svelte";

/** Open the door, and the wall if none is open. */
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

/** Whether one of its activities needs phones; assumed for an empty agenda. */
export const usesPhones = ({ items }: Pick<Driver, "items">): boolean =>
  items.length === 0 || items.some(({ activity }) => !(LOOKED_AT as readonly string[]).includes(activity));

/** W11: nobody joins now: the first activity is answered by link for days. */
export const opensByLink = ({ items, clock }: Pick<Driver, "items" | "clock">): boolean =>
  items[0] !== undefined && isLinked(items[0], clock.now);

/** The script's stage while the meeting is prepared, or while people join. */
export function saysFirst(driver: Driver, preparing: boolean): string {
  if (preparing) return "desk.prepare.say";
  if (driver.workshop?.rehearsal) return "desk.rehearsal.say";
  if (!usesPhones(driver)) return "desk.before.quiet";
  return opensByLink(driver) ? "desk.before.by_link" : "desk.before.say";
}

/** End a rehearsal: nothing of it is kept. */
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

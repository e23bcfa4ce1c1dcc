/**
 * G40: two desks share one list of steps. Undoing somebody else's step is announced on both desks, with the name that
 * the server sends before the change. The steps themselves name nobody, so a name may be missing.
 */
import { untrack } from "svelte";
import type { Step } from "../../engine/types";
import { t } from "../../words";
import { didWords, type Driver } from "../driver.svelte";

type Watched = Pick<Driver, "own" | "toast" | "undoing"> & {
  readonly connection: Pick<Driver["connection"], "stepped">;
};

export class StepWatch {
  #before: ReadonlyMap<string, Step["state"]> | null = null;

  constructor(private readonly driver: Watched) {}

  /** Called with each change of the steps; the first call announces nothing. */
  look(steps: readonly Step[]): void {
    const before = this.#before;
    this.#before = new Map(steps.map(({ id, state }) => [id, state]));
    if (before === null) return;
    const changed = steps.filter(({ id, state }) => before.has(id) && before.get(id) !== state);
    for (const step of changed) untrack(() => this.#say(step));
  }

  #say(step: Step): void {
    const { driver } = this;
    const { stepped } = driver.connection;
    const { by, of } = stepped.step === step.id ? stepped : { by: "", of: "" };
    const did = didWords(step) ?? "";
    const mine = driver.own.has(step.id);
    const words = step.state === "undone" ? "undone" : "redone";
    if (driver.undoing > 0) {
      if (!mine) driver.toast(t(`desk.step.theirs.${words}`, { did, who: of || t("desk.step.of") }));
      return;
    }
    const who = by || t("desk.step.by");
    driver.toast(t(mine ? `desk.step.mine.${words}` : `desk.step.other.${words}`, { did, who }));
  }
}

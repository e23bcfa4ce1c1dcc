/** P5.1, W11 on the desk: copying and printing the link, and changing its last day. */
import { api } from "../../desk/api";
import { whyNot } from "../../desk/attempt.svelte";
import type { Action, DeskContext } from "../../desk/part";
import { router } from "../../desk/route.svelte";
import { t } from "../../words";
import { dayAfter, isLinked, untilOf, weekday } from "./by-link";
import { Handed } from "./handed.svelte";

/** How many days one may choose among; up to two months can be set in the form. */
const DAYS = [1, 2, 3, 4, 5, 7, 10, 14, 21];
/** Values that are no day mean: in the meeting. */
const MEETING = "meeting";

/** While phones may answer: the link, or making one. */
export function linkActions(context: DeskContext): Action[] {
  const { item, clock, workshop } = context;
  const until = untilOf(item);
  if (!context.live) return [];
  if (until === null || !isLinked(item, clock.now))
    return [{ id: "by_link.days", label: t("desk.by_link.begin"), run: () => choose(context) }];
  const handed = context.state(Handed);
  const after = t("desk.by_link.until", { day: weekday(until) });
  return [
    {
      id: "by_link.copy",
      label: t("desk.by_link.copy"),
      after,
      primary: !handed.on,
      run: () => copy(context),
    },
    // It runs independently: what follows is another meeting, or nothing until that day.
    ...(handed.on
      ? [{ id: "by_link.home", label: t("desk.home"), after, primary: true, run: () => router.go("/") }]
      : []),
    {
      id: "by_link.poster",
      label: t("desk.by_link.poster"),
      run: () => {
        window.open(posterOf(workshop), "_blank", "noopener");
        handed.on = true;
      },
    },
    { id: "by_link.days", label: t("desk.by_link.days"), run: () => choose(context) },
  ];
}

/** The page with the QR code to print. */
export const posterOf = (workshop: string): string => `#/w/${workshop}/poster`;

/** The link leads in only while the door is open. */
async function copy(context: DeskContext): Promise<void> {
  const { workshop, toast } = context;
  try {
    const { door } = await api.workshop(workshop);
    const { join_url } = door.open ? door : await api.door(workshop, "open");
    await navigator.clipboard.writeText(join_url);
    toast(t("desk.by_link.copied"));
  } catch (refusal) {
    if (refusal instanceof Error && "status" in refusal) return toast(whyNot(refusal));
    // On plain http there is no clipboard: it can be marked and copied on the board.
    toast(t("desk.by_link.by_hand"));
  }
  context.state(Handed).on = true;
}

/** P5.1: until which day; the door stays open as long. */
async function choose(context: DeskContext): Promise<void> {
  const { board, item, clock } = context;
  if (item.activity !== "pulse" && item.activity !== "notes") return;
  const linked = isLinked(item, clock.now);
  const chosen = await context.ask({
    title: t("desk.by_link.which"),
    text: t("desk.by_link.which.text"),
    choices: [
      ...DAYS.map((many) => dayAfter(clock.now, many)).map((id) => ({ id, label: weekday(id) })),
      ...(linked ? [{ id: MEETING, label: t("desk.by_link.meeting") }] : []),
    ],
  });
  if (chosen === null) return;
  const open_until = chosen === MEETING ? null : chosen;
  const answer = await context.send({
    type: "agenda.change",
    item: item.id,
    base: board.seqOf(item.id),
    title: item.title,
    minutes: item.minutes,
    settings: { ...item.settings, open_until },
  });
  if (answer.stored && open_until) context.announce(t("desk.by_link.until", { day: weekday(open_until) }));
}

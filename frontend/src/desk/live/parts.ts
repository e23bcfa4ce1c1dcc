/** The desk's parts of the kinds of activity: all of them at once, so that none is missing where the line is poor. */
import { byKind } from "../../activities/registry";
import type { DeskPart } from "../part";

export const parts = byKind(
  import.meta.glob<DeskPart>("../../activities/*/desk.ts", { eager: true, import: "default" }),
);

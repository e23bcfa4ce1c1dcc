/** The kinds of activity: the folders here. Each shell is built with its own faces from them. */
import type { ActivityName } from "../engine/types";
import type { Kind } from "./activity";

/** The contents of the folders, by kind. */
export const byKind = <T>(found: Record<string, T>): Record<ActivityName, T> =>
  Object.fromEntries(Object.entries(found).map(([path, one]) => [path.split("/").at(-2), one]));

export const kinds = byKind(import.meta.glob<Kind>("./*/index.ts", { eager: true, import: "default" }));

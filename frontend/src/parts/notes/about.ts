/** W6: the subject of a question: the method's first, its second, or one of the group's own. */
import type { SettingsOf } from "../../engine/types";

export type About = "draws" | "hard" | "own";

/** Before questions had `about`, the method's two each had their own paper. */
export const aboutOf = ({ about, paper }: Pick<SettingsOf<"notes">, "about" | "paper">): About =>
  about ?? (paper === "fjord" ? "hard" : "draws");

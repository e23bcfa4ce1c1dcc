/** W6: what a question is about: the method's first, its second, or one of the group's own. */
import type { SettingsOf } from "../../engine/types";

export type About = "draws" | "hard" | "own";

/** Before a question said so itself, the method's two lay each on its paper. */
export const aboutOf = ({ about, paper }: Pick<SettingsOf<"notes">, "about" | "paper">): About =>
  about ?? (paper === "fjord" ? "hard" : "draws");

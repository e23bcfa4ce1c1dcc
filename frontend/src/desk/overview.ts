/** Which of many processes are shown: pure, so that forty are looked through as four are. */
import type { OverviewLine } from "./api";

export interface Wanted {
  /** What is looked for in the names of groups and companies. */
  text: string;
  /** Of one company, or of all. */
  company: string;
  /** Only those that need somebody. */
  needs: boolean;
}

const plain = (text: string) => text.normalize("NFC").toLocaleLowerCase();

/** The lines that fit, in the order in which they come: what needs somebody first. Each word must be found. */
export function fitting(
  lines: readonly OverviewLine[],
  names: ReadonlyMap<string, string>,
  { text, company, needs }: Wanted,
): OverviewLine[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  return lines.filter((line) => {
    if (company && line.company !== company) return false;
    if (needs && line.needs === "nothing") return false;
    const said = plain(`${line.group} ${names.get(line.company) ?? ""}`);
    return words.every((word) => said.includes(word));
  });
}

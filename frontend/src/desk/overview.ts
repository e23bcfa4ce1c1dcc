/** Filters a long list of processes; pure. */
import type { OverviewLine } from "./api";

export interface Wanted {
  /** The search text for names of groups and companies. */
  text: string;
  /** Of one company, or of all. */
  company: string;
  /** Only those that need somebody. */
  needs: boolean;
}

const plain = (text: string) => text.normalize("NFC").toLocaleLowerCase();

/** The matching lines in their given order, the most urgent first. Each word must match. */
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

/** How a list of processes is filtered, and when; pure. */
import type { OverviewLine } from "./api";

export interface Wanted {
  /** The search text for names of groups and companies. */
  text: string;
  /** Of one company, or of all. */
  company: string;
  /** Only those that need somebody. */
  needs: boolean;
}

/** With fewer, all are seen at a glance. */
const MANY = 8;

/** Which filters are offered: several companies can be told apart even if there is little to search. */
export const finders = (processes: number, companies: number) => ({
  search: processes >= MANY,
  company: companies > 1,
});

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

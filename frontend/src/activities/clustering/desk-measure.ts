/** The heights of papers with their text, measured once for each text and width, many at a time. */

import { pointed } from "../../ui/hyphens.svelte";

export class Measure {
  #known = new Map<string, number>();

  /** Measures all unknown texts in one layout. `sheet` is an empty hidden paper. */
  read(sheet: HTMLElement, width: number, texts: Iterable<string>): void {
    const unknown = [...new Set([...texts].map(pointed))].filter(
      (text) => !this.#known.has(key(sheet, width, text)),
    );
    if (unknown.length === 0 || width <= 0) return;
    const papers = unknown.map((text) => {
      const paper = sheet.cloneNode() as HTMLElement;
      paper.style.width = `${width}px`;
      paper.textContent = text || " ";
      return paper;
    });
    sheet.parentElement?.append(...papers);
    papers.forEach((paper, at) => {
      const text = unknown[at] ?? "";
      this.#known.set(key(sheet, width, text), paper.offsetHeight || guess(text, width));
    });
    for (const paper of papers) paper.remove();
  }

  height(sheet: HTMLElement, width: number, text: string): number {
    return this.#known.get(key(sheet, width, pointed(text))) ?? guess(text, width);
  }

  /** The font has loaded, or the text size changed. */
  forget(): void {
    this.#known.clear();
  }
}

const key = (sheet: HTMLElement, width: number, text: string) =>
  `${sheet.dataset["sheet"] ?? ""} ${width} ${text}`;

/** For environments without layout, such as tests. */
const guess = (text: string, width: number): number =>
  22 + 18 * Math.max(1, Math.ceil((text.length * 7.4) / Math.max(40, width - 22)));

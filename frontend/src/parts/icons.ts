/** Our own strokes on a 24 px grid, drawn in the mocks. */
import { back, bin, board, clock, forth, hidden, lock, notes, pen, plus, tick, warn } from "./strokes";

export const icons = {
  phone: "M7 3h10v18H7zM11 18h2",
  board,
  tick,
  plus,
  minus: "M5 12h14",
  group: "M4 4h7v7H4zM14 4h6v6h-6zM4 14h6v6H4zM13 13h7v7h-7z",
  hidden,
  shown: "M3 12s3.200-6 9-6 9 6 9 6-3.200 6-9 6-9-6-9-6zM12 15a3 3 0 100-6 3 3 0 000 6z",
  pause: "M9 6v12M15 6v12",
  play: "M8 5l11 7-11 7z",
  stop: "M7 7h10v10H7z",
  undo: "M9 7L4.5 11.5 9 16M5 11.5h9a5 5 0 010 10h-2",
  redo: "M15 7l4.5 4.5L15 16M19 11.5h-9a5 5 0 000 10h2",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  back,
  forth,
  down: "M5 9l7 7 7-7",
  up: "M5 15l7-7 7 7",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  lock,
  pen,
  bin,
  clock,
  notes,
  close: "M6 6l12 12M18 6L6 18",
  key: "M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8",
  link: "M10 14a4 4 0 005.700 0l3-3a4 4 0 00-5.700-5.700l-1.500 1.500M14 10a4 4 0 00-5.700 0l-3 3a4 4 0 005.700 5.700l1.500-1.500",
  warn,
  people:
    "M9 11a3.500 3.500 0 100-7 3.500 3.500 0 000 7zM2.500 20a6.500 6.500 0 0113 0M16 4.500a3.500 3.500 0 010 6.300M18 14.500a6.500 6.500 0 013.500 5.500",
  sound: "M4 10v4h3l5 4V6L7 10zM16 9a4 4 0 010 6",
} as const;

export type IconName = keyof typeof icons;

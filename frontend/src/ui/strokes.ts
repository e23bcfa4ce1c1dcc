/** The icons a phone needs, exported one by one, so that the others can be left out of its files. */
export const board = "M3 5h18v11H3zM9 20h6M12 16v4";
export const tick = "M5 12.5l4.5 4.5L19 7.5";
export const plus = "M12 5v14M5 12h14";
export const hidden =
  "M4 4l16 16M9.5 9.6a3.4 3.4 0 004.9 4.8M6.5 7C4.3 8.6 3 12 3 12s3.2 6 9 6c1.5 0 2.8-.4 4-1M11 6h1c5.8 0 9 6 9 6s-.6 1.5-1.9 3";
export const back = "M15 5l-7 7 7 7";
export const forth = "M9 5l7 7-7 7";
export const lock = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3";
export const pen = "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3";
export const bin = "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13";
export const clock = "M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5";
export const notes = "M4 5h16v11H10l-4 4v-4H4z";
export const warn = "M12 4l9 16H3zM12 10v4M12 17h.01";

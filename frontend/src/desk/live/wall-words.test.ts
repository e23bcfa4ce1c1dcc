import { beforeAll, describe, expect, it } from "vitest";
import da from "../../../../app/locales/da.json";
import { Board } from "../../engine/board.svelte";
import type { Seen } from "../../engine/types";
import { setWords } from "../../words";
import { wallShows } from "./wall-words";

beforeAll(() => setWords("da", da));

const workshop = { kind: "workshop", id: "w", state: "live", live: "i" };
const item = { kind: "item", id: "i", workshop: "w", activity: "notes", title: "Det gode" };
const at = (wall: object, ...more: object[]) => {
  const board = new Board();
  board.home = "w";
  const records = [workshop, item, { kind: "wall", id: "wall:w", workshop: "w", ...wall }, ...more];
  board.apply({
    type: "changes",
    epoch: "e",
    seq: 1,
    all: true,
    activity: null,
    gone: [],
    records: records.map((record) => ({ seq: 1, record: record as unknown as Seen })),
  });
  return wallShows({ board, wall: board.wall }, true);
};

describe("U7 what the wall shows, in words", () => {
  it.each([
    ["the item", {}, "Det gode"],
    ["a further page", { page: 1 }, "Det gode · side 2"],
    ["black, whatever lies under it", { black: true, forward: "t" }, "Tavlen er sort"],
    ["the code, large", { join: true, page: 1 }, "QR-koden og mødets kode"],
    ["a picture of the item's own", { forward: "placing:i" }, "Vist stort: Det gode"],
  ])("names %s", (_, wall, said) => expect(at(wall)).toBe(said));

  it("names a theme and a note that is shown large", () => {
    expect(at({ forward: "t" }, { kind: "theme", id: "t", name: "Tonen" })).toBe(
      "Vist stort: temaet ”Tonen”",
    );
    expect(at({ forward: "n" }, { kind: "note", id: "n", face: "up", text: "Kaffen" })).toBe(
      "Vist stort: ”Kaffen”",
    );
  });

  it("says nothing of a note that the room does not read", () => {
    const said = at({ forward: "n" }, { kind: "note", id: "n", face: "hidden", text: "Kaffen" });
    expect(said).not.toContain("Kaffen");
  });

  it("says that the door is shut instead of a code that is not there", () => {
    const board = new Board();
    expect(wallShows({ board, wall: undefined }, false)).toBe("Døren er lukket");
  });
});

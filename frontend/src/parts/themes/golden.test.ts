/** Golden boards (`tests/golden/boards.json`): the screens give the same answers as the server's rules. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rowsOf, signedUp } from "../../activities/action_plan/plan";
import { themesInPlay } from "../../activities/priority/places";
import { earlierOf } from "../../activities/pulse/pulse";
import { leftOver } from "../../activities/reflection/course";
import { overTheSix } from "../factors/factors";
import { chainUnder } from "../posters/posters";
import { Board } from "../../engine/board.svelte";
import { chosenOf, notesOf, strengthsOf, themesOf, toSort, workedBefore } from "./themes";
import type { Seen } from "../../engine/types";

interface Golden {
  readonly name: string;
  readonly home: string;
  readonly sent: Record<"desk" | "screen" | "phone", readonly Seen[]>;
  readonly answers: Record<
    | "themes_of"
    | "chosen_in"
    | "worked_before"
    | "strengths_of"
    | "to_sort"
    | "left_over"
    | "themes_in_play"
    | "actions_of",
    readonly string[]
  > &
    Record<
      "themes_of_each" | "notes_in" | "over_the_six" | "signed_up",
      Readonly<Record<string, readonly string[]>>
    > & {
      readonly chain_under: Readonly<Record<string, readonly (readonly [string, number])[]>>;
      readonly earlier_of: Readonly<Record<string, string | null>>;
    };
}

const boards = JSON.parse(readFileSync("../tests/golden/boards.json", "utf8")) as Golden[];

function boardOf({ home, sent }: Golden, who: keyof Golden["sent"]): Board {
  const board = new Board();
  const records = sent[who].map((record) => ({ seq: 1, record }));
  board.apply({ type: "changes", epoch: "e", seq: 1, all: true, activity: null, records, gone: [] });
  board.home = home;
  return board;
}

const ids = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);

describe.each(boards)("golden board: $name", (golden) => {
  const { answers } = golden;

  describe.each(["desk", "screen"] as const)("on the %s", (who) => {
    const board = boardOf(golden, who);

    it("H1 themes are in the order of the agenda", () => {
      expect(ids(themesOf(board))).toEqual(answers.themes_of);
      for (const [of, themes] of Object.entries(answers.themes_of_each))
        expect(ids(themesOf(board, [of]))).toEqual(themes);
    });

    it("W5 strengths are not sorted, unless they have been placed", () => {
      expect(ids(strengthsOf(board))).toEqual(answers.strengths_of);
      expect(ids(toSort(board, { of: [] }))).toEqual(answers.to_sort);
    });

    it("H6 the rules of the cycle say what the server's say", () => {
      expect([...chosenOf(board)].sort()).toEqual(answers.chosen_in);
      expect([...workedBefore(board)].sort()).toEqual(answers.worked_before);
      expect(ids(leftOver(board))).toEqual(answers.left_over);
      expect(ids(themesInPlay(board))).toEqual(answers.themes_in_play);
    });

    it("H6 what belongs to a theme, a proposal or an action is in the server's order", () => {
      for (const [theme, notes] of Object.entries(answers.notes_in))
        expect(notesOf(board, theme)).toEqual(notes);
      for (const [note, chain] of Object.entries(answers.chain_under))
        expect(chainUnder(board, note).map(({ how, depth }) => [how.id, depth])).toEqual(chain);
      for (const [action, names] of Object.entries(answers.signed_up))
        expect(signedUp(board, action).map(({ name }) => name)).toEqual(names);
      expect(ids(rowsOf(board, "plan"))).toEqual(answers.actions_of);
      const six = overTheSix(board, themesOf(board));
      expect(Object.fromEntries(six.map(({ factor, themes }) => [factor, ids(themes)]))).toEqual(
        answers.over_the_six,
      );
    });

    it("H6 a pulse is compared with the same earlier one as on the server", () => {
      for (const result of board.all("pulse_result"))
        expect([result.id, earlierOf(board, result)?.id ?? null]).toEqual([
          result.id,
          answers.earlier_of[result.id],
        ]);
    });
  });

  it("H1 a phone that is shown the board has its themes in the same order, without the agenda", () => {
    const board = boardOf(golden, "phone");
    const told = new Set(ids(board.all("theme")));
    expect(ids(themesOf(board))).toEqual(answers.themes_of.filter((id) => told.has(id)));
    if (board.workshop?.board_on_phones) expect(told.size).toBe(answers.themes_of.length);
  });
});

it("H1 no other file lists themes by itself", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.(svelte|ts)$/.test(path) && !path.endsWith(".test.ts"));
  const listing = files.filter((path) => /\.\s*all\("theme"\)/.test(readFileSync(`src/${path}`, "utf8")));
  expect(listing).toEqual(["parts/themes/themes.ts"]);
});

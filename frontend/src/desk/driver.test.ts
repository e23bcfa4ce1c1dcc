import { describe, expect, it } from "vitest";
import { Board } from "../engine/board.svelte";
import type { RoomConnection } from "../live/room-connection.svelte";
import type { Answered, Wall } from "../engine/types";
import { Driver } from "./driver.svelte";

const stored = { stored: true } as Answered;
const refused = (code: string) => ({ stored: false, code }) as Answered;

function driven(...answers: Answered[]): Driver {
  const connection = { do: () => Promise.resolve(answers.shift() ?? stored), now: () => 0 };
  return new Driver("w", new Board(), connection as unknown as RoomConnection);
}

const press = (driver: Driver) => driver.send({ type: "agenda.go", item: "i" });

describe("F13 the server's disk is full", () => {
  it("is known from the first command that finds no room until the first that does", async () => {
    const driver = driven(refused("full"), refused("not_open"), stored);
    expect(driver.full).toBe(false);
    await press(driver);
    expect(driver.full).toBe(true);
    // Refused for another reason, unrelated to the disk.
    await press(driver);
    expect(driver.full).toBe(true);
    await press(driver);
    expect(driver.full).toBe(false);
  });

  it("is not what any other refusal means", async () => {
    const driver = driven(refused("busy"));
    await press(driver);
    expect(driver.full).toBe(false);
  });
});

describe("P2.6 what is pressed twice before the first answer", () => {
  const wall: Wall = {
    kind: "wall",
    id: "wall:w",
    workshop: "w",
    black: false,
    join: true,
    forward: null,
    size: "M",
    light: "auto",
    page: 0,
  };

  function asking() {
    const answers: ((answer: Answered) => void)[] = [];
    const connection = { do: () => new Promise<Answered>((answer) => answers.push(answer)), now: () => 0 };
    const board = new Board();
    board.apply({
      type: "changes",
      all: true,
      records: [{ seq: 1, record: wall }],
      gone: [],
      epoch: "",
      seq: 1,
      activity: null,
    });
    return { driver: new Driver("w", board, connection as unknown as RoomConnection), answers };
  }
  const turn = (driver: Driver) =>
    driver.send({ type: "wall.change", workshop: "w", page: (driver.wall?.page ?? 0) + 1 });

  it("turns two pages, and shows and hides", async () => {
    const { driver, answers } = asking();
    const both = [turn(driver), turn(driver)];
    expect(driver.wall?.page).toBe(2);
    void driver.send({ type: "wall.change", workshop: "w", join: !driver.wall?.join });
    expect(driver.wall).toEqual(expect.objectContaining({ join: false, page: 2, size: "M" }));
    answers.forEach((answer) => answer(stored));
    await Promise.all(both);
  });

  it("is as it was when the server says no", async () => {
    const { driver, answers } = asking();
    const sent = turn(driver);
    answers[0]?.(refused("busy"));
    await sent;
    expect(driver.wall?.page).toBe(0);
  });
});

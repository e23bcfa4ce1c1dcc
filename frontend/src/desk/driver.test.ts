import { describe, expect, it } from "vitest";
import { Board } from "../board/board.svelte";
import type { Connection } from "../board/connection.svelte";
import type { Answered } from "../board/types";
import { Driver } from "./driver.svelte";

const stored = { stored: true } as Answered;
const refused = (code: string) => ({ stored: false, code }) as Answered;

function driven(...answers: Answered[]): Driver {
  const connection = { do: () => Promise.resolve(answers.shift() ?? stored), now: () => 0 };
  return new Driver("w", new Board(), connection as unknown as Connection);
}

const press = (driver: Driver) => driver.send({ type: "agenda.go", item: "i" });

describe("F13 the server's disk is full", () => {
  it("is known from the first command that finds no room until the first that does", async () => {
    const driver = driven(refused("full"), refused("not_open"), stored);
    expect(driver.full).toBe(false);
    await press(driver);
    expect(driver.full).toBe(true);
    // Refused for another reason: that says nothing of the disk.
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

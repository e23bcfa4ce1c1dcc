import { afterEach, describe, expect, it } from "vitest";
import { address, spaced } from "./code";
import { pair } from "./pair";
import { latest } from "./picture";
import { forgetToken, keepToken, takeToken } from "./token";

describe("the way in", () => {
  it("is said so that it can be typed", () => {
    expect(spaced("KJ7M4P")).toBe("KJ7 M4P");
    expect(spaced("AB12")).toBe("AB12");
    expect(address("HTTPS://TAVLE.BAKKEDAL.DK/J/ABC")).toBe("tavle.bakkedal.dk");
    expect(address("http://192.168.1.4:8000/J/x")).toBe("192.168.1.4:8000");
    expect(address("https://bakkedal.dk/tavle/J/ABC")).toBe("bakkedal.dk/tavle");
  });
});

describe("the token", () => {
  afterEach(() => {
    forgetToken();
    location.hash = "";
  });

  it("leaves the address bar at once and is there after a reload", () => {
    location.hash = "#secret";
    expect(takeToken()).toBe("secret");
    expect(location.hash).toBe("");
    expect(takeToken()).toBe("secret");
  });

  it("is good for a day", () => {
    keepToken("old");
    const kept = JSON.stringify({ token: "old", at: Date.now() - 25 * 3_600_000 });
    sessionStorage.setItem("trivsel-wall", kept);
    localStorage.setItem("trivsel-wall", kept);
    expect(takeToken()).toBeNull();
  });
});

describe("pairing", () => {
  const answers = (...list: (object | number)[]) => {
    let at = 0;
    const asked: string[] = [];
    const ask = ((path: string) => {
      asked.push(path);
      const next = list[at++] ?? 500;
      if (typeof next === "number") return Promise.resolve(new Response("{}", { status: next }));
      return Promise.resolve(new Response(JSON.stringify(next)));
    }) as typeof fetch;
    return { ask, asked };
  };

  it("shows a code until the desk has typed it", async () => {
    const shown: (string | null)[] = [];
    const { ask } = answers({ code: "AB12", secret: "s" }, 202, 202, { token: "t" });
    const token = await pair({
      fetch: ask,
      sleep: () => Promise.resolve(),
      show: (code) => shown.push(code),
    });
    expect([token, shown]).toEqual(["t", ["AB12"]]);
  });

  it("takes a new code when the old one has run out, and waits while the server is away", async () => {
    const shown: (string | null)[] = [];
    const { ask, asked } = answers(
      503,
      { code: "AB12", secret: "s" },
      503,
      410,
      { code: "CD34", secret: "r" },
      { token: "t" },
    );
    const token = await pair({
      fetch: ask,
      sleep: () => Promise.resolve(),
      show: (code) => shown.push(code),
    });
    expect([token, shown]).toEqual(["t", ["AB12", null, "CD34"]]);
    expect(asked).toHaveLength(6);
  });
});

describe("the picture", () => {
  const workshop = (state: "draft" | "live" | "ended") => ({ state }) as never;
  const wall = (join: boolean) => ({ join }) as never;
  const item = { id: "i" } as never;

  it("follows from the records alone", () => {
    const kind = (...board: [unknown, unknown, unknown]) =>
      latest(true, { workshop: board[0] as never, wall: board[1] as never, item: board[2] as never }).kind;
    expect(latest(false, { workshop: undefined, wall: undefined, item: undefined }).kind).toBe("pair");
    expect(kind(undefined, undefined, undefined)).toBe("none");
    expect(kind(workshop("draft"), wall(false), undefined)).toBe("join");
    expect(kind(workshop("live"), wall(true), item)).toBe("join");
    expect(kind(workshop("live"), wall(false), item)).toBe("activity");
    expect(kind(workshop("ended"), wall(true), item)).toBe("ended");
  });
});

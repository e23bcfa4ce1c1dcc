import { afterEach, describe, expect, it, vi } from "vitest";
import { DOOR_ALPHABET } from "../contract/live.gen";
import { hasOther, join, passOf } from "./join";
import { arrival, cleanCode, passIn, samePass } from "./place";

const answering = (status: number, body: unknown) =>
  (async () => new Response(JSON.stringify(body), { status })) as unknown as typeof fetch;

describe("the pass in an address", () => {
  it.each([
    ["/J/4hrksgyjzqnlbyab", { token: "4HRKSGYJZQNLBYAB" }],
    ["/j/4HRK", { token: "4HRK" }],
    ["/T8R4N4", { code: "T8R4N4" }],
    ["/t8r4n4", { code: "T8R4N4" }],
    ["/T8R-4N4", { code: "T8R4N4" }],
    ["/", null],
    ["/T8R4", null],
    ["/J/", null],
  ])("%s", (path, pass) => expect(passIn(path)).toEqual(pass));

  describe("[G07] in a folder", () => {
    afterEach(() => void vi.unstubAllEnvs());

    it.each([
      ["/trivsel/J/4HRK", { token: "4HRK" }],
      ["/trivsel/t8r4n4", { code: "T8R4N4" }],
      ["/trivsel/", null],
      // By the machine's own address, without a proxy.
      ["/J/4HRK", { token: "4HRK" }],
    ])("%s", (path, pass) => {
      vi.stubEnv("BASE_URL", "/trivsel/");
      expect(passIn(path)).toEqual(pass);
    });
  });

  it("[X10] has 27 characters, none of which look like another", () => {
    expect(DOOR_ALPHABET).toHaveLength(27);
    expect([..."ILOSUZ015"].some((c) => DOOR_ALPHABET.includes(c))).toBe(false);
  });

  it("takes capitals, small letters, spaces and dashes alike, and notices what no code has", () => {
    expect(cleanCode(" t8r 4n4 ")).toBe("T8R4N4");
    expect(cleanCode("O0IL")).toBe("");
    expect([hasOther("t8r 4n-4"), hasOther("T8O")]).toEqual([false, true]);
  });
});

describe("joining", () => {
  it("[A1] hands over the room's token and remembers by which pass", async () => {
    const answer = await join(
      { code: "T8R4N4" },
      answering(200, { token: "room", workshop: "w", board: "b", language: "da", server_now: 5 }),
    );
    expect(answer).toMatchObject({
      in: true,
      room: { token: "room", workshop: "w", language: "da" },
      serverNow: 5,
    });
    if (!answer.in) return;
    expect(passOf(answer.room)).toEqual({ code: "T8R4N4" });
    expect(samePass(answer.room, { code: "T8R4N4" })).toBe(true);
    expect(samePass(answer.room, { token: "T8R4N4" })).toBe(false);
    expect(samePass(answer.room, null)).toBe(true);
  });

  it.each([
    [
      "unknown, closed and expired are one answer",
      answering(404, { code: "unknown" }),
      { in: false, why: "wrong" },
    ],
    ["too many tries", answering(429, { retry_after: 29.2 }), { in: false, why: "wait", seconds: 30 }],
    ["a server that is down may well know the code", answering(503, {}), { in: false, why: "offline" }],
    [
      "no net",
      (() => Promise.reject(new TypeError("net"))) as unknown as typeof fetch,
      { in: false, why: "offline" },
    ],
  ])("%s", async (_, fetcher, wanted) => expect(await join({ code: "T8R4N4" }, fetcher)).toEqual(wanted));
});

describe("the room that came with the page", () => {
  const joined = { token: "room", workshop: "w", board: "b", language: "en", server_now: 5 };
  const changes = { type: "changes", epoch: "e", seq: 3, all: true, activity: null, records: [], gone: [] };
  const page = (text: string) => {
    const body = document.createElement("div");
    body.innerHTML = `<script type="application/json" id="arrival">${text}</script>`;
    return body;
  };

  it("is read once, for the pass in the address", () => {
    const body = page(JSON.stringify({ joined, changes }));
    const arrived = arrival({ token: "ABC" }, body);
    expect(arrived).toMatchObject({ serverNow: 5, changes: { seq: 3 } });
    expect(arrived?.room).toEqual({ token: "room", workshop: "w", language: "en", pass: "J/ABC" });
    expect(arrival({ token: "ABC" }, body)).toBeNull();
  });

  it("is nobody's without a pass, and nothing when the server sent none", () => {
    expect(arrival(null, page(JSON.stringify({ joined, changes })))).toBeNull();
    expect(arrival({ token: "ABC" }, document.createElement("div"))).toBeNull();
  });
});

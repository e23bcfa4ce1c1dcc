import fc from "../../tests/repeatable";
import { describe, expect, it } from "vitest";
import { Board } from "./board.svelte";
import type { Changes, Held, Note, Theme, Workshop } from "./types";

const theme = (id: string, name: string): Theme => ({
  kind: "theme",
  id,
  name,
  paper: "korn",
  of: "q1",
  position: 0,
  agenda_place: 0,
  strength: false,
});
const note = (id: string, text = ""): Note => ({
  kind: "note",
  id,
  activity: "q1",
  text,
  face: "up",
  theme: null,
  rank: 0,
  edited: false,
  masked: false,
  poster: null,
});
const changes = (part: Partial<Changes>): Changes => ({
  type: "changes",
  epoch: "e",
  seq: 1,
  all: false,
  activity: null,
  records: [],
  gone: [],
  ...part,
});

/** A small server: what happened so far, and what a screen with `since` is sent. */
class Server {
  seq = 0;
  held = new Map<string, Held>();
  gone = new Map<string, number>();
  put(id: string, name: string) {
    this.held.set(id, { seq: ++this.seq, record: theme(id, name) });
    this.gone.delete(id);
  }
  remove(id: string) {
    if (this.held.delete(id)) this.gone.set(id, ++this.seq);
  }
  since(since: number): Changes {
    return changes({
      seq: this.seq,
      all: since === 0,
      records: [...this.held.values()].filter((held) => held.seq > since),
      gone: [...this.gone].filter(([, seq]) => seq > since).map(([id]) => id),
    });
  }
}

const plain = (board: Board) => Object.fromEntries([...board.held].sort(([a], [b]) => (a < b ? -1 : 1)));

describe("apply", () => {
  it("[E4] an old screen plus the changes it is sent equals a fresh load", () => {
    const id = fc.constantFrom("a", "b", "c", "d");
    const step = fc.oneof(
      fc.record({ put: id, name: fc.string({ maxLength: 3 }) }),
      fc.record({ remove: id }),
      fc.constant({ tell: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const server = new Server();
        const old = new Board();
        for (const one of steps) {
          if ("put" in one) server.put(one.put, one.name);
          else if ("remove" in one) server.remove(one.remove);
          else old.apply(server.since(old.seq));
        }
        old.apply(server.since(old.seq));
        const fresh = new Board();
        fresh.apply(server.since(0));
        expect(plain(old)).toEqual(plain(fresh));
        expect(old.seq).toBe(fresh.seq);
      }),
    );
  });

  it("[E3] `all` forgets everything first, and the epoch and the live activity are taken over", () => {
    const board = new Board();
    board.apply(changes({ records: [{ seq: 1, record: note("n1") }] }));
    board.apply(changes({ all: true, epoch: "other", activity: "q2", seq: 9 }));
    expect([board.held.size, board.epoch, board.activity, board.seq]).toEqual([0, "other", "q2", 9]);
  });

  it("replaces the map, so that what was read before stays as it was", () => {
    const board = new Board();
    const before = board.held;
    board.apply(changes({ records: [{ seq: 1, record: note("n1") }] }));
    expect(before.size).toBe(0);
    expect(board.held).not.toBe(before);
  });

  it("does not let an older record of the same id come over a newer one", () => {
    const board = new Board();
    board.apply(changes({ records: [{ seq: 5, record: note("n1", "new") }] }));
    board.apply(changes({ records: [{ seq: 4, record: note("n1", "old") }] }));
    expect(board.one("note", "n1")?.text).toBe("new");
  });
});

describe("reading", () => {
  it("[A15] lists by the random id, never by arrival", () => {
    const board = new Board();
    board.apply(changes({ records: ["c", "a", "b"].map((id, n) => ({ seq: n, record: note(id) })) }));
    expect(board.all("note").map((one) => one.id)).toEqual(["a", "b", "c"]);
  });

  it("knows the live item, the agenda's order and 0 for what is not there", () => {
    const board = new Board();
    board.home = "w";
    const workshop: Workshop = {
      kind: "workshop",
      cycle: 1,
      rehearsal: false,
      threshold: 5,
      id: "w",
      title: "",
      group: "",
      language: "da",
      date: "2027-01-04",
      state: "live",
      live: "i2",
      board_on_phones: false,
      people: null,
    };
    const item = (id: string, position: number): Held => ({
      seq: 1,
      record: {
        kind: "item",
        id,
        workshop: "w",
        activity: "clustering",
        settings: { of: "q" },
        title: id,
        minutes: 5,
        position,
        state: id === "i2" ? "live" : "planned",
        started_at: null,
        ended_at: null,
      },
    });
    board.apply(changes({ records: [{ seq: 1, record: workshop }, item("i1", 2), item("i2", 1)] }));
    expect(board.item?.id).toBe("i2");
    expect(board.items.map((one) => one.id)).toEqual(["i2", "i1"]);
    expect(board.seqOf("i1")).toBe(1);
    expect(board.seqOf("nobody")).toBe(0);
  });
});

import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ConversationSeen } from "./api";
import { Conversation } from "./conversation.svelte";

/** A server of one side: what it has stored, and whether the network reaches it. */
class Server {
  texts: Record<string, [text: string, rev: number]> = { tasks: ["", 0], again: ["", 0] };
  id = "first";
  reached = true;

  readonly fetch = async (path: string, { body }: { body: string }): Promise<Response> => {
    if (!this.reached) throw new TypeError("no network");
    const asked = JSON.parse(body);
    if (path.endsWith("/open")) return this.#answer(200, this.#seen());
    const [text, rev] = this.texts[asked.question] ?? ["", 0];
    if (asked.conversation !== this.id) return this.#answer(409, { code: "conversation_old" });
    if (asked.text !== text && asked.rev !== rev) return this.#answer(409, { code: "stale" });
    this.texts[asked.question] = [asked.text.trim(), rev + 1];
    return this.#answer(200, { rev: rev + 1 });
  };

  #answer = (status: number, json: object) =>
    new Response(JSON.stringify(json), { status, headers: { "Content-Type": "application/json" } });

  #seen = (): Partial<ConversationSeen> => ({
    tag: String(Math.random()),
    id: this.id,
    language: "da",
    writable: true,
    mine: Object.entries(this.texts).map(([question, [text, rev]]) => ({
      question: question as "tasks",
      text,
      rev,
    })),
  });
}

let server: Server;
const opened = async () => {
  const conversation = new Conversation("token", async () => undefined);
  await conversation.look();
  return conversation;
};
const of = (conversation: Conversation, question: string) => {
  const found = conversation.answers.find((answer) => answer.question === question);
  if (!found) throw new Error(question);
  return found;
};

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
  server = new Server();
  vi.stubGlobal("fetch", server.fetch);
});

describe("D2 one side in a browser", () => {
  it("D2 is stored, and leaves nothing in the browser then", async () => {
    const here = await opened();
    here.write(of(here, "tasks"), "Lageret ");
    expect(localStorage.length).toBe(1);
    await here.look();
    expect(server.texts["tasks"]).toEqual(["Lageret", 1]);
    expect([here.unsaved, localStorage.length]).toEqual([false, 0]);
    // Text being typed stays as it is.
    expect(of(here, "tasks").text).toBe("Lageret ");
  });

  it("D2 outlives a tunnel and a page that was closed in it", async () => {
    const before = await opened();
    server.reached = false;
    before.write(of(before, "again"), "Fredag");
    await before.look();
    expect([before.offline, before.unsaved]).toEqual([true, true]);
    server.reached = true;
    const after = await opened();
    expect(of(after, "again").text).toBe("Fredag");
    await after.look();
    expect([server.texts["again"], localStorage.length]).toEqual([["Fredag", 1], 0]);
  });

  it("D2 is joined by field with what another device wrote meanwhile", async () => {
    const here = await opened();
    server.texts = { tasks: ["Fra telefonen", 1], again: ["Fredag", 1] };
    here.write(of(here, "tasks"), "Fra computeren");
    await here.look();
    expect([of(here, "tasks").text, of(here, "again").text]).toEqual([
      "Fra telefonen\n\nFra computeren",
      "Fredag",
    ]);
    await here.look();
    expect(server.texts["tasks"]).toEqual(["Fra telefonen\n\nFra computeren", 2]);
  });

  it("D3 is carried into the next conversation when the other has begun it", async () => {
    const here = await opened();
    server.id = "second";
    server.texts = { tasks: ["Lageret", 0], again: ["", 0] };
    here.write(of(here, "again"), "På fredag");
    await here.look();
    expect([here.seen?.id, of(here, "again").text, of(here, "tasks").text]).toEqual([
      "second",
      "På fredag",
      "Lageret",
    ]);
    await here.look();
    expect([server.texts["again"], localStorage.length]).toEqual([["På fredag", 1], 0]);
  });
});

import { describe, expect, it } from "vitest";
import { namesKey } from "../../phone/names";
import { Names } from "./names.svelte";

interface Sent {
  path: string;
  init: RequestInit;
  command: Record<string, unknown>;
}

/** A phone with a storage of its own, and a server with scripted answers. */
class Phone {
  kept = new Map<string, string>();
  sent: Sent[] = [];
  answers: (object | "cut")[] = [];
  slept: number[] = [];

  names(workshop = "w"): Names {
    return new Names({
      workshop,
      token: () => "room token",
      sleep: (ms) => Promise.resolve(void this.slept.push(ms)),
      random: () => 0.5,
      storage: {
        getItem: (key) => this.kept.get(key) ?? null,
        setItem: (key, value) => void this.kept.set(key, value),
      },
      fetch: (path, init = {}) => {
        const body = JSON.parse(init.body as string) as { command: Record<string, unknown> };
        this.sent.push({ path: path as string, init, command: body.command });
        const answer = this.answers.shift() ?? { type: "stored" };
        if (answer === "cut") return Promise.reject(new TypeError("cut"));
        return Promise.resolve(new Response(JSON.stringify(answer)));
      },
    });
  }
}
const refused = (code: string) => ({ type: "refused", code });

describe("signing up from the phone", () => {
  it("A3 goes by its own POST, without cookies, with the token that all phones share", async () => {
    const phone = new Phone();
    const names = phone.names();
    names.name = " Yusuf ";
    expect(await names.signUp("a")).toBe("done");
    const [{ path, init, command }] = phone.sent as [Sent];
    expect(path).toBe("/live/named");
    expect(init.credentials).toBe("omit");
    expect(init.headers).toMatchObject({ Authorization: "Bearer room token" });
    expect(command).toMatchObject({ type: "action_plan.sign_up", action: "a", name: "Yusuf" });
    expect(Object.keys(command).sort()).toEqual(["action", "name", "secret", "sign_up", "type"]);
    expect([...phone.kept.keys()]).toEqual([namesKey("w")]);
  });

  it("A3 has another id and another secret for each action", async () => {
    const phone = new Phone();
    const names = phone.names();
    names.name = "Yusuf";
    await names.signUp("a");
    await names.signUp("b");
    const [first, second] = phone.sent.map(({ command }) => command);
    expect(first?.["sign_up"]).not.toBe(second?.["sign_up"]);
    expect(first?.["secret"]).not.toBe(second?.["secret"]);
  });

  it("P4.6 can be taken back with the secret, from the same phone, after a reload too", async () => {
    const phone = new Phone();
    const names = phone.names();
    names.name = "Yusuf";
    await names.signUp("a");
    const again = phone.names();
    expect(again.mine("a")).toBe(names.mine("a"));
    expect(again.name).toBe("Yusuf");
    expect(await again.withdraw("a")).toBe("done");
    const [signed, back] = phone.sent.map(({ command }) => command);
    expect(back).toEqual({
      type: "action_plan.withdraw",
      sign_up: signed?.["sign_up"],
      secret: signed?.["secret"],
    });
    expect(phone.names().mine("a")).toBeUndefined();
    expect(phone.names("another").mine("a")).toBeUndefined();
  });

  it("G32 restores a name that was typed but not sent", () => {
    const phone = new Phone();
    phone.names().name = "Yusuf";
    expect([phone.names().name, phone.names("v").name]).toEqual(["Yusuf", ""]);
  });

  it("P4.6 E2 sends the same again when the answer got lost, and forgets what was refused", async () => {
    const phone = new Phone();
    phone.answers = ["cut"];
    const names = phone.names();
    names.name = "Yusuf";
    expect(await names.signUp("a")).toBe("lost");
    names.name = "Josef";
    expect(await names.signUp("a")).toBe("done");
    expect(phone.sent[0]?.command).toEqual(phone.sent[1]?.command);
    phone.answers = [refused("sign_up_closed")];
    expect(await names.signUp("b")).toBe("sign_up_closed");
    expect(names.mine("b")).toBeUndefined();
  });

  it("R2 is kept while there is no answer, even across a reload, and is sent once, automatically, apart from all notes", async () => {
    const phone = new Phone();
    phone.answers = ["cut"];
    const names = phone.names();
    names.name = "Yusuf";
    await names.signUp("a");
    expect([names.waits("a"), phone.names().waits("a")]).toEqual(["on", "on"]);
    const [again, told] = [phone.names(), [] as unknown[]];
    phone.answers = [refused("busy"), { type: "stored" }];
    const flushed = again.flush((...said) => told.push(said));
    await again.flush(() => told.push("twice"));
    await flushed;
    expect(told).toEqual([
      ["a", "busy"],
      ["a", "done"],
    ]);
    expect(phone.slept).toEqual([5_000, 5_000]);
    expect(new Set(phone.sent.map(({ command }) => JSON.stringify(command))).size).toBe(1);
    expect([again.mine("a") !== undefined, again.waits("a"), phone.names().waits("a")]).toEqual([
      true,
      undefined,
      undefined,
    ]);
    await again.flush(() => told.push("again"));
    expect(told).toHaveLength(2);
  });

  it("R2 is withdrawn automatically too, and waits for the next line if there is no answer again", async () => {
    const phone = new Phone();
    const names = phone.names();
    names.name = "Yusuf";
    await names.signUp("a");
    phone.answers = ["cut", "cut", { type: "stored" }];
    await names.withdraw("a");
    await names.flush(() => undefined);
    expect([names.mine("a") !== undefined, names.waits("a")]).toEqual([true, "off"]);
    await names.flush(() => undefined);
    expect([names.mine("a"), names.waits("a"), phone.sent.length]).toEqual([undefined, undefined, 4]);
  });

  it("P4.6 counts as off what is gone from the board already, and as on what could not be asked", async () => {
    const phone = new Phone();
    const names = phone.names();
    names.name = "Yusuf";
    await names.signUp("a");
    phone.answers = ["cut", refused("gone")];
    expect(await names.withdraw("a")).toBe("lost");
    expect(names.mine("a")).toBeDefined();
    expect(await names.withdraw("a")).toBe("done");
    expect(names.mine("a")).toBeUndefined();
  });
});

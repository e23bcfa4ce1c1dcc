import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import da from "../../../../app/locales/da.json";
import { setWords } from "../../words";
import Backups from "./Backups.svelte";

type Answer = [status: number, body: object];
let asked: string[];
let answers: Record<string, Answer>;

beforeEach(() => {
  setWords("da", da);
  asked = [];
  vi.stubGlobal("fetch", (asking: string | Request, init?: RequestInit) => {
    const { method, url } = asking instanceof Request ? asking : { method: init?.method, url: asking };
    const request = `${method ?? "GET"} ${new URL(url, location.href).pathname}`;
    asked.push(request);
    const [status, body] = answers[request] ?? [404, { code: "unknown" }];
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

// happy-dom has no dialogs of its own.
HTMLDialogElement.prototype.showModal ??= () => undefined;
HTMLDialogElement.prototype.close ??= () => undefined;

const list = (...names: string[]) => ({
  backups: names.map((name, n) => ({ name, made_at: Date.UTC(2026, 10, 20 + n, 9), size: 1_240_000 })),
  daily: true,
  keep_days: 14,
});
const settled = () => new Promise((done) => setTimeout(done));

it.each([403, 404])("is not there where the server answers %i", async (status) => {
  answers = { "GET /api/backups": [status, { code: "unknown" }] };
  const { container } = render(Backups);
  await settled();
  expect(container.textContent.trim()).toBe("");
});

it("lists the copies as the server does, to be fetched, and says what is in none of them", async () => {
  answers = { "GET /api/backups": [200, list("b.db", "a.db")] };
  render(Backups);
  expect(await screen.findByText(da["desk.backups.about"])).toBeTruthy();
  expect(screen.getByText(/hver dag.*slettes efter 14 dage/)).toBeTruthy();
  const hrefs = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
  expect(hrefs).toEqual(["/api/backups/b.db", "/api/backups/a.db"]);
  expect(screen.getAllByText(/1,2.MB/)).toHaveLength(2);
});

it("makes one, says how large it is, and shows it", async () => {
  answers = {
    "GET /api/backups": [200, list()],
    "POST /api/backups": [201, { name: "c.db", size: 1_240_000 }],
  };
  render(Backups);
  const make = await screen.findByRole("button", { name: da["desk.backups.make"] });
  expect(screen.getByText(da["desk.backups.none"])).toBeTruthy();
  answers["GET /api/backups"] = [200, list("c.db")];
  await fireEvent.click(make);
  await expect.poll(() => screen.queryAllByRole("link")).toHaveLength(1);
  expect(screen.getByRole("status").textContent).toMatch(/Kopien er taget. Den fylder 1,2.MB/);
  expect(asked).toEqual(["GET /api/backups", "POST /api/backups", "GET /api/backups"]);
});

it("says why there is none", async () => {
  answers = { "GET /api/backups": [200, list()], "POST /api/backups": [507, { code: "full" }] };
  render(Backups);
  await fireEvent.click(await screen.findByRole("button", { name: da["desk.backups.make"] }));
  expect((await screen.findByRole("alert")).textContent).toBe(da["refused.full"]);
});

it("X4: asks for the password again, then continues", async () => {
  answers = {
    "GET /api/backups": [200, list()],
    "POST /api/backups": [403, { code: "prove_again" }],
    "POST /api/session/proof": [403, { code: "wrong_password" }],
  };
  render(Backups);
  await fireEvent.click(await screen.findByRole("button", { name: da["desk.backups.make"] }));
  const field = await screen.findByLabelText(da["desk.prove.password"]);
  const submit = () => fireEvent.submit(field.closest("form") as HTMLFormElement);
  await submit();
  expect((await screen.findByRole("alert")).textContent).toBe(da["refused.wrong_password"]);
  answers["POST /api/session/proof"] = [204, {}];
  answers["POST /api/backups"] = [201, { name: "c.db", size: 5 }];
  await submit();
  await expect.poll(() => screen.getByRole("status").textContent).toMatch(/Kopien er taget/);
  expect(screen.queryByLabelText(da["desk.prove.password"])).toBeNull();
});

it("X4: fetches no copy that is refused", async () => {
  const assign = vi.spyOn(location, "assign").mockImplementation(() => undefined);
  answers = {
    "GET /api/backups": [200, list("a.db")],
    "GET /api/backups/a.db": [403, { code: "prove_again" }],
  };
  render(Backups);
  await fireEvent.click(await screen.findByRole("link"));
  const field = await screen.findByLabelText(da["desk.prove.password"]);
  expect(assign).not.toHaveBeenCalled();
  answers["GET /api/backups/a.db"] = [200, {}];
  answers["POST /api/session/proof"] = [204, {}];
  await fireEvent.submit(field.closest("form") as HTMLFormElement);
  await settled();
  expect(assign).toHaveBeenCalledWith("/api/backups/a.db");
});

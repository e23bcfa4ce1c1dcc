import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import da from "../../../../app/locales/da.json";
import { setWords } from "../../words";
import Reach from "./Reach.svelte";

const account = { id: "a", name: "Anna", email: "a@b.dk", admin: false, by_link: false, may_begin: true };
let came = false;
let asked = 0;

beforeEach(() => {
  setWords("da", da);
  [came, asked] = [false, 0];
  vi.stubGlobal("fetch", () => {
    asked += 1;
    const body = { url: "http://192.168.1.20:8000/t/x", qr: { size: 9, path: "M0 0h1v1h-1z" }, came };
    return Promise.resolve(new Response(JSON.stringify(body), { status: 200 }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("[G07] says that no phone has come, and then that one has, and asks no more", async () => {
  render(Reach, { account, every: 5 });
  expect(await screen.findByText(da["desk.reach.none"])).toBeTruthy();
  came = true;
  expect(await screen.findByText(da["desk.reach.came"])).toBeTruthy();
  const before = asked;
  await new Promise((done) => setTimeout(done, 40));
  expect(asked).toBe(before);
});

it("[G07] says what to do when none comes", async () => {
  render(Reach, { account, every: 1000 });
  for (const each of ["network", "firewall", "guest", "hotspot", "address"] as const)
    expect(await screen.findByText(da[`desk.reach.${each}`])).toBeTruthy();
});

/** What the desk asks of the server over HTTP: accounts, processes, the door, screens, links. */
import type { Paper } from "../board/types";

export interface Account {
  id: string;
  name: string;
  email: string;
  admin: boolean;
  /** F3: came by a personal link, and belongs to one process. */
  by_link: boolean;
}

export interface WorkshopRow {
  id: string;
  title: string;
  date: string;
  state: "draft" | "live" | "ended";
  people: number | null;
  /** F1. */
  phase: number;
  /** P5.5. */
  cycle: number;
}

export interface ProcessRow {
  id: string;
  group: string;
  cycle: number;
  board: string;
  /** F1: the phase the process has come to. */
  phase: number;
  role: "facilitator" | "co_facilitator";
  /** F4: the day on which it is deleted if nothing more happens in it. */
  deleted_on: string;
  workshops: WorkshopRow[];
}

/** F4: for how many months a company may keep what is finished. */
export const KEEP_MONTHS = [3, 6, 12, 24, 36] as const;

export interface CompanyRow {
  id: string;
  name: string;
  /** One's own: to keep for so long, and to delete. */
  own: boolean;
  keep_months: number;
  processes: ProcessRow[];
}

export interface Home {
  companies: CompanyRow[];
}

export interface Template {
  id: string;
  title: string;
  about: string;
  minutes: number;
  phase: number;
  items: { activity: string; title: string; minutes: number }[];
}

/** F4: a phase with its time and what to have ready, said by the server. */
export interface PhaseInfo {
  phase: number;
  name: string;
  minutes: number;
  time: string;
  have: string[];
}

/** F1: what one activity has left, in short. */
export interface Found {
  phase: number;
  cycle: number;
  title: string;
  lines: {
    label: string;
    text: string;
    lead: boolean;
    cards: { name: string; paper: Paper | null; said: string }[];
  }[];
}

/** F3: somebody of the working group; `until` is when their link, or what it opened, ends. */
export interface Member {
  id: string;
  name: string;
  duty: string;
  link: "none" | "waiting" | "used";
  until: number | null;
}

export interface PersonalLink {
  url: string;
  qr: { path: string; size: number };
  expires_at: number;
}

export interface Door {
  open: boolean;
  code: string;
  join_url: string;
  qr_path: { path: string; size: number } | null;
  expires_at: number | null;
}

export interface Health {
  id: string;
  level: "ok" | "warn" | "red";
  /** Said by the server, in the workshop's language. */
  text: string;
}

export interface WorkshopInfo {
  id: string;
  process: string;
  board: string;
  title: string;
  role: "facilitator" | "co_facilitator";
  door: Door;
  base_urls: string[];
  base_url: string;
  encrypted: boolean;
  health: Health[];
}

export interface SummaryLink {
  id: string;
  made_at: number;
  expires_at: number;
  /** It asks for a password. */
  locked: boolean;
  opened: number;
}

/** F4: what would go with one's account. */
export interface Going {
  companies: { id: string; name: string; processes: number; meetings: number }[];
}

/** A theme with what is known about it. */
export interface KnownTheme {
  id: string;
  name: string;
  paper: Paper;
  notes: number;
  field: "can" | "cannot" | null;
}

/** P5.5: where a process is on its way round; `left` comes along into the next cycle. */
export interface Cycle {
  cycle: number;
  meetings: number;
  left: KnownTheme[];
  worked: KnownTheme[];
  before: KnownTheme[];
}

/** A copy of all that is stored, without what lies face down. */
export interface BackupFile {
  name: string;
  made_at: number;
  size: number;
}

export interface Backups {
  backups: BackupFile[];
  /** Whether the server makes one each day by itself. */
  daily: boolean;
  keep_days: number;
}

/** A refused request: `code` is the key of its text under `refused.` */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
  ) {
    super(code);
  }
}

/** A line that hangs is a line that is lost: whoever waits may try again. In ms. */
const PATIENCE = 10_000;
/** A large data folder is not copied in a moment. In ms. */
const COPYING = 120_000;

async function call<T>(method: string, path: string, body?: unknown, patience = PATIENCE): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      credentials: "same-origin",
      signal: AbortSignal.timeout(patience),
      headers: body === undefined ? { Accept: "application/json" } : { "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refusal("no_connection", 0);
  }
  const json = parsed(await answer.text());
  if (!answer.ok) throw refusalOf(json, answer.status);
  return json as T;
}

function refusalOf(json: unknown, status: number): Refusal {
  const code = typeof json === "object" && json !== null && "code" in json ? String(json.code) : "server";
  return new Refusal(code, status);
}

/** Whether the server gives a file; what is in it is left to the browser, which saves it as it comes. */
async function given(path: string): Promise<void> {
  const enough = new AbortController();
  let answer: Response;
  try {
    answer = await fetch(path, { credentials: "same-origin", signal: enough.signal });
  } catch {
    throw new Refusal("no_connection", 0);
  }
  if (!answer.ok) throw refusalOf(parsed(await answer.text()), answer.status);
  enough.abort();
}

function parsed(text: string): unknown {
  try {
    return text === "" ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

const at = (strings: TemplateStringsArray, ...ids: string[]) =>
  strings.reduce(
    (path, part, n) => path + part + (n < ids.length ? encodeURIComponent(ids[n] ?? "") : ""),
    "",
  );

export const api = {
  session: () => call<{ account: Account }>("GET", "/api/session"),
  signIn: (email: string, password: string) =>
    call<{ account?: Account }>("POST", "/api/session", { email, password }),
  signOut: () => call<null>("DELETE", "/api/session", {}),
  first: (token: string, name: string, email: string, password: string) =>
    call<{ account?: Account }>("POST", "/api/accounts/first", { token, name, email, password }),

  enter: (token: string) => call<{ account: Account }>("POST", "/api/session/link", { token }),

  /** X4: the password once more, before something is deleted or copied. */
  prove: (password: string) => call<null>("POST", "/api/session/proof", { password }),
  takesAlong: () => call<Going>("GET", "/api/account/leaving"),
  leave: (companies: string[]) => call<null>("DELETE", "/api/account", { companies }),
  removeWorkshop: (id: string) => call<null>("DELETE", at`/api/workshops/${id}`, {}),
  removeProcess: (id: string) => call<null>("DELETE", at`/api/processes/${id}`, {}),
  removeCompany: (id: string) => call<null>("DELETE", at`/api/companies/${id}`, {}),
  keepFor: (company: string, keep_months: number) =>
    call<null>("PUT", at`/api/companies/${company}`, { keep_months }),

  home: () => call<Home>("GET", "/api/home"),
  company: (name: string) => call<{ id: string }>("POST", "/api/companies", { name }),
  process: (company: string, group: string) =>
    call<{ id: string }>("POST", "/api/processes", { company, group }),
  templates: (language: string) => call<Template[]>("GET", at`/api/templates?language=${language}`),
  phases: (language: string) => call<PhaseInfo[]>("GET", at`/api/phases?language=${language}`),
  found: (process: string, language: string) =>
    call<Found[]>("GET", at`/api/processes/${process}/found?language=${language}`),
  rename: (process: string, company: string, group: string) =>
    call<null>("PUT", at`/api/processes/${process}`, { company, group }),

  members: (process: string) => call<Member[]>("GET", at`/api/processes/${process}/members`),
  addMember: (process: string, name: string, duty: string) =>
    call<{ id: string }>("POST", at`/api/processes/${process}/members`, { name, duty }),
  changeMember: (process: string, member: string, name: string, duty: string) =>
    call<null>("PUT", at`/api/processes/${process}/members/${member}`, { name, duty }),
  removeMember: (process: string, member: string) =>
    call<null>("DELETE", at`/api/processes/${process}/members/${member}`, {}),
  giveLink: (process: string, member: string) =>
    call<PersonalLink>("POST", at`/api/processes/${process}/members/${member}/link`, {}),
  withdrawLink: (process: string, member: string) =>
    call<null>("DELETE", at`/api/processes/${process}/members/${member}/link`, {}),

  ownTemplates: (process: string) => call<Template[]>("GET", at`/api/processes/${process}/templates`),
  saveTemplate: (workshop: string, name: string) =>
    call<{ id: string }>("POST", at`/api/workshops/${workshop}/template`, { name }),
  renameTemplate: (id: string, name: string) => call<null>("PUT", at`/api/templates/${id}`, { name }),
  removeTemplate: (id: string) => call<null>("DELETE", at`/api/templates/${id}`, {}),
  newWorkshop: (process: string, template: string, title: string, language: string, date: string) =>
    call<{ id: string; board: string }>("POST", "/api/workshops", {
      process,
      template,
      language,
      ...(title === "" ? {} : { title }),
      ...(date === "" ? {} : { date }),
    }),

  workshop: (id: string) => call<WorkshopInfo>("GET", at`/api/workshops/${id}`),
  door: (id: string, action: "open" | "close" | "rotate") =>
    call<unknown>("POST", at`/api/workshops/${id}/door`, { action }),
  baseUrl: (id: string, url: string) => call<unknown>("POST", at`/api/workshops/${id}/base-url`, { url }),
  ticket: (id: string) => call<{ ticket: string }>("POST", at`/api/workshops/${id}/ticket`, {}),
  /** P4.5: the day a phrase means, or the days it may mean. */
  meaning: (id: string, phrase: string) =>
    call<{ day: string | null; either: string[] }>("POST", at`/api/workshops/${id}/meaning`, { phrase }),
  screen: (id: string, code?: string) =>
    call<{ token?: string }>("POST", at`/api/workshops/${id}/screens`, code === undefined ? {} : { code }),

  cycle: (process: string) => call<Cycle>("GET", at`/api/processes/${process}/cycle`),
  nextCycle: (process: string) => call<Cycle>("POST", at`/api/processes/${process}/cycle`, {}),
  cycleBack: (process: string) => call<Cycle>("DELETE", at`/api/processes/${process}/cycle`, {}),

  links: (process: string) => call<SummaryLink[]>("GET", at`/api/processes/${process}/links`),
  link: (process: string, days: number, password: string) =>
    call<{ url: string; id: string }>("POST", at`/api/processes/${process}/links`, {
      days,
      ...(password === "" ? {} : { password }),
    }),
  revoke: (link: string) => call<null>("DELETE", at`/api/links/${link}`, {}),
  backups: () => call<Backups>("GET", "/api/backups"),
  backUp: () => call<Pick<BackupFile, "name" | "size">>("POST", "/api/backups", {}, COPYING),
  backup: (name: string) => at`/api/backups/${name}`,
  backupGiven: (name: string) => given(at`/api/backups/${name}`),
  summary: (workshop: string, as: "html" | "pdf") => at`/api/workshops/${workshop}/summary.` + as,
};

/** The desk's HTTP requests: accounts, processes, the door, screens, links. */
import createClient from "openapi-fetch";
import { byWords } from "../collation";
import type { SUMMARY_PARTS } from "../contract/desk.gen";
import type {
  AgendaLine,
  BackFrom,
  BeginConversation,
  ChangeCompany,
  EnterThere,
  FaultCode,
  GoThere,
  InviteTo,
  MakeWorkshop,
  paths,
} from "../protocol.gen";

export type {
  AccountSeen as Account,
  CalendarSeen,
  CompanyRow,
  CompanySeen,
  Copies as Backups,
  Cycle,
  Found,
  Going,
  InstanceSeen as Instance,
  InvitationMade,
  InvitationsSeen,
  InvitedSeen as Invited,
  KnownTheme,
  LinkSeen as SummaryLink,
  Line as OverviewLine,
  MemberSeen as Member,
  OverviewSeen,
  PairBegun,
  PairSeen as Pair,
  PairsSeen as Pairs,
  BelongsSeen as Person,
  PeopleSeen as People,
  PersonalLinkSeen as PersonalLink,
  PhaseSeen as PhaseInfo,
  PosterSeen,
  ProcessRow,
  Reach,
  ListedAccount,
  SecondSeen as Second,
  SecretSeen as SecondSecret,
  SessionSeen as SignIn,
  TemplateSeen as Template,
  WorkshopRow,
  WorkshopSeen as WorkshopInfo,
} from "../protocol.gen";
export type InviteAs = InviteTo["role"];
/** The file formats of a summary. */
export type Shape = paths["/api/processes/{process}/summary.{shape}"]["get"]["parameters"]["path"]["shape"];
export type SummaryPart = (typeof SUMMARY_PARTS)[number];
type Language = MakeWorkshop["language"];

/** A refused request: `code` is the key of its text under `refused.` */
export class Refusal extends Error {
  constructor(
    readonly code: FaultCode,
    readonly status: number,
  ) {
    super(code);
  }
}

/** After how many ms a request counts as lost and may be retried. */
const TIMEOUT = 10_000;
/** Copying a large data folder takes a while. In ms. */
const COPY_TIMEOUT = 120_000;

const within = (timeout: number) => (request: Request) => {
  // Not `AbortSignal.timeout`: our oldest browsers have none (G23).
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), timeout);
  return fetch(request, { signal: enough.signal }).finally(() => clearTimeout(timer));
};

const { GET, POST, PUT, DELETE } = createClient<paths>({
  baseUrl: import.meta.env.BASE_URL,
  credentials: "same-origin",
  headers: { Accept: "application/json" },
  fetch: within(TIMEOUT),
});

/** The places of a path. */
const on = <P>(path: P) => ({ params: { path } });

/** The response's data; throws a `Refusal` if the server refuses or does not answer. */
async function answered<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let answer: Awaited<typeof asked>;
  try {
    answer = await asked;
  } catch {
    throw new Refusal("no_connection", 0);
  }
  if (!answer.response.ok) throw refusalOf(answer.error, answer.response.status);
  return answer.data as T;
}

function refusalOf(json: unknown, status: number): Refusal {
  const code = typeof json === "object" && json !== null && "code" in json ? String(json.code) : "server";
  return new Refusal(code as FaultCode, status);
}

/** Checks that the server has a file; the browser downloads it itself. */
async function given(path: string): Promise<void> {
  const enough = new AbortController();
  let answer: Response;
  try {
    answer = await fetch(path, { credentials: "same-origin", signal: enough.signal });
  } catch {
    throw new Refusal("no_connection", 0);
  }
  if (!answer.ok) throw refusalOf(await answer.json().catch(() => null), answer.status);
  enough.abort();
}

const inBase64 = (file: File) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(new Refusal("logo_broken", 0));
    reader.readAsDataURL(file);
  });

/** Addresses that the browser itself opens or saves, with the folder of the base URL in front. */
const at = (strings: TemplateStringsArray, ...ids: string[]) =>
  strings.reduce(
    (path, part, n) => path + part + (n < ids.length ? encodeURIComponent(ids[n] ?? "") : ""),
    import.meta.env.BASE_URL,
  );

export const api = {
  session: () => answered(GET("/api/session")),
  signIn: (email: string, password: string, code = "") =>
    answered(POST("/api/session", { body: { email, password, code } })),
  signOut: () => answered(DELETE("/api/session")),
  lookAtFirst: (token: string) => answered(POST("/api/accounts/first/link", { body: { token } })),
  first: (token: string, name: string, email: string, password: string) =>
    answered(POST("/api/accounts/first", { body: { token, name, email, password } })),

  enter: (token: string) => answered(POST("/api/session/link", { body: { token } })),

  /** X4: the password once more, before something is deleted or copied. */
  prove: (password: string) => answered(POST("/api/session/proof", { body: { password } })),
  callMe: (name: string) => answered(PUT("/api/account/name", { body: { name } })),
  changeEmail: (email: string) => answered(PUT("/api/account/email", { body: { email } })),
  changePassword: (old: string, fresh: string) =>
    answered(PUT("/api/account/password", { body: { old, new: fresh } })),
  second: () => answered(GET("/api/account/second")),
  beginSecond: () => answered(POST("/api/account/second")),
  confirmSecond: (code: string) => answered(POST("/api/account/second/confirm", { body: { code } })),
  secondOff: () => answered(DELETE("/api/account/second")),
  accounts: () => answered(GET("/api/accounts")),
  resetLink: (account: string) => answered(POST("/api/accounts/{account}/reset", on({ account }))),
  sendReset: (account: string) => answered(POST("/api/accounts/{account}/reset/mail", on({ account }))),
  forgotten: (email: string) => answered(POST("/api/accounts/forgotten", { body: { email } })),
  takeSecondOff: (account: string) => answered(DELETE("/api/accounts/{account}/second", on({ account }))),
  lookAtReset: (token: string) => answered(POST("/api/accounts/reset/link", { body: { token } })),
  reset: (token: string, password: string) =>
    answered(POST("/api/accounts/reset", { body: { token, password } })),
  signIns: () => answered(GET("/api/sessions")),
  endSignIn: (session: string) => answered(DELETE("/api/sessions/{session}", on({ session }))),
  endOtherSignIns: () => answered(DELETE("/api/sessions")),
  signOn: () => answered(GET("/api/sign-on")),
  enterThere: (how: EnterThere = {}) => answered(POST("/api/sign-on", { body: how })),
  back: (told: BackFrom) => answered(POST("/api/sign-on/back", { body: told })),
  linked: () => answered(GET("/api/account/sign-on")),
  goThere: (purpose: GoThere["purpose"]) => answered(POST("/api/account/sign-on", { body: { purpose } })),
  unlink: () => answered(DELETE("/api/account/sign-on")),
  takesAlong: () => answered(GET("/api/account/leaving")),
  leave: (companies: string[]) => answered(DELETE("/api/account", { body: { companies } })),
  removeWorkshop: (workshop: string) => answered(DELETE("/api/workshops/{workshop}", on({ workshop }))),
  removeProcess: (process: string) => answered(DELETE("/api/processes/{process}", on({ process }))),
  removeCompany: (company: string) => answered(DELETE("/api/companies/{company}", on({ company }))),
  companyPage: (company: string) => answered(GET("/api/companies/{company}", on({ company }))),
  /** Settings not given stay. */
  changeCompany: (company: string, changed: Partial<ChangeCompany>) =>
    answered(PUT("/api/companies/{company}", { ...on({ company }), body: changed as ChangeCompany })),
  /** `mark`: which picture it is, so that another one is fetched again. */
  logo: (company: string, mark: number) => at`api/companies/${company}/logo` + `?${mark}`,
  sendLogo: async (company: string, file: File) => {
    const sent = { body: { file: await inBase64(file) }, fetch: within(COPY_TIMEOUT) };
    return answered(PUT("/api/companies/{company}/logo", { ...on({ company }), ...sent }));
  },
  removeLogo: (company: string) => answered(DELETE("/api/companies/{company}/logo", on({ company }))),

  conversations: () => answered(GET("/api/conversations")),
  beginConversation: (begun: BeginConversation) => answered(POST("/api/conversations", { body: begun })),
  removeConversations: (pair: string) => answered(DELETE("/api/conversations/{pair}", on({ pair }))),
  switchConversations: (company: string, switched: boolean) =>
    answered(PUT("/api/companies/{company}/conversations", { ...on({ company }), body: { on: switched } })),

  home: () => answered(GET("/api/home")),
  overview: (language: Language) => answered(GET("/api/overview", { params: { query: { language } } })),
  company: (name: string, language: Language) =>
    answered(POST("/api/companies", { body: { name, language } })),
  process: (company: string, group: string) => answered(POST("/api/processes", { body: { company, group } })),
  templates: (language: Language) => answered(GET("/api/templates", { params: { query: { language } } })),
  phases: (language: Language) => answered(GET("/api/phases", { params: { query: { language } } })),
  found: (process: string, language: Language) =>
    answered(GET("/api/processes/{process}/found", { params: { path: { process }, query: { language } } })),
  rename: (process: string, company: string, group: string) =>
    answered(PUT("/api/processes/{process}", { ...on({ process }), body: { company, group } })),

  people: (process: string) => answered(GET("/api/processes/{process}/people", on({ process }))),
  changeRole: (process: string, account: string, role: InviteAs) =>
    answered(
      PUT("/api/processes/{process}/people/{account}", { ...on({ process, account }), body: { role } }),
    ),
  removePerson: (process: string, account: string) =>
    answered(DELETE("/api/processes/{process}/people/{account}", on({ process, account }))),
  handOver: (process: string, to: string) =>
    answered(POST("/api/processes/{process}/lead", { ...on({ process }), body: { to } })),
  leaveProcess: (process: string) => answered(DELETE("/api/processes/{process}/membership", on({ process }))),
  invite: (process: string, invited: InviteTo) =>
    answered(POST("/api/processes/{process}/invitations", { ...on({ process }), body: invited })),
  invitations: () => answered(GET("/api/invitations")),
  inviteToBegin: (name: string, email: string | null) =>
    answered(POST("/api/invitations", { body: { name, email } })),
  withdrawInvitation: (invitation: string) =>
    answered(DELETE("/api/invitations/{invitation}", on({ invitation }))),
  lookAtInvitation: (token: string) => answered(POST("/api/invitation/open", { body: { token } })),
  joinInvited: (token: string, name: string, email: string, password: string) =>
    answered(POST("/api/invitation/account", { body: { token, name, email, password } })),
  acceptInvitation: (token: string) => answered(POST("/api/invitation/accept", { body: { token } })),

  members: (process: string) =>
    answered(GET("/api/processes/{process}/members", on({ process }))).then((members) =>
      [...members].sort((a, b) => byWords(a.name, b.name)),
    ),
  addMember: (process: string, name: string, duty: string) =>
    answered(POST("/api/processes/{process}/members", { ...on({ process }), body: { name, duty } })),
  changeMember: (process: string, member: string, name: string, duty: string) =>
    answered(
      PUT("/api/processes/{process}/members/{member}", { ...on({ process, member }), body: { name, duty } }),
    ),
  removeMember: (process: string, member: string) =>
    answered(DELETE("/api/processes/{process}/members/{member}", on({ process, member }))),
  giveLink: (process: string, member: string) =>
    answered(POST("/api/processes/{process}/members/{member}/link", on({ process, member }))),
  withdrawLink: (process: string, member: string) =>
    answered(DELETE("/api/processes/{process}/members/{member}/link", on({ process, member }))),

  ownTemplates: (process: string) =>
    answered(GET("/api/processes/{process}/templates", on({ process }))).then((own) =>
      [...own].sort((a, b) => byWords(a.title, b.title)),
    ),
  saveTemplate: (workshop: string, name: string) =>
    answered(POST("/api/workshops/{workshop}/template", { ...on({ workshop }), body: { name } })),
  renameTemplate: (template: string, name: string) =>
    answered(PUT("/api/templates/{template}", { ...on({ template }), body: { name } })),
  removeTemplate: (template: string) => answered(DELETE("/api/templates/{template}", on({ template }))),
  /** `agenda`: the template's items in their new order; without it as they are. */
  newWorkshop: (
    process: string,
    template: string,
    title: string,
    language: Language,
    date: string,
    agenda: AgendaLine[] | null = null,
  ) =>
    answered(
      POST("/api/workshops", {
        body: { process, template, language, title: title || null, date: date || null, agenda },
      }),
    ),

  /** An agenda to rehearse: that of a template, or the current one of a meeting. */
  rehearse: (
    process: string,
    of: { template: string; agenda?: number[] } | { workshop: string },
    language: Language,
  ) => answered(POST("/api/rehearsals", { body: { process, language, ...of } })),
  endRehearsal: () => answered(DELETE("/api/rehearsal")),

  workshop: (workshop: string) => answered(GET("/api/workshops/{workshop}", on({ workshop }))),
  door: (workshop: string, action: "open" | "close" | "rotate") =>
    answered(POST("/api/workshops/{workshop}/door", { ...on({ workshop }), body: { action } })),
  baseUrl: (workshop: string, url: string) =>
    answered(POST("/api/workshops/{workshop}/base-url", { ...on({ workshop }), body: { url } })),
  ticket: (workshop: string, desk: string) =>
    answered(POST("/api/workshops/{workshop}/ticket", { params: { path: { workshop }, query: { desk } } })),
  /** R11: this desk leads from now on. */
  takeOver: (workshop: string, desk: string) =>
    answered(POST("/api/workshops/{workshop}/take-over", { ...on({ workshop }), body: { desk } })),
  /** P4.5: the day a phrase means, or the days it may mean. */
  meaning: (workshop: string, phrase: string) =>
    answered(POST("/api/workshops/{workshop}/meaning", { ...on({ workshop }), body: { phrase } })),
  screen: (workshop: string, code: string | null = null) =>
    answered(POST("/api/workshops/{workshop}/screens", { ...on({ workshop }), body: { code } })),

  cycle: (process: string) => answered(GET("/api/processes/{process}/cycle", on({ process }))),
  nextCycle: (process: string) => answered(POST("/api/processes/{process}/cycle", on({ process }))),
  cycleBack: (process: string) => answered(DELETE("/api/processes/{process}/cycle", on({ process }))),

  links: (process: string) => answered(GET("/api/processes/{process}/links", on({ process }))),
  link: (process: string, days: number, password: string, without: SummaryPart[]) =>
    answered(
      POST("/api/processes/{process}/links", {
        ...on({ process }),
        body: { days, password: password || null, without },
      }),
    ),
  /** What somebody with such a link would read. */
  preview: (process: string, without: readonly string[]) =>
    `${at`api/processes/${process}/summary.html`}?${new URLSearchParams(without.map((part) => ["without", part]))}`,
  revoke: (link: string) => answered(DELETE("/api/links/{link}", on({ link }))),
  posters: (process: string) => answered(GET("/api/processes/{process}/posters", on({ process }))),
  posterFile: (process: string, poster: string, shape: "pdf" | "svg" | "png") =>
    at`api/processes/${process}/posters/${poster}.` + shape,
  reminder: (process: string) => answered(GET("/api/processes/{process}/reminder", on({ process }))),
  remind: (process: string, wanted: boolean) =>
    answered(PUT("/api/processes/{process}/reminder", { ...on({ process }), body: { on: wanted } })),
  /** W11: the entrance to a meeting, while its door is open; by default in its own language, for A4. */
  wayIn: (workshop: string, shape: "pdf" | "svg" | "png", how: Record<string, string> = {}) =>
    `${at`api/workshops/${workshop}/poster.${shape}`}?${new URLSearchParams(how)}`,
  calendar: (process: string) => answered(GET("/api/processes/{process}/calendar", on({ process }))),
  makeCalendar: (process: string) => answered(POST("/api/processes/{process}/calendar", on({ process }))),
  revokeCalendar: (process: string) => answered(DELETE("/api/processes/{process}/calendar", on({ process }))),
  /** P4.7: a file of a kind's days, or of one of them, which may be held at a time of the day (ISO, UTC). */
  calendarFile: (process: string, of: string, only = "", begins = "") =>
    `${at`api/processes/${process}/calendar.ics`}?${new URLSearchParams({
      of,
      ...(only ? { only } : {}),
      ...(begins ? { begins } : {}),
    })}`,
  reach: () => answered(GET("/api/reach")),
  instance: (language: Language) => answered(GET("/api/instance", { params: { query: { language } } })),
  backups: () => answered(GET("/api/backups")),
  backUp: () => answered(POST("/api/backups", { fetch: within(COPY_TIMEOUT) })),
  backup: (name: string) => at`api/backups/${name}`,
  backupGiven: (name: string) => given(at`api/backups/${name}`),
  runSheet: (workshop: string) => at`api/workshops/${workshop}/run-sheet.html`,
  summary: (workshop: string, as: "html" | Shape) => at`api/workshops/${workshop}/summary.` + as,
  /** The process itself, and one made of such a file. */
  file: (process: string) => at`api/processes/${process}/file`,
  bring: async (company: string, file: File) => {
    const text = await file.text();
    // Sent unchanged: parsing and serialising it again might alter the file.
    const sent = { body: text as never, bodySerializer: () => text, fetch: within(COPY_TIMEOUT) };
    return answered(POST("/api/companies/{company}/file", { ...on({ company }), ...sent }));
  },
  processSummary: (process: string, as: Shape) => at`api/processes/${process}/summary.` + as,
};

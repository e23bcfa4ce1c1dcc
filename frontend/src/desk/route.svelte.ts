/** The page's address: `/desk#/…`, `/welcome#<token>`, `/invited#<token>`, `/invitation#<token>`, `/password#<token>` and `/sign-on?…`. One server page, so everything is behind the hash. */
import { tokenIn } from "../ui/pasted";

export type Route =
  | { page: "welcome"; token: string }
  | { page: "invited"; token: string }
  | { page: "sign_on" }
  | { page: "invitation"; token: string }
  | { page: "home" }
  | { page: "account" }
  | { page: "instance" }
  | { page: "reach" }
  | { page: "accounts" }
  | { page: "reset"; token: string }
  | { page: "process"; process: string; phase: number | null }
  | { page: "people"; process: string }
  | { page: "new"; process: string; template: string | null }
  | { page: "overview" }
  | { page: "company"; company: string }
  | { page: "poster"; workshop: string }
  | { page: "workshop"; workshop: string };

export function parse(path: string, hash: string): Route {
  const token = tokenIn(hash);
  if (path.endsWith("/welcome")) return { page: "welcome", token };
  if (path.endsWith("/invited")) return { page: "invited", token };
  if (path.endsWith("/sign-on")) return { page: "sign_on" };
  if (path.endsWith("/password")) return { page: "reset", token };
  if (path.endsWith("/invitation")) return { page: "invitation", token };
  const [, page, id, more] = hash.replace(/^#/, "").split("/");
  if (page === "accounts") return { page: "accounts" };
  if (page === "account") return { page: "account" };
  if (page === "server") return { page: "instance" };
  if (page === "phones") return { page: "reach" };
  if (page === "new" && id) return { page: "new", process: id, template: more ?? null };
  if (page === "w" && id && more === "poster") return { page: "poster", workshop: id };
  if (page === "w" && id) return { page: "workshop", workshop: id };
  if (page === "p" && id && more === "people") return { page: "people", process: id };
  if (page === "p" && id) return { page: "process", process: id, phase: more ? Number(more) : null };
  if (page === "overview") return { page };
  if (page === "c" && id) return { page: "company", company: id };
  return { page: "home" };
}

class Router {
  route: Route = $state.raw(parse(location.pathname, location.hash));

  constructor() {
    addEventListener("hashchange", () => (this.route = parse(location.pathname, location.hash)));
  }

  go(path: string): void {
    // The token of a link must not stay in the address or its history.
    const desk = `${import.meta.env.BASE_URL}desk`;
    if (location.pathname !== desk) history.replaceState(null, "", desk);
    location.hash = path;
    this.route = parse(location.pathname, location.hash);
  }
}

export const router = new Router();

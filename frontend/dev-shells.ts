/** In `make dev` Vite serves the shells itself, at the addresses at which the server has them in use. */
import type { Plugin } from "vite";

/** Which shell belongs to an address; null is for Vite or the server. */
export function shellOf(path: string): string | null {
  if (path === "/wall" || path === "/conversation") return `${path}.html`;
  if (path === "/desk" || path === "/welcome") return "/desk.html";
  return /^\/([jJ]\/[^/]+|[A-Za-z0-9 -]{6,9})?$/.test(path) ? "/phone.html" : null;
}

export function shells(): Plugin {
  return {
    name: "shells",
    configureServer({ middlewares }) {
      middlewares.use((request, _response, next) => {
        const [path, query] = (request.url ?? "/").split("?", 2);
        const shell = request.headers.accept?.includes("text/html") ? shellOf(path ?? "/") : null;
        if (shell) request.url = query ? `${shell}?${query}` : shell;
        next();
      });
    },
  };
}

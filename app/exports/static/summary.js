// What a manager's link opens (X12): posts the token from the fragment, asks for the password if there is one, and
// puts the summary into this page. The token is never in a request line, a log or a referrer.
import { Taking } from "./take.js";

// The punctuation after a link in a sentence is not part of the token (G60).
const token = location.hash.slice(1).replace(/(?:%[\da-f]{2}|[^\w-])+$/i, "");
let password = null;
// The files of the summary, once it is there.
let taking = null;

document.addEventListener("submit", (event) => {
  event.preventDefault();
  password = document.querySelector("#password").value;
  document.querySelector("#wrong").textContent = "";
  void open();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link) {
    // The fragment is the token; if it became "#part-3", a reload would find nothing.
    event.preventDefault();
    const part = document.getElementById(link.hash.slice(1));
    part?.scrollIntoView();
    part?.focus({ preventScroll: true });
  } else if (event.target.closest("[data-as]")) {
    void download(event.target.closest("[data-as]").dataset.as);
  }
});

// Opening another link in the same tab changes only the fragment, and loads nothing.
addEventListener("hashchange", () => location.reload());

async function open() {
  const answer = await ask();
  if (answer === null || answer.status >= 500) return show("busy");
  if (answer.status === 200 && answer.response) return put(answer.response);
  if (answer.status === 401) return show("password");
  if (answer.status === 403 || answer.status === 429) return wrong(answer);
  show("gone");
}

function download(as) {
  const body = JSON.stringify({ ...secrets(), as, steps: true });
  const headers = { "Content-Type": "application/json" };
  return taking.take("api/summary", { method: "POST", headers, body });
}

// XMLHttpRequest, since only it returns a parsed document in which no script can run, instead of HTML as text.
function ask() {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", "api/summary");
    request.setRequestHeader("Content-Type", "application/json");
    request.responseType = "document";
    request.timeout = 40_000;
    request.onload = () => resolve(request);
    request.onerror = request.ontimeout = () => resolve(null);
    request.send(JSON.stringify({ ...secrets(), as: "html" }));
  });
}

function secrets() {
  return { token, ...(password === null ? {} : { password }) };
}

function put(summary) {
  document.title = summary.title;
  document.documentElement.lang = summary.documentElement.lang;
  document.querySelector("main").replaceWith(document.adoptNode(summary.querySelector("main")));
  taking = new Taking(document.querySelector("aside"));
}

function show(name) {
  for (const section of document.querySelectorAll("[data-for]")) section.hidden = section.dataset.for !== name;
  if (name === "password") document.querySelector("#password").focus();
}

function wrong(answer) {
  show("password");
  const said = document.querySelector("#wrong");
  const seconds = Number(answer.getResponseHeader("Retry-After")) || 1;
  const wait = (seconds === 1 ? said.dataset.waitOne : said.dataset.wait).replace("{n}", String(seconds));
  said.textContent = answer.status === 429 ? wait : said.dataset.wrong;
  document.querySelector("#password").select();
}

if (token) void open();
else show("gone");

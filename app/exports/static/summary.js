// What a manager's link opens (X12): posts the token from the fragment, asks for the password if there is one, and
// puts the summary into this page. The token never stands in a request line, a log or a referrer.
"use strict";

const token = location.hash.slice(1);
const page = { ...document.body.dataset };
let password = null;
// The file that is being made.
let making = null;

document.addEventListener("submit", (event) => {
  event.preventDefault();
  password = document.querySelector("#password").value;
  document.querySelector("#wrong").textContent = "";
  void open();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link) {
    // The fragment holds the token; were it to become "#part-3", a reload would find nothing.
    event.preventDefault();
    const part = document.getElementById(link.hash.slice(1));
    part?.scrollIntoView();
    part?.focus({ preventScroll: true });
  } else if (event.target.closest("[data-as]")) {
    void download(event.target.closest("[data-as]").dataset.as);
  } else if (event.target.closest("[data-cancel]")) {
    making?.abort();
  }
});

// Another link put into the same tab changes the fragment only, and loads nothing by itself.
addEventListener("hashchange", () => location.reload());

async function open() {
  const answer = await ask("html");
  if (answer === null || answer.status >= 500) return show("busy");
  if (answer.status === 200 && answer.response) return put(answer.response);
  if (answer.status === 401) return show("password");
  if (answer.status === 403 || answer.status === 429) return wrong(answer);
  show("gone");
}

async function download(as) {
  // One at a time: whoever presses another one has thought better of it.
  making?.abort();
  const state = document.querySelector("[data-state]");
  const cancel = document.querySelector("[data-cancel]");
  state.textContent = page.making;
  cancel.hidden = false;
  let own;
  const answer = await ask(as, (request) => (own = making = request));
  if (making !== own) return;
  making = null;
  cancel.hidden = true;
  state.textContent = answer?.status === 200 || answer?.status === 0 ? "" : page.busy;
  if (answer?.status !== 200) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(answer.response);
  link.download = /filename="(.+)"/.exec(answer.getResponseHeader("Content-Disposition"))?.[1] ?? page.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// XMLHttpRequest because it alone hands over a parsed document that no script can run in, and no HTML as text.
function ask(as, begun) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", "api/summary");
    request.setRequestHeader("Content-Type", "application/json");
    request.responseType = as === "html" ? "document" : "blob";
    request.timeout = 40_000;
    request.onload = () => resolve(request);
    request.onabort = () => resolve(request);
    request.onerror = request.ontimeout = () => resolve(null);
    begun?.(request);
    request.send(JSON.stringify({ token, as, ...(password === null ? {} : { password }) }));
  });
}

function put(summary) {
  document.title = summary.title;
  document.documentElement.lang = summary.documentElement.lang;
  document.querySelector("main").replaceWith(document.adoptNode(summary.querySelector("main")));
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

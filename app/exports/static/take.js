// A download that takes a moment: it shows its progress, can be cancelled, and is saved at the end (`steps.py`).
// Links in a page work without this too. The desk's `Taking.svelte` uses the same code.
"use strict";

export class Taking {
  #own = null;

  // `of`: the part of the page with the texts.
  constructor(of) {
    this.of = of;
    this.state = of.querySelector("[data-state]");
    this.bar = of.querySelector("progress");
    this.cancel = of.querySelector("[data-cancel]");
    this.cancel.addEventListener("click", () => this.stop());
  }

  // Its links show their progress; with a modifier key they behave as ordinary links.
  links() {
    this.of.addEventListener("click", (event) => {
      const link = event.target.closest("a[download]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const url = new URL(link.href);
      url.searchParams.set("steps", "true");
      void this.take(url);
    });
  }

  stop() {
    this.#own?.abort();
  }

  async take(url, how = {}) {
    // One at a time: requesting another one cancels the first.
    this.#own?.abort();
    const own = (this.#own = new AbortController());
    this.#show(this.of.dataset.making, true);
    let said = "";
    try {
      const answer = await fetch(url, { ...how, signal: own.signal });
      if (!answer.ok || !answer.body) throw new Error(String(answer.status));
      await this.#read(answer.body.getReader(), own);
    } catch {
      if (!own.signal.aborted) said = this.of.dataset.failed;
    }
    if (this.#own !== own) return;
    this.#own = null;
    this.#show(said, false);
  }

  async #read(reader, own) {
    let held = new Uint8Array();
    for (;;) {
      const end = held.indexOf(10);
      if (end >= 0) {
        const step = JSON.parse(new TextDecoder().decode(held.subarray(0, end)));
        held = held.subarray(end + 1);
        if (step.step === "failed") throw new Error(step.code);
        if (step.step === "file") return save(step, await rest(reader, held));
        if (this.#own === own) this.#told(step);
        continue;
      }
      const { done, value } = await reader.read();
      if (done) throw new Error("cut");
      held = joined([held, value]);
    }
  }

  #told({ step, done, all }) {
    const { waiting, making, parts } = this.of.dataset;
    const text = step === "waiting" ? waiting : all > 1 ? parts : making;
    this.#show(text.replace("{ahead}", all - done).replace("{done}", done).replace("{all}", all), true);
    this.bar.hidden = step === "waiting" || all < 2;
    this.bar.max = all;
    this.bar.value = done;
  }

  #show(text, runs) {
    this.state.textContent = text;
    this.bar.hidden = true;
    this.cancel.hidden = !runs;
  }
}

async function rest(reader, held) {
  const parts = [held];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    parts.push(value);
  }
}

function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function save({ name, media, bytes }, parts) {
  const file = new Blob(parts, { type: media });
  if (file.size !== bytes) throw new Error("cut");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// The facilitator's page.
const aside = document.querySelector("aside[data-links]");
if (aside) {
  aside.querySelector("[data-plain]").remove();
  new Taking(aside).links();
}

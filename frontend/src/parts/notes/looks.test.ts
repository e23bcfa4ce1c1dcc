import { describe, expect, it } from "vitest";
import { found } from "../../desk/look";
import type { Note } from "../../engine/types";
import { looksLike } from "./looks";

const note = (text: string) => ({ id: "n", kind: "note", face: "stopped", text }) as Note;
const onDesk = (text: string) => found([note(text)], new Set())[0]?.why ?? null;

const NAMES = [
  // At the start of a sentence, and inside one.
  "Anders er doven",
  "Det er svært. Anders er doven",
  "Vi synes, at Büchner er doven",
  "Jeg synes Büchner er doven",
  "Alle ved, at Büchner er doven",
  "Spørg Ole, han ved det godt",
  "Mettes plan holder aldrig",
  "Jeg har sagt det til Åse",
  "Det er Øjvinds skyld",
  "Spørg fru Ærbo",
  "vi savner Zoë og Łukasz",
  "Alle venter på Anne-Mette",
  "Anne-Mette bestemmer alt",
  "min kollega Xanthe er sød",
  "Chefen Bruno siger nej",
  "I går råbte Mu\u0308ller ad os",
  "Ask Peter about it",
  "Peter’s meetings never end",
  "Peter's meetings never end",
  "Nobody listens to O’Brien",
  "our manager Xanthe is kind",
  "We wait for Jean-Luc every day",
];
const NUMBERS = [
  "ring 12 34 56 78",
  "Ring 22 33 44 55",
  "ring 22-33-44-55",
  "ring 2233 4455",
  "ring +45 12345678.",
  "call +44 20 7946 0958",
  "cpr 010190-1234",
];
const MAILS = [
  "skriv til en@firma.dk",
  "Skriv til ole@firma.dk",
  "write to ole.hansen@mail.firma.co.uk today",
];
const NOTHING = [
  "",
  "@ er en tast",
  "Alt haster om torsdagen",
  "Vi griner sammen. Det er godt.",
  "Vi griner sammen! Det er godt… Ja.",
  "Vi mangler tid\nDet haster\n- Altid",
  "Kan I ikke sige det før?",
  "Kan De sige det til Deres chef?",
  "Vi mødes i Teams hver mandag",
  "Vi drukner i Excel-ark og Teams-møder",
  "I Danmarks bedste hold griner vi",
  "30 minutter i 2026",
  "Ingen ser det, der lykkes",
  "Chefen er god til at lytte",
  "min leder siger tak",
  "Telefonen ringer, mens jeg monterer",
  "Vi fik 12345 kr. og 3 dage",
  "ordre 123456789012",
  "Maj er travl, og per dag er vi fem",
  "Ældre kolleger hjælper. Øvelse gør mester. Åbne døre",
  "HR og IT svarer ikke på SMS",
  "When I am interrupted",
  "We meet on Monday, and I'm late",
  "It is busy in December",
];

describe("H2 the phone and the desk find the same in a note", () => {
  const table = [
    ...NAMES.map((text) => [text, "name"] as const),
    ...NUMBERS.map((text) => [text, "number"] as const),
    ...MAILS.map((text) => [text, "mail"] as const),
    ...NOTHING.map((text) => [text, null] as const),
  ];
  it.each(table)("H2 %j: %s", (text, what) => {
    expect(looksLike(text)).toBe(what);
    expect(onDesk(text)).toBe(what);
  });
});

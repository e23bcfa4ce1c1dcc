/** Whether a note seems to name somebody: a gentle hint, made on the phone and shown only there. */

const mail = /\S@\S+\.\p{L}{2}/u;
// Eight digits as they are written in Denmark, or ten with the gap of a CPR number; a country code before them.
const number = /(?:^|[^\d])(?:\+\d{1,3} ?)?(?:\d{6}[- ]?\d{4}|(?:\d{2}[ .]?){3}\d{2})(?:$|[^\d])/;
const after =
  /(?:^|[^\p{L}])(?:kollega|chef|leder|mester|formand|boss|manager|colleague|supervisor)(?:en|n|e?s)? +(\p{Lu}\p{Ll}+)/iu;
const names = new Set(
  (
    "Anders Andreas Anna Anne Anja Annette Bente Birgit Brian Camilla Carsten Casper Charlotte Christian Christina " +
    "Claus Dorte Else Emil Emma Erik Finn Flemming Frank Frederik Gitte Hanne Hans Heidi Helle Henrik Henriette Ida Inge " +
    "Jakob Jan Jane Jens Jeppe Jesper Jette Johan John Julie Karen Karin Kasper Kirsten Klaus Kristian Kurt Lars Lasse " +
    "Laura Lene Lise Lone Louise Mads Maja Maria Marianne Marie Martin Mathias Mette Michael Mikael Mikkel Mohammed " +
    "Morten Nicolai Niels Nina Ole Palle Peter Pia Poul Rasmus Rikke Sanne Sara Simon Sofie Susanne Søren Thomas Tina " +
    "Tom Torben Trine Ulla Viggo Vibeke"
  ).split(" "),
);

/** What a note looks like it holds. It never keeps anybody from sending. */
export function looksLike(text: string): "name" | "number" | "mail" | null {
  if (mail.test(text)) return "mail";
  if (number.test(text)) return "number";
  const named = after.exec(text)?.[1];
  // The pattern ignores case for "Chef" and "chef"; a name has its capital.
  if (named && /^\p{Lu}/u.test(named)) return "name";
  const words = text.split(/[^\p{L}]+/u);
  return words.some((word) => names.has(word) || names.has(word.replace(/s$/, ""))) ? "name" : null;
}

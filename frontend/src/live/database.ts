/** The phone's shelf: IndexedDB, opened for every transaction (iOS loses open ones while asleep). */
import { isOf, type Mine, type Shelf } from "./shelf";

const use = async <T>(mode: IDBTransactionMode, work: (db: IDBTransaction) => IDBRequest<T>): Promise<T> => {
  const db = await opened();
  try {
    return await new Promise<T>((done, failed) => {
      // Drafts and notes in one transaction: `strict` writes to disk before we report it as kept.
      const transaction = db.transaction(["notes", "drafts"], mode, { durability: "strict" });
      const request = work(transaction);
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    db.close();
  }
};
const write = async (work: (db: IDBTransaction) => IDBRequest) => void (await use("readwrite", work));
export const database: Shelf = {
  all: () => use("readonly", (t) => t.objectStore("notes").getAll() as IDBRequest<Mine[]>),
  put: (mine) => write((t) => t.objectStore("notes").put(mine)),
  remove: (note) => write((t) => t.objectStore("notes").delete(note)),
  draft: async (key) =>
    ((await use("readonly", (t) => t.objectStore("drafts").get(key))) as string | undefined) ?? "",
  keepDraft: (key, text) => write((t) => t.objectStore("drafts").put(text, key)),
  wipe: (workshop) =>
    write((t) => {
      t.objectStore("drafts").delete(IDBKeyRange.bound(workshop, `${workshop}\uffff`));
      const notes = t.objectStore("notes");
      const all = notes.getAll() as IDBRequest<Mine[]>;
      all.onsuccess = () => {
        for (const mine of all.result) if (isOf(mine, workshop)) notes.delete(mine.note);
      };
      return all;
    }),
};

function opened(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    // Blocked counts as not answered yet.
    const request = indexedDB.open("trivsel", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("notes", { keyPath: "note" });
      request.result.createObjectStore("drafts");
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/**
 * A browser that translates a page replaces our text nodes with `<font>` elements (G25), so nobody would see what we
 * then write into a node. So each node is put back, empty, next to its replacement; once we write into it, move it or
 * remove it, the replacement goes, and the browser translates the new text.
 */

/** Puts back what a translator removes, as long as the page lives; returns a function that ends it. */
export function surviveTranslation(page: Node = document.body): () => void {
  const standIns = new Map<Text, { readonly by: Element; readonly was: string }>();
  const partner = (by: Node) => [...standIns].find(([, each]) => each.by === by)?.[0];
  const isStandIn = (node: Node | null): node is Element =>
    node instanceof Element && node.localName === "font";

  const heal = (records: readonly MutationRecord[]) => {
    for (const { type, target, removedNodes, addedNodes, previousSibling, nextSibling } of records) {
      if (type === "characterData") {
        // Our text is new, so the old translation no longer applies.
        const pair = target instanceof Text && standIns.get(target);
        if (!pair) continue;
        pair.by.remove();
        standIns.delete(target);
        continue;
      }
      for (const node of removedNodes) {
        if (node instanceof Text) {
          const pair = standIns.get(node);
          if (pair) {
            // A moved node takes its translation along; a removed one removes it.
            if (node.isConnected && pair.by.isConnected) node.before(pair.by);
            else if (!node.isConnected) {
              pair.by.remove();
              standIns.delete(node);
            }
            continue;
          }
          const by = [...addedNodes, previousSibling, nextSibling].find(
            (other) => other !== null && isStandIn(other) && other.isConnected && !partner(other),
          );
          if (node.isConnected || node.data.trim() === "" || !by) continue;
          standIns.set(node, { by: by as Element, was: node.data });
          (by as Element).after(node);
          node.data = "";
        } else if (isStandIn(node) && !node.isConnected) {
          // The reader wants the original again.
          const text = partner(node);
          if (!text) continue;
          const { was } = standIns.get(text) ?? { was: "" };
          standIns.delete(text);
          if (text.data === "") text.data = was;
        }
      }
    }
    // Ignore our own changes.
    observer.takeRecords();
  };
  const observer = new MutationObserver(heal);
  observer.observe(page, { childList: true, characterData: true, subtree: true });
  return () => observer.disconnect();
}

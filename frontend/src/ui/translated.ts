/**
 * A browser that translates a page takes our text nodes out and puts `<font>` in (G25). What we then write into a node
 * would be seen by nobody. So each node goes back beside what stands in for it, empty; once we write into it, move it or
 * take it away, the stand-in goes, and the browser translates the new words.
 */

/** Puts back what a translator takes out of the page, for as long as the page lives; returns what ends it. */
export function surviveTranslation(page: Node = document.body): () => void {
  const standIns = new Map<Text, { readonly by: Element; readonly was: string }>();
  const partner = (by: Node) => [...standIns].find(([, each]) => each.by === by)?.[0];
  const isStandIn = (node: Node | null): node is Element =>
    node instanceof Element && node.localName === "font";

  const heal = (records: readonly MutationRecord[]) => {
    for (const { type, target, removedNodes, addedNodes, previousSibling, nextSibling } of records) {
      if (type === "characterData") {
        // Our own words are new: the old ones' translation is not true any more.
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
            // Moved, it takes its translation along; taken away, it takes it away.
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
    // What we just did is no news.
    observer.takeRecords();
  };
  const observer = new MutationObserver(heal);
  observer.observe(page, { childList: true, characterData: true, subtree: true });
  return () => observer.disconnect();
}

/** Says what was cut from a pasted text, above the dialog it was pasted in if there is one (G35, G39). */
import { mount, unmount } from "svelte";
import Cut from "./Cut.svelte";
import { watchFields } from "./pasted";
import { t } from "../words";

const SHOWN = 6_000;

/** For every field of the page; returns what ends it. */
export function sayCuts(): () => void {
  let shown: ReturnType<typeof mount> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const away = () => {
    clearTimeout(timer);
    if (shown) void unmount(shown);
    shown = undefined;
  };
  const end = watchFields((what, field) => {
    away();
    const target = field.closest("dialog") ?? document.body;
    shown = mount(Cut, { target, props: { text: t(`shared.pasted.${what}`) } });
    timer = setTimeout(away, SHOWN);
  });
  return () => {
    end();
    away();
  };
}

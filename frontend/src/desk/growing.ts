import type { Attachment } from "svelte/attachments";

/** A field that shows this text and is as high as it is. */
export const growing =
  (text: string, least = 0, edge = 0): Attachment<HTMLTextAreaElement> =>
  (field) => {
    if (field.value !== text) field.value = text;
    field.style.height = "auto";
    field.style.height = `${Math.max(least, field.scrollHeight + edge)}px`;
  };

/** Hands a file to the browser, which asks where it goes or puts it where downloads go. */
export function save([content, name]: readonly [Blob, string]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Hands `text` to the person as a file of this name. */
export function download(fileName: string, text: string, type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken its own hold of the bytes by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

/** Hands a text to the browser to be saved as a file of this name. */
export function saveText(name: string, pieces: readonly string[]): void {
  const address = URL.createObjectURL(new Blob([...pieces], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by then; kept any longer it would hold the memory.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

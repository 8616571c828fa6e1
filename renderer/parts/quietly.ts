/** For reading again what is on the screen: a refusal shows where it is read, and a screen that was left needs no answer. */
export function quietly(reading: Promise<unknown>): void {
  reading.catch(() => undefined);
}

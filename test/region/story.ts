/** What happens in the region, line by line with its time, and what was found to be wrong. */
export class Story {
  readonly #begun = Date.now();
  readonly faults: string[] = [];
  readonly lines: string[] = [];

  /** `12:03` since it began. */
  get time(): string {
    const seconds = Math.floor((Date.now() - this.#begun) / 1000);
    return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  }

  tell(line: string): void {
    const told = `${this.time}  ${line}`;
    this.lines.push(told);
    process.stdout.write(`${told}\n`);
  }

  fault(what: string): void {
    this.faults.push(`${this.time}  ${what}`);
    this.tell(`FAULT: ${what}`);
  }
}

/** Answers that never change again and that every replica of a region asks for, kept while there is room for them. */
export class KeptAnswers<Answer> {
  readonly #room: number;
  readonly #sizeOf: (answer: Answer) => number;
  readonly #kept = new Map<string, Promise<Answer>>();
  readonly #sizes = new Map<string, number>();
  #size = 0;

  constructor(room: number, sizeOf: (answer: Answer) => number) {
    this.#room = room;
    this.#sizeOf = sizeOf;
  }

  /** The answer of that name, made when it is not kept. One that fails is not. */
  get(name: string, make: () => Promise<Answer>): Promise<Answer> {
    const known = this.#kept.get(name);
    if (known) {
      this.#kept.delete(name);
      this.#kept.set(name, known);
      return known;
    }
    const made = make();
    this.#kept.set(name, made);
    made.then(
      (answer) => this.#weigh(name, answer),
      () => this.#kept.delete(name),
    );
    return made;
  }

  #weigh(name: string, answer: Answer): void {
    const size = this.#sizeOf(answer);
    this.#sizes.set(name, size);
    this.#size += size;
    for (const [oldest] of this.#kept) {
      if (this.#size <= this.#room) return;
      this.#size -= this.#sizes.get(oldest) ?? 0;
      this.#sizes.delete(oldest);
      this.#kept.delete(oldest);
    }
  }
}

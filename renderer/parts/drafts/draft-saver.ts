/** A pause in the typing after which what was typed is kept. */
const SAVE_DELAY = 600;

/** Keeps what is typed as soon as the typing pauses, and what was typed last at the latest when it is told to. */
export class DraftSaver {
  readonly #save: (content: string) => Promise<number>;
  readonly #saved: (at: number) => void;
  readonly #refused: (error: unknown) => void;
  #waiting: { readonly content: string; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  #saving: Promise<void> = Promise.resolve();

  /**
   * @param save durable when it resolves; gives when, in milliseconds
   * @param refused called with the refusal, and with null once saving works again
   */
  constructor(save: (content: string) => Promise<number>, saved: (at: number) => void, refused: (error: unknown) => void) {
    this.#save = save;
    this.#saved = saved;
    this.#refused = refused;
  }

  type(content: string): void {
    this.#forget();
    this.#waiting = { content, timer: setTimeout(() => void this.flush(), SAVE_DELAY) };
  }

  /** Keeps now what waits for a pause; ends when nothing is on its way. */
  flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#forget();
    if (waiting) this.#saving = this.#keep(waiting.content);
    return this.#saving;
  }

  /** Forgets what waits, and ends when nothing is on its way: it must not arrive after what takes it away. */
  async stop(): Promise<void> {
    this.#forget();
    await this.#saving;
  }

  #forget(): void {
    clearTimeout(this.#waiting?.timer);
    this.#waiting = undefined;
  }

  async #keep(content: string): Promise<void> {
    try {
      this.#saved(await this.#save(content));
      this.#refused(null);
    } catch (error) {
      this.#refused(error);
    }
  }
}

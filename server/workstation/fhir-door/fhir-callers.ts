/** Who has asked over the clinic's network, each with the last time: known while it runs, and on the disk within a minute. */
import type { FhirCaller } from './fhir-network.ts';

interface CallerShelf {
  text(): Promise<string | undefined>;
  remember(text: string): Promise<void>;
}

const MOST_CALLERS = 20;
/** A caller's last use is on the disk by then, whatever becomes of the process. */
const WRITTEN_WITHIN_MS = 60_000;

export class FhirCallers {
  readonly #shelf: CallerShelf;
  readonly #within: number;
  /** By address and program, who asked last at the end; undefined until they were read. */
  #known: Promise<Map<string, FhirCaller>> | undefined;
  /** Set while the list says more than the disk. */
  #writing: NodeJS.Timeout | undefined;

  /** @param within milliseconds until a use is written at the latest */
  constructor(shelf: CallerShelf, within = WRITTEN_WITHIN_MS) {
    this.#shelf = shelf;
    this.#within = within;
  }

  /** Who asked last comes first. */
  async list(): Promise<FhirCaller[]> {
    return [...(await this.#read()).values()].reverse();
  }

  async note(caller: FhirCaller): Promise<void> {
    const known = await this.#read();
    const key = keyOf(caller);
    known.delete(key);
    known.set(key, caller);
    const [oldest] = known.keys();
    if (known.size > MOST_CALLERS && oldest !== undefined) known.delete(oldest);
    // One write for however many calls. That a disk fails shows where work is saved.
    this.#writing ??= setTimeout(() => void this.write().catch(() => undefined), this.#within).unref();
  }

  /** Writes what is not on the disk yet. */
  async write(): Promise<void> {
    if (!this.#writing) return;
    clearTimeout(this.#writing);
    this.#writing = undefined;
    await this.#shelf.remember(JSON.stringify([...(await this.#read()).values()]));
  }

  #read(): Promise<Map<string, FhirCaller>> {
    this.#known ??= this.#shelf
      .text()
      .then((text) => new Map(((text ? JSON.parse(text) : []) as FhirCaller[]).map((caller) => [keyOf(caller), caller])));
    return this.#known;
  }
}

const keyOf = ({ address, program }: FhirCaller): string => `${address} ${program}`;

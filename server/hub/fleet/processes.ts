/**
 * The processes of one hub, as each tells the others through their database: an administrator's console is answered by one of them and shows
 * what is wrong with any. Who is heard no more is missed by the clock of who misses them, so that clocks that differ miss nobody.
 */
import type { HubTroubleAnswer } from '../../../shared/sync/fleet-answer.ts';
import type { Database, Queryable } from '../../storage/database.ts';
import { forgetProcess, listProcesses, listProcessTroubles, type ProcessRow, writeProcess } from './processes.store.ts';

/** Unheard for so long, a process is missing; for so much longer, it was taken away for good. */
const MISSING_MS = 30_000;
const FORGOTTEN_MS = 24 * 3_600_000;

interface ProcessesOptions {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** What is wrong with this process's stores now. */
  readonly standing: () => ReadonlyArray<Omit<HubTroubleAnswer, 'process'>>;
}

export class HubProcesses {
  readonly #options: ProcessesOptions;
  /** What each of the others wrote last, and when that was new here. */
  readonly #heard = new Map<string, { readonly written: number; readonly at: number }>();
  /** Empty until it listens. */
  name = '';

  constructor(options: ProcessesOptions) {
    this.#options = options;
  }

  /** It listens, under this name. A hub that keeps a file has no other process: what is left of one had another name. */
  async begin(name: string): Promise<void> {
    const { database } = this.#options;
    this.name = name;
    if (!database.share)
      await database.write(async (transaction) => {
        for (const each of await listProcesses(transaction)) await forgetProcess(transaction, each.name);
      });
    await this.tell();
  }

  /** Tells the others that it is there and how, and hears of them. */
  async tell(): Promise<void> {
    const { database, clock, standing } = this.#options;
    if (this.name === '') return;
    await database.write(async (transaction) => {
      await writeProcess(transaction, { name: this.name, heard: clock() }, standing());
    });
    await this.#missing();
  }

  /** It ends as it was asked to: nobody is to miss it. */
  async end(): Promise<void> {
    const { name } = this;
    this.name = '';
    if (name !== '') await this.#options.database.write((transaction) => forgetProcess(transaction, name));
  }

  /** What is wrong with any process of this hub: of this one as of now, of the others as they wrote last, and who is missing. */
  async troubles(): Promise<HubTroubleAnswer[]> {
    const { database, standing } = this.#options;
    const missing = await this.#missing();
    const others = await listProcessTroubles(database.read);
    const isThere = ({ process }: HubTroubleAnswer): boolean =>
      process !== this.name && missing.every(({ name }) => name !== process);
    return [
      ...standing().map((each) => ({ ...each, process: this.name })),
      ...others.filter(isThere),
      ...missing.map(
        ({ name, heard }) => ({ process: name, store: 'process', code: 'hub.process-missing', since: heard }) as const,
      ),
    ];
  }

  /** Who was not heard for a while. Who was not heard for a day is forgotten. */
  async #missing(): Promise<ProcessRow[]> {
    const { database, clock } = this.#options;
    const now = clock();
    const missing: ProcessRow[] = [];
    for (const row of await listProcesses(database.read)) {
      if (row.name === this.name) continue;
      const known = this.#heard.get(row.name);
      if (known?.written !== row.heard) this.#heard.set(row.name, { written: row.heard, at: now });
      const silentMs = now - (this.#heard.get(row.name)?.at ?? now);
      if (silentMs > FORGOTTEN_MS) await database.write((transaction) => forgetProcess(transaction, row.name));
      else if (silentMs > MISSING_MS) missing.push(row);
    }
    return missing;
  }
}

/** Each process that is there or was lost, when it wrote last by its own clock, and what was wrong with it then. */
export async function heardProcesses(connection: Queryable) {
  const troubles = await listProcessTroubles(connection);
  return (await listProcesses(connection)).map((row) => ({
    ...row,
    troubles: troubles.filter(({ process }) => process === row.name).map(({ process: _, ...trouble }) => trouble),
  }));
}

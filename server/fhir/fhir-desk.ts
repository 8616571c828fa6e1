/** Asks the FHIR thread: is this resource in order, and what do these sources hold? One thread for a process, started when first asked. */
import { Worker } from 'node:worker_threads';
import type { CsvMapping } from '../../shared/csv/csv-mapping.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import type { SourceFormat, SourceRefusal } from '../../shared/fhir/import-source.ts';
import type { FiledCategory } from '../../shared/fhir/patient-compartment.ts';
import type { PatientSummary } from '../../shared/fhir/patient-summary.ts';
import type { ParsedReference } from '../../shared/fhir/references.ts';
import type { Issue } from '../../shared/fhir/resource-check.ts';
import type { ResourceSummary } from '../../shared/fhir/summary.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { threadFile } from '../storage/thread-file.ts';
import type { FoundFile } from './import-files.ts';

/** A resource that was judged and is in order, with all that the records need to know of it. */
export interface ReadEntry {
  readonly kind: 'entry';
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly ordinal: number;
  /** Where its exact text lies in the bytes of its batch. */
  readonly start: number;
  readonly length: number;
  readonly fullUrl: string | undefined;
  readonly resourceType: string;
  /** '' when it has none. */
  readonly fhirId: string;
  readonly category: FiledCategory | null;
  /** The patient whom it is about, as it refers to them. */
  readonly subject: (ParsedReference & { readonly reference: string }) | undefined;
  readonly summary: ResourceSummary;
  /** What FHIR allows and can hardly be meant. */
  readonly doubts: readonly Issue[];
  /** Each once, as written; contained ones left out. */
  readonly references: readonly string[];
  /** `system|value`. */
  readonly identifiers: readonly string[];
  /** Of a Patient. */
  readonly person: { readonly summary: PatientSummary; readonly terms: string } | undefined;
}

export type ReadItem = ReadEntry | SourceRefusal;

/** `csv`: what the columns of tables mean. */
export type ReadableSource = (FoundFile | { readonly file: string; readonly format: SourceFormat; readonly text: Uint8Array }) & {
  readonly csv?: CsvMapping | undefined;
};

interface ReadOptions {
  /** How many items of the source's sequence were dealt with before. */
  readonly after?: number;
  /** Read these ordinals and no others. */
  readonly only?: readonly number[];
}

export interface ReadRequest {
  readonly kind: 'read';
  readonly id: number;
  readonly source: ReadableSource;
  readonly after: number;
  readonly only: readonly number[] | undefined;
}

export type FhirRequest = ReadRequest | { readonly kind: 'warm' | 'more' | 'stop'; readonly id: number };

export type FhirAnswer =
  | {
      readonly id: number;
      readonly kind: 'batch';
      readonly items: readonly ReadItem[];
      readonly bytes: Uint8Array;
      readonly bytesRead: number;
    }
  | { readonly id: number; readonly kind: 'end' }
  | {
      readonly id: number;
      readonly kind: 'failed';
      readonly code: string;
      readonly message: string;
      readonly details: Readonly<Record<string, string | number>>;
    };

export interface ReadBatch {
  readonly items: readonly ReadItem[];
  /** The texts of the entries, one behind the other. */
  readonly bytes: Uint8Array;
  /** Of the source, so far. */
  readonly bytesRead: number;
}

interface Asked {
  take(answer: FhirAnswer): void;
  fail(error: unknown): void;
}

export class FhirDesk {
  readonly #asked = new Map<number, Asked>();
  #worker: Worker | undefined;
  #lastId = 0;

  /** Reads HL7's definitions ahead, so that the first import or entry does not wait for them. */
  async warm(): Promise<void> {
    const id = ++this.#lastId;
    await new Promise<void>((resolve, reject) => {
      this.#ask(
        { kind: 'warm', id },
        {
          take: (answer) => {
            this.#answered(id);
            if (answer.kind === 'failed') reject(new Failure(answer.code, answer.message));
            else resolve();
          },
          fail: reject,
        },
      );
    });
  }

  /**
   * One resource from its text; `content` is that text without white space around it.
   * @throws {Failure} `fhir.…` with `details.path`: the first fault.
   */
  async check(text: string): Promise<{ readonly entry: ReadEntry; readonly content: Uint8Array }> {
    const source = { file: '', format: 'json', text: utf8(text) } as const;
    for await (const { items, bytes } of this.read(source)) {
      const [item] = items;
      if (item?.kind === 'entry' && items.length === 1 && item.path === '') return { entry: item, content: bytes };
      if (item?.kind === 'refusal') throw new Failure(item.code, item.message, { details: { path: item.path } });
    }
    throw new Failure('fhir.one-resource', 'One resource belongs here, not a Bundle and not nothing.');
  }

  /** The items of a source in batches; the thread works on the next one while this one is used. */
  async *read(source: ReadableSource, { after = 0, only }: ReadOptions = {}): AsyncGenerator<ReadBatch, void, undefined> {
    const id = ++this.#lastId;
    const received: FhirAnswer[] = [];
    let failure: unknown;
    let wake: () => void = () => undefined;
    this.#ask(
      { kind: 'read', id, source, after, only },
      {
        take: (answer) => {
          received.push(answer);
          wake();
        },
        fail: (error) => {
          failure = error;
          wake();
        },
      },
    );
    try {
      for (;;) {
        while (received.length === 0 && failure === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const answer = received.shift();
        if (answer === undefined) throw failure;
        if (answer.kind === 'failed') throw new Failure(answer.code, answer.message, { details: { ...answer.details } });
        if (answer.kind === 'end') return;
        this.#worker?.postMessage({ kind: 'more', id } satisfies FhirRequest);
        yield answer;
      }
    } finally {
      this.#worker?.postMessage({ kind: 'stop', id } satisfies FhirRequest);
      this.#answered(id);
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
    this.#lost(closed());
  }

  #ask(request: ReadRequest | { readonly kind: 'warm'; readonly id: number }, asked: Asked): void {
    this.#asked.set(request.id, asked);
    this.#worker ??= this.#start();
    // The process lives on while somebody waits for an answer, and only then.
    this.#worker.ref();
    this.#worker.postMessage(request);
  }

  #answered(id: number): void {
    this.#asked.delete(id);
    if (this.#asked.size === 0) this.#worker?.unref();
  }

  #start(): Worker {
    const worker = new Worker(threadFile(import.meta.url, './fhir-worker'));
    worker.on('message', (answer: FhirAnswer) => this.#asked.get(answer.id)?.take(answer));
    worker.on('error', (cause) => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#lost(new Failure('fhir.reader-failed', 'The reader of FHIR files stopped. Try again.', { retry: true, cause }));
    });
    worker.unref();
    return worker;
  }

  #lost(error: Failure): void {
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const each of asked) each.fail(error);
  }
}

function closed(): Failure {
  return new Failure('vault.locked', 'The vault is locked. Unlock it with your passphrase.');
}

/** Lays the lines that were anchored last into the boxes of the patients they are about; see shared/access/patient-copy.ts. */
import {
  encodePatientCopy,
  MOST_COPIED,
  PATIENT_COPY_KIND,
  type PatientCopy,
  patientCopyRecord,
} from '../../shared/access/patient-copy.ts';
import { cardKey, cardRow, patientCardKey, patientCardRow } from '../../shared/care-card/card-rules.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, list, struct, u64 } from '../../shared/encoding/codec.ts';
import { type CompactRange, inclusionProof, type NodeSource } from '../../shared/ledger/merkle.ts';
import { type AccessLine, accessEntry } from '../../shared/sync/access-line.ts';
import { hasGuardian } from '../care-card/guardian-rows.ts';
import type { OutgoingDocument } from '../sync/gateway.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import type { PatientDirectory, PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import { rowsOfKeys, rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { sealingKey } from '../vault/primitives.ts';
import { type CompartmentKey, sealDocument } from '../vault/sealing.ts';
import { numberedLines } from './completeness.ts';
import { type LineRows, OWN_LINES, RECEIVED_LINES } from './line-rows.ts';
import { treeOver } from './make-receipt.ts';

/** Kind of the rows that say what of a patient's lines is in the box of a card. */
const COPIED = 'access-copied';
/** `sequence`: own lines up to it; `told`: entries of other clinics' lines, their first 8 bytes. */
const copiedCodec = struct({ sequence: u64, told: list(fixed(8), 100_000) });

interface Anchor {
  readonly root: Uint8Array;
  readonly count: number;
}

interface Box {
  /** Of a patient without one the box itself: what was copied there is remembered under it. */
  readonly card: Uint8Array;
  readonly handle: Uint8Array;
  readonly key: CompartmentKey;
}

/** The document for the box: only the key that the card opens, and the clinic that made it, open it again. */
export function sealPatientCopy(copy: PatientCopy, { handle, key }: Omit<Box, 'card'>, time: number): OutgoingDocument {
  const { name, sealed, wrap } = sealDocument(
    {
      kind: PATIENT_COPY_KIND,
      recordId: patientCopyRecord(hashParts, handle),
      version: 1,
      previous: new Uint8Array(0),
      author: copy.device,
      time,
      meta: '{}',
      content: encodePatientCopy(copy),
    },
    handle,
    key,
  );
  return { name, handle, sealed, wrap };
}

export class PatientCopies {
  readonly #context: VaultContext;
  readonly #rows: LineRows;
  readonly #directory: PatientDirectory;
  /** Patients about whom there may be something new. */
  readonly #marked = new Set<string>();

  constructor(context: VaultContext, rows: LineRows, directory: PatientDirectory) {
    this.#context = context;
    this.#rows = rows;
    this.#directory = directory;
  }

  mark(patient: string): void {
    this.#marked.add(patient);
  }

  /** Brings the boxes of the marked patients up to date with this anchor of this device. @param before the one before it */
  async settle(anchor: Anchor, before: Pick<CompactRange, 'size' | 'nodes'>): Promise<void> {
    const { device } = this.#context;
    const after = async (size: number, nodes: readonly Uint8Array[]): Promise<NodeSource> => {
      const lines = await numberedLines(this.#context, this.#rows, toHex(device), size);
      return treeOver(
        lines.slice(0, anchor.count - size).map(({ entry }) => entry),
        size,
        nodes,
      );
    };
    let recent: Promise<NodeSource> | undefined;
    // What is older than the last anchor is proved out of the whole log: once for a card that is new.
    const treeFor = (first: number): Promise<NodeSource> => {
      if (first <= before.size) return after(0, []);
      recent ??= after(before.size, before.nodes);
      return recent;
    };
    for (const patient of [...this.#marked]) {
      const box = await this.#boxOf(patient);
      if (box) await this.#copy(patient, box, anchor, treeFor);
      this.#marked.delete(patient);
    }
  }

  async #copy(patient: string, box: Box, anchor: Anchor, treeFor: (first: number) => Promise<NodeSource>): Promise<void> {
    const { reader, rows, device, clock, gateway } = this.#context;
    const name = rows.name(COPIED, box.card, fromHex(patient), device);
    const [stored] = await rowsOfKeys(reader, COPIED, [name]);
    const before = stored ? decode(copiedCodec, rows.open(COPIED, stored)) : { sequence: 0, told: [] };
    const own = (await this.#lines(OWN_LINES, patient)).filter(
      ({ sequence }) => sequence > before.sequence && sequence <= anchor.count,
    );
    const known = new Set(before.told.map(toHex));
    const told = (await this.#lines(RECEIVED_LINES, patient)).filter(
      (line) => line.chain !== toHex(this.#context.chain) && !known.has(shortName(line)),
    );
    const tree = own[0] && (await treeFor(own[0].sequence));
    for (let from = 0; from < Math.max(own.length, told.length); from += MOST_COPIED) {
      const lines = own.slice(from, from + MOST_COPIED).map(async (line) => ({
        line,
        proof: await inclusionProof(hashParts, line.sequence - 1, anchor.count, tree as NodeSource),
      }));
      const part = told.slice(from, from + MOST_COPIED);
      const copy = { device, ...anchor, lines: await Promise.all(lines), told: part };
      for (const line of part) known.add(shortName(line));
      const sequence = own[Math.min(from + MOST_COPIED, own.length) - 1]?.sequence ?? before.sequence;
      const row = rows.seal(COPIED, name, NO_TAG, encode(copiedCodec, { sequence, told: [...known].map(fromHex) }));
      await gateway.commit({ documents: [sealPatientCopy(copy, box, clock())], rows: [row] });
    }
  }

  async #lines(kind: typeof OWN_LINES | typeof RECEIVED_LINES, patient: string): Promise<AccessLine[]> {
    const rows = await rowsOfTag(this.#context.reader, kind, this.#rows.tag(patient));
    return rows.flatMap((row) => this.#rows.readable(kind, row) ?? []).sort((one, other) => one.sequence - other.sequence);
  }

  /** The box of the patient's living card, when this clinic keeps the patient and holds its key. */
  async #boxOf(patient: string): Promise<Box | undefined> {
    const { gateway, keyStore, chain } = this.#context;
    const entry = this.#directory.get(patient);
    if (!entry?.handles.identity || entry.custodian !== toHex(chain)) return undefined;
    const [living] = await gateway.state([patientCardKey(entry.handles.identity)]);
    if (!living) return this.#boxOfWard(entry);
    const { card } = decode(patientCardRow, living);
    const [stored] = await gateway.state([cardKey(toHex(card))]);
    if (!stored) return undefined;
    const { box, boxEpoch } = decode(cardRow, stored);
    const key = await keyStore.getKey('compartment', box, boxEpoch);
    return key && { card, handle: box, key: { epoch: boxEpoch, key: sealingKey(key) } };
  }

  /** Of a patient without a card, for whom somebody acts. */
  async #boxOfWard(entry: PatientEntry): Promise<Box | undefined> {
    const { keyStore } = this.#context;
    if (entry.handles.card === undefined) return undefined;
    if (!(await hasGuardian({ context: this.#context, directory: this.#directory }, entry))) return undefined;
    const handle = fromHex(entry.handles.card);
    const newest = (await keyStore.getKeys('compartment', [handle])).at(-1);
    return newest && { card: handle, handle, key: { epoch: newest.epoch, key: sealingKey(newest.value) } };
  }
}

const shortName = (line: AccessLine): string => toHex(accessEntry(hashParts, line)).slice(0, 16);

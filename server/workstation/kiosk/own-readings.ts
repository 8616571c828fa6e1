/**
 * Who has opened a patient's records, as the patient's own copy of the log has it: opened with the key of their card, and held against
 * the ledger that this kiosk has itself replicated and checked.
 */

import { type AccessReceipt, isShowable, type ReceiptLog, receiptLine } from '../../../shared/access/access-receipt.ts';
import { accessSealedBody } from '../../../shared/access/access-rules.ts';
import { lineId, visitsOf } from '../../../shared/access/access-visits.ts';
import {
  type CopiedLog,
  decodePatientCopy,
  type LogAnchor,
  type OwnLog,
  ownLog,
  PATIENT_COPY_KIND,
  type PatientCopy,
  patientCopyRecord,
  provenParts,
} from '../../../shared/access/patient-copy.ts';
import type { CardRow } from '../../../shared/care-card/card-rules.ts';
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { chainsOf, type OwnReading, ownReadings } from '../../../shared/kiosk/own-readings.ts';
import type { FiledReading } from '../../../shared/kiosk/patient-file.ts';
import { openBlock } from '../../../shared/ledger/block.ts';
import { decodeEvent } from '../../../shared/ledger/event.ts';
import type { Receipt } from '../../../shared/ledger/receipt.ts';
import { chainRow } from '../../../shared/ledger/rows.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { AccessLine } from '../../../shared/sync/access-line.ts';
import type { ReadingsProof, ReadingsVerdict } from '../../graphql/generated/patient.ts';
import { blocksOfDevice } from '../../ledger/blocks.store.ts';
import { readHead } from '../../ledger/ledger.store.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import { readVerdicts } from '../../ledger/verdicts.store.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { documentsOf } from '../../sync/clinic.store.ts';
import type { OutgoingDocument } from '../../sync/gateway.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { type CompartmentKeys, openDocument } from '../../vault/sealing.ts';
import type { KioskVerbs } from './session-verbs.ts';

const ACCESS_SEALED = 'access.sealed';
/** Blocks of one computer that are looked at together. */
const LOOKED_AT = 500;

interface OwnReadingsParts {
  /** clinic.db, read only. */
  readonly reader: ReadConnection;
  readonly row: CardRow;
  /** Of the box, in each of its epochs. */
  keys(): Promise<CompartmentKeys>;
  /** The visits in the patient's file. */
  filed(): Promise<readonly FiledReading[]>;
  receipts: KioskVerbs['anchorReceipts'];
}

/** The copies in the box, and what the ledger says of their computers. */
interface Kept {
  /** Of how many documents and blocks. */
  readonly asOf: string;
  readonly copies: readonly PatientCopy[];
  readonly anchors: ReadonlyMap<string, readonly LogAnchor[]>;
  readonly log: OwnLog;
}

const STANDINGS = { anchored: 'PROVED', behind: 'EARLIER', waiting: 'WAITING', differs: 'DIFFERS', told: 'TOLD' } as const;

/** The copy in a document of a box; undefined for another kind of document. @throws {Failure} as `decodePatientCopy`. */
export function openPatientCopy(
  document: Pick<OutgoingDocument, 'sealed' | 'wrap'>,
  box: Uint8Array,
  keys: CompartmentKeys,
): PatientCopy | undefined {
  try {
    const place = { handle: box, recordId: patientCopyRecord(hashParts, box), version: 1 };
    const { kind, content } = openDocument({ ...place, ...document }, keys);
    return kind === PATIENT_COPY_KIND ? decodePatientCopy(content) : undefined;
  } catch (error) {
    if (error instanceof Failure && error.code.startsWith('vault.')) return undefined;
    throw error;
  }
}

export class OwnReadings {
  readonly #parts: OwnReadingsParts;
  #kept: Kept | undefined;

  constructor(parts: OwnReadingsParts) {
    this.#parts = parts;
  }

  async readings(): Promise<{ readings: readonly OwnReading[]; provedUntil: number | undefined }> {
    const [log, filed] = await Promise.all([this.#log(), this.#parts.filed()]);
    const names = await this.#names(chainsOf(visitsOf(log.lines.toReversed())));
    return { readings: ownReadings(log, filed, names), provedUntil: provedUntil(log) };
  }

  /** The line with which an entry of the copy begins. */
  async line(entry: string): Promise<AccessLine | undefined> {
    return (await this.#log()).lines.find((line) => lineId(line) === entry);
  }

  async proof(): Promise<ReadingsProof> {
    const [log, { readings }] = await Promise.all([this.#log(), this.readings()]);
    const names = await this.#names(log.logs.map(({ chain }) => chain));
    return {
      verdict: verdictOf(log),
      provedUntil: provedUntil(log) ?? null,
      proved: log.proved.size,
      unproved: readings.filter(({ proved }) => !proved).length,
      logs: log.logs.map(({ device, chain, standing, lines, anchored, missing, altered }) => ({
        clinic: names.get(chain) ?? '',
        computer: device.slice(0, 8),
        standing: STANDINGS[standing],
        entries: lines,
        counted: anchored,
        missing: [...missing],
        altered: altered.map(({ ofPatient, at }) => ({ number: ofPatient, at })),
      })),
    };
  }

  /**
   * The proved lines with their proofs, to take home: shared/access/access-receipt.ts.
   * @throws {Failure} `ledger.pending` while none is proved.
   */
  async receipt(): Promise<string> {
    const { copies, anchors } = await this.#current();
    const proven = Map.groupBy(provenParts(hashParts, copies, anchors), ({ device }) => toHex(device));
    const logs: ReceiptLog[] = [];
    for (const [device, parts] of proven) {
      const found = await this.#parts.receipts({ device: fromHex(device), roots: parts.map(({ root }) => root) });
      for (const [at, { lines }] of parts.entries()) {
        const anchor = found[at];
        const shown = lines.filter(({ line }) => isShowable(line)).map(({ line, proof }) => receiptLine(hashParts, line, proof));
        if (anchor && shown.length > 0) logs.push({ anchor: JSON.parse(anchor) as Receipt, lines: shown });
      }
    }
    const patient = copies.find(({ lines }) => lines.length > 0)?.lines[0]?.line.patient;
    if (logs.length === 0 || patient === undefined)
      throw new Failure(
        'ledger.pending',
        "None of these entries is in the region's ledger here yet. Try again after the next sync.",
        {
          retry: true,
        },
      );
    const receipt: AccessReceipt = { careledger: 'access-receipt/2', patient, logs };
    return JSON.stringify(receipt);
  }

  async #log(): Promise<OwnLog> {
    return (await this.#current()).log;
  }

  async #current(): Promise<Kept> {
    const { reader, row } = this.#parts;
    const documents = await documentsOf(reader, row.box);
    const asOf = `${documents.length} ${(await readHead(reader, hashParts))?.size ?? 0}`;
    if (this.#kept?.asOf === asOf) return this.#kept;
    // What an earlier card of the patient opened lies in the same box; what is there twice counts once.
    const keys = await this.#parts.keys();
    const copies = documents.flatMap((document) => openPatientCopy(document, row.box, keys) ?? []);
    const devices = new Set(copies.flatMap(({ device, told }) => [toHex(device), ...told.map((line) => line.device)]));
    const anchors = new Map<string, readonly LogAnchor[]>();
    for (const device of devices) anchors.set(device, await anchorsOf(reader, fromHex(device)));
    this.#kept = { asOf, copies, anchors, log: ownLog(hashParts, copies, anchors) };
    return this.#kept;
  }

  async #names(chains: readonly string[]): Promise<Map<string, string>> {
    const keys = [...new Set(chains)].map((chain) => `chain/${chain}`);
    const rows = await loadState(this.#parts.reader, keys);
    return new Map(keys.map((key) => [key.slice('chain/'.length), nameIn(rows.get(key))]));
  }
}

const nameIn = (row: Uint8Array | undefined): string => (row ? decode(chainRow, row).name : '');

/** Every anchor of a computer's log that the ledger accepted, counts rising. */
async function anchorsOf(reader: ReadConnection, device: Uint8Array): Promise<LogAnchor[]> {
  const anchors: LogAnchor[] = [];
  for (let below = Number.MAX_SAFE_INTEGER; ; ) {
    const blocks = await blocksOfDevice(reader, device, ACCESS_SEALED, below, LOOKED_AT);
    for (const { position, bytes } of blocks) {
      const verdicts = (await readVerdicts(reader, position, position + 1)).get(position);
      for (const [at, signed] of openBlock(bytes).block.events.entries()) {
        const { type, body } = decodeEvent(signed.event);
        const isAccepted = (verdicts?.[at]?.verdict ?? 'accepted') === 'accepted';
        if (type === ACCESS_SEALED && isAccepted) anchors.push(decode(accessSealedBody, body));
      }
    }
    if (blocks.length < LOOKED_AT) return anchors.sort((one, other) => one.count - other.count);
    below = (blocks.at(-1) as { position: number }).position;
  }
}

/** When the newest line happened that the ledger proves. */
const provedUntil = ({ lines, proved }: OwnLog): number | undefined => lines.find((line) => proved.has(lineId(line)))?.at;

function verdictOf({ logs, proved }: OwnLog): ReadingsVerdict {
  if (logs.some((log: CopiedLog) => !log.complete)) return 'BROKEN';
  return proved.size > 0 ? 'HOLDS' : 'WAITS';
}

/** What this clinic keeps of erasures and of reasons against them: sealed rows that every desk has. No name of a patient is in them. */
import { fromHex, fromUtf8, utf8 } from '../../shared/encoding/bytes.ts';
import type { Jurisdiction, Retained, RetentionGround } from '../../shared/erasure/retention.ts';
import type { ErasureGround } from '../../shared/ledger/rows.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';

const ERASURE = 'erasure';
const HOLD = 'erasure-hold';
const RETENTION = 'retention';

export interface ErasedCompartment {
  /** Hexadecimal. */
  readonly handle: string;
  readonly category: string;
  readonly documents: number;
}

/** Ids and keys in hexadecimal, times in milliseconds. */
export interface ErasureRecord {
  readonly id: string;
  /** A random number that leads to nobody once the patient is erased. */
  readonly patient: string;
  readonly whole: boolean;
  readonly ground: ErasureGround;
  readonly at: number;
  readonly staff: string;
  readonly by: string;
  readonly compartments: readonly ErasedCompartment[];
  /** Grants that the erasure ended, or that had ended before, with who could read. */
  readonly grants: ReadonlyArray<{ readonly grant: string; readonly recipient: string }>;
  /** The clinic's desks at that time: each is to confirm. */
  readonly desks: readonly string[];
  /** The hub's signed word that it destroyed its part, in base64, once it has given it. */
  readonly hub?: string;
  /** The newest certificate that somebody who may erase has signed, and how many had confirmed by then. */
  readonly certificate?: { readonly json: string; readonly confirmed: number };
  /** Why it was refused; empty for one that was done. */
  readonly retained: readonly Retained[];
}

/** A reason to keep a patient's records; `signature` is the person's over `holdMessage`. */
export interface HoldRecord {
  readonly id: string;
  readonly patient: string;
  readonly ground: RetentionGround;
  readonly reason: string;
  readonly placed: HoldAct;
  readonly lifted: HoldAct | null;
}

export interface HoldAct {
  readonly staff: string;
  readonly by: string;
  readonly at: number;
  readonly signature: string;
}

export interface RetentionSetting {
  readonly jurisdiction: Jurisdiction;
  readonly years: number;
  readonly by: string;
  readonly at: number;
}

export const erasureRow = (context: VaultContext, record: ErasureRecord): VaultRow => sealed(context, ERASURE, record.id, record);
export const holdRow = (context: VaultContext, hold: HoldRecord): VaultRow => sealed(context, HOLD, hold.id, hold);
export const retentionRow = (context: VaultContext, setting: RetentionSetting): VaultRow =>
  sealed(context, RETENTION, '', setting);

export const erasureRecords = (context: VaultContext): Promise<ErasureRecord[]> => all<ErasureRecord>(context, ERASURE);
export const holdRecords = (context: VaultContext): Promise<HoldRecord[]> => all<HoldRecord>(context, HOLD);
export const retentionSetting = (context: VaultContext): Promise<RetentionSetting | undefined> =>
  one<RetentionSetting>(context, RETENTION, '');
export const erasureRecord = (context: VaultContext, id: string): Promise<ErasureRecord | undefined> => {
  return one<ErasureRecord>(context, ERASURE, id);
};
export const holdRecord = (context: VaultContext, id: string): Promise<HoldRecord | undefined> =>
  one<HoldRecord>(context, HOLD, id);

function sealed({ rows }: VaultContext, kind: string, id: string, content: unknown): VaultRow {
  return rows.seal(kind, rows.name(kind, fromHex(id)), NO_TAG, utf8(JSON.stringify(content)));
}

async function all<T>({ reader, rows }: VaultContext, kind: string): Promise<T[]> {
  const found: T[] = [];
  for await (const page of everyRow(reader, kind))
    for (const row of page) found.push(JSON.parse(fromUtf8(rows.open(kind, row))) as T);
  return found;
}

async function one<T>({ reader, rows }: VaultContext, kind: string, id: string): Promise<T | undefined> {
  if (!/^(?:[0-9a-f]{32})?$/.test(id)) return undefined;
  const [row] = await rowsOfKeys(reader, kind, [rows.name(kind, fromHex(id))]);
  return row && (JSON.parse(fromUtf8(rows.open(kind, row))) as T);
}

/** How sync stands, as the screens and the command line show it. */
import { quorumOf } from '../../shared/ledger/checkpoint.ts';
import type { Failure } from '../../shared/outcome/failure.ts';
import type { Database } from '../storage/database.ts';
import { auditedSize } from './download/audit.ts';
import type { EvidenceRow } from './evidence/evidence.store.ts';
import type { Replica } from './replica.ts';
import { waitingCounts } from './transfer.store.ts';
import { readWitnessed } from './witness/witnessed.ts';

export type ConnectionState =
  | 'ALONE'
  | 'ADMISSION_PENDING'
  | 'DEVICE_PENDING'
  | 'OFFLINE'
  | 'CONNECTING'
  | 'DOWNLOADING'
  | 'UPLOADING'
  | 'UP_TO_DATE'
  | 'UPDATE_NEEDED'
  | 'STOPPED';

export interface EngineState {
  readonly connection: ConnectionState;
  readonly replicaSize: number;
  /** The first position whose block is here; 0 where the whole ledger is. */
  readonly historyFrom: number;
  readonly hubSize: number;
  /** Milliseconds that the download under way, or the last one, had left; undefined when too little was known. */
  readonly timeLeft: number | undefined;
  readonly auditedSize: number;
  readonly witnessedSize: number;
  /** Milliseconds. */
  readonly witnessedAt: number | undefined;
  readonly witnesses: number;
  readonly witnessesNeeded: number;
  /** The rules version that the region has activated and this program does not know. */
  readonly updateNeeded: number | undefined;
  /** Up to where blocks are proved: beyond `replicaSize` only while an update is needed. */
  readonly provedSize: number;
  readonly lastContact: number | undefined;
  /** Milliseconds by which this computer's clock is ahead of the hub's; undefined when they are close. */
  readonly clockSkew: number | undefined;
  readonly nextAttempt: number | undefined;
  readonly problem: Failure | undefined;
  /** This device is a witness that may have forgotten what it cosigned, and waits for the others. */
  readonly witnessWaits: boolean;
  readonly pendingEvents: number;
  readonly pendingDocuments: number;
  /** What this device has caught others at, or suspects, and nobody has resolved; the newest first. */
  readonly alarms: readonly EvidenceRow[];
}

/** As the device stands before it has heard of the hub. */
export async function firstState(
  database: Database,
  replica: Replica,
  { caught, alarms }: { readonly caught: Failure | undefined; readonly alarms: readonly EvidenceRow[] },
): Promise<EngineState> {
  const witnessed = await readWitnessed(database);
  const counts = await waitingCounts(database.read);
  return {
    connection: caught ? 'STOPPED' : 'OFFLINE',
    replicaSize: replica.size,
    historyFrom: replica.historyFrom,
    hubSize: replica.checkpoint?.size ?? 0,
    timeLeft: undefined,
    auditedSize: await auditedSize(database),
    witnessedSize: witnessed.size,
    witnessedAt: witnessed.at,
    ...regionOf(replica),
    lastContact: undefined,
    clockSkew: undefined,
    nextAttempt: undefined,
    problem: caught,
    witnessWaits: false,
    pendingEvents: counts.events,
    pendingDocuments: counts.documents,
    alarms,
  };
}

/** What the replica says of its region. */
export function regionOf({ policies, updateNeeded, provedSize }: Replica) {
  const witnesses = policies.current.witnesses.length;
  return { witnesses, witnessesNeeded: quorumOf(witnesses), updateNeeded, provedSize };
}

/**
 * The hub's administrators and their acts. Whoever is at the hub's machine names the first one (`careledger hub administrator`); from then on
 * each act carries the signature of who did it: a person's, made on their own computer, or the hub's own for what was done at its machine.
 */
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import {
  type ActKind,
  type HubAct,
  isNewer,
  MACHINE_KINDS,
  maySet,
  nextValue,
  openAct,
  openAsk,
  readAct,
  signAct,
  signedActCodec,
} from '../../../shared/fleet/administration.ts';
import { HUB_ACT } from '../../../shared/fleet/hub-act-rules.ts';
import { releaseSubject } from '../../../shared/fleet/release.ts';
import { staffRow } from '../../../shared/ledger/rows.ts';
import { chainKey, deviceKey, PageView, readRow, staffKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { RECOVERING } from '../../../shared/sync/restoration.ts';
import { QUARANTINED } from '../../../shared/sync/standing.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { Database, Queryable, WriteTransaction } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { type SigningKey, sha256, sign, verifySignature } from '../../vault/primitives.ts';
import { newestRestoration } from '../backup/restoration.store.ts';
import { addInvitation, readInvitationRow, removeInvitation } from '../hub.store.ts';
import { listStandings, newestAct, standingOf, writeAct } from './administrators.store.ts';
import { listReleases } from './releases.store.ts';

/** A signed wish or act counts as long as its author's clock and the hub's are this close. */
const CLOSE_MS = 5 * 60_000;
const NO_ACT = new Uint8Array(32);

interface AdministratorsOptions {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly region: () => Uint8Array;
}

/** What is asked for at the hub's machine. `figure`: as `nextValue` says. */
export type WantedAct = Pick<HubAct, 'subject' | 'reason'> & {
  readonly kind: ActKind;
  readonly isSet: boolean;
  readonly figure?: number;
};

/** With what an act at the machine is signed. */
export interface MachineTools {
  readonly region: Uint8Array;
  readonly hubKey: SigningKey;
  readonly clock: () => number;
}

export class Administrators {
  readonly #options: AdministratorsOptions;
  /** By kind and subject: asked with every request. */
  #standings = new Map<string, number>();
  #seen = -1;
  /** Hears of each device (hexadecimal) that the hub does not answer any more. */
  onCut: (device: string) => void = () => undefined;

  constructor(options: AdministratorsOptions) {
    this.#options = options;
  }

  /** Takes in what was done since, here or by another process of this hub. */
  async look(): Promise<void> {
    const { read } = this.#options.database;
    const newest = (await newestAct(read))?.sequence ?? 0;
    if (newest === this.#seen) return;
    const before = this.#standings;
    this.#standings = new Map(
      (await listStandings(read)).map(({ kind, subject, value }) => [nameOf(kind, toHex(subject)), value]),
    );
    this.#seen = newest;
    for (const [name, value] of this.#standings)
      if (value === 1 && name.startsWith('certificate ') && before.get(name) !== 1) this.onCut(name.slice('certificate '.length));
  }

  /** What acts have set for a subject (hexadecimal), as far as it was looked at. */
  of(kind: ActKind, subject: string): number {
    return this.#standings.get(nameOf(kind, subject)) ?? 0;
  }

  /** Subjects (hexadecimal) for which acts of this kind have set something. */
  set(kind: ActKind): string[] {
    const beginning = `${kind} `;
    return [...this.#standings].flatMap(([name, value]) =>
      value > 0 && name.startsWith(beginning) ? [name.slice(beginning.length)] : [],
    );
  }

  /** @throws {Failure} `hub.quarantined` while the hub takes nothing of this clinic. */
  refuseQuarantined(chain: string): void {
    if (this.of('quarantine', chain) === 1) throw QUARANTINED;
  }

  /** @throws {Failure} `hub.act-forged`, `hub.clock`, `hub.no-administrator` unless a wish to see the fleet is an administrator's. */
  async admit(signed: Uint8Array): Promise<void> {
    const ask = openAsk(verifySignature, signed);
    this.#refuseForeign(ask);
    await this.#refuseOthers(this.#options.database.read, ask.author);
  }

  /**
   * Takes an administrator's act, once. Durable when it resolves.
   * @throws {Failure} `hub.act-forged`, `hub.clock`, `hub.act-machine`, `hub.recovering`, `hub.no-administrator`, `hub.act-stale`,
   * `hub.act-unknown`, `hub.invitation-used`.
   */
  async act(signed: Uint8Array): Promise<void> {
    const act = openAct(verifySignature, signed);
    this.#refuseForeign(act);
    if (MACHINE_KINDS.has(act.kind)) throw AT_MACHINE;
    await this.#options.database.write(async (transaction) => {
      await refuseWhileRecovering(transaction);
      await this.#refuseOthers(transaction, act.author);
      if (!(await follows(transaction, act))) throw STALE;
      await refuseUnknown(transaction, act);
      await takeEffect(transaction, act);
      await writeAct(transaction, { sequence: act.sequence, bytes: signed }, { ...act, value: act.after });
    });
    await this.look();
  }

  #refuseForeign({ region, time }: Pick<HubAct, 'region' | 'time'>): void {
    if (!equalBytes(region, this.#options.region()))
      throw new Failure('hub.act-forged', 'This act is for another region. Nothing was done.');
    if (Math.abs(time - this.#options.clock()) > CLOSE_MS)
      throw new Failure(
        'hub.clock',
        'The clocks of this computer and of the hub are more than five minutes apart. Set this computer’s clock and try again.',
      );
  }

  /** Named at the hub, and still a hub administrator in the ledger. */
  async #refuseOthers(connection: Queryable, author: Uint8Array): Promise<void> {
    const person = toHex(author);
    const isNamed = (await standingOf(connection, 'administrator', author)) === 1;
    const key = staffKey(person);
    const row = isNamed ? readRow(new PageView(await loadState(connection, [key])), key, staffRow) : undefined;
    if (!row || row.revoked || row.role !== 'hub-administrator')
      throw new Failure(
        'hub.no-administrator',
        'This hub does not know you as one of its administrators. Whoever runs its machine names you there with “careledger hub administrator”.',
      );
  }
}

/**
 * An act of who is at the hub's machine, signed with the hub's key; while the hub runs, too.
 * @throws {Failure} `hub.act-unknown`, `hub.recovering`, `hub.invitation-used`; `hub.act-idle` when it stands so already.
 */
export function actAtMachine(database: Database, wanted: WantedAct, tools: MachineTools): Promise<HubAct> {
  return database.write(async (transaction) => {
    await refuseWhileRecovering(transaction);
    return actIn(transaction, wanted, tools);
  });
}

/** The same, as part of what else is written. @throws {Failure} as `actAtMachine`. */
export async function actIn(
  transaction: WriteTransaction,
  { kind, subject, reason, isSet, figure }: WantedAct,
  { region, hubKey, clock }: MachineTools,
): Promise<HubAct> {
  const newest = await newestAct(transaction);
  const sequence = (newest?.sequence ?? 0) + 1;
  const before = await standingOf(transaction, kind, subject);
  const after = nextValue(kind, isSet, sequence, figure);
  if (after === before) throw new Failure('hub.act-idle', 'It stands so already. Nothing was done.');
  const previous = newest ? sha256(newest.bytes) : NO_ACT;
  const author = hubKey.publicKey;
  const act: HubAct = { region, sequence, previous, kind, subject, before, after, reason, time: clock(), author };
  await refuseUnknown(transaction, act);
  await takeEffect(transaction, act);
  const bytes = signAct(act, (message) => sign(hubKey, message));
  await writeAct(transaction, { sequence, bytes }, { kind, subject, value: after });
  return act;
}

/**
 * While a restored hub takes its blocks back, they bring the acts that its list lacks. At any other time the list leads and the ledger
 * follows. An invitation does not come back with its act: who holds its secret may have used it.
 * @param hubKeys each key with which this hub has signed
 */
export async function takeBackActs(
  transaction: WriteTransaction,
  changes: ReadonlyMap<string, Uint8Array | undefined>,
  hubKeys: readonly Uint8Array[],
): Promise<void> {
  const acts = [...changes].flatMap(([key, value]) =>
    value && key.startsWith(HUB_ACT) ? [{ act: readAct(decode(signedActCodec, value)), bytes: value }] : [],
  );
  if (acts.length === 0 || !(await isRecovering(transaction))) return;
  acts.sort((one, other) => one.act.sequence - other.act.sequence);
  for (const { act, bytes } of acts) {
    const isMachine = hubKeys.some((key) => equalBytes(key, act.author));
    const mayAct = isMachine || (await standingOf(transaction, 'administrator', act.author)) === 1;
    if (mayAct && (await follows(transaction, act)))
      await writeAct(transaction, { sequence: act.sequence, bytes }, { ...act, value: act.after });
  }
}

/** Whether an act is the next one and finds what stands as it says. */
async function follows(connection: Queryable, act: HubAct): Promise<boolean> {
  const newest = await newestAct(connection);
  const previous = newest ? sha256(newest.bytes) : NO_ACT;
  return (
    act.sequence === (newest?.sequence ?? 0) + 1 &&
    equalBytes(act.previous, previous) &&
    act.before === (await standingOf(connection, act.kind, act.subject))
  );
}

/** What an act does beside being listed. @throws {Failure} `hub.invitation-used`, `hub.act-unknown`. */
async function takeEffect(transaction: WriteTransaction, { kind, subject, after }: HubAct): Promise<void> {
  if (kind !== 'invitation') return;
  if (after === 0) {
    if (!(await removeInvitation(transaction, subject))) throw USED;
    return;
  }
  if (await readInvitationRow(transaction, subject)) throw UNKNOWN;
  await addInvitation(transaction, subject, 'clinic', null, after);
}

/** @throws {Failure} `hub.recovering`: what was done before may still come back, and an act now would stand in its place. */
async function refuseWhileRecovering(connection: Queryable): Promise<void> {
  if (await isRecovering(connection)) throw RECOVERING;
}

const isRecovering = async (connection: Queryable): Promise<boolean> => (await newestRestoration(connection))?.resumed === null;

/** Of whom in the ledger an act of each kind may be; of the others nobody there. */
const SUBJECT_ROW: Readonly<Partial<Record<ActKind, (subject: string) => string>>> = {
  quarantine: chainKey,
  rebaseline: chainKey,
  certificate: deviceKey,
  administrator: staffKey,
  ring: chainKey,
};

async function refuseUnknown(connection: Queryable, act: HubAct): Promise<void> {
  if (isNewer(act.kind) || !maySet(act) || !(await isThere(connection, act.kind, act.subject))) throw UNKNOWN;
}

async function isThere(connection: Queryable, kind: ActKind, subject: Uint8Array): Promise<boolean> {
  if (kind === 'release')
    return (await listReleases(connection)).some(({ version, bytes }) =>
      equalBytes(releaseSubject(hashParts, version, bytes), subject),
    );
  const key = SUBJECT_ROW[kind]?.(toHex(subject));
  return key === undefined || (await loadState(connection, [key])).get(key) !== undefined;
}

const nameOf = (kind: string, subject: string): string => `${kind} ${subject}`;

/** @throws {Failure} `hub.argument` unless `id` is one of the ledger's ids, 64 hexadecimal digits. */
export function subjectOf(id: string): Uint8Array {
  if (/^[0-9a-f]{64}$/.test(id)) return fromHex(id);
  throw new Failure('hub.argument', 'An id of a clinic, device, person or invitation has 64 hexadecimal digits. Copy it whole.');
}

const STALE = new Failure(
  'hub.act-stale',
  'Somebody else has acted at the hub since this was shown. Nothing was done; look again and decide anew.',
  { retry: true },
);
const UNKNOWN = new Failure(
  'hub.act-unknown',
  'The ledger knows no such clinic, device or person, this hub has no such release, or that is nothing which an act may set. Copy the id whole. Nothing was done.',
);
const AT_MACHINE = new Failure(
  'hub.act-machine',
  'This is done at the hub’s machine, where its keys lie, with the command “careledger hub”. Nothing was done.',
);
const USED = new Failure(
  'hub.invitation-used',
  'This invitation has let somebody in, or was taken back before: there is nothing to take back. Nothing was done.',
);

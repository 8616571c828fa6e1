/**
 * Erasure by key destruction. This is the front door: what an erasure would take, erasing, what each desk does about a tombstone,
 * who has confirmed, and what forbids it. What the ledger keeps are handles, hashes and times that lead to nothing any more.
 */
import { mayDo } from '../../shared/access/permissions.ts';
import { accessPurgedKey, accessPurgedRow } from '../../shared/consent/purge-rules.ts';
import { fromBase64, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { type Codec, decode } from '../../shared/encoding/codec.ts';
import type { RetentionGround } from '../../shared/erasure/retention.ts';
import { erasedKey } from '../../shared/ledger/rows.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { Turns } from '../../shared/outcome/turns.ts';
import { purgedKey, purgedRow } from '../../shared/records/erasure-rules.ts';
import { readHubErasure } from '../../shared/sync/erasure-statement.ts';
import { loadState } from '../ledger/state-rows.store.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { desksOf } from '../sync/vault-context/clinic-people.ts';
import { certify } from './certify.ts';
import { type ErasureWish, erase } from './erase.ts';
import { erasureResolvers } from './erasure.resolvers.ts';
import type { ErasureParts } from './erasure-parts.ts';
import {
  type ErasureRecord,
  erasureRecord,
  erasureRecords,
  erasureRow,
  type HoldRecord,
  type RetentionSetting,
  retentionSetting,
} from './erasure-records.ts';
import { holdsOn, liftHold, placeHold, setRetention } from './holds.ts';
import { type ErasurePlan, planErasure } from './plan-erasure.ts';
import { purgeErased } from './purge-erased.ts';

/** Backups from before an erasure are destroyed after this time. */
const BACKUPS_LIVE = 35 * 86_400_000;

interface Confirmation {
  readonly party: 'DESK' | 'HUB' | 'CLINIC';
  /** Hexadecimal; '' for the hub. */
  readonly device: string;
  /** '' for this clinic's own desks. */
  readonly clinic: string;
  readonly here: boolean;
  /** Milliseconds; null while it has not said so. */
  readonly at: number | null;
  readonly count: number;
}

export interface StandingErasure {
  readonly record: ErasureRecord;
  readonly state: 'REFUSED' | 'ERASED' | 'ON_LEDGER' | 'CONFIRMED';
  readonly confirmations: readonly Confirmation[];
  readonly lastBackupDies: number | null;
}

export class Erasures {
  readonly #parts: ErasureParts;
  readonly #settled = new Set<string>();
  readonly #turns = new Turns();

  constructor(parts: ErasureParts) {
    this.#parts = parts;
  }

  /** See plan-erasure.ts. */
  plan(patient: string, categories: readonly string[]): Promise<ErasurePlan> {
    return planErasure(this.#parts, patient, categories);
  }

  /** See erase.ts. What follows the act is tried at once; what fails of it is done at the next refresh. */
  async erase(wish: ErasureWish, passphrase: string): Promise<StandingErasure> {
    const record = await erase(this.#parts, wish, passphrase);
    if (record.retained.length === 0) await this.refresh().catch(() => undefined);
    return this.#standing(record);
  }

  /** What unlocking and every notice of the device service ask for: purges here what was erased, at whichever desk, and asks the hub for its word. */
  refresh(): Promise<void> {
    return this.#turns.take(async () => {
      await purgeErased(this.#parts, this.#settled);
      await this.#askHub();
      await this.#keepCertificates();
    });
  }

  /** Newest first, refused ones as well. */
  async list(): Promise<StandingErasure[]> {
    const records = await erasureRecords(this.#parts.context);
    return Promise.all(records.sort((one, other) => other.at - one.at).map((record) => this.#standing(record)));
  }

  /** @throws {Failure} `erasure.unknown`. */
  async find(id: string): Promise<StandingErasure> {
    const record = await erasureRecord(this.#parts.context, id);
    if (record) return this.#standing(record);
    throw new Failure('erasure.unknown', 'There is no such erasure here. Load the list again.');
  }

  /** See certify.ts. */
  async certificate(id: string): Promise<string> {
    return certify(this.#parts, await this.find(id));
  }

  /** Of parts of a patient's record that were erased, the newest first. */
  async certificatesOf(patient: string): Promise<Array<{ erasedAt: number; json: string }>> {
    const records = (await erasureRecords(this.#parts.context)).filter((record) => record.patient === patient);
    return records
      .flatMap(({ at, certificate }) => (certificate ? [{ erasedAt: at, json: certificate.json }] : []))
      .sort((one, other) => other.erasedAt - one.erasedAt);
  }

  retention(): Promise<RetentionSetting | undefined> {
    return retentionSetting(this.#parts.context);
  }

  setRetention(jurisdiction: string, years: number, passphrase: string): Promise<RetentionSetting> {
    return setRetention(this.#parts, jurisdiction, years, passphrase);
  }

  /** Of one patient, the newest first. @throws {Failure} `patients.unknown`. */
  async holds(patient: string): Promise<HoldRecord[]> {
    return holdsOn(this.#parts, this.#parts.patients.known(patient));
  }

  placeHold(patient: string, ground: RetentionGround, reason: string, passphrase: string): Promise<HoldRecord> {
    return placeHold(this.#parts, patient, ground, reason, passphrase);
  }

  liftHold(id: string, passphrase: string): Promise<HoldRecord> {
    return liftHold(this.#parts, id, passphrase);
  }

  /** For the patient, who has a card as long as something is left: at the desk of somebody who may erase, anew as parties confirm. */
  async #keepCertificates(): Promise<void> {
    const { context } = this.#parts;
    if (!mayDo(context.staff.role, 'erase')) return;
    for (const record of await erasureRecords(context)) {
      if (record.whole || record.retained.length > 0) continue;
      const standing = await this.#standing(record);
      const confirmed = standing.confirmations.filter(({ at }) => at !== null).length;
      if (record.certificate?.confirmed === confirmed) continue;
      const certificate = { json: await certify(this.#parts, standing), confirmed };
      await context.gateway.commit({ rows: [erasureRow(context, { ...record, certificate })] });
    }
  }

  /** Where the hub cannot be asked now, it is asked again: until then the certificate says that it has not confirmed. */
  async #askHub(): Promise<void> {
    const { context } = this.#parts;
    for (const record of await erasureRecords(context)) {
      if (record.hub !== undefined || record.retained.length > 0 || !(await this.#isOnLedger(record))) continue;
      const handles = record.compartments.map(({ handle }) => handle);
      const word = await context.gateway.hubErasure(handles).catch(() => undefined);
      if (!word) return;
      await context.gateway.commit({ rows: [erasureRow(context, { ...record, hub: toBase64(word) })] });
      context.notify({ topics: ['erasures'] });
    }
  }

  async #isOnLedger({ compartments }: ErasureRecord): Promise<boolean> {
    const keys = compartments.map(({ handle }) => erasedKey(handle));
    return [...(await loadState(this.#parts.context.reader, keys)).values()].every((row) => row !== undefined);
  }

  async #standing(record: ErasureRecord): Promise<StandingErasure> {
    if (record.retained.length > 0) return { record, state: 'REFUSED', confirmations: [], lastBackupDies: null };
    const confirmations = [...(await this.#ofDesks(record)), ...hubsWord(record), ...(await this.#ofClinics(record))];
    const onLedger = await this.#isOnLedger(record);
    const isConfirmed = onLedger && confirmations.every(({ at }) => at !== null);
    return {
      record,
      state: isConfirmed ? 'CONFIRMED' : onLedger ? 'ON_LEDGER' : 'ERASED',
      confirmations,
      lastBackupDies: record.at + BACKUPS_LIVE,
    };
  }

  #ofDesks({ compartments, desks }: ErasureRecord): Promise<Confirmation[]> {
    const own = toHex(this.#parts.context.device);
    return Promise.all(
      desks.map(async (device) => {
        const keys = compartments.map(({ handle }) => purgedKey(handle, device));
        return { party: 'DESK' as const, device, clinic: '', here: device === own, ...(await this.#said(keys, purgedRow)) };
      }),
    );
  }

  async #ofClinics({ grants }: ErasureRecord): Promise<Confirmation[]> {
    const { gateway } = this.#parts.context;
    const names = await clinicNames(
      gateway,
      grants.map(({ recipient }) => recipient),
    );
    const found: Confirmation[] = [];
    for (const [recipient, theirs] of Map.groupBy(grants, (grant) => grant.recipient)) {
      for (const device of await desksOf(gateway, recipient)) {
        const keys = theirs.map(({ grant }) => accessPurgedKey(grant, device));
        const clinic = names.get(recipient) ?? '';
        found.push({ party: 'CLINIC', device, clinic, here: false, ...(await this.#said(keys, accessPurgedRow)) });
      }
    }
    return found;
  }

  /** When the last of these rows was put, and the documents that they count; null while one is missing. */
  async #said(
    keys: readonly string[],
    codec: Codec<{ readonly count: number; readonly time: number }>,
  ): Promise<{ at: number | null; count: number }> {
    const rows = (await this.#parts.context.gateway.state(keys)).map((row) => row && decode(codec, row));
    const count = rows.reduce((sum, row) => sum + (row?.count ?? 0), 0);
    const whole = rows.every((row) => row !== undefined);
    return { at: whole ? Math.max(...rows.map((row) => row?.time ?? 0)) : null, count };
  }
}

function hubsWord({ hub }: ErasureRecord): Confirmation[] {
  const none = { party: 'HUB' as const, device: '', clinic: '', here: false };
  if (hub === undefined) return [{ ...none, at: null, count: 0 }];
  // Its signature was checked when it came in.
  const { time, compartments } = readHubErasure(fromBase64(hub));
  return [{ ...none, at: time, count: compartments.reduce((sum, { documents }) => sum + documents, 0) }];
}

/** What the registry of domains needs of this one. */
export const erasureDomain = { name: 'erasure', sdl: 'shared/erasure/erasure.graphql', resolvers: erasureResolvers };

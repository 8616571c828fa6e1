/** Reasons to keep a patient's records: placed and lifted by a person who signs, and the rule that binds the clinic. */
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { choice, encode, fixed, flag, struct, text, u64 } from '../../shared/encoding/codec.ts';
import { isJurisdiction, RETENTION_GROUNDS, type RetentionGround } from '../../shared/erasure/retention.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { settingChange } from '../sync/vault-context/setting-change.ts';
import type { PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import { sign } from '../vault/primitives.ts';
import type { ErasureParts } from './erasure-parts.ts';
import {
  type HoldAct,
  type HoldRecord,
  holdRecord,
  holdRecords,
  holdRow,
  type RetentionSetting,
  retentionRow,
  retentionSetting,
} from './erasure-records.ts';

const HOLD_TAG = utf8('careledger/v1/erasure-hold\n');
const LONGEST_REASON = 200;
const MOST_YEARS = 100;

const signedHold = struct({
  hold: fixed(16),
  patient: fixed(16),
  ground: choice(...RETENTION_GROUNDS),
  reason: text(LONGEST_REASON * 4),
  lifted: flag,
  at: u64,
});

/** The newest first, lifted ones as well. A claim is a person's: it keeps each record of those who were merged with them. */
export async function holdsOn({ context, patients }: ErasureParts, patient: PatientEntry): Promise<HoldRecord[]> {
  const person = new Set(patients.union(patients.standsFor(patient.id)).map(({ id }) => id));
  const holds = (await holdRecords(context)).filter((hold) => person.has(hold.patient));
  return holds.sort((one, other) => other.placed.at - one.placed.at);
}

/** Takes effect at once. @throws {Failure} `patients.unknown`, `erasure.reason-missing`, `vault.passphrase-wrong`. */
export async function placeHold(
  { context, patients }: ErasureParts,
  patient: string,
  ground: RetentionGround,
  reason: string,
  passphrase: string,
): Promise<HoldRecord> {
  const { id } = patients.known(patient);
  const line = reason.trim();
  if (line === '' || line.length > LONGEST_REASON || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(line))
    throw new Failure(
      'erasure.reason-missing',
      `Say in one line of at most ${LONGEST_REASON} characters why the records are kept.`,
    );
  await context.keyStore.confirm(passphrase);
  const hold = { id: toHex(context.random(16)), patient: id, ground, reason: line };
  const record: HoldRecord = { ...hold, placed: signed(context, hold, false), lifted: null };
  const said = settingChange(context, { setting: 'hold', subject: id, before: [], after: [ground, line] });
  await context.gateway.commit({ ...said, rows: [...said.rows, holdRow(context, record)] });
  context.notify({ topics: ['erasures'] });
  return record;
}

/** @throws {Failure} `erasure.no-such-hold`, `vault.passphrase-wrong`. */
export async function liftHold({ context }: ErasureParts, id: string, passphrase: string): Promise<HoldRecord> {
  const hold = await holdRecord(context, id);
  if (!hold || hold.lifted)
    throw new Failure(
      'erasure.no-such-hold',
      'This reason to keep the records does not stand, or no longer. Load the list again.',
    );
  await context.keyStore.confirm(passphrase);
  const record = { ...hold, lifted: signed(context, hold, true) };
  const { patient, ground, reason } = hold;
  const said = settingChange(context, { setting: 'hold', subject: patient, before: [ground, reason], after: [] });
  await context.gateway.commit({ ...said, rows: [...said.rows, holdRow(context, record)] });
  context.notify({ topics: ['erasures'] });
  return record;
}

/** @throws {Failure} `erasure.jurisdiction-unknown`, `erasure.years`, `vault.passphrase-wrong`. */
export async function setRetention(
  { context }: ErasureParts,
  jurisdiction: string,
  years: number,
  passphrase: string,
): Promise<RetentionSetting> {
  if (!isJurisdiction(jurisdiction))
    throw new Failure('erasure.jurisdiction-unknown', 'There is no such retention rule. Choose one.');
  if (!Number.isInteger(years) || years < 0 || years > MOST_YEARS)
    throw new Failure('erasure.years', `Years of retention are a whole number from 0 to ${MOST_YEARS}.`);
  await context.keyStore.confirm(passphrase);
  const before = await retentionSetting(context);
  const setting = { jurisdiction, years, by: context.staff.name, at: context.clock() };
  const said = settingChange(context, {
    setting: 'retention',
    before: before ? [before.jurisdiction, String(before.years)] : [],
    after: [jurisdiction, String(years)],
  });
  await context.gateway.commit({ ...said, rows: [...said.rows, retentionRow(context, setting)] });
  context.notify({ topics: ['erasures'] });
  return setting;
}

function signed(
  { keyStore, staff, clock }: VaultContext,
  hold: Pick<HoldRecord, 'id' | 'patient' | 'ground' | 'reason'>,
  lifted: boolean,
): HoldAct {
  const at = clock();
  const { ground, reason } = hold;
  const statement = encode(signedHold, { hold: fromHex(hold.id), patient: fromHex(hold.patient), ground, reason, lifted, at });
  const signature = sign(keyStore.signingKey, Buffer.concat([HOLD_TAG, statement]));
  return { staff: toHex(staff.id), by: staff.name, at, signature: toHex(signature) };
}

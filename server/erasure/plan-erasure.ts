/** What an erasure would take, who would be told of it, and what forbids it. Nothing is changed. */
import { isFiled } from '../../shared/consent/category.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { beginningOf } from '../../shared/encoding/wall-clock.ts';
import { NOT_TREATMENT, type Retained, retained } from '../../shared/erasure/retention.ts';
import { compartmentKey } from '../../shared/ledger/rows.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { documentCount } from '../sync/erased.store.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { desksOf } from '../sync/vault-context/clinic-people.ts';
import type { ChartEntry, CompartmentName, PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { ErasureParts } from './erasure-parts.ts';
import { type ErasedCompartment, retentionSetting } from './erasure-records.ts';
import { holdsOn } from './holds.ts';

export interface ErasurePlan {
  readonly patient: PatientEntry;
  readonly whole: boolean;
  readonly compartments: readonly ErasedCompartment[];
  /** Compartments that the ledger does not know: nothing was ever put there. */
  readonly unused: readonly string[];
  readonly clinics: readonly string[];
  /** How many desks this clinic has. */
  readonly desks: number;
  readonly retained: readonly Retained[];
  readonly retentionSet: boolean;
}

/**
 * @param categories lower case; none for all of the patient
 * @throws {Failure} `patients.unknown`, `erasure.not-the-custodian`, `erasure.category-unknown`, `erasure.identity-alone`,
 * `erasure.nothing-there`.
 */
export async function planErasure(parts: ErasureParts, id: string, categories: readonly string[]): Promise<ErasurePlan> {
  const { context, patients, consents, records } = parts;
  const patient = patients.known(id);
  if (patient.custodian !== toHex(context.chain))
    throw new Failure(
      'erasure.not-the-custodian',
      'Another clinic keeps these records and alone can erase them. Ask that clinic; what it shared goes from here by itself.',
    );
  const wanted = wantedOf(categories);
  const found = await records.compartments(patient);
  const chosen = [...found].filter(([, category]) => wanted === 'all' || wanted.has(category));
  if (chosen.length === 0)
    throw new Failure(
      'erasure.nothing-there',
      'There are no records of this kind about this patient, so nothing is to be erased.',
    );
  const onLedger = await context.gateway.state(chosen.map(([handle]) => compartmentKey(handle)));
  const compartments = await Promise.all(
    chosen
      .filter((_, at) => onLedger[at] !== undefined)
      .map(async ([handle, category]): Promise<ErasedCompartment> => {
        return { handle, category, documents: await documentCount(context.reader, fromHex(handle)) };
      }),
  );
  const { grants } = await consents.endingOn(new Set(chosen.map(([handle]) => handle)));
  const recipients = [...new Set([...grants.values()].map(({ recipient }) => toHex(recipient)))];
  const going = new Set(chosen.map(([, category]) => category));
  return {
    patient,
    whole: wanted === 'all',
    compartments,
    unused: chosen.filter((_, at) => onLedger[at] === undefined).map(([handle]) => handle),
    clinics: await namesOf(context, recipients),
    desks: (await desksOf(context.gateway, patient.custodian)).length,
    ...(await retention(parts, patient, going)),
  };
}

async function namesOf({ gateway }: VaultContext, chains: readonly string[]): Promise<string[]> {
  const names = await clinicNames(gateway, chains);
  return chains.map((chain) => names.get(chain) ?? '');
}

function wantedOf(categories: readonly string[]): ReadonlySet<CompartmentName> | 'all' {
  if (categories.length === 0) return 'all';
  const unknown = categories.find((category) => !isFiled(category));
  if (unknown !== undefined)
    throw new Failure('erasure.category-unknown', 'One of these is no category of records. Choose them again.');
  if (categories.includes('identity'))
    throw new Failure(
      'erasure.identity-alone',
      'Who a patient is cannot be erased alone: the other records would belong to nobody. Erase all of the patient.',
    );
  return new Set(categories.filter(isFiled));
}

async function retention(
  parts: ErasureParts,
  patient: PatientEntry,
  going: ReadonlySet<CompartmentName>,
): Promise<Pick<ErasurePlan, 'retained' | 'retentionSet'>> {
  const { context, records } = parts;
  const setting = await retentionSetting(context);
  const holds = await holdsOn(parts, patient);
  const entries = (await records.entries(patient)).filter(({ category }) => going.has(category) && !NOT_TREATMENT.has(category));
  const found = retained({
    jurisdiction: setting?.jurisdiction ?? 'NONE',
    years: setting?.years ?? 0,
    lastTreatment: entries.length > 0 ? Math.max(...entries.map(timeOf)) : undefined,
    holds: holds.map(({ ground, reason, lifted }) => ({ ground, reason, lifted: lifted !== null })),
    now: context.clock(),
  });
  return { retained: found, retentionSet: setting !== undefined };
}

/** When it happened, as the record says, or else when it was written. */
function timeOf({ date, time }: ChartEntry): number {
  const happened = beginningOf(date);
  return Number.isNaN(happened) ? time : Math.min(happened, time);
}

/**
 * Erasing. Tombstones, and everything that this desk keeps in clinic.db, go in one durable commit; keys and their older copies
 * follow. Cut off in between, the next unlock goes on (purge-erased.ts): what is not confirmed on the ledger is not done.
 */

import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import type { ErasureGround } from '../../shared/ledger/rows.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { compartmentErasedBody } from '../../shared/records/erasure-rules.ts';
import { erasedPatientRow } from '../sync/clinic-mail/erased-patients.ts';
import { desksOf, staffOf } from '../sync/vault-context/clinic-people.ts';
import { withoutCompartments } from '../sync/vault-context/patient-compartments.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { CompartmentName } from '../sync/vault-context/vault-context.ts';
import { alsoErased, type ErasureParts } from './erasure-parts.ts';
import { type ErasureRecord, erasureRow } from './erasure-records.ts';
import { type ErasurePlan, planErasure } from './plan-erasure.ts';

export interface ErasureWish {
  readonly patient: string;
  /** Lower case; none for all of the patient. */
  readonly categories: readonly string[];
  readonly ground: ErasureGround;
}

/**
 * Erases, or records why it must not. Durable when it resolves.
 * @throws {Failure} what `planErasure` throws; `erasure.retention-unset`; `vault.passphrase-wrong`; `ledger.refused`; storage failures.
 */
export async function erase(parts: ErasureParts, wish: ErasureWish, passphrase: string): Promise<ErasureRecord> {
  const { context } = parts;
  await context.keyStore.confirm(passphrase);
  return context.inTurn(async () => {
    const plan = await planErasure(parts, wish.patient, wish.categories);
    if (!plan.retentionSet)
      throw new Failure(
        'erasure.retention-unset',
        'Nobody has said yet which retention rule binds this clinic. Choose it under "Erasure", then erase.',
      );
    const record = await recordOf(parts, plan, wish.ground);
    if (plan.retained.length > 0) await context.gateway.commit({ rows: [erasureRow(context, record)] });
    else await carryOut(parts, plan, record);
    return record;
  });
}

async function recordOf({ context }: ErasureParts, plan: ErasurePlan, ground: ErasureGround): Promise<ErasureRecord> {
  return {
    id: toHex(context.random(16)),
    patient: plan.patient.id,
    whole: plan.whole,
    ground,
    at: context.clock(),
    staff: toHex(context.staff.id),
    by: context.staff.name,
    compartments: plan.compartments,
    grants: [],
    desks: await desksOf(context.gateway, toHex(context.chain)),
    retained: plan.retained,
  };
}

async function carryOut(parts: ErasureParts, plan: ErasurePlan, record: ErasureRecord): Promise<void> {
  const { context, patients, consents, records, charts } = parts;
  const { patient, whole, compartments, unused } = plan;
  const handles = new Set([...compartments.map(({ handle }) => handle), ...unused]);
  const ended = await consents.endingOn(handles);
  const left = { ...patient, ...withoutCompartments(patient, handles) };
  const gone = new Set(compartments.map(({ category }) => category as CompartmentName));
  const done = {
    ...record,
    grants: [...ended.grants].map(([grant, { recipient }]) => ({ grant, recipient: toHex(recipient) })),
  };
  charts.close(patient.id);
  await context.gateway.commit({
    events: compartments.map(({ handle }) =>
      personalAct(context, {
        type: 'compartment.erased',
        handle: fromHex(handle),
        codec: compartmentErasedBody,
        body: { ground: record.ground },
      }),
    ),
    rows: [
      ...(await records.erased(patient, whole ? 'all' : gone, await staffOf(context.gateway, toHex(context.chain)))),
      ...(whole ? await alsoErased(context, patient.id) : []),
      ...(whole ? [...(await consents.pointersOf(patient)), patients.removal(patient.id)] : [patients.row(left)]),
      ...(ended.write.rows ?? []),
      ...(whole ? [erasedPatientRow(context, patient.id)] : []),
      erasureRow(context, done),
    ],
    withdrawMessages: [...(ended.write.withdrawMessages ?? []), ...(await records.answersSent(patient, whole ? 'all' : gone))],
    forgetHandles: unused.map(fromHex),
  });
  records.forget(patient.id);
  if (whole) await patients.forgotten([patient.id]);
  else await patients.applied([left]);
  context.notify({ patients: [patient.id], topics: ['patients', 'consents', 'erasures'] });
}

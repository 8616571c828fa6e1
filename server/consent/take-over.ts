/**
 * A desk of this clinic was revoked before all that it wrote had come to the ledger, while its mail, which goes first, came through: the
 * charts here show a patient whom nobody else can be shown, and a consent that ended here and stands everywhere else. One of the desks
 * that are left brings to the ledger what it lacks, in the name of who is signed in there.
 */

import { consentWithdrawnBody } from '../../shared/consent/consent-rules.ts';
import type { ConsentRecord } from '../../shared/consent/fhir-consent.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { CLINIC_UPDATE } from '../../shared/sync/device-joining.ts';
import { waitingMessages } from '../sync/clinic.store.ts';
import { desksOf } from '../sync/clinic-people.ts';
import { openSenders } from '../sync/closed-senders.store.ts';
import { personalAct } from '../sync/personal-act.ts';
import { arrivedClinicKey } from '../sync/sign-anew.ts';
import type { PatientEntry } from '../sync/vault-context.ts';
import type { ConsentParts } from './consent-parts.ts';
import { consentsOf } from './consent-records.ts';
import { giveAnew } from './give-consent.ts';
import { grantsById } from './grant-rows.ts';
import { onceForRevoked } from './roll-keys.ts';

/** Of the row that remembers for which devices it was done. */
const KIND = 'revoked-taken-over';

/** Once for each revoked device, when all mail that counts of it has been taken in. Cut off, it is done again. */
export function takeOverFromRevoked(parts: ConsentParts): Promise<void> {
  return onceForRevoked(parts, KIND, async (devices) => {
    if (!(await isDue(parts, devices))) return false;
    const { directory } = parts;
    let isDone = true;
    for (const patient of directory.kept()) isDone = (await takeOver(parts, patient)) && isDone;
    return isDone;
  });
}

/** The first of the desks that are left does it for all of them: two would each bring the same version. */
async function isDue({ context }: ConsentParts, devices: readonly string[]): Promise<boolean> {
  const { gateway, chain, device, reader } = context;
  const [first] = (await desksOf(gateway, toHex(chain))).sort();
  if (first !== toHex(device) || (await openSenders(reader, devices.map(fromHex))).length > 0) return false;
  const waiting = await waitingMessages(reader);
  return !waiting.some(({ kind, senderDevice }) => kind === CLINIC_UPDATE && devices.includes(toHex(senderDevice)));
}

async function takeOver(parts: ConsentParts, patient: PatientEntry): Promise<boolean> {
  const { context, records } = parts;
  await context.inTurn(async () => {
    const write = await records.missing(patient);
    if (!write.events || write.events.length === 0) return;
    await context.gateway.commit(write);
    // A chart shows of each record the version that the ledger has.
    records.forget(patient.id);
  });
  let isDone = true;
  for (const { record } of await consentsOf(parts, patient)) isDone = (await settle(parts, record)) && isDone;
  return isDone;
}

/** What the ledger says of a consent becomes what its record says. False while the clinic's key is on its way. */
async function settle(parts: ConsentParts, record: ConsentRecord): Promise<boolean> {
  const { context } = parts;
  const rows = await grantsById(
    context.gateway,
    record.grants.map(({ grant }) => grant),
  );
  try {
    if (record.withdrawnAt !== undefined) {
      await withdraw(parts, record, new Set([...rows].flatMap(([id, { withdrawn }]) => (withdrawn ? [] : [id]))));
      return true;
    }
    const { ends } = record.choices;
    const missing = record.grants.filter(({ grant }) => !rows.has(grant));
    if (missing.length === 0 || (ends !== 0 && ends <= (await context.gateway.time()))) return true;
    const clinicKey = await arrivedClinicKey(context);
    if (clinicKey) await giveAnew(parts, record, missing, clinicKey);
    return clinicKey !== undefined;
  } catch (error) {
    // What the rules do not let staff say for a patient stays unsaid.
    if (error instanceof Failure && error.code === 'ledger.refused') return true;
    throw error;
  }
}

async function withdraw({ context }: ConsentParts, { grants }: ConsentRecord, standing: ReadonlySet<string>): Promise<void> {
  const ending = grants.filter(({ grant }) => standing.has(grant));
  if (ending.length === 0) return;
  const events = ending.map(({ grant, handle }) =>
    personalAct(context, {
      type: 'consent.withdrawn',
      handle: fromHex(handle),
      codec: consentWithdrawnBody,
      body: { grant: fromHex(grant) },
    }),
  );
  await context.gateway.commit({ events });
  context.notify({ topics: ['consents'] });
}

/**
 * Consents that a desk of this clinic recorded before it was revoked, of which the record came to the ledger and not each grant: the clinic
 * had a new key by then, and the grants waited at that desk to be attested anew. Nobody can bring them any more. They end here, so that
 * nobody goes on waiting for them; whoever wants one gives it again.
 */
import { consentWithdrawnBody } from '../../shared/consent/consent-rules.ts';
import { type HeldGrant, heldGrant } from '../../shared/consent/grant-message.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { spokenOf } from '../sync/clinic-mail/mail-documents.store.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import type { ConsentParts } from './consent-parts.ts';
import { consentDraft, consentsOf, type FoundConsent } from './consent-records.ts';
import { dropGrants } from './grant-keys.ts';
import { grantsById, onLedger } from './grant-rows.ts';

/** @param devices hexadecimal, revoked, all of whose mail is here */
export async function endLost(parts: ConsentParts, devices: readonly string[]): Promise<void> {
  const { context } = parts;
  for (const patient of await patientsToLookAt(parts)) {
    for (const consent of await consentsOf(parts, patient)) {
      const { isEnded, isWhole } = await onLedger(context.gateway, consent.record);
      const [first] = consent.versions.slice(-1);
      if (isEnded || isWhole || !first || !(await spokenOf(context.reader, devices, first.document))) continue;
      await end(parts, consent);
    }
  }
}

/** Patients of this clinic about whom a grant is held here that the ledger lacks. */
async function patientsToLookAt({ context, directory }: ConsentParts): Promise<PatientEntry[]> {
  const { gateway, keyStore, chain } = context;
  const found = new Map<string, PatientEntry>();
  for await (const page of keyStore.everyKey()) {
    const held = page.filter(({ kind }) => kind === 'grant').flatMap(({ id, value }) => heldIn(toHex(id), value));
    const rows = await grantsById(
      gateway,
      held.map(([id]) => id),
    );
    for (const [id, { patient }] of held) {
      const entry = rows.has(id) ? undefined : directory.get(toHex(patient));
      if (entry?.custodian === toHex(chain)) found.set(entry.id, entry);
    }
  }
  return [...found.values()];
}

/** Nothing for a key that is none: the mail may have been a liar's. */
function heldIn(id: string, value: Uint8Array): [string, HeldGrant][] {
  try {
    return [[id, decode(heldGrant, value)]];
  } catch {
    return [];
  }
}

async function end({ context, records }: ConsentParts, { record, entry, patient }: FoundConsent): Promise<void> {
  const ids = record.grants.map(({ grant }) => grant);
  const rows = await grantsById(context.gateway, ids);
  await records.put(consentDraft({ ...record, withdrawnAt: context.clock() }, entry), {
    events: [...rows].flatMap(([grant, { handle, withdrawn }]) =>
      withdrawn
        ? []
        : [
            personalAct(context, {
              type: 'consent.withdrawn',
              handle,
              codec: consentWithdrawnBody,
              body: { grant: fromHex(grant) },
            }),
          ],
    ),
  });
  // Those that the ledger has go with their end there.
  await dropGrants(
    context.keyStore,
    ids.filter((id) => !rows.has(id)),
  );
  context.notify({ patients: [patient.id], topics: ['consents'] });
}

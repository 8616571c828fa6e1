/** Withdrawing: one step, as durable as giving; keys move on to an epoch that the recipient never gets. */
import { consentWithdrawnBody } from '../../shared/consent/consent-rules.ts';
import type { ConsentGrant } from '../../shared/consent/fhir-consent.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { beginKeyEpochs } from '../sync/vault-context/compartment-epochs.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { ConsentParts } from './consent-parts.ts';
import { consentById, consentDraft, type FoundConsent } from './consent-records.ts';
import { dropGrants, keepGrants } from './grant-keys.ts';
import { grantsById, onLedger } from './grant-rows.ts';
import { renewKeys, sentMessages } from './key-epochs.ts';

/**
 * Ends each part that the ledger has.
 * @throws {Failure} `consent.unknown`, `consent.withdrawn-already`, `consent.not-in-ledger`, `consent.not-the-custodian`;
 * `vault.passphrase-wrong`; `ledger.refused`; storage failures.
 */
export async function withdrawConsent(parts: ConsentParts, id: string, passphrase: string): Promise<FoundConsent> {
  const { context, records } = parts;
  await standingConsent(parts, id);
  await context.keyStore.confirm(passphrase);
  // A passphrase takes its time, in which another desk may have ended it.
  const { record, entry, patient, standing } = await standingConsent(parts, id);
  const ending = record.grants.map(({ grant }) => grant);
  // The epoch comes first: if the act is cut off here, nothing was lost, and grants in force get the key at the next settling.
  await beginKeyEpochs(
    parts.context,
    record.grants.map(({ handle }) => fromHex(handle)),
  );
  const renewal = await renewKeys(parts, new Set(ending));
  const sent = await sentMessages(parts, ending);
  await records.put(consentDraft({ ...record, withdrawnAt: context.clock() }, entry), {
    events: standing.map(({ grant, handle }) =>
      personalAct(context, {
        type: 'consent.withdrawn',
        handle: fromHex(handle),
        codec: consentWithdrawnBody,
        body: { grant: fromHex(grant) },
      }),
    ),
    messages: renewal.write.messages ?? [],
    rows: [...(renewal.write.rows ?? []), ...sent.rows],
    withdrawMessages: sent.ids,
  });
  await keepGrants(context.keyStore, renewal.held);
  await dropGrants(context.keyStore, ending);
  context.notify({ patients: [patient.id], topics: ['consents', 'offers'] });
  return consentById(parts, id);
}

/** One that this clinic recorded and that nobody has ended, with its parts that stand in the ledger. @throws {Failure} as `withdrawConsent`. */
async function standingConsent(
  parts: ConsentParts,
  id: string,
): Promise<FoundConsent & { readonly standing: readonly ConsentGrant[] }> {
  const { context } = parts;
  const found = await consentById(parts, id);
  if (found.patient.custodian !== toHex(context.chain))
    throw new Failure('consent.not-the-custodian', 'Another clinic recorded this consent: it is withdrawn there.');
  if ((await onLedger(context.gateway, found.record)).isEnded)
    throw new Failure('consent.withdrawn-already', 'This consent is withdrawn already. Nothing more needs to be done.');
  const { grants } = found.record;
  const rows = await grantsById(
    context.gateway,
    grants.map(({ grant }) => grant),
  );
  const standing = grants.filter(({ grant }) => rows.get(grant)?.withdrawn === false);
  if (standing.length > 0) return { ...found, standing };
  throw new Failure(
    'consent.not-in-ledger',
    'The ledger does not have this consent yet, so there is nothing to withdraw. If another desk of your clinic recorded it just now, wait until it has come, and withdraw it then.',
  );
}

/**
 * Consents over a category that desks began before they heard of each other: what a patient shares is the category, so each of its
 * compartments gets a part under the consent, and all of them end with it. Keys come from the vault's own secret, as the parts' names do, so
 * that two desks that give one at once give the same.
 */
import { consentWithdrawnBody, type GrantRow, grantIsOver } from '../../shared/consent/consent-rules.ts';
import type { ConsentGrant, ConsentRecord } from '../../shared/consent/fhir-consent.ts';
import { concat, equalBytes, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { compartmentKey, compartmentRow } from '../../shared/ledger/rows.ts';
import { ownClinicKey, ownSealingPair } from '../sync/clinic-mail/clinic-key-book.ts';
import { handlesIn } from '../sync/vault-context/patient-compartments.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { ConsentParts } from './consent-parts.ts';
import { consentsOf } from './consent-records.ts';
import { furtherParts, isFurther } from './further-parts.ts';
import { attested, grantPart, type Sealing } from './give-consent.ts';
import { dropGrants, epochKeys, heldGrants, keepGrants } from './grant-keys.ts';
import { grantsAs, grantsById, sealingKeyOf } from './grant-rows.ts';
import { sentRow } from './key-epochs.ts';

/** Gives what the consents about patients of this clinic lack over further compartments, and ends what outlived its consent. May be done again. */
export async function settleDoubled(parts: ConsentParts): Promise<void> {
  const { gateway, chain } = parts.context;
  const doubled = parts.directory.doubled().filter(({ custodian }) => custodian === toHex(chain));
  if (doubled.length === 0) return;
  const granted = [...(await grantsAs(gateway, 'custodian', chain)).values()].filter(({ withdrawn }) => !withdrawn);
  const open = new Set(granted.map(({ handle }) => toHex(handle)));
  for (const patient of doubled)
    if (handlesIn(patient).some((handle) => open.has(handle))) await settleFurtherParts(parts, patient);
}

/** The same for one patient of this clinic. */
export async function settleFurtherParts(parts: ConsentParts, patient: PatientEntry): Promise<void> {
  const known = parts.directory.known(patient.id);
  if (!known.further) return;
  for (const { record } of await consentsOf(parts, known)) {
    const rows = await grantsById(
      parts.context.gateway,
      record.grants.map(({ grant }) => grant),
    );
    if (isEnded(parts.context, record, rows)) await endStanding(parts, record, rows);
    else await giveLacking(parts, known, record, rows);
  }
}

/** By its record, or in every part that was given with it: a patient at a kiosk ends those that they were told of. */
function isEnded(
  context: VaultContext,
  { id, grants, withdrawnAt }: ConsentRecord,
  rows: ReadonlyMap<string, GrantRow>,
): boolean {
  const first = grants.filter((part) => !isFurther(context, { id }, part)).flatMap(({ grant }) => rows.get(grant) ?? []);
  return withdrawnAt !== undefined || (first.length > 0 && first.every(({ withdrawn }) => withdrawn));
}

async function endStanding(
  { context }: ConsentParts,
  { choices, grants }: ConsentRecord,
  rows: ReadonlyMap<string, GrantRow>,
): Promise<void> {
  const standing = grants.filter(({ grant }) => rows.get(grant)?.withdrawn === false);
  if (standing.length === 0) return;
  await context.gateway.commit({
    events: standing.map(({ grant, handle }) =>
      personalAct(context, {
        type: 'consent.withdrawn',
        handle: fromHex(handle),
        codec: consentWithdrawnBody,
        body: { grant: fromHex(grant) },
      }),
    ),
  });
  context.notify({ patients: [choices.patient], topics: ['consents'] });
}

/** Terms are those of a part that stands over the same category: where none does any more, nothing is opened. */
async function giveLacking(
  parts: ConsentParts,
  patient: PatientEntry,
  record: ConsentRecord,
  rows: ReadonlyMap<string, GrantRow>,
): Promise<void> {
  const { context } = parts;
  const time = await context.gateway.time();
  for (const part of furtherParts(context, patient, record)) {
    const [terms] = record.grants.flatMap(({ grant, category }) => {
      const row = category === part.category ? rows.get(grant) : undefined;
      return row && !grantIsOver(row, time) ? [row] : [];
    });
    if (terms && (await isReady(context, fromHex(part.handle)))) await give(parts, record, terms, part);
  }
}

/** Whether the ledger has the compartment as ours, and its keys are here: another desk's may still be on their way. */
async function isReady({ gateway, chain, keyStore }: VaultContext, handle: Uint8Array): Promise<boolean> {
  const [compartment] = await gateway.state([compartmentKey(toHex(handle))]);
  if (!compartment || !equalBytes(decode(compartmentRow, compartment).custodian, chain)) return false;
  return (await epochKeys(keyStore, handle)).length > 0;
}

async function give(parts: ConsentParts, record: ConsentRecord, row: GrantRow, part: ConsentGrant): Promise<void> {
  const { context } = parts;
  const { purpose, starts, ends, agreement } = row;
  const choices = { ...record.choices, recipient: toHex(row.recipient), purpose, starts, ends };
  const made = await grantPart(parts, choices, await sealingOf(parts, choices.recipient, agreement), record, part);
  const say = attested(context, await ownClinicKey(context), choices, agreement);
  const [grant, handle] = [fromHex(part.grant), fromHex(part.handle)];
  const known = await heldGrants(context.keyStore, [part.grant]);
  await keepGrants(context.keyStore, new Map([[part.grant, made.held]]));
  try {
    await context.gateway.commit({
      events: [say({ grant, handle, wrap: made.wrap })],
      messages: [made.message],
      rows: [sentRow(parts, part.grant, made.message.body)],
    });
  } catch (error) {
    // Another desk of this clinic was quicker: what it gave is the same.
    if ((await grantsById(context.gateway, [part.grant])).size > 0) return;
    if (!known.has(part.grant)) await dropGrants(context.keyStore, [part.grant]);
    throw error;
  }
  context.notify({ patients: [choices.patient], topics: ['consents'] });
}

async function sealingOf(parts: ConsentParts, recipient: string, agreement: Uint8Array): Promise<Sealing> {
  const { context } = parts;
  const grantKeyOf = (grant: Uint8Array): Uint8Array =>
    concat(context.rows.name('further-key', grant), context.rows.name('further-key-2', grant));
  return {
    agreement,
    senderKey: await ownSealingPair(context),
    recipientKey: await sealingKeyOf(parts, recipient),
    giving: { grantKeyOf },
  };
}

/**
 * The custodian's side of a broken glass: an unlocked desk answers another clinic's emergency by itself, if the ledger bears the
 * request out. Each category that was asked for gets a grant of its own, which ends with the use. Two desks may answer at once:
 * grant ids and keys come from the vault's own secret, so that both say the same.
 */

import { attestationMessage, grantKey } from '../../shared/consent/consent-rules.ts';
import { GLASS_MESSAGE, GLASS_TAG, type GlassDetails, glassDetails } from '../../shared/consent/glass-details.ts';
import { type GlassRow, glassAnsweredBody, LONGEST_GLASS } from '../../shared/consent/glass-rules.ts';
import {
  GRANT_MESSAGE,
  GRANT_SUITE,
  type GrantMessage,
  grantContext,
  grantMessage,
  type HeldGrant,
} from '../../shared/consent/grant-message.ts';
import { concat, equalBytes, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import type { RecordCategory } from '../../shared/fhir/patient-compartment.ts';
import { compartmentKey, compartmentRow } from '../../shared/ledger/rows.ts';
import type { IncomingMessage } from '../sync/clinic.store.ts';
import { ownClinicKey, ownSealingPair } from '../sync/clinic-mail/clinic-key-book.ts';
import type { OutgoingEvent, OutgoingMessage, VaultRow } from '../sync/gateway.ts';
import { deviceEvent } from '../sync/vault-context/device-event.ts';
import { compartmentsOf } from '../sync/vault-context/patient-compartments.ts';
import type { PatientEntry, ProgramAccess } from '../sync/vault-context/vault-context.ts';
import { clinicEncryptionKeys } from '../vault/clinic-keys.ts';
import { openMessageFrom, sealMessage } from '../vault/messages.ts';
import { sha256, sign } from '../vault/primitives.ts';
import type { ConsentParts } from './consent-parts.ts';
import { glassUseRow, hashOfDetails, ledgerUse } from './glass-uses.ts';
import { dropGrants, epochKeys, keepGrants, sealEpochKeys } from './grant-keys.ts';
import { sealingKeyOf, senderKeysOf } from './grant-rows.ts';
import { sentRow } from './key-epochs.ts';
import type { Reception } from './receive-grants.ts';

interface Answer {
  readonly id: string;
  readonly held: HeldGrant;
  readonly event: OutgoingEvent;
  readonly message: OutgoingMessage;
  readonly row: VaultRow;
}

/** Keeps what was said for the review, and gives what was asked for as long as the use lasts. */
export async function receiveGlass(parts: ConsentParts, message: IncomingMessage): Promise<Reception> {
  const { context, directory } = parts;
  const senderKeys = await senderKeysOf(parts, toHex(message.senderChain));
  if (senderKeys.length === 0) return 'waiting';
  const parties = { kind: GLASS_MESSAGE, senderChain: message.senderChain, recipientChain: context.chain, context: GLASS_TAG };
  const ownKeys = await clinicEncryptionKeys(context.keyStore);
  const details = decode(glassDetails, openMessageFrom(message.body, parties, senderKeys, ownKeys));
  const use = await ledgerUse(context, toHex(details.use));
  // Mail travels beside the ledger: without the act that a person signed nothing is answered.
  if (!use) return 'waiting';
  const isBorneOut =
    equalBytes(use.clinic, message.senderChain) &&
    equalBytes(use.custodian, context.chain) &&
    equalBytes(use.details, hashOfDetails(details));
  const patient = directory.get(toHex(details.patient));
  if (!isBorneOut || !patient || patient.custodian !== toHex(context.chain)) return 'dropped';
  const answers = await answersTo(parts, use, details, patient);
  await keepGrants(context.keyStore, new Map(answers.map(({ id, held }) => [id, held])));
  try {
    // The patient reads of it here, whatever the other clinic tells of who looked.
    await parts.accessLog.noteAlong([lineOf(use, details, answers)], ({ rows = [], elsewhere }) =>
      context.gateway.commit({
        handledMessages: [message.sequence],
        events: answers.map(({ event }) => event),
        messages: answers.map((answer) => answer.message),
        rows: [glassUseRow(context, details), ...answers.map(({ row }) => row), ...rows],
        ...(elsewhere && { elsewhere }),
      }),
    );
  } catch (error) {
    await dropGrants(
      context.keyStore,
      answers.map(({ id }) => id),
    );
    throw error;
  }
  context.notify({ patients: [patient.id], topics: ['glass', 'consents'] });
  return 'taken';
}

/** In the patient's log: an emergency at another clinic, on whose word, and what was given out for it. */
function lineOf(use: GlassRow, { patient, who, role }: GlassDetails, answers: readonly Answer[]): ProgramAccess {
  return {
    patient: toHex(patient),
    process: 'sharing',
    action: 'break-glass',
    purpose: 'ETREAT',
    recipient: toHex(use.clinic),
    categories: [...new Set(answers.map(({ held }) => held.category))],
    staff: toHex(use.person),
    who,
    role,
  };
}

async function answersTo(parts: ConsentParts, use: GlassRow, details: GlassDetails, patient: PatientEntry): Promise<Answer[]> {
  const { context } = parts;
  const time = await context.gateway.time();
  // What claims to last for longer, or begins in a time to come, is no short emergency.
  if (time >= use.ends || use.ends > time + LONGEST_GLASS) return [];
  const answers: Answer[] = [];
  for (const category of details.categories) {
    for (const handle of compartmentsOf(patient, category)) {
      const answer = await answerWith(parts, use, details, category, fromHex(handle));
      if (answer) answers.push(answer);
    }
  }
  return answers;
}

/** Undefined where another desk has answered, or the ledger knows of no such compartment. */
async function answerWith(
  parts: ConsentParts,
  use: GlassRow,
  details: GlassDetails,
  category: RecordCategory,
  handle: Uint8Array,
): Promise<Answer | undefined> {
  const { context } = parts;
  const grant = context.rows.name('glass-grant', details.use, handle);
  const id = toHex(grant);
  const [answered, compartment] = await context.gateway.state([grantKey(id), compartmentKey(toHex(handle))]);
  if (answered || !compartment || !equalBytes(decode(compartmentRow, compartment).custodian, context.chain)) return undefined;
  const keys = await epochKeys(context.keyStore, handle);
  const grantSecret = concat(context.rows.name('glass-key', grant), context.rows.name('glass-key-2', grant));
  const secret = { consent: details.use, handle, category, patient: details.patient, grantKey: grantSecret, resource: NOTHING };
  const inside: GrantMessage = { ...secret, suite: GRANT_SUITE, grant, keys: sealEpochKeys(grant, secret, keys) };
  const terms = { grant, handle, purpose: 'ETREAT' as const, starts: 0, ends: use.ends, agreement: use.details };
  const parties = {
    kind: GRANT_MESSAGE,
    senderChain: context.chain,
    recipientChain: use.clinic,
    context: encode(grantContext, terms),
  };
  const [ownPair, to, clinicKey] = await Promise.all([
    ownSealingPair(context),
    sealingKeyOf(parts, toHex(use.clinic)),
    ownClinicKey(context),
  ]);
  const body = sealMessage(parties, ownPair, to, encode(grantMessage, inside));
  const granted = { grant, recipient: use.clinic, agreement: use.details };
  const attestation = sign(clinicKey, attestationMessage(context.chain, handle, granted));
  const act = { use: details.use, grant, wrap: sha256(body), attestation };
  return {
    id,
    held: { ...secret, other: use.clinic, keys },
    event: deviceEvent(context, { type: 'glass.answered', handle, codec: glassAnsweredBody, body: act }),
    message: { recipientChain: use.clinic, recipientDevice: NOTHING, kind: GRANT_MESSAGE, body },
    row: sentRow(parts, id, body),
  };
}

const NOTHING = new Uint8Array(0);

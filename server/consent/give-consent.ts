/**
 * Giving: the text is made again from the choices and must be the one that was read; then each category's compartment gets a
 * grant with its own key. Grants, the Consent and the messages with the keys are one durable act.
 */
import { patientCardKey } from '../../shared/care-card/card-rules.ts';
import { type ConsentChoices, type ConsentWish, chosen } from '../../shared/consent/consent-choices.ts';
import { attestationMessage, consentGrantedBody, needsOwnSignature } from '../../shared/consent/consent-rules.ts';
import { consentText } from '../../shared/consent/consent-text.ts';
import { type ConsentGrant, type ConsentRecord, writeFhirConsent } from '../../shared/consent/fhir-consent.ts';
import {
  GRANT_MESSAGE,
  GRANT_SUITE,
  type GrantMessage,
  grantContext,
  grantMessage,
  type HeldGrant,
} from '../../shared/consent/grant-message.ts';
import { consentMessage, consentSignedBody } from '../../shared/consent/signing-rules.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import type { RecordCategory } from '../../shared/fhir/patient-compartment.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import type { ChainRow } from '../../shared/ledger/rows.ts';
import { compartmentKey } from '../../shared/ledger/rows.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type ShownCard, withCard } from '../care-card/card-at-desk.ts';
import { ownClinicKey, ownSealingPair } from '../sync/clinic-mail/clinic-key-book.ts';
import type { OutgoingEvent, OutgoingMessage } from '../sync/gateway.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { PatientEntry, RecordDraft, VaultContext } from '../sync/vault-context/vault-context.ts';
import { sealMessage } from '../vault/messages.ts';
import { type AgreementKey, type SigningKey, sha256, sha256Hex, sign } from '../vault/primitives.ts';
import { namedExceptions } from './consent-exceptions.ts';
import type { ConsentParts } from './consent-parts.ts';
import { consentById, consentDraft, consentPointer, FOLDER_KIND, type FoundConsent, isRecorded } from './consent-records.ts';
import { dropGrants, type EpochKey, epochKeys, heldGrants, keepGrants, sealEpochKeys } from './grant-keys.ts';
import { admittedClinic, sealingKeyOf } from './grant-rows.ts';
import { sentRow } from './key-epochs.ts';

export interface ConsentToSign {
  readonly language: string;
  readonly text: string;
  /** SHA-256 of the UTF-8 text, hexadecimal: the agreement. */
  readonly hash: string;
  /** The patient has a care card, and this is nothing that staff may attest for them. */
  readonly needsCard: boolean;
}

/**
 * The exact text for these choices; asking twice gives the same.
 * @throws {Failure} what `chosen` throws; `patients.unknown`, `consent.not-the-custodian`, `consent.recipient-unknown`,
 * `consent.recipient-is-custodian`.
 */
export async function textToSign(parts: ConsentParts, wish: ConsentWish): Promise<ConsentToSign> {
  const prepared = await prepare(parts, wish);
  const { text, choices } = prepared;
  return { language: choices.language, text, hash: sha256Hex(utf8(text)), needsCard: await needsCard(parts, prepared) };
}

interface Prepared {
  readonly choices: ConsentChoices;
  readonly patient: PatientEntry;
  readonly own: ChainRow;
  readonly recipient: ChainRow;
  /** Consent id, hexadecimal. */
  readonly id: string;
  readonly text: string;
}

/** @param signedId the id of a consent whose patient made it up, at a kiosk that has no secret of the vault */
export async function prepare(parts: ConsentParts, wish: ConsentWish, signedId?: string): Promise<Prepared> {
  const { context, directory } = parts;
  const wished = chosen(wish);
  const patient = directory.known(wished.patient);
  const chain = toHex(context.chain);
  if (patient.custodian !== chain)
    throw new Failure(
      'consent.not-the-custodian',
      'Another clinic keeps these records: only it can record a consent to share them.',
    );
  if (patient.summary.deceased)
    throw new Failure(
      'consent.deceased',
      'This patient has died: nobody gives new consents for them. Those that stand hold as they were said, until they end or somebody ends them.',
    );
  if (wished.recipient === chain)
    throw new Failure('consent.recipient-is-custodian', 'This clinic keeps the records itself. Choose another clinic.');
  const [own, recipient] = await Promise.all([
    admittedClinic(context.gateway, chain),
    admittedClinic(context.gateway, wished.recipient),
  ]);
  if (!own || !recipient)
    throw new Failure('consent.recipient-unknown', 'The region has no such clinic. Sync, then choose the recipient again.');
  const choices = { ...wished, exceptions: await namedExceptions(parts, patient, wished.exceptions) };
  // Keyed by the vault's own secret: the same choices give the same id, and nobody else can work it out.
  const id = signedId ?? toHex(context.rows.name('consent-number', utf8(JSON.stringify(choices))));
  const text = consentText(choices, {
    patientName: patient.summary.fullName,
    birthDate: patient.summary.birthDate || undefined,
    custodianName: own.name,
    recipientName: recipient.name,
    consent: id,
  });
  return { choices, patient, own, recipient, id, text };
}

async function needsCard({ context }: ConsentParts, { choices, patient }: Prepared): Promise<boolean> {
  const { identity } = patient.handles;
  if (!needsOwnSignature(choices.purpose) || identity === undefined) return false;
  const [card] = await context.gateway.state([patientCardKey(identity)]);
  return card !== undefined;
}

/**
 * Records and attests a consent.
 * @param textHash of the text that the patient read, hexadecimal
 * @param card with which the patient signs the text themself; a consent to research needs it where there is one
 * @throws {Failure} as `textToSign`; `consent.text-changed`, `consent.recorded-already`, `consent.needs-card`,
 * `consent.card-of-another`; `vault.passphrase-wrong`; as `withCard`; `ledger.refused`; storage failures.
 */
export async function giveConsent(
  parts: ConsentParts,
  wish: ConsentWish,
  textHash: string,
  passphrase: string,
  card?: ShownCard,
): Promise<FoundConsent> {
  const { context } = parts;
  const prepared = await prepare(parts, wish);
  const agreement = sha256(utf8(prepared.text));
  if (toHex(agreement) !== textHash)
    throw new Failure(
      'consent.text-changed',
      'The text that was read is not the text of these choices. Show it again before signing.',
    );
  if (await isRecorded(parts, prepared.id))
    throw new Failure('consent.recorded-already', 'This consent is recorded already. Open the list of consents.');
  if (!card && (await needsCard(parts, prepared)))
    throw new Failure(
      'consent.needs-card',
      'This patient has a care card: only they can consent to research. Have them hold the card and type the PIN.',
    );
  await context.keyStore.confirm(passphrase);
  const signed = card ? [await signedByPatient(parts, prepared, agreement, card)] : [];
  const clinicKey = await ownClinicKey(context);
  const { choices } = prepared;
  return putConsent(parts, prepared, {
    recordedAt: context.clock(),
    before: signed,
    grantOf: () => context.random(16),
    eventOf: attested(context, clinicKey, choices, agreement),
  });
}

/** What says a part on the word of who is signed in, attested by the clinic. */
export const attested =
  (context: VaultContext, clinicKey: SigningKey, choices: Terms, agreement: Uint8Array): Giving['eventOf'] =>
  ({ grant, handle, wrap }) => {
    const said = { grant, recipient: fromHex(choices.recipient), agreement };
    const attestation = sign(clinicKey, attestationMessage(context.chain, handle, said));
    const { purpose, starts, ends } = choices;
    const body = { ...said, purpose, starts, ends, wrap, attestation };
    return personalAct(context, { type: 'consent.granted', handle, codec: consentGrantedBody, body });
  };

/** What the ledger says of each part of a consent. */
type Terms = Pick<ConsentChoices, 'patient' | 'recipient' | 'purpose' | 'starts' | 'ends'>;

/** How the parts of a consent are named and said in the ledger. */
interface Giving {
  readonly recordedAt: number;
  /** What the ledger has to be told first. */
  readonly before: readonly OutgoingEvent[];
  grantOf(category: RecordCategory): Uint8Array;
  /** Left out: drawn anew. @param keys of the compartment, oldest first */
  grantKeyOf?(grant: Uint8Array, keys: readonly EpochKey[]): Uint8Array;
  eventOf(part: { readonly grant: Uint8Array; readonly handle: Uint8Array; readonly wrap: Uint8Array }): OutgoingEvent;
}

/** Opens the compartments, wraps their keys and writes the consent. @throws {Failure} `ledger.refused`; storage failures. */
export async function putConsent(parts: ConsentParts, prepared: Prepared, giving: Giving): Promise<FoundConsent> {
  const { context, records } = parts;
  const handles = await openedCompartments(parts, prepared);
  const sealing = {
    agreement: sha256(utf8(prepared.text)),
    senderKey: await ownSealingPair(context),
    recipientKey: await sealingKeyOf(parts, prepared.choices.recipient),
  };
  const grants = [...handles].map(([category, handle]) => ({
    grant: toHex(giving.grantOf(category)),
    category,
    handle: toHex(handle),
  }));
  const record: ConsentRecord = {
    id: prepared.id,
    choices: prepared.choices,
    custodian: toHex(context.chain),
    custodianName: prepared.own.name,
    recipientName: prepared.recipient.name,
    text: prepared.text,
    recordedAt: giving.recordedAt,
    withdrawnAt: undefined,
    grants,
  };
  const parted = await Promise.all(
    grants.map((grant) => grantPart(parts, prepared.choices, { ...sealing, giving }, record, grant)),
  );
  // First the grant keys, then the act that needs them: a key without a grant opens nothing.
  const known = await heldGrants(
    context.keyStore,
    grants.map(({ grant }) => grant),
  );
  await keepGrants(context.keyStore, new Map(parted.map(({ grant, held }) => [grant.grant, held])));
  try {
    await records.put(consentDraft(record), {
      events: [
        ...giving.before,
        ...parted.map(({ grant, wrap }) => giving.eventOf({ grant: fromHex(grant.grant), handle: fromHex(grant.handle), wrap })),
      ],
      messages: parted.map(({ message }) => message),
      rows: [consentPointer(parts, record), ...parted.map(({ grant, message }) => sentRow(parts, grant.grant, message.body))],
    });
  } catch (error) {
    await dropGrants(
      context.keyStore,
      // What another desk of this clinic gave under the same name stays.
      grants.map(({ grant }) => grant).filter((grant) => !known.has(grant)),
    );
    throw error;
  }
  context.notify({ patients: [prepared.choices.patient], topics: ['consents'] });
  return consentById(parts, prepared.id);
}

/** The patient's own signature over the text, before anything else is written. */
function signedByPatient(
  { context }: ConsentParts,
  { patient }: Prepared,
  agreement: Uint8Array,
  shown: ShownCard,
): Promise<OutgoingEvent> {
  return withCard(context, shown, async ({ signing }, row) => {
    if (toHex(row.handle) !== patient.handles.identity)
      throw new Failure('consent.card-of-another', 'This is the care card of somebody else. Nothing was signed.');
    const body = { agreement, card: row.card };
    const proof = sign(signing, consentMessage(context.chain, body));
    return personalAct(context, {
      type: 'consent.signed',
      handle: row.handle,
      codec: consentSignedBody,
      body: { ...body, proof },
    });
  });
}

/**
 * A compartment for each chosen category. One that never had a record is not yet on the ledger, which gives it a custodian
 * with its first record: a folder, so that what is written later is shared as well.
 */
async function openedCompartments(
  { context, directory, records }: ConsentParts,
  { choices }: Prepared,
): Promise<Map<RecordCategory, Uint8Array>> {
  const handles = new Map<RecordCategory, Uint8Array>();
  for (const category of choices.categories) {
    const handle = directory.known(choices.patient).handles[category];
    const [row] = handle === undefined ? [] : await context.gateway.state([compartmentKey(handle)]);
    if (row === undefined) {
      await records.put(folderDraft(choices.patient, category));
    }
    const opened = directory.known(choices.patient).handles[category];
    if (opened === undefined)
      throw new Failure(
        'consent.compartment-missing',
        'A category could not be opened for sharing. Nothing was shared; try again.',
      );
    handles.set(category, fromHex(opened));
  }
  return handles;
}

/** A FHIR List without entries, for people to read. */
function folderDraft(patient: string, category: RecordCategory): RecordDraft {
  const subject = { reference: `Patient/${patient}` };
  const folder = {
    resourceType: 'List',
    status: 'current',
    mode: 'working',
    title: `Folder: ${category}`,
    subject,
  } as FhirResource;
  return { patient, category, kind: FOLDER_KIND, content: utf8(JSON.stringify(folder)), summary: summarize(folder), fhirId: '' };
}

export interface Sealing {
  readonly agreement: Uint8Array;
  readonly senderKey: AgreementKey;
  /** X25519. */
  readonly recipientKey: Uint8Array;
  readonly giving: Pick<Giving, 'grantKeyOf'>;
}

interface GrantPart {
  readonly grant: ConsentGrant;
  readonly held: HeldGrant;
  /** SHA-256 of the message. */
  readonly wrap: Uint8Array;
  readonly message: OutgoingMessage;
}

/** Wraps the keys of one compartment for the recipient. */
export async function grantPart(
  { context }: ConsentParts,
  choices: Terms,
  { agreement, senderKey, recipientKey, giving }: Sealing,
  record: ConsentRecord,
  part: ConsentGrant,
): Promise<GrantPart> {
  const grant = fromHex(part.grant);
  const handle = fromHex(part.handle);
  const { purpose, starts, ends } = choices;
  const recipientChain = fromHex(choices.recipient);
  const keys = await epochKeys(context.keyStore, handle);
  const secret = {
    consent: fromHex(record.id),
    handle,
    category: part.category,
    patient: fromHex(choices.patient),
    grantKey: giving.grantKeyOf?.(grant, keys) ?? context.random(32),
    resource: part.category === 'identity' ? utf8(JSON.stringify(writeFhirConsent(record))) : new Uint8Array(0),
  };
  const inside: GrantMessage = { ...secret, suite: GRANT_SUITE, grant, keys: sealEpochKeys(grant, secret, keys) };
  const body = sealMessage(
    {
      kind: GRANT_MESSAGE,
      senderChain: context.chain,
      recipientChain,
      context: encode(grantContext, { grant, handle, purpose, starts, ends, agreement }),
    },
    senderKey,
    recipientKey,
    encode(grantMessage, inside),
  );
  return {
    grant: part,
    held: { ...secret, other: recipientChain, keys },
    wrap: sha256(body),
    message: { recipientChain, recipientDevice: new Uint8Array(0), kind: GRANT_MESSAGE, body },
  };
}

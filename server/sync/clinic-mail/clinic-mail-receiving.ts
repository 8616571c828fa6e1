/** What the clinic's other desks have written comes in: keys first, then rows, once the documents they speak of are here. */

import { equalBytes, fromUtf8, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { isResource } from '../../../shared/fhir/fhir-resource.ts';
import { patientSummary, searchTerms } from '../../../shared/fhir/patient-summary.ts';
import { deviceRow } from '../../../shared/ledger/rows.ts';
import { deviceKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import {
  CLINIC_UPDATE,
  type ClinicUpdate,
  decodeClinicUpdate,
  decodeFragment,
  type Fragment,
  joinFragments,
  updateContext,
} from '../../../shared/sync/device-joining.ts';
import type { KeyKind } from '../../../shared/vault/key-entry.ts';
import { isNamedAsItIs } from '../../vault/clinic-keys.ts';
import { openMessage } from '../../vault/messages.ts';
import type { KeyEntry } from '../../vault/unlocked-key-store.ts';
import { type IncomingMessage, missingDocuments, waitingMessages } from '../clinic.store.ts';
import type { VaultRow } from '../gateway.ts';
import { handlesIn } from '../vault-context/patient-compartments.ts';
import type { PatientDirectory, PatientEntry, RecordStore, VaultContext } from '../vault-context/vault-context.ts';
import { type ClinicMail, isSharedKey, isSharedRow } from './clinic-mail.ts';
import type { ClinicDevices } from './clinic-mail-devices.ts';
import { settleWelcome } from './clinic-mail-welcome.ts';
import { openSenders } from './closed-senders.store.ts';
import { erasedAmong, erasedPatients, isErasedDocument, withoutErased } from './erased-patients.ts';

interface ReceivingParts {
  readonly mail: ClinicMail;
  readonly context: VaultContext;
  readonly directory: PatientDirectory;
  readonly records: RecordStore;
  /** Whether grants of other clinics (hexadecimal ids) are over, each of them. */
  areOver(grants: readonly string[]): Promise<boolean>;
  /** Another desk has taken something out of charts: what is still shared is looked at anew. */
  lookAnew(): void;
}

/** Where the value of a key of kind `grant` names its compartment: behind the consent's id. */
const GRANT_HANDLE_AT = 16;

/** New keys of the clinic itself: one that is here stays as it is, whoever sends another of its name. */
const CLINIC_KEYS: ReadonlySet<KeyKind> = new Set<KeyKind>(['clinic-signing', 'clinic-encryption']);

/** Messages that together are one update. */
interface Whole {
  readonly sender: string;
  readonly messages: IncomingMessage[];
  readonly fragments: Fragment[];
}

/** Takes in what other desks wrote and what new devices ask. One call at a time. */
export async function readClinicMail(parts: ReceivingParts, devices: ClinicDevices): Promise<void> {
  await settleWelcome(parts.context);
  await parts.mail.look();
  await devices.receive();
  await receiveUpdates(parts);
  // After the update, which may have brought the clinic's new key.
  await devices.admitAnew();
}

/** Takes in what has arrived, each sender's updates in their order. */
async function receiveUpdates(parts: ReceivingParts): Promise<void> {
  const waiting = (await waitingMessages(parts.context.reader)).filter(({ kind }) => kind === CLINIC_UPDATE);
  const wholes = new Map<string, Whole>();
  for (const message of waiting) {
    const fragment = await opened(parts, message);
    if (fragment === undefined) {
      await parts.mail.parts.gateway.commit({ handledMessages: [message.sequence] });
      continue;
    }
    const sender = toHex(message.senderDevice);
    const name = `${sender} ${toHex(fragment.whole)}`;
    const whole = wholes.get(name) ?? { sender, messages: [], fragments: [] };
    whole.messages.push(message);
    whole.fragments.push(fragment);
    wholes.set(name, whole);
  }
  const held = new Set<string>();
  for (const whole of wholes.values()) {
    if (held.has(whole.sender) || !(await parts.context.inTurn(() => takeIn(parts, whole)))) held.add(whole.sender);
  }
}

/**
 * The fragment in a message of a desk of this clinic; what is not from one is nobody's. A kiosk is a device of the clinic as well, stands
 * where anybody can carry it away, and could give compartments keys that a thief knows. What comes from a revoked one too late is not stored.
 */
async function opened({ mail }: ReceivingParts, message: IncomingMessage): Promise<Fragment | undefined> {
  const { gateway, chain, device, agreement } = mail.parts;
  const [stored] = await gateway.state([deviceKey(toHex(message.senderDevice))]);
  const sender = stored && decode(deviceRow, stored);
  if (sender?.kind !== 'workstation' || !equalBytes(sender.chain, chain)) return undefined;
  const context = updateContext(message.senderDevice, device);
  const parties = { kind: CLINIC_UPDATE, senderChain: chain, recipientChain: chain, context };
  const ownKey = (key: Uint8Array) => (equalBytes(key, agreement.publicKey) ? agreement : undefined);
  try {
    return decodeFragment(openMessage(message.body, parties, sender.encryptionKey, ownKey));
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** False while something of it is still on its way. */
async function takeIn(parts: ReceivingParts, { messages, fragments }: Whole): Promise<boolean> {
  const { mail, context, directory, records } = parts;
  const bytes = joinFragments(fragments);
  if (bytes === undefined) return false;
  const update = decodeClinicUpdate(bytes);
  if (!(await isThere(context, messages, update.documents))) return false;
  await takeKeys(parts, update.keys);
  const gone = await erasedPatients(context);
  const people = new Map<string, PatientEntry>();
  const rows: VaultRow[] = [];
  for (const { kind, key, tag, sealed } of update.rows) {
    if (!isSharedRow(kind)) continue;
    const row = { kind, key, tag, sealed: sealed.length > 0 ? sealed : null };
    if (kind !== 'patient') {
      if (gone.size === 0 || !row.sealed || !records.isAbout(row, gone)) rows.push(row);
      // Another clinic's patient whose last grant ended, or one who was erased: this desk sees the end in the ledger by itself.
    } else if (row.sealed) {
      const arrived = directory.arrived(row);
      const entry = withoutErased(arrived, await erasedAmong(context.gateway, handlesIn(arrived)));
      if (entry && !(await isPurged(parts, entry))) people.set(entry.id, entry);
    }
  }
  const entries = [...people.values()];
  const known = entries.filter(({ id }) => directory.get(id) !== undefined);
  const [first] = messages;
  await mail.take(first?.senderDevice ?? new Uint8Array(0), update, {
    rows: [...rows, ...entries.map((entry) => directory.row(entry))],
    handledMessages: messages.map(({ sequence }) => sequence),
    ...(first ? { mailDocuments: { sender: first.senderDevice, names: update.documents } } : {}),
    withdrawMessages: messages.map(({ id }) => id),
  });
  await directory.applied(entries);
  // A desk that has not heard of the newest consent yet purges by what it knows.
  if (rows.some(({ kind, sealed }) => kind === 'entry' && sealed === null)) parts.lookAnew();
  const charts = records.forgetTagged(rows.flatMap(({ kind, tag }) => (kind === 'entry' ? [tag] : [])));
  for (const { id } of known) await identify(parts, directory.get(id));
  context.notify({
    patients: [...new Set([...people.keys(), ...charts])],
    topics: ['patients', 'access', 'consents', 'staff', 'devices', 'imports'],
  });
  return true;
}

/** Whether every document has come that ever will: what was erased does not, nor what a revoked sender had not brought to the hub by then. */
async function isThere(
  context: VaultContext,
  [first]: readonly IncomingMessage[],
  documents: readonly Uint8Array[],
): Promise<boolean> {
  const missing = await missingDocuments(context.reader, documents);
  if (missing.length === 0) return true;
  if (first && (await openSenders(context.reader, [first.senderDevice])).length === 0) return true;
  for (const name of missing) if (!(await isErasedDocument(context, name))) return false;
  return true;
}

/**
 * Whether this desk has purged the patient of a row that another one wrote before it heard that the last grant is over: put back, the row
 * would stay, as purging begins with keys that are held here.
 */
export async function isPurged(
  { directory, areOver }: Pick<ReceivingParts, 'directory' | 'areOver'>,
  { id, shared }: PatientEntry,
): Promise<boolean> {
  return shared.length > 0 && directory.get(id) === undefined && (await areOver(shared));
}

async function takeKeys({ mail, context }: ReceivingParts, keys: ClinicUpdate['keys']): Promise<void> {
  const { keyStore } = context;
  const shared = keys.filter((key): key is KeyEntry & { kind: KeyKind } => isSharedKey(key as KeyEntry));
  const erased = await erasedAmong(context.gateway, shared.map(handleOf));
  const compartments = shared.filter((key) => key.kind === 'compartment' && !erased.has(handleOf(key)));
  const handles = compartments.map(({ id }) => id);
  const here = new Set((await keyStore.getKeys('compartment', handles)).map(({ id, epoch }) => `${toHex(id)}/${epoch}`));
  // A key that is here stays as it is.
  const fresh = compartments.filter(({ id, epoch }) => !here.has(`${toHex(id)}/${epoch}`));
  const grants: KeyEntry[] = [];
  for (const entry of shared.filter((key) => key.kind === 'grant' && !erased.has(handleOf(key)))) {
    const held = await keyStore.getKey('grant', entry.id, entry.epoch);
    // What is held of a grant only ever grows.
    if (!held || held.length < entry.value.length) grants.push(entry);
  }
  const recovery = shared.filter(({ kind }) => kind === 'recovery');
  const clinic: KeyEntry[] = [];
  const isLasting = (key: KeyEntry): boolean => key.kind === 'card-pepper' || (CLINIC_KEYS.has(key.kind) && isNamedAsItIs(key));
  for (const entry of shared.filter(isLasting))
    if (!(await keyStore.getKey(entry.kind, entry.id, entry.epoch))) clinic.push(entry);
  const others = [...grants, ...recovery, ...clinic];
  mail.expectKeys([...fresh, ...others]);
  if (fresh.length > 0) {
    await keyStore.loadCompartmentKeys(handles);
    const arrived = fresh.map(({ id, epoch, value }) => ({ handle: id, epoch, key: value }));
    await keyStore.putCompartmentKeys(arrived, 'arrived');
  }
  if (others.length > 0) await keyStore.putKeys(others);
}

/** The compartment (hexadecimal) that a shared key opens. A grant's value begins with its consent, then names it. */
function handleOf({ kind, id, value }: KeyEntry): string {
  return toHex(kind === 'grant' ? value.subarray(GRANT_HANDLE_AT, GRANT_HANDLE_AT + id.length) : id);
}

/** Who a patient is, as the newest Patient resource in the chart says it. */
async function identify({ mail, directory, records }: ReceivingParts, patient: PatientEntry | undefined): Promise<void> {
  if (!patient || patient.record === '') return;
  const entry = (await records.entries(patient)).find(({ record }) => record === patient.record);
  const [newest] = entry ? await records.versions(patient, entry).catch(unreadable) : [];
  const resource: unknown = newest && JSON.parse(fromUtf8(newest.content));
  if (!isResource(resource) || resource.resourceType !== 'Patient') return;
  const named = { ...patient, summary: patientSummary(resource), terms: searchTerms(resource) };
  if (named.terms === patient.terms && JSON.stringify(named.summary) === JSON.stringify(patient.summary)) return;
  await mail.parts.gateway.commit({ rows: [directory.row(named)] });
  await directory.applied([named]);
}

/** Another clinic's patient whose identity is not shared, or no longer. */
function unreadable(error: unknown): [] {
  if (error instanceof Failure) return [];
  throw error;
}

/**
 * What the desks of a clinic show, held against each other, against the ledger and against what was acknowledged. Whose records may open
 * somewhere is read out of the ledger's rows byte by byte, and not by the program's own decision.
 */
import { heldGrants } from '../../../server/consent/grant-keys.ts';
import { readDocument } from '../../../server/sync/clinic.store.ts';
import { encryptionKeysOf } from '../../../server/sync/clinic-mail/clinic-key-book.ts';
import { readAside } from '../../../server/sync/own-acts/aside.store.ts';
import type { ChartEntry, PatientEntry } from '../../../server/sync/vault-context/vault-context.ts';
import { heldClinicKeys } from '../../../server/vault/clinic-keys.ts';
import { equalBytes, fromHex, fromUtf8, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { deviceRow } from '../../../shared/ledger/rows.ts';
import { deviceKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { grantOpens } from '../replica-checks.ts';
import { Violation } from '../world.ts';
import { everyPatient, type Said } from './desk-people.ts';
import type { OpenDesk, VaultDesk } from './vault-desk.ts';

/** A patient as a desk shows them: their name and, by record, the document of it that opens. */
interface ShownPatient {
  readonly name: string;
  readonly custodian: string;
  readonly records: ReadonlyMap<string, string>;
}
type Shown = ReadonlyMap<string, ShownPatient>;

interface Grant {
  /** Hexadecimal. */
  readonly id: string;
  readonly handle: string;
}

/** What the ledger that a desk has opens to its clinic at `time`. */
async function standing({ context: { gateway, chain } }: OpenDesk, time: number): Promise<Grant[]> {
  const erased = new Set((await gateway.stateList('erased/')).map(({ key }) => key.slice('erased/'.length)));
  const own = toHex(chain);
  return (await gateway.stateList('grant/')).flatMap(({ key, value }) => {
    const row = new Uint8Array(value);
    const handle = toHex(row.subarray(32, 48));
    const holds = toHex(row.subarray(48, 80)) === own && grantOpens(row, time) && !erased.has(handle);
    return holds ? [{ id: key.slice('grant/'.length), handle }] : [];
  });
}

/** The records of another clinic's patient that open at a desk now. @throws {Violation} when one does without a grant that holds. */
export async function foreignRecords(open: OpenDesk, name: string, patient: PatientEntry): Promise<Map<string, string>> {
  const { context, records } = open;
  const time = await context.gateway.time();
  const granted = new Set((await standing(open, time)).map(({ handle }) => handle));
  const reading = await context.hooks.reading(patient, 'TREAT');
  const found = new Map<string, string>();
  for (const entry of (await records.entries(patient)).filter((each) => reading.opens(each))) {
    if (!(await opens(open, patient, entry))) continue;
    found.set(entry.record, entry.document);
    const stored = await readDocument(context.reader, fromHex(entry.document));
    if (!stored || !granted.has(toHex(stored.handle)))
      throw new Violation('only consented keys', `${name} opened a record of another clinic without a grant that holds`);
  }
  return found;
}

async function opens({ records }: OpenDesk, patient: PatientEntry, entry: ChartEntry): Promise<boolean> {
  try {
    const [newest] = await records.versions(patient, entry);
    return newest !== undefined && fromUtf8(newest.content).length > 0;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

async function shownAt(open: OpenDesk, name: string): Promise<Shown> {
  const own = toHex(open.context.chain);
  const shown = new Map<string, ShownPatient>();
  for (const patient of await everyPatient(open)) {
    const records = patient.custodian === own ? await ownRecords(open, patient) : await foreignRecords(open, name, patient);
    shown.set(patient.id, { name: patient.summary.fullName, custodian: patient.custodian, records });
  }
  return shown;
}

/** What people wrote; consents and folders are the program's own. */
async function ownRecords(open: OpenDesk, patient: PatientEntry): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await open.records.entries(patient))
    if (entry.kind === 'fhir' && (await opens(open, patient, entry))) found.set(entry.record, entry.document);
  return found;
}

/** For when all desks are in step. @throws {Violation} for the first thing that a clinic would miss or see too much. */
export async function checkClinics(clinics: ReadonlyMap<string, readonly VaultDesk[]>, said: Said): Promise<void> {
  const shown = new Map<string, Shown>();
  for (const [chain, desks] of clinics) {
    const [first, ...others] = desks as [VaultDesk, ...VaultDesk[]];
    const here = await shownAt(first.open as OpenDesk, first.name);
    for (const desk of others) compare(first.name, here, desk.name, await shownAt(desk.open as OpenDesk, desk.name), said);
    shown.set(chain, here);
  }
  for (const [chain, desks] of clinics) {
    checkSaid(chain, shown.get(chain) as Shown, said);
    for (const desk of desks) {
      await checkShared(desk, shown, said);
      await checkConsents(desk, said);
      await checkEnded(desk);
      await checkAside(desk);
    }
  }
}

/** What is left of somebody who was erased while another desk wrote is nobody's chart any more. */
function compare(one: string, here: Shown, other: string, there: Shown, { ending }: Said): void {
  for (const id of new Set([...here.keys(), ...there.keys()].filter((each) => !ending.has(each)))) {
    const [a, b] = [here.get(id), there.get(id)];
    if (!a || !b)
      throw new Violation(
        'both desks show the same',
        `${a ? one : other} lists ${(a ?? b)?.name} and ${a ? other : one} does not`,
      );
    if (a.name !== b.name)
      throw new Violation('both desks show the same', `${one} calls a patient ${a.name}, and ${other} ${b.name}`);
    for (const record of new Set([...a.records.keys(), ...b.records.keys()]))
      if (a.records.get(record) !== b.records.get(record))
        throw new Violation(
          'both desks show the same',
          `of ${a.name} ${one} opens ${a.records.size} records and ${other} ${b.records.size}, and one of them otherwise`,
        );
  }
}

/** Who was registered and what was written is there, unless somebody erased it. */
function checkSaid(chain: string, shown: Shown, { registered, written, ending }: Said): void {
  for (const [id, clinic] of registered)
    if (clinic === chain && !ending.has(id) && !shown.has(id))
      throw new Violation('saved stays', 'a clinic has lost a patient whom it said was registered');
  for (const [record, patient] of written)
    if (registered.get(patient) === chain && !ending.has(patient) && !shown.get(patient)?.records.has(record))
      throw new Violation('saved stays', 'a clinic has lost a record that it said was saved');
}

/** Whom grants name is listed under the name that home gives them, with what home has in the compartments that the grants open; nobody else. */
async function checkShared({ open, name }: VaultDesk, shown: ReadonlyMap<string, Shown>, { ending }: Said): Promise<void> {
  const { context, patients } = open as OpenDesk;
  const grants = await standing(open as OpenDesk, await context.gateway.time());
  const held = await heldGrants(
    context.keyStore,
    grants.map(({ id }) => id),
  );
  const expected = new Set<string>();
  for (const { id } of grants) {
    const grant = held.get(id);
    if (!grant) throw new Violation('what is shared arrives', `${name} holds no key of a grant that its clinic was given`);
    const patient = toHex(grant.patient);
    expected.add(patient);
    if (ending.has(patient)) continue;
    const here = patients.get(patient);
    const atHome = shown.get(toHex(grant.other))?.get(patient);
    if (!here) throw new Violation('what is shared arrives', `${name} does not list ${atHome?.name}, who is shared with it`);
    if (atHome && here.summary.fullName !== atHome.name)
      throw new Violation(
        'what is shared arrives',
        `${name} calls a patient ${here.summary.fullName}, and their clinic ${atHome.name}`,
      );
    const found = await foreignRecords(open as OpenDesk, name, here);
    for (const document of await documentsAt(open as OpenDesk, grant.handle))
      if (atHome && [...atHome.records.values()].includes(document) && ![...found.values()].includes(document))
        throw new Violation('what is shared arrives', `${name} does not open a record of ${atHome.name} that is shared with it`);
  }
  // What has ended goes by a time that the witnesses vouch for.
  const staying = await standing(open as OpenDesk, await context.gateway.witnessedTime());
  const stayingHeld = await heldGrants(
    context.keyStore,
    staying.map(({ id }) => id),
  );
  const kept = new Set([...stayingHeld.values()].map(({ patient }) => toHex(patient)));
  const extra = (await everyPatient(open as OpenDesk)).find(
    ({ id, custodian }) => custodian !== toHex(context.chain) && !expected.has(id) && !kept.has(id),
  );
  if (extra)
    throw new Violation('only consented keys', `${name} still lists ${extra.summary.fullName}, whom nobody shares with it`);
}

/** What a clinic says of a consent is what the ledger has: nothing stands that was taken back, what is said to hold does, and none waits for ever. */
async function checkConsents({ open, name }: VaultDesk, { ending }: Said): Promise<void> {
  const { context, consents } = open as OpenDesk;
  const own = toHex(context.chain);
  for (const patient of await everyPatient(open as OpenDesk)) {
    if (patient.custodian !== own || ending.has(patient.id)) continue;
    for (const { record, state } of await consents.list(patient.id)) {
      const rows = await context.gateway.state(record.grants.map(({ grant }) => `grant/${grant}`));
      const stands = rows.map((row) => row !== undefined && row.at(-1) === 0);
      if (state === 'ACTIVE' && stands.includes(false))
        throw new Violation('consents are the ledger’s', `${name} says that a consent holds which the ledger does not have`);
      if (state === 'NOT_IN_LEDGER')
        throw new Violation('consents are the ledger’s', `${name} still waits for a consent that the ledger does not have`);
      if (record.withdrawnAt !== undefined && stands.includes(true))
        throw new Violation('consents are the ledger’s', `${name} says that a consent was taken back which stands in the ledger`);
    }
  }
}

/** The newest documents of a compartment as the ledger names them. */
async function documentsAt({ context }: OpenDesk, handle: Uint8Array): Promise<string[]> {
  const rows = await context.gateway.stateList(`record/${toHex(handle)}/`);
  return rows.map(({ value }) => toHex(new Uint8Array(value).subarray(4)));
}

/** Of grants that have ended no key is left. */
async function checkEnded({ open, name }: VaultDesk): Promise<void> {
  const { context } = open as OpenDesk;
  const time = await context.gateway.witnessedTime();
  const holding = new Set((await standing(open as OpenDesk, time)).map(({ id }) => id));
  const given = (await context.gateway.stateList('grant/')).filter(
    ({ value }) => toHex(new Uint8Array(value).subarray(48, 80)) === toHex(context.chain),
  );
  const over = given.map(({ key }) => key.slice('grant/'.length)).filter((id) => !holding.has(id));
  const [kept] = (await heldGrants(context.keyStore, over)).keys();
  if (kept) throw new Violation('only consented keys', `${name} kept the key of a grant that has ended`);
}

/** What a new key of the clinic put aside has been signed anew. */
async function checkAside({ open, name }: VaultDesk): Promise<void> {
  const aside = await readAside((open as OpenDesk).context.reader);
  if (aside.length > 0) throw new Violation('saved stays', `${name} still waits to sign ${aside.length} acts anew`);
}

export async function isRevoked({ context }: OpenDesk, { options }: VaultDesk): Promise<boolean> {
  const [row] = await context.gateway.state([deviceKey(toHex(options.key.publicKey))]);
  return row !== undefined && decode(deviceRow, row).revoked;
}

/** A desk that was shut out does not have the key to which the clinic's mail is sealed from then on. */
export async function checkShutOut(gone: VaultDesk, staying: VaultDesk): Promise<void> {
  const { context } = staying.open as OpenDesk;
  if (!(await isRevoked(staying.open as OpenDesk, gone))) return;
  const keys = await encryptionKeysOf(context.reader, toHex(context.chain));
  const held = gone.open ? await heldClinicKeys(gone.open.keyStore, 'clinic-encryption') : [];
  if (keys && held.some(({ publicKey }) => equalBytes(publicKey, keys.inForce)))
    throw new Violation('who was let go is out', `${gone.name} was revoked and holds the clinic's encryption key`);
}

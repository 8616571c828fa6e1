/** What patients said at a kiosk, taken in by a desk: consents that they signed are given, requests go to the privacy officer. */
import { GUARDIAN } from '../../shared/access/access-visits.ts';
import { requestLetter } from '../../shared/access/complaint-text.ts';
import { cardKey, cardRow } from '../../shared/care-card/card-rules.ts';
import { GUARDIANS, guardianKey, guardianRow, isGuardianNow } from '../../shared/care-card/guardian-rules.ts';
import type { ConsentLetter, NamingLetter, PatientLetter } from '../../shared/care-card/patient-letter.ts';
import { type AskedRow, askedKey, askedRow } from '../../shared/consent/asked-rules.ts';
import { CATEGORIES } from '../../shared/consent/category.ts';
import { grantKey } from '../../shared/consent/consent-rules.ts';
import { equalBytes, fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { AccessComplaints } from '../access/access.ts';
import { everyGuardian } from '../care-card/guardian-rows.ts';
import type { Guardians } from '../care-card/guardians.ts';
import { openLetter } from '../care-card/patient-letters.ts';
import type { Consents } from '../consent/consent.ts';
import { layStatement } from '../records/records.ts';
import { documentsOf, newestDocuments } from '../sync/clinic.store.ts';
import { desksOf } from '../sync/vault-context/clinic-people.ts';
import type {
  AccessGate,
  PatientDirectory,
  PatientEntry,
  RecordStore,
  VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import type { CompartmentKeys } from '../vault/sealing.ts';

const SIGNED = askedKey('');
/** Kind of the rows that say which readings of guardians are in the access log. */
const READING = 'guardian-reading';
const NOTHING = new Uint8Array(0);
/** Each desk leaves so much time to those before it: two that give the same consent at once would stand in each other's way. */
const TURN = 90_000;

type ReadingParts = Pick<LetterParts, 'context' | 'directory'> & {
  readonly accessLog: AccessGate;
  readonly guardians: Guardians;
};

interface LetterParts {
  readonly context: VaultContext;
  readonly directory: PatientDirectory;
  readonly records: RecordStore;
  readonly consents: Consents;
  readonly complaints: AccessComplaints;
}

/** Gives what patients signed and no desk has given yet. @throws {Failure} the first that failed, when the others were dealt with. */
export async function giveAskedConsents(parts: LetterParts): Promise<void> {
  const { context, directory } = parts;
  const failures: unknown[] = [];
  for (const [grant, signed] of await waiting(context)) {
    if (!(await isOurTurn(context, signed))) continue;
    const [patient] = directory.holding(new Set([toHex(signed.handle)]));
    // What was signed and not given before a death is given no more.
    if (!patient || patient.summary.deceased) continue;
    await give(parts, patient, grant).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function give({ context, consents }: LetterParts, patient: PatientEntry, grant: string): Promise<void> {
  for (const { subject, content } of await lettersOf(context, patient)) {
    if (subject !== 'consent') continue;
    const letter = JSON.parse(fromUtf8(content)) as ConsentLetter;
    if (letter.grant === grant)
      await consents.giveAsked({ grant, id: letter.id, wish: { ...letter, patient: patient.id, exceptions: [] } });
  }
}

/**
 * Takes in what patients asked of the privacy officer. Boxes are opened only while the ledger counts a request that is not here.
 * @param holders ids of the patients who have a card @param looked names of documents that need not be opened again
 */
export async function takeInRequests(parts: LetterParts, holders: ReadonlySet<string>, looked: Set<string>): Promise<void> {
  const { context, directory, complaints } = parts;
  const missing = await complaints.missing();
  for (const holder of holders) {
    if (missing.size === 0) return;
    const patient = directory.get(holder);
    if (!patient) continue;
    for (const { subject, content, card } of await lettersOf(context, patient, looked)) {
      if (subject !== 'request') continue;
      const { complaint, text } = decode(requestLetter, content);
      if (!missing.delete(toHex(complaint))) continue;
      const isByGuardian = !(await isOfHolder(context, card, patient));
      await complaints.receive(holder, complaint, text, isByGuardian, (rows, said) =>
        layStatement(parts, patient, said, { rows }),
      );
    }
  }
}

/**
 * Gives the keys to whom patients have named at a kiosk. Of each card the patient's newest letter counts, which may take it back: also what
 * a desk had entered by then, of which the kiosk had not heard.
 * @param looked boxes that were dealt with, by their newest document and who acts: they are opened again when either has changed
 * @throws {Failure} the first that failed, when the others were dealt with.
 */
export async function giveAskedNamings(
  { context, directory, guardians }: ReadingParts,
  holders: ReadonlySet<string>,
  looked: Map<string, string>,
): Promise<void> {
  const failures: unknown[] = [];
  const boxes = [...holders].flatMap((holder) => {
    const patient = directory.get(holder);
    return patient?.handles.card === undefined ? [] : [{ patient, box: patient.handles.card }];
  });
  const newestIn = await newestDocuments(
    context.reader,
    boxes.map(({ box }) => box),
  );
  const acting = Map.groupBy(await everyGuardian(context), ({ patient }) => patient);
  for (const { patient, box } of boxes) {
    const newestDocument = newestIn.get(box) ?? 0;
    const state = JSON.stringify([newestDocument, (acting.get(patient.id) ?? []).map(({ record }) => record)]);
    if (newestDocument === 0 || looked.get(box) === state) continue;
    let isDone = true;
    for (const { naming, card, time } of await newestNamings(context, patient)) {
      const isTurn = await isOurTurn(context, { time });
      if (isTurn)
        await (naming.isTakenBack ? guardians.endTakenBack(patient, naming) : guardians.nameAsked(patient, card, naming)).catch(
          (error: unknown) => failures.push(error),
        );
      isDone &&= isTurn;
    }
    if (isDone && failures.length === 0) looked.set(box, state);
  }
  if (failures.length > 0) throw failures[0];
}

interface WrittenNaming extends PatientLetter {
  readonly naming: NamingLetter;
}

/** What the patient said last of each card. Who acts for them names nobody and takes nobody back. */
async function newestNamings(context: VaultContext, patient: PatientEntry): Promise<WrittenNaming[]> {
  const newest = new Map<string, WrittenNaming>();
  for (const letter of (await lettersOf(context, patient)).toSorted((one, other) => one.time - other.time)) {
    if (letter.subject !== 'naming' || !(await isOfHolder(context, letter.card, patient))) continue;
    const naming = JSON.parse(fromUtf8(letter.content)) as NamingLetter;
    newest.set(naming.card, { ...letter, naming });
  }
  return [...newest.values()];
}

/**
 * What somebody read at a kiosk who acts for a patient, into that patient's access log: a line for each time, once, under the guardian's
 * name. Their kiosk showed nothing before the letter was durable.
 */
export async function takeInReadings({ context, directory, accessLog, guardians }: ReadingParts): Promise<void> {
  for (const { known, ward } of await guardians.all()) {
    const patient = directory.get(known.patient);
    const guardian = directory.get(known.guardian);
    if (!patient || !guardian) continue;
    const isKept = await guardians.keepsPrivate(patient);
    const categories = CATEGORIES.filter((name) => patient.handles[name] !== undefined && !(isKept && name === 'sensitive'));
    for (const letter of await lettersOf(context, patient)) {
      if (letter.subject !== 'reading' || !(await isOfHolder(context, letter.card, guardian))) continue;
      if (!(await isOurTurn(context, letter))) continue;
      const mark = context.rows.name(READING, letter.proof);
      if ((await rowsOfKeys(context.reader, READING, [mark])).length > 0) continue;
      const taken = context.rows.seal(READING, mark, context.rows.name(READING, ward.handle), NOTHING);
      const line = {
        patient: patient.id,
        process: GUARDIAN,
        action: 'open',
        purpose: 'PATRQT',
        categories,
        staff: toHex(letter.card),
        who: guardian.summary.fullName,
        detail: new Date(letter.time).toISOString(),
      };
      await accessLog.noteAlong([line], ({ rows = [], elsewhere }) =>
        context.gateway.commit({ rows: [...rows, taken], ...(elsewhere && { elsewhere }) }),
      );
    }
  }
}

async function isOfHolder({ gateway }: VaultContext, card: Uint8Array, { handles }: PatientEntry): Promise<boolean> {
  const [stored] = await gateway.state([cardKey(toHex(card))]);
  return stored !== undefined && toHex(decode(cardRow, stored).handle) === handles.identity;
}

async function waiting(context: VaultContext): Promise<Array<[string, AskedRow]>> {
  const { gateway, chain } = context;
  const rows = (await gateway.stateList(SIGNED)).map(({ key, value }): [string, AskedRow] => [
    key.slice(SIGNED.length),
    decode(askedRow, value),
  ]);
  const ours = rows.filter(([, { custodian, ended }]) => !ended && toHex(custodian) === toHex(chain));
  const given = await gateway.state(ours.map(([grant]) => grantKey(grant)));
  const time = await gateway.time();
  const open = ours.filter(([, { ends }], at) => given[at] === undefined && (ends === 0 || time < ends));
  const may = await Promise.all(open.map(([, signed]) => mayStillGive(context, signed, time)));
  return open.filter((_, at) => may[at]);
}

/** Who signed for somebody else and does not act for them any more has nothing given by now: a child is of age, a guardian was ended. */
async function mayStillGive({ gateway }: VaultContext, { card, handle }: AskedRow, time: number): Promise<boolean> {
  const holderOf = async (id: string): Promise<string> => {
    const [stored] = await gateway.state([cardKey(id)]);
    return stored ? toHex(decode(cardRow, stored).handle) : '';
  };
  const holder = await holderOf(toHex(card));
  if (holder === toHex(handle)) return true;
  // Under whichever card they have by now.
  for (const { key, value } of await gateway.stateList(GUARDIANS)) {
    const isTheirs = decode(guardianRow, value).wards.some(
      (ward) => equalBytes(ward.handle, handle) && ward.mayConsent && isGuardianNow(ward, time),
    );
    if (isTheirs && (await holderOf(key.slice(GUARDIANS.length))) === holder) return true;
  }
  return false;
}

async function isOurTurn({ gateway, chain, device, clock }: VaultContext, { time }: Pick<AskedRow, 'time'>): Promise<boolean> {
  const desks = (await desksOf(gateway, toHex(chain))).sort();
  return clock() - time >= Math.max(0, desks.indexOf(toHex(device))) * TURN;
}

/** The letters in a patient's box that their own cards signed, or those of who acts for them. @param looked documents that are none; they become more */
async function lettersOf(
  { gateway, keyStore, reader }: VaultContext,
  { handles }: PatientEntry,
  looked: Set<string> = new Set(),
): Promise<PatientLetter[]> {
  const { card: box, identity } = handles;
  if (box === undefined) return [];
  const signerOf = async (card: Uint8Array): Promise<Uint8Array | undefined> => {
    const [stored] = await gateway.state([cardKey(toHex(card))]);
    const row = stored && decode(cardRow, stored);
    if (!row || toHex(row.handle) === identity) return row?.signingKey;
    // Or of somebody who acts or has acted for them.
    const [acting] = await gateway.state([guardianKey(toHex(card))]);
    const wards = acting ? decode(guardianRow, acting).wards : [];
    return wards.some(({ handle }) => toHex(handle) === identity) ? row.signingKey : undefined;
  };
  // After an unlock nobody has opened this patient's box yet.
  await keyStore.loadCompartmentKeys([Buffer.from(box, 'hex')]);
  let isKeyHere = true;
  const keys: CompartmentKeys = (handle, epoch) => {
    const key = keyStore.compartmentKeys(handle, epoch);
    isKeyHere = key !== undefined;
    return key;
  };
  const letters: PatientLetter[] = [];
  for (const document of await documentsOf(reader, Buffer.from(box, 'hex'))) {
    const name = toHex(document.name);
    if (looked.has(name)) continue;
    const letter = await openLetter(document, keys, signerOf).catch((error: unknown) => {
      // What nobody can read must not hold up what can be.
      if (error instanceof Failure) return undefined;
      throw error;
    });
    if (letter) letters.push(letter);
    // Under a key that is on its way it may be one yet.
    else if (isKeyHere) looked.add(name);
  }
  return letters;
}

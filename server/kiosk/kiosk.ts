/**
 * What a clinic lays into the boxes of its patients' care cards, for a kiosk to show: one sealed file for each, written again when something
 * of it has changed. The kiosk itself stands in server/workstation/kiosk.
 */

import { cardKey, cardRow } from '../../shared/care-card/card-rules.ts';
import { GUARDIANS, guardianRow, isGuardianNow } from '../../shared/care-card/guardian-rules.ts';
import { fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { namingPatient, type SummarySubject, summarized } from '../../shared/fhir/international-summary.ts';
import { isResourceKind } from '../../shared/fhir/statement.ts';
import {
  type FiledBenefit,
  type FiledGuardian,
  type FiledReach,
  PATIENT_FILE_KIND,
  type PatientFile,
} from '../../shared/kiosk/patient-file.ts';
import { chainRow } from '../../shared/ledger/rows.ts';
import { chainKey } from '../../shared/ledger/rules.ts';
import type { AccessComplaints, AccessLog } from '../access/access.ts';
import type { Guardians } from '../care-card/guardians.ts';
import type { Consents } from '../consent/consent.ts';
import type { Erasures } from '../erasure/erasure.ts';
import type { Marketplace } from '../marketplace/marketplace.ts';
import type { Staff } from '../staff/people.ts';
import { everyCompartment } from '../sync/vault-context/patient-compartments.ts';
import type {
  ChartEntry,
  PatientDirectory,
  PatientEntry,
  RecordDraft,
  RecordStore,
  VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { sha256Hex } from '../vault/primitives.ts';
import { filedConsents, filedGuardians, filedReadings, filedRequests, filedSections, isOfPatient } from './filed.ts';
import { giveAskedConsents, giveAskedNamings, takeInReadings, takeInRequests } from './take-in-letters.ts';

interface PatientFilesParts {
  readonly context: VaultContext;
  readonly directory: PatientDirectory;
  readonly records: RecordStore;
  readonly accessLog: AccessLog;
  readonly consents: Consents;
  readonly complaints: AccessComplaints;
  readonly guardians: Guardians;
  readonly marketplace: Marketplace;
  readonly erasures: Erasures;
  readonly staff: Staff;
}

type FiledPapers = Pick<PatientFile, 'benefits' | 'certificates' | 'reach'>;

/** What is the same for every patient of a round. */
interface Round {
  /** By compartment: what publishers wrote of rewards. */
  readonly earned: ReadonlyMap<string, readonly FiledBenefit[]>;
  readonly names: FiledReach['names'];
}

/** Patients whose files are looked at in one round: the others come in the next, so that no round holds up the desk. */
const AT_ONCE = 20;
/** Characters of resources in an export; a record beyond it is left to the desk. */
const MOST_EXPORTED = 400_000;
/** Bytes of a file: less than the document in which it is sealed may have. */
const MOST_FILED = 700 * 1024;
/** Visits in a file in which there is room for hardly any resource. The patient's own copy of the log has all of them. */
const FEWEST_READINGS = 200;

export class PatientFiles {
  readonly #parts: PatientFilesParts;
  /** Patient ids by card, both hexadecimal. */
  #holders: ReadonlyMap<string, string> = new Map();
  /** What the newest file of a patient was made of. */
  readonly #written = new Map<string, string>();
  /** Documents of boxes that are no letters. */
  readonly #looked = new Set<string>();
  /** Boxes whose namings were dealt with, by what they were dealt with on. */
  readonly #named = new Map<string, string>();
  #next = 0;

  constructor(parts: PatientFilesParts) {
    this.#parts = parts;
  }

  /** Takes in what patients signed at a kiosk. Then looks at the next patients who have a card, and writes their file anew where something has changed. */
  async refresh(): Promise<void> {
    // What cannot be taken in must not keep the others' files from being written.
    const given = await Promise.allSettled([giveAskedConsents(this.#parts)]);
    await this.#findHolders();
    const taken = await Promise.allSettled([
      takeInRequests(this.#parts, new Set(this.#holders.values()), this.#looked),
      takeInReadings(this.#parts),
      giveAskedNamings(this.#parts, new Set(this.#holders.values()), this.#named),
    ]);
    const written: Array<PromiseSettledResult<void>> = [];
    const patients = [...new Set(this.#holders.values())];
    const round = patients.length > 0 ? await this.#round() : { earned: new Map(), names: {} };
    for (let looked = 0; looked < Math.min(AT_ONCE, patients.length); looked++) {
      const patient = patients[this.#next++ % patients.length] as string;
      const entry = this.#parts.directory.get(patient);
      // Nor one patient's record all others'.
      if (entry) written.push(...(await Promise.allSettled([this.#bringUpToDate(entry, round)])));
    }
    for (const step of [...given, ...taken, ...written]) if (step.status === 'rejected') throw step.reason;
  }

  async #findHolders(): Promise<void> {
    const { context, directory } = this.#parts;
    const chain = toHex(context.chain);
    const living = (await context.gateway.stateList(cardKey('')))
      .map(({ value }) => decode(cardRow, value))
      .filter(({ custodian, ended }) => ended === 0 && toHex(custodian) === chain);
    const cards = new Map(living.map(({ card, handle }) => [toHex(card), toHex(handle)]));
    // Who has no card of their own has a box for who acts for them.
    const time = await context.gateway.time();
    for (const { value } of await context.gateway.stateList(GUARDIANS))
      for (const ward of decode(guardianRow, value).wards)
        if (isGuardianNow(ward, time)) cards.set(`ward ${toHex(ward.handle)}`, toHex(ward.handle));
    const isKnown = cards.size === this.#holders.size && [...cards.keys()].every((card) => this.#holders.has(card));
    if (isKnown) return;
    const holders = directory.holding(new Set(cards.values()));
    const byHandle = new Map(holders.map((entry) => [entry.handles.identity, entry.id]));
    this.#holders = new Map(
      [...cards].flatMap(([card, handle]) => {
        const patient = byHandle.get(handle);
        return patient === undefined ? [] : [[card, patient] as const];
      }),
    );
  }

  async #round(): Promise<Round> {
    const all = await this.#parts.marketplace.benefits.every();
    const filed = all.map(({ handle, id, earnedFor, paidBy }) => ({ handle, benefit: { id, earnedFor, paidBy } }));
    const earned = new Map(
      [...Map.groupBy(filed, ({ handle }) => handle)].map(([handle, each]) => [handle, each.map(({ benefit }) => benefit)]),
    );
    const colleagues = (await this.#parts.staff.members()).filter(({ revoked }) => !revoked);
    return { earned, names: Object.fromEntries(colleagues.map(({ id, name }) => [id, name])) };
  }

  async #bringUpToDate(entry: PatientEntry, { earned, names }: Round): Promise<void> {
    const { records } = this.#parts;
    const entries = await records.entries(entry);
    const before = entries.find(({ kind }) => kind === PATIENT_FILE_KIND);
    const lines = await this.#parts.accessLog.linesOf(entry.id);
    const consents = await this.#parts.consents.list(entry.id);
    const own = entries.filter(isOfPatient);
    const requests = filedRequests(await this.#parts.complaints.list(entry.id));
    const guardians = await this.#guardians(entry);
    const benefits = everyCompartment(entry).flatMap(([, handle]) => earned.get(handle) ?? []);
    const restrictions = await this.#parts.consents.restrictions.inForce(entry);
    const reach = { handles: entry.handles, restrictions, names };
    const given = { benefits, certificates: await this.#parts.erasures.certificatesOf(entry.id), reach };
    const isPrivate = guardians.length > 0 && (await this.#parts.guardians.keepsPrivate(entry));
    // The box begins a new epoch with each card: a file from before it opens to nobody.
    const made = [
      entry.summary,
      own.map(({ document }) => document),
      lines.length,
      consents,
      requests,
      guardians,
      isPrivate,
      this.#epoch(entry),
      given,
    ];
    const print = sha256Hex(utf8(JSON.stringify(made)));
    if (this.#written.get(entry.id) === print) return;
    const stands = before && (await this.#printOf(entry, before));
    if (stands !== print) await records.put(await this.#draft(entry, own, before, { print, isPrivate, given }));
    this.#written.set(entry.id, print);
  }

  #epoch({ handles }: PatientEntry): number {
    const box = handles.card;
    return box === undefined ? 0 : (this.#parts.context.keyStore.currentCompartmentKey(Buffer.from(box, 'hex'))?.epoch ?? 0);
  }

  async #printOf(entry: PatientEntry, before: ChartEntry): Promise<string> {
    const [newest] = await this.#parts.records.versions(entry, before);
    return newest ? (JSON.parse(fromUtf8(newest.content)) as PatientFile).print : '';
  }

  async #draft(
    entry: PatientEntry,
    own: readonly ChartEntry[],
    before: ChartEntry | undefined,
    { print, isPrivate, given }: { readonly print: string; readonly isPrivate: boolean; readonly given: FiledPapers },
  ): Promise<RecordDraft> {
    const { accessLog, consents, context } = this.#parts;
    const written = await this.#resources(
      entry,
      own.toSorted((one, other) => (one.date < other.date ? 1 : -1)),
    );
    const subject: SummarySubject = {
      id: print.slice(0, 32),
      time: context.clock(),
      clinic: await this.#clinicName(),
      patient: patientIn(written, entry),
    };
    const papersOf = (entries: readonly ChartEntry[], resources: typeof written) => ({
      summary: filedSections(entries),
      export: collection(resources),
      exportLeftOut: entries.filter(({ kind }) => isResourceKind(kind)).length - resources.length,
      international: {
        subject,
        // What was written at a desk has no logical id of its own: the record's name stands for it.
        resources: summarized(resources.map(({ record, json }) => ({ entry: record, id: record.fhirId || record.record, json }))),
      },
    });
    const readings = await filedReadings(context.gateway, await accessLog.linesOf(entry.id));
    const filed = {
      format: 1 as const,
      print,
      patient: entry.id,
      name: entry.summary.fullName,
      birthDate: entry.summary.birthDate,
      ...(entry.summary.deceased && { deceased: true as const }),
      consents: filedConsents(await consents.list(entry.id)),
      requests: filedRequests(await this.#parts.complaints.list(entry.id)),
      guardians: await this.#guardians(entry),
      ...given,
    };
    const fileOf = (share: number): PatientFile => {
      const newest = written.slice(0, Math.floor(written.length * share));
      const open = newest.filter(({ record }) => isForGuardians(record));
      return {
        ...filed,
        readings: readings.slice(0, share < 1 / 64 ? FEWEST_READINGS : readings.length),
        ...papersOf(own, newest),
        ...(isPrivate && { forGuardians: papersOf(own.filter(isForGuardians), open) }),
      };
    };
    return {
      patient: entry.id,
      category: 'card',
      kind: PATIENT_FILE_KIND,
      content: fitting(fileOf),
      summary: { resourceType: 'Binary', title: '', date: '', status: '', section: 'other' },
      fhirId: '',
      ...(before ? { record: before.record, basedOn: before.version } : {}),
    };
  }

  async #guardians({ id }: PatientEntry): Promise<FiledGuardian[]> {
    const { guardians, directory } = this.#parts;
    return filedGuardians(await guardians.of(id), (guardian) => directory.get(guardian)?.summary.fullName ?? '');
  }

  async #clinicName(): Promise<string> {
    const [row] = await this.#parts.context.gateway.state([chainKey(toHex(this.#parts.context.chain))]);
    return row ? decode(chainRow, row).name : '';
  }

  /** Resources as they were written, digit by digit, in the order of the entries; only the patient is named as their own resource is. */
  async #resources(entry: PatientEntry, own: readonly ChartEntry[]): Promise<Array<{ record: ChartEntry; json: string }>> {
    const resources: Array<{ record: ChartEntry; json: string }> = [];
    let length = 0;
    for (const record of own.filter(({ kind }) => isResourceKind(kind))) {
      const [newest] = await this.#parts.records.versions(entry, record);
      if (!newest) continue;
      const json = fromUtf8(newest.content);
      length += json.length;
      if (length > MOST_EXPORTED) break;
      resources.push({ record, json });
    }
    const { id } = patientIn(resources, entry);
    return resources.map(({ record, json }) => ({ record, json: namingPatient(json, entry.id, id) }));
  }
}

/** The file, with the largest share of the newest resources for which it has room. */
function fitting(fileOf: (share: number) => PatientFile): Uint8Array {
  let share = 1;
  let content = utf8(JSON.stringify(fileOf(share)));
  for (; content.length > MOST_FILED && share > 1e-4; share /= 2) content = utf8(JSON.stringify(fileOf(share / 2)));
  return content;
}

/** The Patient as it was written; where nobody has written one, what the directory knows. */
function patientIn(written: ReadonlyArray<{ record: ChartEntry; json: string }>, { id, summary }: PatientEntry) {
  const found = written.find(({ record }) => record.resourceType === 'Patient' && record.fhirId !== '');
  if (found) return { id: found.record.fhirId, json: found.json };
  const birthDate = summary.birthDate ? { birthDate: summary.birthDate } : {};
  return { id, json: JSON.stringify({ resourceType: 'Patient', id, name: [{ text: summary.fullName }], ...birthDate }) };
}

const isForGuardians = ({ category }: ChartEntry): boolean => category !== 'sensitive';

/** Everything, as a FHIR collection. */
const collection = (written: ReadonlyArray<{ json: string }>): string =>
  `{"resourceType":"Bundle","type":"collection","entry":[${written.map(({ json }) => `{"resource":${json}}`).join(',')}]}`;

/** The parts of a patient's file, made of what the vault's domains know. */

import { lineId, visitsOf } from '../../shared/access/access-visits.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { lineOf } from '../../shared/fhir/international-summary.ts';
import { chainsOf, readingOf } from '../../shared/kiosk/own-readings.ts';
import type { FiledConsent, FiledGuardian, FiledReading, FiledRequest, FiledSection } from '../../shared/kiosk/patient-file.ts';
import { chainRow } from '../../shared/ledger/rows.ts';
import type { AccessLine } from '../../shared/sync/access-line.ts';
import type { Complaint } from '../access/access.ts';
import type { StandingGuardian } from '../care-card/guardian-rows.ts';
import type { StandingConsent } from '../consent/consent.ts';
import type { DeviceGateway } from '../sync/gateway.ts';
import type { ChartEntry } from '../sync/vault-context/vault-context.ts';

/** Visits in a file; earlier ones are asked for at the desk. */
const MOST_READINGS = 2_000;
const MOST_LINES = 40;

/** What the patient's record is, beside consents, keys and this file itself. */
export const isOfPatient = ({ category }: ChartEntry): boolean =>
  category !== 'card' && category !== 'card-emergency' && category !== 'consents';

/** One entry for each visit, newest first. @param lines newest first */
export async function filedReadings(gateway: DeviceGateway, lines: readonly AccessLine[]): Promise<FiledReading[]> {
  const visits = visitsOf(lines.toReversed()).slice(0, MOST_READINGS);
  const chains = chainsOf(visits);
  const rows = await gateway.state(chains.map((chain) => `chain/${chain}`));
  const names = new Map(chains.map((chain, at) => [chain, rows[at] ? decode(chainRow, rows[at]).name : '']));
  return visits.map((visit) => readingOf(visit, names));
}

export const filedConsents = (consents: readonly StandingConsent[]): FiledConsent[] =>
  consents.map(({ record }) => ({
    id: record.id,
    recipient: record.choices.recipient,
    recipientName: record.recipientName,
    categories: record.choices.categories,
    purpose: record.choices.purpose,
    starts: record.choices.starts,
    ends: record.choices.ends,
    text: record.text,
    language: record.choices.language,
    recordedAt: record.recordedAt,
    withdrawnAt: record.withdrawnAt,
    grants: record.grants.map(({ grant, handle }) => ({ grant, handle })),
    ...(record.choices.exceptions.length > 0 && { exceptions: record.choices.exceptions }),
  }));

export const filedRequests = (complaints: readonly Complaint[]): FiledRequest[] =>
  complaints
    .map(({ id, about, line, words, openedAt, answer }) => ({
      id,
      about,
      line: line ? lineId(line) : '',
      words,
      sentAt: openedAt,
      answer,
    }))
    .sort((one, other) => other.sentAt - one.sentAt);

export const filedGuardians = (guardians: readonly StandingGuardian[], nameOf: (id: string) => string): FiledGuardian[] =>
  guardians
    .filter(({ ward }) => ward.ended === 0)
    .map(({ known: { card, guardian, relationship }, ward: { mayConsent, mayComplain, starts, ends } }) => ({
      card,
      name: nameOf(guardian),
      relationship,
      mayConsent,
      mayComplain,
      starts,
      ends,
    }));

const SECTIONS = {
  problem: 'problems',
  allergy: 'allergies',
  medication: 'medications',
  immunization: 'immunizations',
  procedure: 'procedures',
  result: 'results',
  vital: 'results',
  note: 'notes',
  document: 'notes',
} as const;

/** What a paper of a patient leaves out: it would stand there as if it had been given or done. */
const NEVER_DONE: ReadonlySet<string> = new Set(['entered-in-error', 'not-done']);

const disagreementsOf = (statements: readonly ChartEntry[] = []) =>
  statements.map(({ about, date }) => ({ words: about?.words ?? '', date }));

/** What a clinician needs to know first, the newest of each section; what the patient says against it stands with it. */
export function filedSections(entries: readonly ChartEntry[]): FiledSection[] {
  const sections = new Map<string, Array<FiledSection['lines'][number]>>();
  const leftOut = new Map<string, number>();
  const newest = entries.toSorted((one, other) => (one.date < other.date ? 1 : -1));
  const said = Map.groupBy(newest, ({ about }) => about?.record);
  for (const entry of newest) {
    const { record, section, status, date, about } = entry;
    if (about) continue;
    const name = (SECTIONS as Readonly<Record<string, string>>)[section];
    if (!name || NEVER_DONE.has(status)) continue;
    const lines = sections.get(name) ?? [];
    sections.set(name, lines);
    if (lines.length < MOST_LINES)
      lines.push({ record, text: lineOf(entry), date, disagreements: disagreementsOf(said.get(record)) });
    else leftOut.set(name, (leftOut.get(name) ?? 0) + 1);
  }
  return [...new Set(Object.values(SECTIONS))].flatMap((name) => {
    const lines = sections.get(name);
    const older = leftOut.get(name);
    return lines ? [{ name, lines, ...(older && { leftOut: older }) }] : [];
  });
}

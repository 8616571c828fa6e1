/**
 * The access log as a person reads it: the lines of one visit of one person in one chart belong together, persons stand apart from
 * programs, and a filter asks for a part of it. Pure.
 */
import { foldText } from '../fhir/patient-summary.ts';
import type { AccessLine } from '../sync/access-line.ts';

/** A visit ends when nothing happened for so long. */
const PAUSE = 30 * 60_000;

export const BREAK_GLASS = 'break-glass';
/** `process` of a line about somebody who acts for the patient: a person, whom a desk writes down for the kiosk. */
export const GUARDIAN = 'guardian';

/** Lines of one person (or program) about one patient, close together and for one purpose. */
export interface Visit {
  /** Stays the same while the visit goes on: that of its first line. */
  readonly id: string;
  /** Newest first. */
  readonly lines: readonly AccessLine[];
  readonly first: number;
  readonly last: number;
  readonly byProgram: boolean;
  readonly brokeGlass: boolean;
  /** Without repeats, in the order in which they came. */
  readonly actions: readonly string[];
  readonly categories: readonly string[];
}

export interface VisitFilter {
  readonly text?: string | null | undefined;
  /** A person's key, hexadecimal. */
  readonly staff?: string | null | undefined;
  /** A clinic's chain, hexadecimal. */
  readonly clinic?: string | null | undefined;
  readonly purpose?: string | null | undefined;
  /** Milliseconds; `until` is not part of the period. */
  readonly from?: number | null | undefined;
  readonly until?: number | null | undefined;
  readonly byProgram?: boolean | null | undefined;
  readonly brokeGlass?: boolean | null | undefined;
}

export const lineId = ({ device, sequence }: AccessLine): string => `${device}-${sequence}`;

/** @param lines oldest first. Gives the visits, the newest first. */
export function visitsOf(lines: readonly AccessLine[]): Visit[] {
  const open = new Map<string, AccessLine[]>();
  const ended: AccessLine[][] = [];
  for (const line of lines) {
    const who = [line.chain, line.staff, line.process, line.recipient, line.purpose, line.action === BREAK_GLASS].join(' ');
    const visit = open.get(who);
    if (visit && line.at - (visit.at(-1) as AccessLine).at <= PAUSE) visit.push(line);
    else {
      const begun = [line];
      open.set(who, begun);
      ended.push(begun);
    }
  }
  return ended.map(visitOf).sort((one, other) => other.last - one.last);
}

function visitOf(lines: readonly AccessLine[]): Visit {
  const [first] = lines as [AccessLine];
  return {
    id: lineId(first),
    lines: lines.toReversed(),
    first: first.at,
    last: (lines.at(-1) as AccessLine).at,
    byProgram: first.process !== '' && first.process !== GUARDIAN,
    brokeGlass: first.action === BREAK_GLASS,
    actions: [...new Set(lines.map(({ action }) => action))],
    categories: [...new Set(lines.flatMap(({ categories }) => categories))],
  };
}

/** A visit with the text that a search looks through. */
export interface SearchableVisit extends Visit {
  /** Folded: names, clinics, roles, what was done, reasons. */
  readonly words: string;
}

/** @param clinics names by chain */
export function searchable(visit: Visit, clinics: ReadonlyMap<string, string>): SearchableVisit {
  const [line] = visit.lines as [AccessLine];
  const details = visit.lines.map(({ detail }) => detail).filter((detail) => detail !== '');
  const words = [
    line.who,
    line.role,
    clinics.get(line.chain) ?? '',
    clinics.get(line.recipient) ?? '',
    line.process,
    ...visit.actions,
    ...visit.categories,
    ...details,
  ];
  return { ...visit, words: foldText(words.join(' ')) };
}

/** The visits that the filter asks for, in their order. */
export function filterVisits(visits: readonly SearchableVisit[], filter: VisitFilter): SearchableVisit[] {
  const words = foldText(filter.text ?? '').split(' ');
  const { staff, clinic, purpose, from, until, byProgram, brokeGlass } = filter;
  return visits.filter((visit) => {
    const [line] = visit.lines as [AccessLine];
    return (
      (staff == null || line.staff === staff) &&
      (clinic == null || line.chain === clinic || line.recipient === clinic) &&
      (purpose == null || line.purpose === purpose) &&
      (from == null || visit.last >= from) &&
      (until == null || visit.first < until) &&
      (byProgram == null || visit.byProgram === byProgram) &&
      (brokeGlass == null || visit.brokeGlass === brokeGlass) &&
      words.every((word) => visit.words.includes(word))
    );
  });
}

/** What one can filter by, most frequent first. */
export interface Facet {
  readonly id: string;
  readonly name: string;
  readonly visits: number;
}

export function facet(visits: readonly Visit[], idOf: (line: AccessLine) => readonly [id: string, name: string]): Facet[] {
  const counts = new Map<string, { name: string; visits: number }>();
  for (const { lines } of visits) {
    const [id, name] = idOf(lines[0] as AccessLine);
    const known = counts.get(id);
    if (known) known.visits += 1;
    else counts.set(id, { name, visits: 1 });
  }
  return [...counts]
    .map(([id, { name, visits: many }]) => ({ id, name, visits: many }))
    .sort((one, other) => other.visits - one.visits);
}

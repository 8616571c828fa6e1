/**
 * Who has opened a patient's records, for the patient: what the clinic lists in their file beside what their own copy of the log proves.
 * Neither is left out where they differ. Pure.
 */
import { BREAK_GLASS, GUARDIAN, lineId, type Visit, visitsOf } from '../access/access-visits.ts';
import type { OwnLog } from '../access/patient-copy.ts';
import type { AccessLine } from '../sync/access-line.ts';
import type { FiledReading } from './patient-file.ts';

/** A visit, and whether the ledger proves every line of it. */
export interface OwnReading extends FiledReading {
  readonly proved: boolean;
  /** The patient's own copy has it: a complaint can have its line attached. */
  readonly copied: boolean;
}

/** @param clinics names by chain */
export function readingOf(visit: Visit, clinics: ReadonlyMap<string, string>): FiledReading {
  const { id, last, byProgram, brokeGlass, actions, lines } = visit;
  const { who, role, chain, process, purpose, recipient } = lines[0] as AccessLine;
  return {
    id,
    at: last,
    who: byProgram ? process : who,
    onWordOf: byProgram ? who : '',
    givenTo: clinics.get(recipient) ?? '',
    role: process === GUARDIAN ? GUARDIAN : role,
    clinic: clinics.get(chain) ?? '',
    machine: byProgram,
    emergency: brokeGlass || actions.includes(BREAK_GLASS),
    action: actions[0] ?? '',
    purpose,
  };
}

/** The clinics of which the visits speak. */
export const chainsOf = (visits: readonly Visit[]): string[] => [
  ...new Set(visits.flatMap(({ lines }) => lines.flatMap(({ chain, recipient }) => (recipient ? [chain, recipient] : [chain])))),
];

/** The copy's visits, and those of the file that are not in it or went on after it, newest first. */
export function ownReadings(
  { lines, proved }: Pick<OwnLog, 'lines' | 'proved'>,
  filed: readonly FiledReading[],
  clinics: ReadonlyMap<string, string>,
): OwnReading[] {
  const copied = visitsOf(lines.toReversed()).map((visit) => ({
    ...readingOf(visit, clinics),
    proved: visit.lines.every((line) => proved.has(lineId(line))),
    copied: true,
  }));
  const byId = new Map(copied.map((reading) => [reading.id, reading]));
  for (const reading of filed) {
    const known = byId.get(reading.id);
    if (!known || reading.at > known.at) byId.set(reading.id, { ...reading, proved: false, copied: known !== undefined });
  }
  return [...byId.values()].sort((one, other) => other.at - one.at);
}

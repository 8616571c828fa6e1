/** Hands out the log of one patient as a file; that it was handed out is a line of the log itself. */
import type { VisitFilter } from '../../shared/access/access-visits.ts';
import { logAsCsv, logAsFhir } from '../../shared/access/log-export.ts';
import { localDay } from '../../shared/encoding/wall-clock.ts';
import type { PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { AccessLog } from './access.ts';
import { knowableTo } from './knowable.ts';

interface LogExport {
  readonly fileName: string;
  readonly text: string;
}

/** @throws {Failure} `access.line-not-durable`. */
export async function exportLog(
  { context, access, patient }: { context: VaultContext; access: AccessLog; patient: PatientEntry },
  format: 'CSV' | 'FHIR',
  filter: VisitFilter,
): Promise<LogExport> {
  await access.note(patient, 'access-export', 'PATRQT');
  const { log, visits } = await access.shown.visits(patient.id, filter);
  const told = await knowableTo(context, patient);
  const lines = visits.flatMap((visit) => visit.lines.map(told));
  // A name of a file tells nobody whose log it is.
  const day = localDay(context.clock());
  return format === 'CSV'
    ? { fileName: `access-log-${day}.csv`, text: logAsCsv(lines, log.clinicNames) }
    : {
        fileName: `access-log-${day}.json`,
        text: logAsFhir(lines, log.clinicNames, { id: patient.id, name: patient.summary.fullName }),
      };
}

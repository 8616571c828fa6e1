/** The log of one patient to hand out: as a table (CSV, RFC 4180) or as FHIR R4 AuditEvents with the patterns of IHE BALP. Pure. */
import type { AccessLine } from '../sync/access-line.ts';
import { BREAK_GLASS, lineId } from './access-visits.ts';

/** Whose log it is. */
interface LogPatient {
  readonly id: string;
  readonly name: string;
}

const COLUMNS = [
  'time',
  'who',
  'role',
  'clinic',
  'program',
  'given to',
  'action',
  'purpose',
  'what could be seen',
  'detail',
  'device',
  'number',
] as const;

/** @param clinics names by chain */
export function logAsCsv(lines: readonly AccessLine[], clinics: ReadonlyMap<string, string>): string {
  const rows = lines.map((line) => [
    new Date(line.at).toISOString(),
    line.who,
    line.role,
    clinics.get(line.chain) ?? line.chain,
    line.process,
    line.recipient === '' ? '' : (clinics.get(line.recipient) ?? line.recipient),
    line.action,
    line.purpose,
    line.categories.join(' '),
    line.detail,
    line.device,
    String(line.sequence),
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Quoted; what a spreadsheet would take for a formula is put behind an apostrophe. */
function cell(value: string): string {
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${plain.replaceAll('"', '""')}"`;
}

const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const ROLE = 'urn:careledger:role';
const ACTION = 'urn:careledger:access-action';
const PROCESS = 'urn:careledger:access-process';
/** Nothing is read by them: they give somebody the means. */
const DEEDS: ReadonlySet<string> = new Set(['card', 'guardian']);

/** A Bundle (collection) of one AuditEvent a line. */
export function logAsFhir(lines: readonly AccessLine[], clinics: ReadonlyMap<string, string>, patient: LogPatient): string {
  const entry = lines.map((line) => ({
    fullUrl: `urn:careledger:access-line:${lineId(line)}`,
    resource: auditEvent(line, clinics, patient),
  }));
  return `${JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }, null, 1)}\n`;
}

function auditEvent(line: AccessLine, clinics: ReadonlyMap<string, string>, patient: LogPatient) {
  const clinic = organisation(line.chain, clinics);
  const person = {
    type: { coding: [{ system: PARTICIPATION, code: 'IRCP', display: 'information recipient' }] },
    role: [{ coding: [{ system: ROLE, code: line.role }] }],
    who: { identifier: { system: 'urn:careledger:staff', value: line.staff }, display: line.who },
    // A program acts on somebody's word; then it is the requester.
    requestor: line.process === '',
    purposeOfUse: [{ coding: [{ system: REASON, code: line.purpose }] }],
  };
  const program = {
    type: { coding: [{ system: DICOM, code: '110150', display: 'Application' }] },
    role: [{ coding: [{ system: PROCESS, code: line.process }] }],
    who: { identifier: { system: 'urn:careledger:device', value: line.device }, display: 'Careledger' },
    requestor: true,
  };
  const receiver = {
    type: { coding: [{ system: DICOM, code: '110152', display: 'Destination Role ID' }] },
    who: organisation(line.recipient, clinics),
    requestor: false,
  };
  return {
    resourceType: 'AuditEvent',
    type: { system: DICOM, code: '110110', display: 'Patient Record' },
    subtype: [
      { system: ACTION, code: line.action },
      ...(line.action === BREAK_GLASS ? [{ system: DICOM, code: '110127', display: 'Emergency Override Started' }] : []),
    ],
    action: line.process === 'import' ? 'C' : DEEDS.has(line.action) ? 'E' : 'R',
    recorded: new Date(line.at).toISOString(),
    outcome: '0',
    ...(line.detail !== '' && { outcomeDesc: line.detail }),
    agent: [person, ...(line.process === '' ? [] : [program]), ...(line.recipient === '' ? [] : [receiver])],
    source: { site: clinic.display, observer: clinic },
    entity: [
      {
        what: { identifier: { system: 'urn:careledger:patient', value: patient.id }, display: patient.name },
        type: { system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type', code: '1', display: 'Person' },
        role: { system: 'http://terminology.hl7.org/CodeSystem/object-role', code: '1', display: 'Patient' },
        ...(line.categories.length > 0 && { description: line.categories.join(', ') }),
      },
    ],
  };
}

const organisation = (chain: string, clinics: ReadonlyMap<string, string>) => ({
  identifier: { system: 'urn:careledger:clinic', value: chain },
  display: clinics.get(chain) ?? chain.slice(0, 12),
});

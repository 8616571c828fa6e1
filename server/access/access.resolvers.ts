import { GUARDIAN, lineId, type Visit } from '../../shared/access/access-visits.ts';
import { ANSWER_WITHIN, type ComplaintSubject } from '../../shared/access/complaint-text.ts';
import { mayDo } from '../../shared/access/permissions.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { localDay } from '../../shared/encoding/wall-clock.ts';
import type { ChartSection } from '../../shared/fhir/summary.ts';
import type { AccessLine } from '../../shared/sync/access-line.ts';
import type { AdminChangeKind, Purpose, Resolvers } from '../graphql/generated/vault.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { pageOf } from '../sync/vault-context/list-page.ts';
import type { PatientDirectory, PatientEntry, RecordStore, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { AccessLog } from './access.ts';
import { changesOf } from './changes.ts';
import type { Complaint, Complaints } from './complaints.ts';
import { exportLog } from './export-log.ts';
import { knowableTo } from './knowable.ts';

interface AccessRequest {
  readonly vault: VaultContext;
  readonly access: AccessLog;
  readonly complaints: Complaints;
  readonly patients: PatientDirectory;
  readonly records: Pick<RecordStore, 'entries'>;
}

export const accessResolvers: Resolvers<AccessRequest> = {
  Query: {
    accessLog: async (_, { patient, first, after }, { vault, access, patients }) => {
      const known = patients.known(patient);
      const told = await knowableTo(vault, known);
      const lines = await access.linesOf(known.id);
      const { clinicNames: names } = await access.shown.of(known.id);
      const page = pageOf(lines, first, after, lineId);
      return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: shownLine(vault, names, told(node)) })) };
    },
    accessVisits: async (_, { patient, filter, first, after }, { vault, access, patients }) => {
      const known = patients.known(patient);
      const told = await knowableTo(vault, known);
      const { log, visits } = await access.shown.visits(known.id, filter ?? {});
      const page = pageOf(visits, first, after, ({ id }) => id);
      const shown = (visit: Visit) => shownVisit(vault, log.clinicNames, { ...told(visit), lines: visit.lines.map(told) });
      return {
        ...page,
        edges: page.edges.map(({ cursor, node }) => ({ cursor, node: shown(node) })),
        people: [...log.people],
        clinics: [...log.clinics],
        purposes: [...log.purposes],
      };
    },
    accessCompleteness: async (_, { patient }, { vault, access, patients }) => {
      const all = await access.completeness(patients.known(patient).id);
      const names = await clinicNames(
        vault.gateway,
        all.map(({ chain }) => chain),
      );
      const own = toHex(vault.chain);
      return all.map(({ chain, missing, ...each }) => ({
        ...each,
        missing: [...missing],
        clinic: names.get(chain) ?? '',
        own: chain === own,
      }));
    },
    accessReceipt: async (_, { patient, lines }, { vault, access, patients }) => {
      const made = await access.receipt(patients.known(patient).id, lines ? new Set(lines) : undefined);
      return { ...made, fileName: `access-receipt-${localDay(vault.clock())}.json` };
    },
    adminChanges: async (_, __, { vault, patients }) => {
      const changes = await changesOf(vault);
      const witnesses = changes.flatMap(({ what, before, after }) => (what === 'witnesses' ? [...before, ...after] : []));
      const names = await clinicNames(vault.gateway, [
        ...changes.map(({ chain }) => chain),
        ...witnesses.filter((chain) => /^[0-9a-f]{64}$/.test(chain)),
      ]);
      const named = (values: readonly string[]): string[] => values.map((value) => names.get(value) ?? value);
      return changes.map(({ chain, what, subject, before, after, position, ...change }, at) => ({
        ...change,
        subject: what === 'hold' ? (patients.get(subject)?.summary.fullName ?? '') : subject,
        id: `${changes.length - at}`,
        what: what.toUpperCase().replace('-', '_') as AdminChangeKind,
        before: named(before),
        after: named(after),
        clinic: names.get(chain) ?? '',
        own: chain === toHex(vault.chain),
        position: position ?? null,
      }));
    },
    accessComplaints: async (_, __, request) => {
      const all = await request.complaints.list();
      return Promise.all(all.map((complaint) => shownComplaint(request, complaint)));
    },
    complaintsOf: async (_, { patient }, request) => {
      const { name, role } = request.vault.staff;
      const mine = (await request.complaints.list(request.patients.known(patient).id)).filter(
        ({ by }) => by === name || mayDo(role, 'access.review'),
      );
      return Promise.all(mine.map((complaint) => shownComplaint(request, complaint)));
    },
  },
  Mutation: {
    complainOfAccess: async (_, { patient, line, words }, request) =>
      shownComplaint(request, await request.complaints.open(patient, line, words)),
    answerComplaint: async (_, { id, words }, request) => shownComplaint(request, await request.complaints.answer(id, words)),
    exportAccessLog: (_, { patient, format, filter }, { vault, access, patients }) =>
      exportLog({ context: vault, access, patient: patients.known(patient) }, format, filter ?? {}),
  },
};

function shownLine({ chain }: VaultContext, names: ReadonlyMap<string, string>, line: AccessLine) {
  return {
    ...line,
    role: line.process === GUARDIAN ? GUARDIAN : line.role,
    id: lineId(line),
    clinic: names.get(line.chain) ?? '',
    own: line.chain === toHex(chain),
    recipient: line.recipient === '' ? null : (names.get(line.recipient) ?? ''),
    purpose: line.purpose as Purpose,
    categories: [...line.categories],
  };
}

async function shownComplaint(request: AccessRequest, { answer, line, about, record, ...complaint }: Complaint) {
  const { vault, patients } = request;
  const chains = line ? [line.chain, ...(line.recipient === '' ? [] : [line.recipient])] : [];
  const names = await clinicNames(vault.gateway, chains);
  const patient = patients.get(complaint.patient);
  const told = patient && (await knowableTo(vault, patient));
  return {
    ...complaint,
    about: about.toUpperCase() as Uppercase<ComplaintSubject>,
    patientName: patient?.summary.fullName ?? '',
    answer: answer ?? null,
    dueAt: complaint.openedAt + ANSWER_WITHIN,
    overdue: answer === undefined && vault.clock() > complaint.openedAt + ANSWER_WITHIN,
    line: line ? shownLine(vault, names, told ? told(line) : line) : null,
    record: patient ? await shownRecord(request, patient, record) : null,
  };
}

/** Whoever reads charts and is kept from the record is not told of it here either; to a privacy officer its place says what to look for. */
async function shownRecord({ vault, records }: AccessRequest, patient: PatientEntry, record: string) {
  const entry = record === '' ? undefined : (await records.entries(patient)).find((each) => each.record === record);
  if (!entry) return null;
  const { opens } = await vault.hooks.reading(patient, 'TREAT');
  if (mayDo(vault.staff.role, 'chart.read') && !opens(entry)) return null;
  return { section: entry.section.toUpperCase() as Uppercase<ChartSection>, date: entry.date };
}

function shownVisit(context: VaultContext, names: ReadonlyMap<string, string>, visit: Visit) {
  const lines = visit.lines.map((line) => shownLine(context, names, line));
  const { who, role, clinic, own, process, recipient, purpose } = lines[0] as (typeof lines)[number];
  const { id, first, last, byProgram, brokeGlass, actions, categories } = visit;
  return {
    id,
    who,
    role,
    clinic,
    own,
    process,
    recipient,
    purpose,
    first,
    last,
    byProgram,
    brokeGlass,
    actions: [...actions],
    categories: [...categories],
    lines,
  };
}

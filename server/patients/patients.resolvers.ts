import type { Patient, PatientCandidate, PatientEdge, Resolvers } from '../graphql/generated/vault.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { pageSize } from '../sync/vault-context/list-page.ts';
import type { PatientDirectory, PatientEntry, RecordStore, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { PatientMatch, Patients } from './patients.ts';
import { register } from './register.ts';

interface PatientsRequest {
  readonly vault: VaultContext;
  readonly patients: Patients;
  readonly records: RecordStore;
}

export const patientsResolvers: Resolvers<PatientsRequest> = {
  Query: {
    patients: async (_, { search, first, after }, { vault, patients }, info) => {
      const question = search ?? '';
      const { patients: found, more } = await patients.find(question, pageSize(first), after ?? undefined);
      const shown = await shownPatients(
        vault,
        patients,
        found.map(({ patient }) => patient),
      );
      const edges = found.map(({ cursor }, at): PatientEdge => ({ cursor, node: shown[at] as Patient }));
      // Counting looks at every hit: only who asks for it waits for it.
      const counted = info.fieldNodes.some((node) =>
        node.selectionSet?.selections.some((each) => each.kind !== 'Field' || each.name.value === 'totalCount'),
      );
      return {
        edges,
        pageInfo: { hasNextPage: more, endCursor: edges.at(-1)?.cursor ?? null },
        totalCount: counted ? (more || after ? await patients.count(question) : found.length) : 0,
      };
    },
    patient: async (_, { id }, { vault, patients }) => {
      const patient = patients.get(id);
      return patient ? ((await shownPatients(vault, patients, [patient]))[0] ?? null) : null;
    },
    patientDuplicates: async (_, { id }, { vault, patients }) => {
      const matches = await patients.duplicatesOf(id);
      const shown = await shownPatients(
        vault,
        patients,
        matches.map(({ patient }) => patient),
      );
      return matches.map((match, at) => candidateOf(match, shown[at] as Patient));
    },
  },
  Mutation: {
    registerPatient: async (_, { input, evenSo }, { vault, patients, records }) => {
      const { patient, candidates } = await register(vault, patients, records, input, evenSo ?? false);
      const shown = await shownPatients(vault, patients, [
        ...(patient ? [patient] : []),
        ...candidates.map((candidate) => candidate.patient),
      ]);
      const others = patient ? shown.slice(1) : shown;
      return {
        patient: patient ? (shown[0] ?? null) : null,
        candidates: candidates.map((match, at) => candidateOf(match, others[at] as Patient)),
      };
    },
  },
};

const candidateOf = ({ reasons, score }: PatientMatch, patient: Patient): PatientCandidate => ({
  patient,
  reasons: [...reasons],
  probability: score.probability,
  evidence: score.evidence.map(({ field, agreement, weight }) => ({ field, agreement, weight })),
});

/** Rows of the directory in the words of the schema. */
export async function shownPatients(
  vault: VaultContext,
  directory: PatientDirectory,
  patients: readonly PatientEntry[],
): Promise<Patient[]> {
  const names = await clinicNames(
    vault.gateway,
    patients.map(({ custodian }) => custodian),
  );
  return patients.map(({ id, summary, custodian, shared }) => ({
    id,
    name: summary.fullName,
    family: summary.family || null,
    given: [...summary.given],
    birthDate: summary.birthDate || null,
    gender: summary.gender || null,
    deceased: summary.deceased,
    deceasedAt: summary.deceasedAt ?? null,
    identifiers: summary.identifiers.map(({ system, value, type }) => ({ system: system || null, value, type: type || null })),
    phone: summary.phone || null,
    city: summary.city || null,
    custodian,
    custodianName: names.get(custodian) ?? '',
    shared: shared.length > 0,
    mergedInto: directory.standsFor(id) === id ? null : directory.standsFor(id),
  }));
}

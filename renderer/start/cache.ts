import { type FieldPolicy, InMemoryCache, type Reference } from '@apollo/client';

interface Edges {
  readonly edges: readonly { readonly cursor: string }[];
}

/** One list out of the pages of a connection: a page after a cursor is put behind the row that has it. */
function connection(keyArgs: string[] | false): FieldPolicy<Edges> {
  return {
    keyArgs,
    merge(existing, incoming, { args, readField }) {
      const after = args?.after as string | null | undefined;
      if (!existing || !after) return incoming;
      const cursorOf = (edge: unknown): string | undefined => readField<string>('cursor', edge as Reference);
      // A further page follows the newest row but after a change elsewhere: looked for from the end.
      const position = existing.edges.findLastIndex((edge) => cursorOf(edge) === after);
      const kept = position < 0 ? existing.edges : existing.edges.slice(0, position + 1);
      return { ...incoming, edges: [...kept, ...incoming.edges] };
    },
  };
}

/** The newest answer replaces the one before, as a whole. */
const replaced: FieldPolicy = { merge: false };

/**
 * Objects by what identifies them; charts and records are found in the cache by the patient and the record they are about.
 * @param nameless what stands wherever somebody without a name is named
 */
export function makeCache(nameless: () => string): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          patients: connection(['search']),
          accessVisits: connection(['patient', 'filter']),
          accessCompleteness: replaced,
          accessComplaints: replaced,
          adminChanges: replaced,
          complaintsOf: replaced,
          chart: {
            read: (_existing, { args, toReference }) =>
              toReference({ __typename: 'Chart', patient: { __typename: 'Patient', id: args?.patient } }),
          },
          importJob: { read: (_existing, { args, toReference }) => toReference({ __typename: 'ImportJob', id: args?.id }) },
          consents: replaced,
          glassUses: replaced,
          offers: replaced,
          participations: replaced,
          drafts: replaced,
          teleNotes: replaced,
          monitored: replaced,
          monitoring: replaced,
          staffMembers: replaced,
          importJobs: replaced,
          ledgerBlocks: replaced,
          devices: replaced,
          admissionRequests: replaced,
          regionPolicy: replaced,
          clinics: replaced,
          evidence: replaced,
        },
      },
      Workstation: { keyFields: [] },
      SyncState: { keyFields: [], fields: { problem: replaced, alarms: replaced, diskCheck: replaced } },
      Clinic: { keyFields: ['chain'] },
      RegionPolicy: { keyFields: false },
      RegionWitness: { keyFields: false },
      WitnessOffer: { keyFields: false },
      PolicyProposal: { keyFields: false },
      AdmissionRequest: { keyFields: ['chain'] },
      LedgerBlock: { keyFields: ['hash'] },
      InclusionProof: { keyFields: ['position'] },
      Chart: {
        keyFields: ['patient', ['id']],
        fields: {
          items: connection(['section', 'search', 'remote']),
          summary: replaced,
          sections: replaced,
          seriesCodes: replaced,
        },
      },
      Patient: { fields: { name: { read: (name: string | undefined) => (name === '' ? nameless() : name) } } },
      Watch: { fields: { alerts: replaced, acknowledged: replaced, plans: replaced, last: replaced } },
      Record: { keyFields: ['item', ['id']], fields: { history: replaced } },
      RecordVersion: { keyFields: false },
      Participation: { keyFields: ['patient', 'offer', ['id']] },
      Draft: { keyFields: false },
      Identifier: { keyFields: false },
      AccessCompleteness: { keyFields: false },
      // A filter shows parts of a log, so a visit is what this answer says of it.
      AccessVisit: { keyFields: false },
      AccessLine: { keyFields: false },
      AccessFacet: { keyFields: false },
      AdminChange: { keyFields: false },
      ImportJob: { fields: { refused: replaced, missingReferences: replaced } },
    },
  });
}

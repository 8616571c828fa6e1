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

/** Questions that are answered with a whole list. */
const LISTS = [
  'accessCompleteness',
  'accessComplaints',
  'adminChanges',
  'admissionRequests',
  'clinics',
  'complaintsOf',
  'consents',
  'devices',
  'drafts',
  'evidence',
  'glassUses',
  'importJobs',
  'ledgerBlocks',
  'monitored',
  'monitoring',
  'offers',
  'participations',
  'regionPolicy',
  'staffMembers',
  'teleNotes',
] as const;

/** What is part of the answer that it came in, whatever ids it has: a filter shows parts of a log, so a visit is what that answer says of it. */
const PARTS = [
  'AccessCompleteness',
  'AccessFacet',
  'AccessLine',
  'AccessVisit',
  'AdminChange',
  'Draft',
  'Identifier',
  'PolicyProposal',
  'RecordVersion',
  'RegionPolicy',
  'RegionWitness',
  'WitnessOffer',
] as const;

const eachReplaced = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, replaced]));

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
          ...eachReplaced(LISTS),
          chart: {
            read: (_existing, { args, toReference }) =>
              toReference({ __typename: 'Chart', patient: { __typename: 'Patient', id: args?.patient } }),
          },
          importJob: { read: (_existing, { args, toReference }) => toReference({ __typename: 'ImportJob', id: args?.id }) },
        },
      },
      Workstation: { keyFields: [] },
      SyncState: { keyFields: [], fields: { problem: replaced, alarms: replaced, diskCheck: replaced } },
      Clinic: { keyFields: ['chain'] },
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
      Participation: { keyFields: ['patient', 'offer', ['id']] },
      ImportJob: { fields: { refused: replaced, missingReferences: replaced } },
      ...Object.fromEntries(PARTS.map((name) => [name, { keyFields: false }])),
    },
  });
}

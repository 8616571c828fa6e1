import { useApolloClient } from '@apollo/client/react';
import { type ReactNode, useCallback } from 'react';
import { graphql } from '../generated/gql.ts';
import { type DraftStore, FormDraftsProvider } from '../parts/drafts/use-draft.ts';

const formDrafts = graphql(`
  query FormDrafts($patient: ID) {
    formDrafts(patient: $patient) {
      kind
      key
      content
      savedAt
    }
  }
`);

const saveFormDraft = graphql(`
  mutation SaveFormDraft($patient: ID, $kind: String!, $key: String!, $content: String!) {
    saveFormDraft(patient: $patient, kind: $kind, key: $key, content: $content) {
      kind
      key
      savedAt
    }
  }
`);

const discardFormDraft = graphql(`
  mutation DiscardFormDraft($patient: ID, $kind: String!, $key: String!) {
    discardFormDraft(patient: $patient, kind: $kind, key: $key)
  }
`);

/** What is typed into the desk's forms outside of charts is kept as in charts: registration, visits, consents, offers, plans. */
export function FormDrafts({ children }: { children: ReactNode }) {
  const client = useApolloClient();
  const storeOf = useCallback(
    (subject: string): DraftStore => {
      const patient = subject === '' ? null : subject;
      return {
        all: async () => {
          const { data } = await client.query({ query: formDrafts, variables: { patient }, fetchPolicy: 'no-cache' });
          return data?.formDrafts ?? [];
        },
        save: async (kind, key, content) => {
          const { data } = await client.mutate({ mutation: saveFormDraft, variables: { patient, kind, key, content } });
          return data?.saveFormDraft.savedAt ?? Date.now();
        },
        discard: async (kind, key) => {
          await client.mutate({ mutation: discardFormDraft, variables: { patient, kind, key } });
        },
        changed: () => undefined,
      };
    },
    [client],
  );
  return <FormDraftsProvider value={storeOf}>{children}</FormDraftsProvider>;
}

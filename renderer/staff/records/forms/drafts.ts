import { useApolloClient } from '@apollo/client/react';
import { useMemo } from 'react';
import { graphql } from '../../../generated/gql.ts';
import { type DraftState, type DraftStore, useDraft } from '../../../parts/drafts/use-draft.ts';

export const draftsOf = graphql(`
  query DraftsOf($patient: ID!) {
    drafts(patient: $patient) {
      kind
      key
      content
      savedAt
    }
  }
`);

const saveDraft = graphql(`
  mutation SaveDraft($patient: ID!, $kind: String!, $key: String!, $content: String!) {
    saveDraft(patient: $patient, kind: $kind, key: $key, content: $content) {
      kind
      key
      savedAt
    }
  }
`);

const discardDraft = graphql(`
  mutation DiscardDraft($patient: ID!, $kind: String!, $key: String!) {
    discardDraft(patient: $patient, kind: $kind, key: $key)
  }
`);

interface DraftName {
  readonly patient: string;
  readonly kind: string;
  /** The record that is amended, or `new`. */
  readonly key: string;
}

/** A form of an open chart, whose drafts lie with the chart. */
export function useDraftOfChart<Form extends object>({ patient, kind, key }: DraftName, start: Form): DraftState<Form> {
  const client = useApolloClient();
  const store = useMemo(
    (): DraftStore => ({
      all: async () => {
        const { data } = await client.query({ query: draftsOf, variables: { patient }, fetchPolicy: 'no-cache' });
        return data?.drafts ?? [];
      },
      save: async (saved, at, content) => {
        const variables = { patient, kind: saved, key: at, content };
        const { data } = await client.mutate({ mutation: saveDraft, variables });
        return data?.saveDraft.savedAt ?? Date.now();
      },
      discard: async (gone, at) => {
        await client.mutate({ mutation: discardDraft, variables: { patient, kind: gone, key: at } });
      },
      changed: () => void client.refetchQueries({ include: [draftsOf] }),
    }),
    [client, patient],
  );
  return useDraft(store, kind, key, start);
}

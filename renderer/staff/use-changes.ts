import type { DocumentNode } from '@apollo/client';
import { useApolloClient, useSubscription } from '@apollo/client/react';
import { useRef } from 'react';
import { graphql } from '../generated/gql.ts';
import type { ChangedSubscription } from '../generated/graphql.ts';

const changed = graphql(`
  subscription Changed {
    changed {
      patients
      records
      topics
    }
  }
`);

/** Changes that come close together are answered by one reading. */
const GATHER_MILLISECONDS = 200;

type Change = ChangedSubscription['changed'];

const showing = new WeakMap<DocumentNode, boolean>();

/** Whether a reading says how far acts have got: that moves with the ledger, whoever they are about. */
function showsProgress(document: DocumentNode): boolean {
  const known = showing.get(document);
  if (known !== undefined) return known;
  const shows = JSON.stringify(document).includes('"value":"progress"');
  showing.set(document, shows);
  return shows;
}

/**
 * Reads again whatever is on the screen and has changed underneath: charts of the patients named, all lists when a topic is, and
 * what shows how far acts have got when the ledger has moved.
 */
export function useChanges(): void {
  const client = useApolloClient();
  const waiting = useRef<Change[]>([]);

  const readAgain = (): void => {
    const changes = waiting.current.splice(0);
    const patients = new Set(changes.flatMap((change) => change.patients));
    const listsToo = changes.some((change) => change.topics.length > 0);
    const hasMoved = changes.some((change) => change.topics.includes('sync'));
    for (const query of client.getObservableQueries('active')) {
      const { patient } = query.variables as { patient?: string };
      const isConcerned = patient === undefined ? listsToo : patients.has(patient) || (hasMoved && showsProgress(query.query));
      // A reading that fails shows on its own screen.
      if (isConcerned) query.refetch().catch(() => undefined);
    }
  };

  useSubscription(changed, {
    ignoreResults: true,
    onData: ({ data }) => {
      if (!data.data) return;
      waiting.current.push(data.data.changed);
      if (waiting.current.length === 1) setTimeout(readAgain, GATHER_MILLISECONDS);
    },
  });
}

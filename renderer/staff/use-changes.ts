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

/** Reads again whatever is on the screen and has changed underneath: charts of the patients named, and all lists when a topic is. */
export function useChanges(): void {
  const client = useApolloClient();
  const waiting = useRef<Change[]>([]);

  const readAgain = (): void => {
    const changes = waiting.current.splice(0);
    const patients = new Set(changes.flatMap((change) => change.patients));
    const listsToo = changes.some((change) => change.topics.length > 0);
    for (const query of client.getObservableQueries('active')) {
      const { patient } = query.variables as { patient?: string };
      // A reading that fails shows on its own screen.
      if (patient === undefined ? listsToo : patients.has(patient)) query.refetch().catch(() => undefined);
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

/** What the device service says of the region: one query, and the subscription that keeps it true. */
import { useQuery, useSubscription } from '@apollo/client/react';
import { graphql } from '../../generated/gql.ts';
import type { SyncPartsFragment } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';

graphql(`
  fragment SyncParts on SyncState {
    run
    revision
    connection
    region {
      id
      name
      address
      hubKey
    }
    pendingEvents
    pendingDocuments
    replicaSize
    hubSize
    timeLeft
    auditedSize
    witnessedSize
    witnessedAt
    witnessesNeeded
    witnesses
    rulesNeeded
    provedSize
    splitViewDefence
    lastContact
    clockSkew
    nextAttempt
    problem {
      code
      details {
        name
        value
      }
      message
      retry
    }
    witnessWaits
    newEpoch {
      why
      at
    }
    inUseTwice
    clinicHost {
      role
      listen
      addresses
      connected
      lastContact
      problem {
        code
        details {
          name
          value
        }
        message
        retry
      }
    }
  }
`);

const syncNowQuery = graphql(`
  query SyncStateNow {
    syncState {
      ...SyncParts
    }
  }
`);

const syncChanged = graphql(`
  subscription SyncChanged {
    syncChanged {
      ...SyncParts
      alarms {
        ...EvidenceParts
      }
      diskCheck {
        ...DiskParts
      }
    }
  }
`);

/** The state, or undefined as long as it is not known; `live` is false while nobody would tell of a change. */
export function useSyncState(): { sync: SyncPartsFragment | undefined; live: boolean; error: unknown; retry: () => void } {
  const { data, error, refetch } = useQuery(syncNowQuery, { fetchPolicy: 'network-only', nextFetchPolicy: 'cache-first' });
  const { error: broken } = useSubscription(syncChanged);
  return { sync: data?.syncState, live: !broken && !error, error: error ?? broken, retry: () => quietly(refetch()) };
}

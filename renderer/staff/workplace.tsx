import { useApolloClient, useQuery, useSubscription } from '@apollo/client/react';
import { Box, Center } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { WorkstationPartsFragment } from '../generated/graphql.ts';
import { quietly } from '../parts/quietly.ts';
import { ErrorNotice, Loading } from '../parts/states.tsx';
import { KeptLook } from './kept-look.tsx';
import { UnlockScreen } from './start/unlock-screen.tsx';
import { workstationChanged, workstationQuery } from './start/workstation.ts';

const FirstRun = lazy(() => import('./start/first-run.tsx').then((file) => ({ default: file.FirstRun })));
const Desk = lazy(() => import('./desk.tsx').then((file) => ({ default: file.Desk })));

/** What stands on the screen follows the workstation: the first run, the locked door, or the desk of whoever unlocked it. */
export function Workplace() {
  const { data, error, refetch } = useQuery(workstationQuery);
  useSubscription(workstationChanged, { ignoreResults: true });
  return (
    <KeptLook look={data?.workstation.look}>
      <Scene workstation={data?.workstation} error={error} onRetry={() => quietly(refetch())} />
    </KeptLook>
  );
}

interface SceneProps {
  readonly workstation: WorkstationPartsFragment | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
}

function Scene({ workstation, error, onRetry }: SceneProps) {
  const client = useApolloClient();
  const person = workstation?.state === 'UNLOCKED' ? workstation.signedIn?.id : undefined;
  /** Whose answers the page may hold. */
  const [owner, setOwner] = useState<string | undefined>(undefined);

  useEffect(() => {
    if (owner === person) return;
    // Nothing that a chart showed outlives the lock, or goes on to who takes over.
    const cleared = owner === undefined ? Promise.resolve() : client.resetStore();
    quietly(cleared.catch(() => undefined).then(() => setOwner(person)));
  }, [client, owner, person]);

  if (error && !workstation) {
    return (
      <Center mih="100vh" p="xl" component="main">
        <ErrorNotice error={error} onRetry={onRetry} />
      </Center>
    );
  }
  if (!workstation) return <Waiting />;
  if (workstation.state === 'NEW')
    return (
      <Suspense fallback={<Waiting />}>
        <FirstRun workstation={workstation} />
      </Suspense>
    );
  if (workstation.state === 'LOCKED') return <UnlockScreen workstation={workstation} />;
  if (owner !== person) return <Waiting />;
  return (
    <Suspense fallback={<Waiting />}>
      <Desk key={person} workstation={workstation} />
    </Suspense>
  );
}

function Waiting() {
  return (
    <Center mih="100vh" component="main">
      <Box w={240}>
        <Loading rows={1} />
      </Box>
    </Center>
  );
}

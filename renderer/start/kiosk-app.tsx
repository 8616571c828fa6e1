import { ApolloClient, InMemoryCache } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { Fallen } from '../kiosk/check-in/fallen.tsx';
import { Kiosk } from '../kiosk/kiosk.tsx';
import { type TakeHome, TakeHomeProvider } from '../kiosk/papers/take-home.tsx';
import { CameraGateProvider, openGate } from '../parts/camera/camera-gate.ts';
import { FaultBoundary } from '../parts/fault-boundary.tsx';
import { download } from '../parts/fields/download.ts';
import { quietly } from '../parts/quietly.ts';
import { schemeInMemory, variables } from '../parts/theme.ts';
import { browserLink, hasSession, openSession } from './browser-link.ts';
import { kioskTheme } from './kiosk-theme.ts';
import { shell, shellCameraGate, shellPrinter } from './shell.ts';
import { shellLink } from './shell-port.ts';
import { styleNonce } from './style-nonce.ts';

/** Nothing that was read is read again from memory: each screen asks anew, and what it held goes with it. */
const makeKioskClient = (link: ApolloClient.Options['link']): ApolloClient =>
  new ApolloClient({
    link,
    cache: new InMemoryCache({ resultCaching: false }),
    queryDeduplication: false,
    defaultOptions: {
      watchQuery: { fetchPolicy: 'no-cache' },
      query: { fetchPolicy: 'no-cache' },
      mutate: { fetchPolicy: 'no-cache' },
    },
  });

const NOTHING: TakeHome = { print: undefined, save: undefined, isSilent: true };
const BY_BROWSER: TakeHome = { print: async () => window.print(), save: download, isSilent: false };

/** A kiosk's whole page: its look, its way to the services, and the kiosk. */
export function KioskApp() {
  const scheme = useMemo(schemeInMemory, []);
  const [admitted, setAdmitted] = useState<boolean | null>(null);
  const client = useMemo(() => makeKioskClient(shellLink() ?? browserLink(() => setAdmitted(false))), []);

  const [takeHome, setTakeHome] = useState<TakeHome>(shell ? NOTHING : BY_BROWSER);

  useEffect(() => {
    if (shell) setAdmitted(true);
    else hasSession().then(setAdmitted, () => setAdmitted(false));
  }, []);

  useEffect(() => {
    if (shell) quietly(shellPrinter(shell).then((print) => setTakeHome({ ...NOTHING, print })));
  }, []);

  return (
    <DirectionProvider>
      <MantineProvider
        theme={kioskTheme}
        cssVariablesResolver={variables}
        colorSchemeManager={scheme}
        forceColorScheme="light"
        getStyleNonce={() => styleNonce}
      >
        <ApolloProvider client={client}>
          {admitted === null ? null : (
            <CameraGateProvider value={shellCameraGate ?? openGate}>
              <TakeHomeProvider value={takeHome}>
                <FaultBoundary fallback={<Fallen />}>
                  <Kiosk admitted={admitted} onCode={(code) => openSession(code).then(() => setAdmitted(true))} />
                </FaultBoundary>
              </TakeHomeProvider>
            </CameraGateProvider>
          )}
        </ApolloProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

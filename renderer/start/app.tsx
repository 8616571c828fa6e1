import type { ApolloClient } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { createTheme, MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { browserAttention, CallAttentionProvider } from '../parts/attention.ts';
import { CameraGateProvider, openGate } from '../parts/camera/camera-gate.ts';
import { FaultBoundary, FaultNotice } from '../parts/fault-boundary.tsx';
import { FilePickerProvider } from '../parts/fields/file-picker.ts';
import { useEscapeClosesOne } from '../parts/focus/escape-one-dialog.ts';
import { useFocusReturn } from '../parts/focus/focus-return.ts';
import { openTab, PasskeyOpenerProvider } from '../parts/passkey-opener.ts';
import { schemeInMemory, theme, variables } from '../parts/theme.ts';
import { Workplace } from '../staff/workplace.tsx';
import { browserLink, hasSession } from './browser-link.ts';
import { makeClient } from './client.ts';
import { SessionGate } from './session-gate.tsx';
import { shellAttention, shellCameraGate, shellFilePicker, shellPasskeyOpener } from './shell.ts';
import { shellLink } from './shell-port.ts';
import { styleNonce } from './style-nonce.ts';

/** In place of a list that is empty: one that did not open would look broken. */
function NothingFound() {
  return useTranslation().t('palette.nothing');
}

const deskTheme = mergeThemeOverrides(
  theme,
  createTheme({ components: { Select: { defaultProps: { nothingFoundMessage: <NothingFound /> } } } }),
);

/** The whole page: its look, its way to the services, and the workplace once there is one. */
export function App() {
  const scheme = useMemo(schemeInMemory, []);
  const [admitted, setAdmitted] = useState<boolean | null>(null);
  const client = useMemo<ApolloClient>(() => makeClient(shellLink() ?? browserLink(() => setAdmitted(false))), []);
  useFocusReturn();
  useEscapeClosesOne();
  const inShell = shellFilePicker !== undefined;

  useEffect(() => {
    if (inShell) setAdmitted(true);
    else hasSession().then(setAdmitted, () => setAdmitted(false));
  }, [inShell]);

  return (
    <MantineProvider
      theme={deskTheme}
      cssVariablesResolver={variables}
      colorSchemeManager={scheme}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      {admitted === false ? <SessionGate onAdmitted={() => setAdmitted(true)} /> : null}
      {admitted === true ? (
        <ApolloProvider client={client}>
          <FilePickerProvider value={shellFilePicker ?? null}>
            <PasskeyOpenerProvider value={shellPasskeyOpener ?? openTab}>
              <CameraGateProvider value={shellCameraGate ?? openGate}>
                <CallAttentionProvider value={shellAttention ?? browserAttention}>
                  <FaultBoundary fallback={<FaultNotice />}>
                    <Workplace />
                  </FaultBoundary>
                </CallAttentionProvider>
              </CameraGateProvider>
            </PasskeyOpenerProvider>
          </FilePickerProvider>
        </ApolloProvider>
      ) : null}
    </MantineProvider>
  );
}

// First of all, before any library runs: nothing may turn text into markup, and whoever writes styles knows the nonce.
import './trusted-types.ts';
import './style-nonce.ts';
import '@fontsource-variable/inter/wght.css';
import './mantine.css';
import './page.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { preferredLanguage, startWords } from '../language/words.ts';
import { schemeInMemory, theme, variables } from '../parts/theme.ts';
import { PasskeyPage } from './passkey-page.tsx';
import { styleNonce } from './style-nonce.ts';

await startWords(preferredLanguage(navigator.languages));

// The ticket is good for one page; the address bar and the history need not keep it.
const ticket = window.location.hash.slice(1);
window.history.replaceState(null, '', '/');

const root = document.getElementById('root');
if (!root) throw new Error('passkey.html has no element "root"');
createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={variables}
    colorSchemeManager={schemeInMemory()}
    defaultColorScheme="auto"
    getStyleNonce={() => styleNonce}
  >
    <PasskeyPage ticket={ticket} />
  </MantineProvider>,
);

// First of all, before any library runs: nothing may turn text into markup, and whoever writes styles knows the nonce.
import './trusted-types.ts';
import './style-nonce.ts';
import '@fontsource-variable/inter/wght.css';
import './mantine.css';
import './page.css';
import { createRoot } from 'react-dom/client';
import { preferredLanguage, startWords } from '../language/words.ts';
import { App } from './app.tsx';

await startWords(preferredLanguage(navigator.languages));

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root"');
createRoot(root).render(<App />);

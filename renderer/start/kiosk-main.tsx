// First of all, before any library runs: nothing may turn text into markup, and whoever writes styles knows the nonce.
import './trusted-types.ts';
import './style-nonce.ts';
import '@fontsource-variable/inter/wght.css';
import './mantine.css';
import './kiosk.css';
import '../visit/call.css';
import { createRoot } from 'react-dom/client';
import { startKioskWords } from '../language/kiosk-words.ts';
import { KioskApp } from './kiosk-app.tsx';

startKioskWords();

const root = document.getElementById('root');
if (!root) throw new Error('kiosk.html has no element "root"');
createRoot(root).render(<KioskApp />);

// First of all, before any library runs: nothing may turn text into markup.
import './trusted-types.ts';
import './visit.css';
import '../visit/call.css';
import './opinion.css';
import { createRoot } from 'react-dom/client';
import { OpinionPage } from '../visit/opinion-page.tsx';

const fragment = window.location.hash;
// The key need not stay in the address bar and the history.
window.history.replaceState(null, '', window.location.pathname);

const root = document.getElementById('root');
if (!root) throw new Error('opinion.html has no element "root"');
createRoot(root).render(<OpinionPage fragment={fragment} />);

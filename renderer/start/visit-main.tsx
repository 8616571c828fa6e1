// First of all, before any library runs: nothing may turn text into markup.
import './trusted-types.ts';
import './visit.css';
import '../visit/call.css';
import { createRoot } from 'react-dom/client';
import { VisitPage } from '../visit/visit-page.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('visit.html has no element "root"');
createRoot(root).render(<VisitPage fragment={window.location.hash} />);

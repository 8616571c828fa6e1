/** An officer's sheet as a page to print, for the command line; the screens print their own. */
import { toString as qrSvg } from 'qrcode';
import { localDay } from '../../../shared/encoding/wall-clock.ts';
import type { RecoverySheet } from './backup-vault.ts';

interface SheetOccasion {
  readonly clinic: string;
  readonly threshold: number;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly made: number;
}

export async function sheetPage(sheet: RecoverySheet, { clinic, threshold, count, made }: SheetOccasion): Promise<string> {
  const code = await qrSvg(sheet.text, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
  const lines = sheet.lines.map((line, at) => `<li value="${at + 1}"><code>${line}</code></li>`).join('\n');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Recovery sheet ${sheet.index}</title>
<style>
body { font: 12pt/1.4 sans-serif; max-width: 17cm; margin: 1cm auto; }
svg { width: 9cm; height: 9cm; display: block; }
code { font: 14pt/1.6 monospace; letter-spacing: .05em; }
</style>
<h1>Recovery sheet ${sheet.index} of ${count}</h1>
<p><b>${escaped(clinic)}</b>, held by <b>${escaped(sheet.holder)}</b>, made ${localDay(made)}.</p>
<p>If the clinic’s computers are lost, any ${threshold} of the ${count} sheets and a backup bring everything back. Fewer than ${threshold} open nothing.</p>
${code}
<p>Or type these lines:</p>
<ol>
${lines}
</ol>
<h2>What to do with it</h2>
<ul>
<li>Keep it where you keep a passport: on paper, away from the clinic, apart from the other sheets and from the backups.</li>
<li>Do not photograph it, copy it or send it. Give it to nobody; bring it yourself when the clinic asks for it.</li>
<li>Lost, seen by others, or leaving the clinic? Tell an administrator: a new set is made, and this sheet is then worth nothing.</li>
<li>To restore: “Restore from a backup” on a new Careledger, or <code>careledger restore BACKUP --data DIR --share FILE …</code></li>
</ul>
</html>
`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

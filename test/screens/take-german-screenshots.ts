/** Pictures of the desk in German and of its rare states, in out/screenshots: `node test/screens/take-german-screenshots.ts`, after `npm run build`. */
import { resolve } from 'node:path';
import { openScreenBook } from './screen-book.ts';
import { walkGerman } from './walk-german.ts';

const folder = resolve(import.meta.dirname, '../../out/screenshots');
const book = await openScreenBook('about:blank', folder);
try {
  await walkGerman(book, 'quiet harbour lantern meadow');
  for (const violation of book.violations) console.error(violation);
  for (const complaint of book.complaints) console.error(complaint);
  process.exitCode = book.violations.length + book.complaints.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error);
  await book.page.screenshot({ path: resolve(folder, 'failed.png') });
  process.exitCode = 1;
} finally {
  await book.close();
}

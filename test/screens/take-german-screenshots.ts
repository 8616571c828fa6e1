/** Pictures of the desk in German and of its rare states, in out/screenshots: `node test/screens/take-german-screenshots.ts`, after `npm run build`. */
import { takePictures } from './screen-book.ts';
import { walkGerman } from './walk-german.ts';

await takePictures('about:blank', (book) => walkGerman(book, 'quiet harbour lantern meadow'));

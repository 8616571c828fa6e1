/** Takes the guides' pictures anew, into docs/pictures: `node test/screens/take-guide-pictures.ts`, after `npm run build`. Look at each before it is committed. */
import { takePictures } from './screen-book.ts';
import { walkGuide } from './walk-guide.ts';

await takePictures('about:blank', walkGuide);

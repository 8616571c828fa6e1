/** Pictures that a walk has taken become those of the guides in docs/: the light ones. */
import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ScreenBook, screensFolder } from './screen-book.ts';

const guide = resolve(import.meta.dirname, '../../docs/pictures');

/** @param taken as the walk calls it @param name as the guide does */
export function keepForGuide(taken: string, name: string): void {
  copyFileSync(join(screensFolder, `${taken}-light.png`), join(guide, `${name}.png`));
}

/** Of docs/administrators.md, by the names that the walk through the fleet's console gives them. */
const OF_THE_CONSOLE: ReadonlyMap<string, string> = new Map([
  ['92-fleet', 'fleet'],
  ['95-quarantine', 'quarantine'],
  ['110-fleet-anchors', 'anchors'],
  ['111-fleet-updates', 'fleet-updates'],
  ['114-fleet-trouble', 'fleet-trouble'],
  ['115-fleet-recovering', 'fleet-recovering'],
  ['99-ceremony-prepare', 'ceremony-prepare'],
  ['100-ceremony-invite', 'ceremony-invite'],
  ['102-ceremony-take-back', 'ceremony-take-back'],
  ['103-ceremony-admit', 'ceremony-admit'],
  ['104-ceremony-revoke', 'ceremony-revoke'],
  ['105-ceremony-rotate', 'ceremony-rotate'],
  ['106-ceremony-witnesses', 'ceremony-witnesses'],
  ['107-ceremony-restore', 'ceremony-restore'],
  ['108-ceremony-administrator', 'ceremony-administrator'],
]);

/** The same book, whose pictures of the console go into the guide as well. */
export const guideOfConsole = (book: ScreenBook): ScreenBook => ({
  ...book,
  take: async (taken) => {
    await book.take(taken);
    const name = OF_THE_CONSOLE.get(taken);
    if (name !== undefined) keepForGuide(taken, name);
  },
});

import { resolve } from 'node:path';
import type { Page } from 'playwright-core';

const folder = resolve(import.meta.dirname, '../../out/screenshots');

/**
 * A picture of what a journey passes, for people to look at, in `out/screenshots`: only where PICTURES asks for them. No test compares one, and
 * the kiosk's two hundred took a quarter of its journey's time.
 *
 * @param name such as `kiosk/01-language-en`.
 */
export async function keepPicture(page: Page, name: string, fullPage = false): Promise<void> {
  if (!process.env.PICTURES) return;
  // On a picture of the whole page what stays in sight while it is pushed would cover its middle.
  const stand = (position: string) =>
    page.evaluate(`document.querySelector('.kiosk-bar')?.style.setProperty('position', '${position}')`);
  if (fullPage) await stand('static');
  await page.screenshot({ path: resolve(folder, `${name}.png`), fullPage });
  if (fullPage) await stand('');
}

/** A walk through the screens of a desk, of which pictures are taken: where it goes, what it presses, what it types again and again. */
import type { Locator, Page } from 'playwright-core';
import type { ScreenBook } from './screen-book.ts';

/** Uploading, ordering and witnessing take so long at most. */
export const SETTLING = { timeout: 90_000 };

export class DeskWalk {
  readonly book: ScreenBook;
  readonly page: Page;
  readonly passphrase: string;

  constructor(book: ScreenBook, passphrase: string) {
    this.book = book;
    this.page = book.page;
    this.passphrase = passphrase;
  }

  goTo(screen: string): Promise<void> {
    return this.page.getByRole('navigation').getByRole('button', { name: screen, exact: true }).click(SETTLING);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name }).first();
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) });
  }

  async dialogDone(): Promise<void> {
    await this.page.getByRole('dialog').waitFor({ state: 'hidden', ...SETTLING });
  }

  async newPassphrase(): Promise<void> {
    await this.page.getByLabel(/^New passphrase( \*)?$/).fill(this.passphrase);
    await this.page.getByLabel('New passphrase again').fill(this.passphrase);
  }

  /** In a dialog, by passphrase. */
  async sign(action: string): Promise<void> {
    await this.page.getByLabel('Your passphrase').fill(this.passphrase);
    await this.page.getByRole('dialog').getByRole('button', { name: action }).click();
    await this.dialogDone();
  }
}

/** A time code set up on the screen, as a person with a phone does. */
import type { Locator, Page } from 'playwright-core';
import { Authenticator } from '../../server/workstation/demo/authenticator.ts';

/** From "Set up a time code" on, in the dialog that has it; gives what shows the codes that follow. */
export async function setUpTimeCode(dialog: Locator | Page, passphrase: string): Promise<Authenticator> {
  await dialog.getByRole('button', { name: 'Set up a time code', exact: true }).click();
  await dialog.getByLabel('Your passphrase').fill(passphrase);
  await dialog.getByRole('button', { name: 'Show the QR code', exact: true }).click();
  const phone = new Authenticator((await dialog.locator('code').first().textContent()) ?? '');
  await dialog.getByLabel('Code that the authenticator shows now').fill(await phone.next());
  await dialog.getByRole('button', { name: 'Confirm with this code', exact: true }).click();
  return phone;
}

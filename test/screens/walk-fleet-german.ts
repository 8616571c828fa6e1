/** The console of a hub administrator once more in German. */
import german from '../../renderer/language/de.json' with { type: 'json' };
import { type Alterations, alarm, alterAnswers } from './altered-answers.ts';
import { withReleases, withTroubles, withWrongHubClock } from './altered-fleet.ts';
import { SETTLING } from './desk-walk.ts';
import type { ScreenBook } from './screen-book.ts';

const HOUR = 3_600_000;

/** Each page of the console, and what a desk catches others and its own disk at. */
export async function walkInGerman({ page, take }: ScreenBook): Promise<void> {
  const { fleet, screens, evidence } = german;
  const part = (name: string) => page.getByText(name, { exact: true }).last().click();
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { name: screens.fleet }).waitFor();
  const written =
    'What was written here at 2026-11-28T09:14:00.000Z (record.added) was altered on the disk while it waited to be sent, ';
  const rows = [
    alarm(1, 'storage.act-altered', false, `${written}and cannot be put right.`),
    alarm(2, 'storage.act-mended', false, `${written}and was put right. Nothing was lost.`),
    alarm(3, 'sync.split-view', true),
  ];
  const altered: Alterations = {
    syncState: (answer) => (answer instanceof Object && 'alarms' in answer ? { ...answer, alarms: rows } : answer),
    fleet: withReleases,
    evidence: () => [...rows, { ...alarm(90, 'sync.frozen', false), resolvedAt: Date.now() - 89 * HOUR, resolvedBy: '' }],
  };
  await alterAnswers(page, altered);
  for (const [name, file] of [
    [fleet.devices, '120-g-fleet'],
    [fleet.clinics, '121-g-clinics'],
    [fleet.updates.title, '122-g-updates'],
    [fleet.ledger.title, '123-g-ledger'],
    [german.ceremonies.title, '124-g-ceremonies'],
    [fleet.acts, '125-g-acts'],
  ] as const) {
    await part(name);
    await take(file);
  }
  altered.fleet = withTroubles;
  await page.getByText(fleet.trouble.DATABASE.title).waitFor(SETTLING);
  await take('130-g-trouble');
  altered.fleet = withWrongHubClock;
  await page.getByText(fleet.hubClock.title).waitFor(SETTLING);
  await page.getByText(fleet.trouble.DATABASE.title).waitFor({ state: 'hidden', ...SETTLING });
  await part(fleet.devices);
  await take('131-g-hub-clock');
  altered.fleet = withReleases;
  await page.getByText(fleet.hubClock.title).waitFor({ state: 'hidden', ...SETTLING });
  await part(fleet.clinics);
  await page.getByRole('row', { name: /Ridge Clinic/ }).click();
  await page.getByRole('heading', { name: 'Ridge Clinic' }).waitFor();
  await page.locator('tbody tr').first().click();
  await take('126-g-clinic');
  await page.getByRole('button', { name: fleet.acting.ring.action }).click();
  await page.getByRole('dialog').waitFor();
  await take('127-g-ring');
  await page.keyboard.press('Escape');
  await page.getByRole('navigation').getByRole('button', { name: screens.fleet, exact: true }).click();
  await part(fleet.ledger.title);
  await page.getByText(evidence['act-altered'].title).last().scrollIntoViewIfNeeded();
  await take('128-g-evidence');
  await page.getByRole('navigation').getByRole('button', { name: screens.ledger, exact: true }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await take('129-g-altered-act');
}

/** The console of a hub administrator: named at the machine, the fleet, one clinic in quarantine and out of it. */

import { join } from 'node:path';
import english from '../../renderer/language/en.json' with { type: 'json' };
import { witnessPlace } from '../../server/hub/commands/administration.ts';
import { actAtHub, hubStatus, offerNewHubKey } from '../../server/hub/commands/fleet-administration.ts';
import { writeReport } from '../../server/hub/fleet/fleet.store.ts';
import { addSample } from '../../server/hub/fleet/samples.store.ts';
import { openHubDatabase } from '../../server/hub/hub-database.ts';
import { openDatabase } from '../../server/storage/database.ts';
import type { Authenticator } from '../../server/workstation/demo/authenticator.ts';
import { type Desk, until } from '../../server/workstation/demo/desk.ts';
import type { DemoRegion } from '../../server/workstation/demo/region.ts';
import { eventReceipts } from '../../server/workstation/device/receipts.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { RegionHead } from '../../server/workstation/outside/region-head.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';
import { REGION_ANCHORED } from '../../shared/ledger/anchor-rules.ts';
import { type DeviceReport, encodeReport } from '../../shared/sync/device-report.ts';
import { FilledLedger } from '../support/filled-ledger.ts';
import { act, checkpointOf, cosign, foundClinic, foundRegion } from '../support/ledger-builder.ts';
import { setUpTimeCode } from '../support/time-code-page.ts';
import { alterAnswers } from './altered-answers.ts';
import { withRecovery, withReleases, withTroubles } from './altered-fleet.ts';
import { DeskWalk, SETTLING } from './desk-walk.ts';
import type { ScreenBook } from './screen-book.ts';
import { walkInGerman } from './walk-fleet-german.ts';
import type { WorkstationProcess } from './workstation-process.ts';

const JOIN = 'mutation Join($invitation: String!) { joinRegion(invitation: $invitation) { connection } }';
const HOUR = 3_600_000;

/** The console, whose acts want a second factor as well. */
class ConsoleWalk extends DeskWalk {
  /** The administrator's, once it is set up. */
  phone: Authenticator | undefined;

  /** A step of a ceremony. */
  step(name: string): Promise<void> {
    return this.page.getByRole('button', { name: new RegExp(name) }).click();
  }

  /** With passphrase and time code. @param picture taken before it is signed */
  async signTwice(action: string, picture?: string): Promise<void> {
    const { page, phone } = this;
    if (!phone) throw new Error('no second factor is set up yet');
    await page.getByLabel('Your passphrase').fill(this.passphrase);
    if (picture) await this.book.take(picture);
    await page.getByRole('dialog').getByRole('button', { name: action }).click();
    await page.getByLabel('Code that the authenticator shows now').fill(await phone.next());
    await this.button('Go on').click();
    await page.getByLabel('Your passphrase').waitFor({ state: 'hidden', ...SETTLING });
  }
}

/** @param workstation without a clinic: the region's office is made there */
export async function walkFleet(
  book: ScreenBook,
  workstation: WorkstationProcess,
  region: DemoRegion,
  passphrase: string,
): Promise<void> {
  const hub = join(region.folder, 'hub');
  const walk = new ConsoleWalk(book, passphrase);
  await foundOffice(walk, workstation, region);
  const desks = await admitClinics(walk, region);
  await nameAdministrator(walk, hub);
  for (const desk of desks) await desk.stop();
  await tellOfOthers(hub);
  await tellOfTheDay(hub);
  await walkClinics(walk);
  await walkQuarantine(walk);
  await walkLedger(walk, hub);
  await walkInvitations(walk);
  await walkCeremonies(walk, region, hub);
  await walkTroubles(book);
  await walkActs(walk);
  await walkUpdates(book, (screen) => walk.goTo(screen));
  await walkInGerman(book);
}

async function foundOffice(walk: ConsoleWalk, workstation: WorkstationProcess, region: DemoRegion): Promise<void> {
  const { page } = walk;
  await page.goto(workstation.address);
  await page.getByLabel('Code from the terminal').fill(workstation.code);
  await walk.button('Continue').click();
  await walk.button(/Create a clinic/).click();
  await page.getByLabel(/^Name of the clinic/).fill('Region Office');
  await page.getByLabel('Your name, as its first').fill('Ana Ferreira');
  await walk.newPassphrase();
  await walk.button('Create the clinic').click();
  await walk.goTo('Sync & region');
  await page.getByLabel('Invitation').fill(await region.makeHub());
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('heading', { name: 'Up to date' }).waitFor(SETTLING);
}

async function admitClinics(walk: ConsoleWalk, region: DemoRegion): Promise<Desk[]> {
  const { page, passphrase } = walk;
  const desks: Desk[] = [];
  let founders: Authenticator | undefined;
  for (const name of ['Ridge Clinic', 'Harbour Clinic']) {
    const desk = await region.openClinic(name, 'Mara Lind');
    desks.push(desk);
    await desk.device(JOIN, { invitation: await region.invite() });
    await walk.goTo('Patients');
    await walk.goTo('Sync & region');
    await walk.button('Look at the request').click(SETTLING);
    await walk.button('They are the same').click();
    const asking = page.getByRole('dialog', { name: 'Your second factor' });
    if (founders) {
      await asking.getByLabel('Code that the authenticator shows now').fill(await founders.next());
      await asking.getByRole('button', { name: 'Go on', exact: true }).click();
    } else founders = await setUpTimeCode(asking, passphrase);
    await page.getByRole('cell', { name }).waitFor(SETTLING);
  }
  return desks;
}

/** Enrolled at the office, named at the hub's machine, with a second factor. */
async function nameAdministrator(walk: ConsoleWalk, hub: string): Promise<void> {
  const { page, book, passphrase } = walk;
  await walk.goTo('Staff');
  await walk.button('Enrol a colleague').click();
  await page.getByLabel(/^Name/).fill('Noor Haddad');
  await page.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'hub administrator' }).click();
  await walk.newPassphrase();
  await book.take('90-hub-administrator-enrolled');
  await page.getByRole('button', { name: 'Enrol', exact: true }).click();
  await page.getByRole('row', { name: /Noor Haddad/ }).waitFor(SETTLING);
  await page.keyboard.press('Control+l');
  await page.getByRole('combobox', { name: 'Who are you?' }).click();
  await page.getByRole('option', { name: /Noor Haddad/ }).click();
  await page.getByLabel('Your passphrase').fill(passphrase);
  await walk.button('Unlock').click();
  await page.getByText('This hub does not know you yet').waitFor(SETTLING);
  await book.take('91-fleet-not-named');
  const id = (await page.locator('pre').first().textContent()) ?? '';
  const named = { kind: 'administrator', subject: fromHex(id), reason: 'not-said', isSet: true } as const;
  await until('the role is in the ledger', () =>
    actAtHub(hub, named, Date.now)
      .then(() => true)
      .catch(() => false),
  );

  await walk.goTo('Staff');
  await walk.button('My second factor').click();
  walk.phone = await setUpTimeCode(page.getByRole('dialog'), passphrase);
  await page.getByText('You have a time code on this desk').waitFor();
  await page.keyboard.press('Escape');
  await walk.dialogDone();
}

async function walkClinics(walk: ConsoleWalk): Promise<void> {
  const { page, book } = walk;
  await walk.goTo('Fleet');
  await page.getByText('wrong clock').first().waitFor(SETTLING);
  await book.take('92-fleet');
  await page.getByText('Clinics', { exact: true }).click();
  await page.getByRole('table', { name: 'Clinics' }).waitFor();
  await book.take('93-fleet-clinics');
  await page.getByRole('row', { name: /Ridge Clinic/ }).click();
  await page.getByRole('heading', { name: 'Ridge Clinic' }).waitFor();
  await page.getByRole('table', { name: 'Devices' }).locator('tbody tr').first().click();
  await book.take('94-fleet-clinic');
}

async function walkQuarantine(walk: ConsoleWalk): Promise<void> {
  const { page, book } = walk;
  await walk.button('Quarantine').click();
  await walk.signTwice('Quarantine', '95-quarantine');
  await page.getByText('This clinic is in quarantine').waitFor(SETTLING);
  await book.take('96-in-quarantine');
  await walk.button('Release').click();
  await walk.signTwice('Release');
  await page.getByText('This clinic is in quarantine').waitFor({ state: 'hidden' });
}

async function walkLedger(walk: ConsoleWalk, hub: string): Promise<void> {
  const { page, book } = walk;
  await walk.goTo('Fleet');
  await page.getByText('Ledger', { exact: true }).last().click();
  await page.getByText('Final to the newest block').waitFor(SETTLING);
  await page.getByText('Slowest answers', { exact: true }).first().click();
  await page.getByRole('img', { name: 'Slowest answers' }).waitFor(SETTLING);
  await book.take('97-fleet-ledger');
  const anchors = page.getByRole('region', { name: 'Anchors' });
  await anchors.getByText('This region is anchored nowhere yet').scrollIntoViewIfNeeded();
  await book.take('109-fleet-anchors-none');
  const anchor = { name: 'ANCHOR.json', mimeType: 'application/json', buffer: Buffer.from(await anchorInParent(hub)) };
  await anchors.getByLabel('Take in an anchor').setInputFiles(anchor);
  await anchors.getByText('holds', { exact: true }).waitFor(SETTLING);
  await anchors.scrollIntoViewIfNeeded();
  await book.take('110-fleet-anchors');
}

async function walkInvitations(walk: ConsoleWalk): Promise<void> {
  const { page, book } = walk;
  await page.getByText('Ceremonies', { exact: true }).click();
  await page.getByRole('heading', { name: 'Invite a clinic' }).waitFor();
  await book.take('99-ceremony-prepare');
  await walk.step('Look and do');
  await book.take('100-ceremony-invite');
  await walk.button('Make the invitation').click();
  await walk.signTwice('Make the invitation');
  await page.getByRole('heading', { name: 'The invitation' }).waitFor(SETTLING);
  await book.take('101-ceremony-invited');
  await page.keyboard.press('Escape');
  await walk.dialogDone();
  await walk.step('Take back');
  await page
    .getByRole('button', { name: /^Take back [0-9a-f]{4} / })
    .first()
    .waitFor(SETTLING);
  await book.take('102-ceremony-take-back');
}

/** The other ceremonies, each as it stands before it is done. */
async function walkCeremonies(walk: ConsoleWalk, region: DemoRegion, hub: string): Promise<void> {
  const { page, book } = walk;
  await offerNewHubKey(hub, Date.now);
  const asking = await region.openClinic('Lakeside Clinic', 'Yuki Tanaka');
  await asking.device(JOIN, { invitation: await region.invite() });
  await asking.stop();
  for (const [name, file] of [
    ['Admit a clinic', '103-ceremony-admit'],
    ['Shut a device out', '104-ceremony-revoke'],
    ['New key of the hub', '105-ceremony-rotate'],
    ['Change the witnesses', '106-ceremony-witnesses'],
    ['Restore the hub', '107-ceremony-restore'],
    ['Name an administrator', '108-ceremony-administrator'],
  ] as const) {
    await page.getByRole('tab', { name, exact: true }).click();
    await walk.step('Look and do');
    await page.getByText('Afterwards', { exact: true }).or(page.getByLabel('Which one')).first().waitFor(SETTLING);
    await book.take(file);
  }
}

async function walkActs({ page, book }: ConsoleWalk): Promise<void> {
  await page.getByText('Acts', { exact: true }).click();
  await page
    .getByRole('row', { name: /Ridge Clinic/ })
    .first()
    .waitFor();
  await book.take('98-fleet-acts');
}

/** What stands above the console while a store of the hub fails: the demo's hub has healthy ones. */
async function walkTroubles({ page, take }: ScreenBook): Promise<void> {
  await alterAnswers(page, { fleet: withTroubles });
  await page.getByText('Devices', { exact: true }).click();
  await page.getByText(english.fleet.trouble.DATABASE.title).waitFor(SETTLING);
  await take('114-fleet-trouble');
  await alterAnswers(page, { fleet: withRecovery });
  await page.getByText(english.fleet.trouble.LEDGER.title).waitFor(SETTLING);
  await page.getByText(english.fleet.trouble.DATABASE.title).waitFor({ state: 'hidden', ...SETTLING });
  await take('115-fleet-recovering');
  await alterAnswers(page, { fleet: (answer) => answer });
  await page.getByText(english.fleet.trouble.LEDGER.title).waitFor({ state: 'hidden', ...SETTLING });
}

/** Releases and rings, and the dialogs that change them. */
async function walkUpdates({ page, take }: ScreenBook, goTo: (name: string) => Promise<void>): Promise<void> {
  const looked = async (name: string): Promise<void> => {
    await page.getByRole('dialog').waitFor();
    await take(name);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  };
  await alterAnswers(page, { fleet: withReleases });
  await page.getByText('Updates', { exact: true }).click();
  await page.getByRole('table', { name: 'Updates' }).waitFor(SETTLING);
  await take('111-fleet-updates');
  await page.getByRole('button', { name: 'Offer', exact: true }).first().click();
  await looked('112-offer');
  await page.getByText('Clinics', { exact: true }).click();
  await page.getByRole('row', { name: /Ridge Clinic/ }).click();
  await page.getByRole('button', { name: 'Change the ring' }).click();
  await looked('113-ring');
  await goTo('Fleet');
}

/** What a clinic of a parent region writes with `careledger anchor --out`: the hub's newest checkpoint in the parent's ledger. */
async function anchorInParent(hub: string): Promise<string> {
  const { hub: address, region, authority } = await witnessPlace(hub);
  const head = await RegionHead.open({ address, region: fromHex(region), authority: fromHex(authority) });
  const { note } = (await head.newest(undefined)).checkpoint;
  head.close();
  const office = foundClinic('Country Office');
  const parent = foundRegion('of the whole country', [office]);
  const database = await openDatabase({ path: '', migrations: CLINIC_MIGRATIONS, mode: 'memory' });
  const ledger = await FilledLedger.into(database, parent.region);
  const body = { region: fromHex(region), checkpoint: note };
  await ledger.add(office.desk.write(act(office, REGION_ANCHORED, body, { time: Date.now() - 4 * 60_000 })));
  const { size, range, effects } = ledger.head;
  const signed = checkpointOf(parent, { size, root: range.root(), effects });
  const checkpoint = { ...signed, note: signed.note + cosign(office, signed.note) };
  const ground = { read: database.read, region: parent.region, checkpoint };
  const naming = { type: REGION_ANCHORED, handle: new Uint8Array(0), naming: fromHex(region) };
  const [receipt = ''] = await eventReceipts(ground, [naming]);
  await database.close();
  return receipt;
}

/** A day of a small region: quiet at night, waves of work by day. */
async function tellOfTheDay(hub: string): Promise<void> {
  const database = await openHubDatabase(hub);
  const minute = 60_000;
  const now = Math.floor(Date.now() / minute) * minute;
  await database.write(async (transaction) => {
    for (let ago = 23 * 60; ago > 0; ago -= 5) {
      const start = now - ago * minute;
      const hour = (start / HOUR) % 24;
      const work = Math.max(0, Math.sin(((hour - 6) * Math.PI) / 12)) * (1 + 0.3 * Math.sin(hour * 7));
      const typical = Math.round(4_000 + 3_000 * work);
      const slow = Math.round(9_000 + 60_000 * work + 8_000 * Math.abs(Math.sin(ago)));
      const told = { blocks: 0, answered: Math.round(40 + 900 * work), refused: ago % 50 === 0 ? 3 : 0, typical, slow };
      await addSample(transaction, { span: minute, start, ...told, storage: 41_000_000 - 9_000 * ago, memory: 180_000_000 });
    }
  });
  await database.close();
}

/** What two clinics' desks would have told the hub some time ago: so much does not go wrong while pictures are taken. */
async function tellOfOthers(hub: string): Promise<void> {
  const { devices, clinics, blocks } = await hubStatus(hub, Date.now);
  const database = await openHubDatabase(hub);
  const tell = async (clinic: string, ago: number, change: Partial<DeviceReport>): Promise<void> => {
    const chain = clinics.find(({ name }) => name === clinic)?.chain;
    const device = devices.find((each) => each.chain === chain)?.device ?? '';
    const receivedAt = Date.now() - ago;
    const report: DeviceReport = {
      program: { major: 0, minor: 1, patch: 0 },
      clock: receivedAt,
      size: blocks,
      audited: blocks,
      witnessed: blocks,
      witnessedAt: receivedAt - 40_000,
      events: 0,
      documents: 0,
      epoch: fromHex('4be1902c77d05a13'),
      height: 12,
      problem: 'none',
      alarms: [],
      rebaselined: 0,
      ...change,
    };
    await database.write((transaction) =>
      writeReport(transaction, { device: fromHex(device), bytes: encodeReport(report), receivedAt }),
    );
  };
  await tell('Ridge Clinic', 12_000, {
    clock: Date.now() + 9 * 60_000,
    alarms: ['frozen'],
    events: 14,
    documents: 3,
    witnessedAt: Date.now() - 3 * HOUR,
    witnessed: 1,
    problem: 'hub-unreachable',
  });
  await tell('Harbour Clinic', 26 * HOUR, {});
  await database.close();
}

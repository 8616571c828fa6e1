/** What a guardian shows elsewhere by a SMART Health Link is theirs to show for as long as they act for the patient. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ShownCard } from '../../server/care-card/card-at-desk.ts';
import { hubMigrations } from '../../server/hub/hub.ts';
import type { Caller } from '../../server/hub/line/callers.ts';
import { HealthLinks } from '../../server/hub/patients/health-links.ts';
import { endLinksOf } from '../../server/hub/patients/link-offices.ts';
import { writeState } from '../../server/ledger/state-rows.store.ts';
import { openDatabase } from '../../server/storage/database.ts';
import type { OwnRecords } from '../../server/workstation/kiosk/own-records.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';
import { type BenchClinic, PASSPHRASE } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { MORNING } from '../support/ledger-builder.ts';
import { atKiosk } from './card-at-a-kiosk.ts';
import '../support/quick-passphrases.ts';

const DAY = 86_400_000;

/** A child of seventeen, their mother with a card, and the hub's part of links over what the region's ledger says. */
async function family(birthDate: string) {
  const { bench, clinics } = await RegionBench.found(['Home']);
  const [home] = clinics as [BenchClinic];
  const folder = mkdtempSync(join(tmpdir(), 'careledger-office-'));
  const database = await openDatabase({ path: join(folder, 'hub.db'), migrations: hubMigrations, mode: 'bulk' });
  onTestFinished(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  const hub = new HealthLinks(database, () => bench.time);
  hub.address = 'https://links.invalid';
  bench.onChanges = (changes) =>
    database.write(async (transaction) => {
      await writeState(transaction, changes);
      await endLinksOf(transaction, changes);
    });
  const [child, mother] = [await home.register('Child', birthDate), await home.register('Mother')];
  const caller = { chain: home.id } as Caller;
  const ask = {
    HealthLinks: async ({ links }: { links: string[] }) => ({
      healthLinks: { address: hub.address, links: await hub.states(caller, links) },
    }),
    PutHealthLink: ({ link }: { link: Parameters<HealthLinks['put']>[1] }) => hub.put(caller, link),
    EndHealthLinks: ({ links }: { links: string[] }) => hub.end(caller, links),
  };
  const settle = async () => {
    for (let round = 0; round < 2; round++) {
      await home.vault.careCards.refresh();
      await home.vault.patientFiles.refresh();
      await bench.sync();
    }
  };
  const name = async (ends: number | null = null) => {
    const said = {
      relationship: 'MTH',
      mayConsent: true,
      mayComplain: true,
      ends,
      evidence: 'birth certificate',
      language: 'en',
    };
    const wish = { patient: child, guardian: mother, ...said };
    await home.vault.guardians.name(wish, (await home.vault.guardians.text(wish)).hash, PASSPHRASE);
    await settle();
  };
  const handle = () => home.vault.patients.known(child).handles.identity!;
  const theirs = <T>(card: ShownCard, look: (records: OwnRecords) => Promise<T>): Promise<T> =>
    atKiosk(home, card, async (wards) => look(await wards.actFor(handle())), {
      askLinks: ({ operation, variables }) => ask[operation](variables as never),
    });
  const link = (card: ShownCard, hours = 720) =>
    theirs(card, async ({ links }) => (await links.make({ parts: ['allergies'], hours, withPasscode: false })).link);
  const opens = async ({ link: id }: { link: string }) => (await hub.open(fromHex(id), 'Dr. Elsewhere', '')) !== undefined;
  return { bench, home, child, mother, name, settle, theirs, link, opens };
}
const seventeen = `${new Date(MORNING).getUTCFullYear() - 17}-12-31`;

test('the clinic ends who acts: their link opens nothing from the next round on, and who is named anew makes new ones', async () => {
  const { home, child, mother, name, settle, theirs, link, opens, bench } = await family(seventeen);
  const card = await home.issueCard(mother);
  await name();
  const [one, other] = [await link(card), await link(card)];
  expect([await opens(one), await opens(other)]).toEqual([true, true]);
  await home.vault.guardians.end(child, mother, PASSPHRASE);
  // At the clinic at once: nothing is shown or made.
  await expect(theirs(card, async () => undefined)).rejects.toMatchObject({ code: 'guardian.over' });
  await settle();
  expect([await opens(one), await opens(other)]).toEqual([false, false]);
  bench.time += 1_000;
  await name();
  const anew = await link(card);
  expect([await opens(one), await opens(anew)]).toEqual([false, true]);
});

test('a new card of the same guardian leaves their links alone, and an end takes what both cards made', async () => {
  const { home, child, mother, name, settle, link, opens, bench } = await family(seventeen);
  const card = await home.issueCard(mother);
  await name();
  const made = await link(card);
  bench.time += 1_000;
  const newer = await home.issueCard(mother);
  await settle();
  expect(await opens(made)).toBe(true);
  const grown = await link(newer);
  await home.vault.guardians.end(child, mother, PASSPHRASE);
  await settle();
  expect([await opens(made), await opens(grown)]).toEqual([false, false]);
});

test('a link ends at the latest when the child comes of age, and when the clinic finds that they are of age already', async () => {
  const { home, bench, mother, name, settle, link, opens } = await family(seventeen);
  const card = await home.issueCard(mother);
  await name(MORNING + 3 * DAY);
  const [short, long] = [await link(card, 1), await link(card)];
  expect([short.ends, long.ends]).toEqual([MORNING + DAY / 24, MORNING + 3 * DAY]);
  await home.vault.guardians.setAges({ majority: 16, privateFrom: 12 }, PASSPHRASE);
  await settle();
  expect([await opens(short), await opens(long)]).toEqual([false, false]);
  bench.time = MORNING + 3 * DAY;
  expect(await opens(long)).toBe(false);
});

test('a kiosk that has not heard of the end makes no link at a hub that has', async () => {
  const { home, child, mother, name, settle, link, theirs } = await family(seventeen);
  const card = await home.issueCard(mother);
  await name();
  await theirs(card, async ({ links }) => {
    await home.vault.guardians.end(child, mother, PASSPHRASE);
    await settle();
    // These records were opened before; a kiosk asks the ledger before each answer, and this one cannot.
    await expect(links.make({ parts: ['allergies'], hours: 1, withPasscode: false })).rejects.toMatchObject({
      code: 'guardian.over',
    });
  });
  await expect(link(card)).rejects.toMatchObject({ code: 'guardian.over' });
});

test('what is erased is shown by no link, of the patient or of who acts for them', async () => {
  const { home, child, mother, name, settle, link, opens } = await family(seventeen);
  const card = await home.issueCard(mother);
  await name();
  const made = await link(card);
  await home.vault.erasures.setRetention('NONE', 0, PASSPHRASE);
  await home.vault.erasures.erase({ patient: child, categories: [], ground: 'objection' }, PASSPHRASE);
  await settle();
  expect(await opens(made)).toBe(false);
});

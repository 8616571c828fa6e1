/** What somebody says for a patient at a kiosk, or with a card that was replaced since, the patient sees there, and ends. */
import { expect, test } from 'vitest';
import type { ShownCard } from '../../server/care-card/card-at-desk.ts';
import { writeState } from '../../server/ledger/state-rows.store.ts';
import type { OwnRecords } from '../../server/workstation/kiosk/own-records.ts';
import { grantKey } from '../../shared/consent/consent-rules.ts';
import { type BenchClinic, PASSPHRASE } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { atKiosk } from './card-at-a-kiosk.ts';
import '../support/quick-passphrases.ts';

/** An adult whose friend acts for them, both with cards; a hub that keeps links until they are ended. */
async function friends() {
  const { bench, clinics } = await RegionBench.found(['Home', 'Other']);
  const [home, other] = clinics as [BenchClinic, BenchClinic];
  const [patient, friend] = [await home.register('Elder'), await home.register('Friend')];
  const [card, friends] = [await home.issueCard(patient), await home.issueCard(friend)];
  const kept = new Set<string>();
  const askLinks = async ({ operation, variables }: { operation: string; variables: object }): Promise<unknown> => {
    const { link, links = [] } = variables as { link?: { link: string }; links?: string[] };
    if (link) kept.add(link.link);
    if (operation === 'EndHealthLinks') for (const each of links) kept.delete(each);
    const states = links.filter((each) => kept.has(each)).map((each) => ({ link: each, opened: 0, lastOpened: 0 }));
    return { healthLinks: { address: 'https://links.invalid', links: states } };
  };
  const settle = async () => {
    for (let round = 0; round < 2; round++) {
      await home.vault.careCards.refresh();
      await home.vault.patientFiles.refresh();
      await bench.sync();
    }
  };
  const said = { relationship: 'FRND', mayConsent: true, mayComplain: true, ends: null, evidence: '', language: 'en' };
  const wish = { patient, guardian: friend, ...said };
  await home.vault.guardians.name(wish, (await home.vault.guardians.text(wish)).hash, PASSPHRASE, card);
  await settle();
  const own = <T>(shown: ShownCard, look: (own: OwnRecords) => Promise<T>): Promise<T> =>
    atKiosk(home, shown, (_, records) => look(records), { askLinks });
  const acting = <T>(look: (theirs: OwnRecords) => Promise<T>): Promise<T> => {
    const id = home.vault.patients.known(patient).handles.identity as string;
    return atKiosk(home, friends, async (wards) => look(await wards.actFor(id)), { askLinks });
  };
  return { bench, home, other, patient, card, kept, settle, own, acting };
}

const LINK = { parts: ['allergies'], hours: 720, withPasscode: false };
const seen = async ({ links }: OwnRecords) =>
  (await links.list()).links.map(({ link, madeBy, state }) => ({ link, madeBy, state }));

test('a code that a friend made who acts for the patient stands in the patient’s list under their name, and is ended there', async () => {
  const { card, kept, own, acting } = await friends();
  const made = await acting(async ({ links }) => (await links.make(LINK)).link.link);
  await own(card, async (records) => {
    expect(await seen(records)).toEqual([{ link: made, madeBy: 'Test Friend', state: 'OPEN' }]);
    await records.links.end(made);
    expect(await seen(records)).toMatchObject([{ link: made, state: 'ENDED' }]);
  });
  expect(kept.size).toBe(0);
});

test('a code that the patient made with a card that is lost stands in the list of the new one; the friend does not see it', async () => {
  const { home, patient, card, settle, own, acting } = await friends();
  const made = await own(card, async ({ links }) => (await links.make(LINK)).link.link);
  expect(await acting(seen)).toEqual([]);
  const newer = await home.issueCard(patient);
  await settle();
  expect(await own(newer, seen)).toEqual([{ link: made, madeBy: undefined, state: 'OPEN' }]);
});

test('a consent that a friend signed stands in the patient’s list before it holds, as theirs, and is taken back by the patient’s new card', async () => {
  const { home, other, patient, settle, own, acting } = await friends();
  const wish = { recipient: other.id, categories: ['clinical'], purpose: 'TREAT', language: 'en' };
  await acting(async (theirs) => theirs.consents.give(wish, (await theirs.giving.text(wish)).hash));
  const newer = await home.issueCard(patient);
  await own(newer, async (records) => {
    const [given] = await records.consents.list();
    expect(given).toMatchObject({ state: 'WAITING', reach: 'SIGNED', signedBy: 'GUARDIAN' });
    expect(given?.consent.text).toContain('signed for the patient by Test Friend');
    expect((await records.consents.end(given?.consent.id as string)).state).toBe('WITHDRAWN');
  });
  await settle();
  expect(await home.vault.consents.list(patient)).toEqual([]);
});

test('a consent that a friend signed and a desk gave is not called the patient’s own signature', async () => {
  const { other, card, settle, own, acting } = await friends();
  const wish = { recipient: other.id, categories: ['clinical'], purpose: 'TREAT', language: 'en' };
  await acting(async (theirs) => theirs.consents.give(wish, (await theirs.giving.text(wish)).hash));
  await settle();
  await own(card, async (records) => {
    expect(await records.consents.list()).toMatchObject([{ state: 'IN_FORCE', signedBy: 'GUARDIAN' }]);
    await records.consents.give(wish, (await records.giving.text(wish)).hash);
  });
  await settle();
  const both = await own(card, (records) => records.consents.list());
  expect(both.map(({ state, signedBy }) => [state, signedBy]).sort()).toEqual([
    ['IN_FORCE', 'GUARDIAN'],
    ['IN_FORCE', 'PATIENT'],
  ]);
});

test('a consent that a desk wrote down and whose keys never came is not called in force, and nothing of it is signed', async () => {
  const { home, other, patient, card, settle, own } = await friends();
  await home.share({ patient, recipient: other.id, categories: ['clinical'] });
  await settle();
  const [held] = await own(card, (records) => records.consents.list());
  expect(held).toMatchObject({ state: 'IN_FORCE', signedBy: 'CLINIC' });
  const grants = held?.consent.grants.map(({ grant }): [string, undefined] => [grantKey(grant), undefined]);
  await home.database.write((transaction) => writeState(transaction, new Map(grants)));
  await own(card, async (records) => {
    const [lost] = await records.consents.list();
    expect(lost).toMatchObject({ state: 'WAITING', reach: 'RECORDED', signedBy: 'CLINIC' });
    const { consent, hash } = lost as NonNullable<typeof lost>;
    await expect(records.consents.confirm(consent.id, hash)).rejects.toMatchObject({ code: 'consent.on-its-way' });
    await expect(records.consents.end(consent.id)).rejects.toMatchObject({ code: 'consent.on-its-way' });
  });
});

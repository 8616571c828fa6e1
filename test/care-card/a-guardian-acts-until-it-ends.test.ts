/** Who acts for a patient does so with a card of their own, in what was said, and not a moment longer. */
import { expect, test } from 'vitest';
import { changesOf } from '../../server/access/changes.ts';
import { withCard } from '../../server/care-card/card-at-desk.ts';
import { boxContext } from '../../server/care-card/make-card.ts';
import { documentsOf } from '../../server/sync/clinic.store.ts';
import { hpkeOpen } from '../../server/vault/hpke.ts';
import { sealingKey } from '../../server/vault/primitives.ts';
import { openWrap } from '../../server/vault/sealing.ts';
import type { OwnRecords } from '../../server/workstation/kiosk/own-records.ts';
import type { OwnWards } from '../../server/workstation/kiosk/own-wards.ts';
import { USUAL_AGES } from '../../shared/care-card/age-rules.ts';
import { CARD_TAG } from '../../shared/care-card/card-tags.ts';
import { guardianKey, guardianRow } from '../../shared/care-card/guardian-rules.ts';
import { keepsPrivate } from '../../shared/care-card/guardian-text.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { type BenchClinic, PASSPHRASE } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { MORNING } from '../support/ledger-builder.ts';
import { atKiosk } from './card-at-a-kiosk.ts';

const DAY = 86_400_000;

test('what is specially protected is the child’s own from fourteen until it is of age, and where the birth date is not known', () => {
  const at = (year: number) => keepsPrivate('2010-11-27', USUAL_AGES, new Date(year, 10, 27).getTime());
  expect([at(2023), at(2024), at(2027), at(2028)]).toEqual([false, true, true, false]);
  expect(keepsPrivate('', USUAL_AGES, MORNING)).toBe(true);
});

test('a mother acts for her child with her own card until the child is of age; then her card opens nothing of it, by any clock', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Other']);
  const [home, other] = clinics as [BenchClinic, BenchClinic];
  const year = new Date(MORNING).getUTCFullYear();
  const child = await home.register('Child', `${year - 17}-12-31`);
  const mother = await home.register('Mother');
  await home.write(child, 'clinical', '', undefined, {
    resourceType: 'Condition',
    code: { text: 'Childword' },
    status: undefined,
    valueString: undefined,
  });
  await home.write(child, 'sensitive', 'Privateword', undefined, {
    resourceType: 'Condition',
    code: { text: 'Privateword' },
    status: undefined,
    valueString: undefined,
  });
  const card = await home.issueCard(mother);
  const settle = async () => {
    await home.vault.careCards.refresh();
    await home.vault.patientFiles.refresh();
    await bench.sync();
  };
  const wish = {
    patient: child,
    guardian: mother,
    relationship: 'MTH',
    mayConsent: true,
    mayComplain: false,
    ends: null,
    evidence: 'birth certificate',
    language: 'en',
  };
  const { guardians } = home.vault;
  await expect(guardians.text({ ...wish, evidence: ' ' })).rejects.toMatchObject({ code: 'guardian.no-evidence' });
  await expect(guardians.text({ ...wish, patient: mother, guardian: child })).rejects.toMatchObject({ code: 'guardian.no-card' });
  const { text, hash, isChild, ends } = await guardians.text(wish);
  expect([isChild, ends]).toEqual([true, new Date(year + 1, 11, 31).getTime()]);
  expect(text).toContain('Test Mother may act for Test Child');
  await expect(guardians.name(wish, hash, 'another passphrase')).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });
  await guardians.name(wish, hash, PASSPHRASE);
  const lines = await home.vault.access.linesOf(child);
  expect(lines.map(({ action }) => action)).toContain('guardian');
  await settle();
  await settle();

  const boxOf = () => fromHex(home.vault.patients.known(child).handles.card!);
  const id = home.vault.patients.known(child).handles.identity!;
  await atKiosk(home, card, async (wards, own) => {
    expect((await own.file()).file.name).toBe('Test Mother');
    expect(await wards.list()).toMatchObject([{ id, name: 'Test Child', mayConsent: true, mayComplain: false }]);
    const theirs = await wards.actFor(id);
    // At seventeen what is specially protected is the child’s own.
    const { summary, export: everything, international } = (await theirs.file()).file;
    expect(JSON.stringify(summary)).toContain('Childword');
    expect(JSON.stringify([summary, everything, international])).not.toContain('Privateword');
    expect(() => theirs.require('complain')).toThrow(expect.objectContaining({ code: 'guardian.not-allowed' }));
    expect(() => theirs.require('research')).toThrow(expect.objectContaining({ code: 'guardian.not-allowed' }));
    // What a patient keeps from people of the clinic is not told to who acts for them.
    expect(() => theirs.require('own-wishes')).toThrow(expect.objectContaining({ code: 'guardian.not-allowed' }));
    expect((await own.file()).file.reach).toBeDefined();
    expect((await theirs.file()).file.reach).toBeUndefined();
    const consent = { recipient: other.id, categories: ['clinical'], purpose: 'TREAT', language: 'en' };
    const read = await theirs.giving.text(consent);
    expect(read.text).toContain('signed for the patient by Test Mother');
    await theirs.consents.give(consent, read.hash);
    // Somebody else's child, whom no act names, is not to be had.
    await expect(wards.actFor('0'.repeat(32))).rejects.toMatchObject({ code: 'guardian.over' });
    expect(await wards.shown()).toBe(own);
  });
  // No line, no reading.
  const full = async (wards: OwnWards, own: OwnRecords) => {
    await expect(wards.actFor(id)).rejects.toMatchObject({ code: 'storage.full' });
    expect(await wards.shown()).toBe(own);
  };
  await atKiosk(home, card, full, { isDiskFull: true });
  await settle();
  await settle();
  const readings = (await home.vault.access.linesOf(child)).filter(({ process }) => process === 'guardian');
  expect(readings).toMatchObject([{ who: 'Test Mother', action: 'open', categories: ['clinical', 'identity'] }]);
  await bench.sync();
  expect(await other.read(child)).toContain('Childword');
  expect(await home.vault.consents.list(child)).toMatchObject([{ state: 'ACTIVE', confirmedAt: expect.any(Number) }]);
  const chart = await home.vault.records.entries(home.vault.patients.known(child));
  expect(chart.filter(({ resourceType }) => resourceType === 'RelatedPerson')).toHaveLength(1);

  // A lost card: the new one acts, the old one does not.
  const next = await home.issueCard(mother);
  await settle();
  await expect(atKiosk(home, card, async () => undefined)).rejects.toMatchObject({ code: 'card.ended' });
  await atKiosk(home, next, async (wards) => expect(await wards.list()).toMatchObject([{ name: 'Test Child' }]));

  // What her card opens today, as a thief of the kiosk's database would keep it.
  const kept = await withCard(home.context, next, async ({ encryption }, row) => {
    const stored = (await home.context.gateway.state([guardianKey(toHex(row.card))]))[0] as Uint8Array;
    const ward = decode(guardianRow, stored).wards[0]!;
    const bound = boxContext(row.card, ward.box, ward.boxEpoch);
    const key = hpkeOpen(
      { recipient: encryption, info: CARD_TAG.box },
      ward.boxKey.subarray(0, 32),
      bound,
      ward.boxKey.subarray(32),
    );
    return { epoch: ward.boxEpoch, key: sealingKey(key) };
  });
  bench.time = ends! - 1;
  await atKiosk(home, next, async (wards) => {
    const theirs = await wards.actFor(id);
    const late = { recipient: other.id, categories: ['medication'], purpose: 'TREAT', language: 'en' };
    await theirs.consents.give(late, (await theirs.giving.text(late)).hash);
    bench.time = ends!;
    await expect(wards.shown()).rejects.toMatchObject({ code: 'guardian.over' });
    expect(await wards.list()).toEqual([]);
  });
  const before = new Set((await documentsOf(home.database.read, boxOf())).map(({ name }) => toHex(name)));
  await settle();
  expect(await guardians.of(child)).toMatchObject([{ known: { isSettled: true } }]);
  // What she signed at the last moment no desk has given by then, and none gives it now.
  expect(await home.vault.consents.list(child)).toHaveLength(1);
  // A clock that is put back opens nothing: what is written since is sealed under keys that never were hers.
  bench.time = ends! - 30 * DAY;
  await home.issueCard(child);
  await settle();
  const later = (await documentsOf(home.database.read, boxOf())).filter(({ name }) => !before.has(toHex(name)));
  expect(later.length).toBeGreaterThan(0);
  for (const { wrap, name } of later)
    expect(() => openWrap(wrap, boxOf(), name, (_, epoch) => (epoch === kept.epoch ? kept.key : undefined))).toThrow();
});

test('the ages are the clinic’s, on the ledger: a lower one ends on it what was named for a child, by whatever birth date stands', async () => {
  const { bench, clinics } = await RegionBench.found(['Home']);
  const [home] = clinics as [BenchClinic];
  const year = new Date(MORNING).getUTCFullYear();
  const [child, mother] = [await home.register('Child', `${year - 17}-01-01`), await home.register('Mother')];
  const card = await home.issueCard(mother);
  const { guardians, careCards } = home.vault;
  const settle = async () => {
    await careCards.refresh();
    await home.vault.patientFiles.refresh();
    await bench.sync();
  };
  const may = { mayConsent: true, mayComplain: false, ends: null, evidence: 'birth certificate', language: 'en' };
  const wish = { patient: child, guardian: mother, relationship: 'MTH', ...may };
  expect(await guardians.ages()).toEqual({ majority: 18, privateFrom: 14 });
  for (const ages of [
    { majority: 11, privateFrom: 10 },
    { majority: 18, privateFrom: 19 },
    { majority: 18.5, privateFrom: 14 },
  ])
    await expect(guardians.setAges(ages, PASSPHRASE)).rejects.toMatchObject({ code: 'guardian.ages' });
  await guardians.setAges({ majority: 18, privateFrom: 16 }, PASSPHRASE);
  const { hash, text } = await guardians.text(wish);
  expect(text).toContain('From the age of 16 on');
  await guardians.name(wish, hash, PASSPHRASE);
  await settle();
  await atKiosk(home, card, async (wards) => expect(await wards.list()).toMatchObject([{ name: 'Test Child' }]));
  // Another desk of the clinic, or a kiosk, has it from the ledger as well.
  await guardians.setAges({ majority: 16, privateFrom: 12 }, PASSPHRASE);
  await settle();
  const [ended] = await guardians.of(child);
  expect(ended?.ward.ended).toBe(bench.time);
  await atKiosk(home, card, async (wards) => expect(await wards.list()).toEqual([]));
  const changes = (await changesOf(home.context)).filter(({ what }) => what === 'guardian-ages');
  expect(changes.map(({ before, after }) => [...before, ...after])).toEqual([
    ['18', '16', '16', '12'],
    ['18', '14', '18', '16'],
  ]);
});

test('a patient with a card names a carer by their own signature, sees them at the kiosk, and ends it there', async () => {
  const { bench, clinics } = await RegionBench.found(['Home']);
  const [home] = clinics as [BenchClinic];
  const [patient, carer] = [await home.register('Elder'), await home.register('Carer')];
  const [card, carers] = [await home.issueCard(patient), await home.issueCard(carer)];
  const { guardians } = home.vault;
  const wish = {
    patient,
    guardian: carer,
    relationship: 'FRND',
    mayConsent: false,
    mayComplain: true,
    ends: MORNING + 30 * DAY,
    evidence: '',
    language: 'en',
  };
  const { hash, needsCard } = await guardians.text(wish);
  expect(needsCard).toBe(true);
  await expect(guardians.name(wish, hash, PASSPHRASE)).rejects.toMatchObject({ code: 'guardian.needs-card' });
  await expect(guardians.name(wish, hash, PASSPHRASE, carers)).rejects.toMatchObject({ code: 'guardian.needs-card' });
  await expect(guardians.name({ ...wish, mayConsent: true }, hash, PASSPHRASE, card)).rejects.toMatchObject({
    code: 'guardian.text-changed',
  });
  await guardians.name(wish, hash, PASSPHRASE, card);
  const settle = async () => {
    await home.vault.careCards.refresh();
    await home.vault.patientFiles.refresh();
    await bench.sync();
  };
  await settle();
  const id = home.vault.patients.known(patient).handles.identity!;
  await atKiosk(home, carers, async (wards) => {
    const theirs = await wards.actFor(id);
    expect(() => theirs.require('consent')).toThrow(expect.objectContaining({ code: 'guardian.not-allowed' }));
    await theirs.require('complain').requests.send('correction', 'This is not right.');
  });
  await settle();
  const [asked] = await home.vault.complaints.list(patient);
  expect(asked).toMatchObject({ words: 'This is not right.', by: 'Test Carer' });
  await atKiosk(home, card, async (wards) => {
    const [mine] = await wards.guardians();
    expect(mine).toMatchObject({ name: 'Test Carer', relationship: 'FRND', mayConsent: false, mayComplain: true });
    await wards.dismiss(mine!.id);
    expect(await wards.guardians()).toEqual([]);
  });
  await atKiosk(home, carers, async (wards) => expect(await wards.list()).toEqual([]));
  const keysBefore = await home.context.keyStore.getKeys('compartment', [fromHex(id)]);
  await settle();
  // Everything of the patient begins anew, once.
  const after = await home.context.keyStore.getKeys('compartment', [fromHex(id)]);
  expect(after.length).toBe(keysBefore.length + 1);
  await settle();
  expect(await home.context.keyStore.getKeys('compartment', [fromHex(id)])).toHaveLength(after.length);
  await atKiosk(home, card, async (_, own) => expect((await own.file()).file.guardians).toEqual([]));
});

test('a patient names a carer at the kiosk by their own key: a desk adds the keys, and they take it back or end it there', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Away']);
  const [home, away] = clinics as [BenchClinic, BenchClinic];
  const [patient, carer, child] = [
    await home.register('Elder'),
    await home.register('Carer'),
    await home.register('Child', '2020-03-02'),
  ];
  const [card, carers, childs] = [await home.issueCard(patient), await home.issueCard(carer), await home.issueCard(child)];
  const elsewhere = await away.issueCard(await away.register('Stranger'));
  const settle = async () => {
    await home.vault.careCards.refresh();
    await home.vault.patientFiles.refresh();
    await bench.sync();
  };
  await settle();
  const wish = (code = carers.code, more: object = {}) => ({
    card: code,
    relationship: 'FRND',
    mayConsent: false,
    mayComplain: true,
    ends: null,
    language: 'fr',
    ...more,
  });
  const code = (act: Promise<unknown>) => act.then(String, (error: { code: string }) => error.code);

  await atKiosk(home, childs, async ({ naming }) => expect(await code(naming.text(wish()))).toBe('guardian.child'));
  const { text, number } = await atKiosk(home, card, async (wards) => {
    const { naming } = wards;
    expect(await code(naming.text(wish('nonsense')))).toBe('card.code-unreadable');
    expect(await code(naming.text(wish(card.code)))).toBe('guardian.no-card');
    expect(await code(naming.text(wish(elsewhere.code)))).toBe('guardian.no-card');
    expect(await code(naming.text(wish(carers.code, { relationship: 'GUARD' })))).toBe('guardian.wish');
    const read = await naming.text(wish());
    expect(await code(naming.name(wish(carers.code, { mayConsent: true }), read.hash))).toBe('guardian.text-changed');
    await naming.name(wish(), read.hash);
    const [waiting] = await wards.guardians();
    expect(waiting).toMatchObject({ name: '', isWaiting: true, mayComplain: true });
    // Taken back before a desk has seen it: it is never entered.
    await wards.dismiss(waiting!.id);
    expect(await wards.guardians()).toEqual([]);
    return { text: read.text, number: waiting!.number };
  });
  expect(text).toContain(`carte ${number}`);
  await settle();
  expect(await home.vault.guardians.of(patient)).toEqual([]);

  bench.time += 1_000;
  await atKiosk(home, card, async ({ naming }) => naming.name(wish(), (await naming.text(wish())).hash));
  await settle();
  await settle();
  expect(await home.vault.guardians.of(patient)).toMatchObject([
    { known: { guardian: carer, relationship: 'FRND', isChild: false }, ward: { mayConsent: false, ended: 0 } },
  ]);
  const id = home.vault.patients.known(patient).handles.identity!;
  await atKiosk(home, carers, async (wards) => {
    const theirs = await wards.actFor(id);
    expect(() => theirs.require('consent')).toThrow(expect.objectContaining({ code: 'guardian.not-allowed' }));
    // Who acts for somebody names nobody for them.
    expect(() => theirs.require('research')).toThrow(expect.objectContaining({ code: 'guardian.not-allowed' }));
  });
  await atKiosk(home, card, async (wards) => {
    expect(await wards.guardians()).toMatchObject([{ name: 'Test Carer', isWaiting: false, number }]);
    expect(await code(wards.naming.text(wish()))).toBe('guardian.already');
    await wards.dismiss((await wards.guardians())[0]!.id);
    expect(await wards.guardians()).toEqual([]);
  });
  await settle();
  await settle();
  // The letter that named them is still there, and brings nobody back.
  expect((await home.vault.guardians.of(patient))[0]?.ward.ended).toBeGreaterThan(0);
  await expect(home.vault.guardians.end(patient, carer, PASSPHRASE)).rejects.toMatchObject({ code: 'guardian.ended-already' });
  await atKiosk(home, carers, async (wards) => expect(await wards.list()).toEqual([]));

  // Named again in the same moment, entered, and taken back at a kiosk that has not heard of the entering yet.
  await atKiosk(home, card, async ({ naming }) => naming.name(wish(), (await naming.text(wish())).hash));
  bench.time += 1_000;
  await settle();
  const again = (await home.vault.guardians.of(patient)).find(({ ward }) => ward.ended === 0);
  expect(again).toMatchObject({ known: { guardian: carer } });
  await atKiosk(home, card, ({ naming }) => naming.takeBack(again!.known.card));
  bench.time += 1_000;
  await settle();
  await settle();
  expect(await home.vault.guardians.of(patient)).not.toContainEqual(
    expect.objectContaining({ ward: expect.objectContaining({ ended: 0 }) }),
  );
  await atKiosk(home, carers, async (wards) => expect(await wards.list()).toEqual([]));
}, 60_000);

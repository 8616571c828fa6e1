/** Of a patient who has died: who acted for them ends, whom the clinic names sees what the law lets them for a time, and nobody gives new consents. */
import { expect, test } from 'vitest';
import { type ShownCard, withCard } from '../../server/care-card/card-at-desk.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { patientSummary } from '../../shared/fhir/patient-summary.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { type BenchClinic, PASSPHRASE } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { atKiosk } from './card-at-a-kiosk.ts';

const DAY = 86_400_000;
let bench: RegionBench;
let home: BenchClinic;
let other: BenchClinic;
let late: string;
let heir: string;
let cards: { readonly late: ShownCard; readonly heir: ShownCard; readonly carer: ShownCard };

const settle = async (): Promise<void> => {
  for (let round = 0; round < 2; round++) {
    await home.vault.careCards.refresh();
    await home.vault.patientFiles.refresh();
    await bench.sync();
  }
};
const isDead = async (deceasedBoolean: boolean): Promise<void> => {
  const entry = home.vault.patients.known(late);
  const { record } = entry;
  const name = [{ family: 'Late', given: ['Test'] }];
  const person = { resourceType: 'Patient', name, birthDate: '1940-05-01', deceasedBoolean } as unknown as FhirResource;
  const draft = { patient: late, category: 'identity', kind: 'fhir', content: utf8(JSON.stringify(person)), fhirId: '' } as const;
  const changed = { ...entry, summary: patientSummary(person) };
  await home.vault.records.put({ ...draft, summary: summarize(person), record }, {}, changed);
};
const may = { mayConsent: true, mayComplain: false, ends: null, evidence: '', language: 'en' };
const wish = () => ({
  ...{ ...may, patient: late, guardian: heir, relationship: 'EXCEST' },
  ends: bench.time + 90 * DAY,
  evidence: 'will of 3 May',
});
const theirId = (): string => home.vault.patients.known(late).handles.identity!;

/** A patient who has a carer and a consent, and an heir with a card. */
async function begin(): Promise<void> {
  const founded = await RegionBench.found(['Home', 'Other']);
  bench = founded.bench;
  [home, other] = founded.clinics as [BenchClinic, BenchClinic];
  late = await home.register('Late', '1940-05-01');
  heir = await home.register('Heir');
  const carer = await home.register('Carer');
  for (const [category, word] of [
    ['clinical', 'Plainword'],
    ['sensitive', 'Privateword'],
  ] as const) {
    const condition = { resourceType: 'Condition', status: undefined, valueString: undefined };
    await home.write(late, category, word, undefined, condition as Partial<FhirResource>);
  }
  cards = { late: await home.issueCard(late), heir: await home.issueCard(heir), carer: await home.issueCard(carer) };
  await settle();
  const asked = { ...may, patient: late, guardian: carer, relationship: 'FRND' };
  const { hash } = await home.vault.guardians.text(asked);
  await home.vault.guardians.name(asked, hash, PASSPHRASE, cards.late);
  await settle();
  await atKiosk(home, cards.late, async (_, own) => {
    const consent = { recipient: other.id, categories: ['clinical'], purpose: 'TREAT', language: 'en' };
    await own.consents.give(consent, (await own.giving.text(consent)).hash);
  });
  await settle();
}

/** A death ends who acted for them, and nobody gives new consents. */
async function dies(): Promise<void> {
  const { guardians, consents } = home.vault;
  await expect(guardians.text(wish())).rejects.toMatchObject({ code: 'guardian.wish' });
  await atKiosk(home, cards.carer, async (wards) => expect(await wards.list()).toHaveLength(1));
  await isDead(true);
  await settle();
  await atKiosk(home, cards.carer, async (wards) => expect(await wards.list()).toEqual([]));
  const consent = {
    patient: late,
    recipient: other.id,
    categories: ['medication'],
    purpose: 'TREAT',
    starts: bench.time,
    ends: null,
    verification: 'in-person',
    language: 'en',
  } as const;
  await expect(consents.text(consent)).rejects.toMatchObject({ code: 'consent.deceased' });
  await expect(home.issueCard(late)).rejects.toMatchObject({ code: 'card.deceased' });
  // What they said stands as they said it.
  expect(await consents.list(late)).toMatchObject([{ state: 'ACTIVE' }]);
}

/** Named on evidence, for a time; the card of who has died ends. */
async function isRepresented(): Promise<void> {
  const { guardians } = home.vault;
  for (const [change, code] of [
    [{ relationship: 'MTH' }, 'guardian.wish'],
    [{ ends: null }, 'guardian.needs-end'],
    [{ evidence: ' ' }, 'guardian.no-evidence'],
  ] as const)
    await expect(guardians.text({ ...wish(), ...change })).rejects.toMatchObject({ code });
  const { text, hash, needsCard } = await guardians.text(wish());
  expect(needsCard).toBe(false);
  expect(text).toMatch(/Test Late has died\. Test Heir may see their records[\s\S]*executor of the estate[\s\S]*will of 3 May/);
  await guardians.name(wish(), hash, PASSPHRASE);
  await settle();
  await expect(withCard(home.context, cards.late, async () => undefined)).rejects.toMatchObject({ code: 'card.ended' });
  const entry = home.vault.patients.known(late);
  const chart = await home.vault.records.entries(entry);
  const related = chart.filter(({ resourceType }) => resourceType === 'RelatedPerson');
  const written = await Promise.all(related.map(async (each) => (await home.vault.records.versions(entry, each))[0]!.content));
  expect(written.map((content) => Buffer.from(content).toString()).join()).toContain('"EXCEST"');
}

/** What is not specially protected is seen, with a line; a consent is ended, and none given. */
async function isSeen(): Promise<void> {
  await atKiosk(home, cards.heir, async (wards) => {
    expect(await wards.list()).toMatchObject([{ id: theirId(), name: 'Test Late', mayConsent: true, mayComplain: false }]);
    const theirs = await wards.actFor(theirId());
    const { summary, export: everything, international } = (await theirs.file()).file;
    expect(JSON.stringify(summary)).toContain('Plainword');
    expect(JSON.stringify([summary, everything, international])).not.toContain('Privateword');
    const consent = { recipient: other.id, categories: ['medication'], purpose: 'TREAT', language: 'en' };
    await expect(theirs.giving.text(consent)).rejects.toMatchObject({ code: 'consent.deceased' });
    const [standing] = await theirs.require('consent').consents.list();
    const { id } = standing!.consent;
    await expect(theirs.consents.confirm(id, standing!.hash)).rejects.toMatchObject({ code: 'consent.deceased' });
    await theirs.consents.end(id);
  });
  await settle();
  expect(await home.vault.consents.list(late)).toMatchObject([{ state: 'WITHDRAWN' }]);
  const lines = (await home.vault.access.linesOf(late)).filter(({ process }) => process === 'guardian');
  expect(lines).toMatchObject([{ who: 'Test Heir', categories: ['clinical', 'identity'] }]);
}

/** On its day; and where the death was a mistake, at once. */
async function ends(): Promise<void> {
  const { guardians } = home.vault;
  const begun = bench.time;
  const [named] = (await guardians.of(late)).filter(({ known }) => known.guardian === heir);
  bench.time = named!.ward.ends;
  await atKiosk(home, cards.heir, async (wards) => expect(await wards.list()).toEqual([]));
  bench.time = begun;
  await isDead(false);
  await settle();
  const [ended] = (await guardians.of(late)).filter(({ known }) => known.guardian === heir);
  expect(ended).toMatchObject({ ward: { ended: expect.any(Number) }, known: { isSettled: true } });
  expect(ended!.ward.ended).toBeGreaterThan(0);
}

test('who has died is represented by whom the clinic names: for a time, in what the law lets them, and without new consents', async () => {
  await begin();
  await dies();
  await isRepresented();
  await isSeen();
  await ends();
});

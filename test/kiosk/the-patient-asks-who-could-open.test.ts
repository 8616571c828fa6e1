/** "Who could open this today, and why?" at the kiosk: what the desk would answer who may know all of it, over the ledger as it stands. */
import { expect, test } from 'vitest';
import type { OwnPossibleReaders } from '../../server/workstation/kiosk/own-openings.ts';
import { atKiosk } from '../care-card/card-at-a-kiosk.ts';
import { type BenchClinic, PASSPHRASE } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { MORNING } from '../support/ledger-builder.ts';

test('the patient sees whom they keep out, whom a consent lets in and whom no longer, with the reason', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Other']);
  const [home, other] = clinics as [BenchClinic, BenchClinic];
  const patient = await home.register('Elder');
  await home.write(patient, 'clinical', 'Asthma');
  await home.write(patient, 'sensitive', 'Privateword');
  await home.vault.staff.enrol({ name: 'Nina Nurse', role: 'nurse', passphrase: 'seven green bicycles sing' });
  const exceptions = [{ kind: 'label', value: 'PSY', name: '' }] as const;
  const consent = await home.share({ patient, recipient: other.id, categories: ['clinical'], exceptions: [...exceptions] });
  const restriction = { patient, people: [], roles: ['nurse'], categories: ['sensitive'], labels: [], verification: 'in person' };
  await home.vault.consents.restrictions.restrict(restriction, PASSPHRASE);
  const card = await home.issueCard(patient);
  const settle = async () => {
    await home.vault.careCards.refresh();
    await home.vault.patientFiles.refresh();
    await bench.sync();
  };
  await settle();
  await settle();

  const asked = () => atKiosk(home, card, (_, own) => own.possibleReaders());
  const told = await asked();
  const at = (role: string, isHome = true) => told.find((each) => each.role === role && each.isHome === isHome);
  const opened = (readers: OwnPossibleReaders | undefined) => readers?.openings.find(({ purpose }) => purpose === 'TREAT');
  expect(told[0]?.isHome).toBe(true);
  expect(at('nurse')).toMatchObject({ clinic: 'Clinic Home', names: ['Nina Nurse'], count: 1 });
  expect(opened(at('nurse'))).toMatchObject({ categories: ['identity', 'clinical'], reason: 'custody' });
  expect(opened(at('administrator'))).toMatchObject({ categories: ['identity', 'clinical', 'sensitive'], isPartial: false });
  expect(at('administrator', false)).toMatchObject({ clinic: 'Clinic Other', names: [], count: 1 });
  expect(at('administrator', false)?.openings).toMatchObject([
    { purpose: 'TREAT', categories: ['identity', 'clinical'], reason: 'consent', isPartial: true, given: [MORNING] },
  ]);
  // Nothing else than the desk says.
  const desk = await home.vault.consents.possibleReaders(patient);
  const lines = (
    readers: ReadonlyArray<{ role: string; openings: OwnPossibleReaders['openings'] | (typeof desk)[number]['openings'] }>,
  ) =>
    readers.map(({ role, openings }) =>
      JSON.stringify([
        role,
        openings.map(({ purpose, categories, reason, grants, isPartial }) => [purpose, categories, reason, grants, isPartial]),
      ]),
    );
  expect(lines(told).toSorted()).toEqual(lines(desk).toSorted());

  // What ends is gone at once: the ledger says it, before any desk has written the patient's file anew.
  await home.withdraw(consent.record.id);
  expect((await asked()).map(({ clinic }) => clinic)).toEqual(['Clinic Home', 'Clinic Home']);
});

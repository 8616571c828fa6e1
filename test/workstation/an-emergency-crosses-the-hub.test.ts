/** An emergency at one clinic over a real hub: the other one's unlocked workstation answers by itself, and its review hears of it. */
import '../support/quick-passphrases.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import { ask, sharedPatient, type TwoClinics, twoClinics } from './two-clinics.ts';

let clinics: TwoClinics;

beforeAll(async () => {
  clinics = await twoClinics();
}, 90_000);

afterAll(() => clinics?.close());

test('what was asked for opens there, by whom and why stands in the queue of who keeps the records', async () => {
  const { harbour, mountain } = clinics;
  const { patient } = await sharedPatient(clinics, 'Adeyemi');
  const resource = JSON.stringify({
    resourceType: 'Condition',
    subject: { reference: `Patient/${patient}` },
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
    code: { text: 'Haemophilia' },
  });
  await ask(harbour, 'mutation Open($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  await ask(harbour, 'mutation Put($input: PutRecordInput!) { putRecord(input: $input) { id } }', {
    input: { patient, resource },
  });

  const input = { patient, reason: 'UNCONSCIOUS', words: 'bleeding', categories: ['CLINICAL'] };
  const broken = await ask<{ breakGlass: object }>(
    mountain,
    'mutation Break($input: BreakGlassInput!) { breakGlass(input: $input) { askedOf isAnswered } }',
    { input },
  );
  expect(broken.breakGlass).toEqual({ askedOf: 'harbour', isAnswered: false });
  const problems = async (): Promise<readonly string[]> => {
    const question = 'query Problems($patient: ID!) { chart(patient: $patient) { summary { problems { title } } } }';
    const { chart } = await ask<{ chart: { summary: { problems: { title: string }[] } } }>(mountain, question, { patient });
    return chart.summary.problems.map(({ title }) => title);
  };
  await until('the custodian has answered', async () => (await problems()).includes('Haemophilia'));

  const uses = async (): Promise<object[]> =>
    (await ask<{ glassUses: object[] }>(harbour, '{ glassUses { who clinic isOwn reason words proof } }')).glassUses;
  expect(await uses()).toEqual([
    { who: 'Ana Ferreira', clinic: 'mountain', isOwn: false, reason: 'UNCONSCIOUS', words: 'bleeding', proof: 'PASSKEY' },
  ]);
}, 120_000);

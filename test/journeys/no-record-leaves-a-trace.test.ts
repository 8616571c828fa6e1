/**
 * Canaries: words that stand in records of two clinics and nowhere else. After a day's work none of them may be found in any
 * file that clinics, hub, browser and programs left behind, in any of the usual forms of text.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hubStatus } from '../../server/hub/commands/fleet-administration.ts';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import { CanarySearch, filesBelow } from '../support/canary-search.ts';
import { type ClinicAtWork, PASSPHRASE } from './clinic-at-work.ts';
import { Stage } from './stage.ts';

const stage = new Stage();
afterAll(() => stage[Symbol.asyncDispose]());

const NUMBERS = [1, 2, 3, 4, 5];
/** Everything of a person that must not show, five times over. */
const people = NUMBERS.map((number) => ({
  id: `zqid-${number}-kx7w`,
  family: `Zqfamilie${number}vrx`,
  given: `Zqvorname${number}wky`,
  birthDate: `194${number}-0${number}-1${number}`,
  identifier: `ZQ-VERS-88${number}31${number}`,
  street: `Zqgasse ${number}7 Hinterhaus`,
  city: `Zqstadt${number}hausen`,
  phone: `+49 30 99${number}71${number}62`,
  problem: `Zqdiagnose${number}itis morbida`,
  allergy: `Zqallergen${number}ol`,
}));
const typed = {
  assessment: 'Zqbefund: wirkt zqmatt, klagt ueber zqschwindel',
  plan: 'Zqplan: zqtropfen dreimal taeglich',
  participant: 'Zqangehoerige Erna',
  draft: 'Zqentwurfstoff',
  reason: 'Zqgrund: verschrieben',
  temperature: '39.4137',
};
/** Dates are too short to be only ours in megabytes of ciphertext as bytes; ten characters are enough. */
const canaries = [...people.flatMap((person) => Object.values(person)), ...Object.values(typed), PASSPHRASE];

function records(): string {
  return people
    .flatMap((person) => {
      const subject = { reference: `Patient/${person.id}` };
      return [
        {
          resourceType: 'Patient',
          id: person.id,
          identifier: [{ system: 'urn:example:insurance', value: person.identifier }],
          name: [{ family: person.family, given: [person.given] }],
          telecom: [{ system: 'phone', value: person.phone }],
          birthDate: person.birthDate,
          address: [{ line: [person.street], city: person.city }],
        },
        { resourceType: 'Condition', id: `${person.id}-c`, code: { text: person.problem }, subject },
        { resourceType: 'AllergyIntolerance', id: `${person.id}-a`, code: { text: person.allergy }, patient: subject },
      ];
    })
    .map((resource) => `${JSON.stringify(resource)}\n`)
    .join('');
}

const search = new CanarySearch(canaries);

async function writeNote(clinic: ClinicAtWork): Promise<void> {
  await clinic.tab('Notes').click();
  await clinic.button('Write a visit note').click();
  await clinic.choose('Kind of visit', 'Video visit');
  await clinic.dialog.getByLabel('Where the patient was').fill('At home');
  await clinic.dialog.getByRole('combobox', { name: 'Participants' }).fill(typed.participant);
  await clinic.page.keyboard.press('Enter');
  await clinic.dialog.getByLabel('Assessment').fill(typed.assessment);
  await clinic.dialog.getByLabel(/^Plan( \*)?$/).fill(typed.plan);
  await clinic.dialog.getByText('Draft kept').waitFor();
  await clinic.button('Read what will be signed').click();
  await clinic.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await clinic.button('Sign', clinic.dialog).click();
  await clinic.page.getByText('signed by').first().waitFor();
}

async function share(clinic: ClinicAtWork, recipient: string): Promise<void> {
  await clinic.tab('Consents').click();
  await clinic.button('Record a consent').click();
  await clinic.choose('Who may read', recipient);
  for (const category of ['identity', 'clinical']) await clinic.dialog.getByLabel(category, { exact: true }).check();
  await clinic.choose('What for', 'treatment');
  await clinic.choose('How the patient said so', 'in person');
  await clinic.button('Read what will be signed').click();
  await clinic.dialog.getByLabel('Your passphrase').fill(PASSPHRASE);
  await clinic.button('Sign and share').click();
  await clinic.dialog.waitFor({ state: 'hidden' });
}

test('the search finds what it looks for in each form', () => {
  const family = people[0]?.family as string;
  for (const padding of ['', 'a', 'ab', 'abc']) {
    const text = `{"${padding}":"${family} "}`;
    expect(search.in(text)).toEqual([family]);
    expect(search.in(Buffer.from(text, 'utf16le'))).toEqual([family]);
    expect(search.in(Buffer.from(Buffer.from(text).toString('base64')))).toEqual([family]);
    expect(search.in(Buffer.from(Buffer.from(text).toString('hex')))).toEqual([family]);
  }
  expect(search.in('nothing of the kind')).toEqual([]);
});

test('given two clinics that worked with canaries, when every file is searched, then none is found', async () => {
  const source = join(stage.folder, '..', `careledger-canaries-${process.pid}`);
  mkdirSync(source);
  stage.removeAtEnd(source);
  writeFileSync(join(source, 'export.ndjson'), records());
  const temporary = stage.place('temporary');
  mkdirSync(temporary);
  const operations = await freePort();
  const hub = await stage.hub({ TMPDIR: temporary }, 'hub', undefined, ['--operations', String(operations)]);
  const harbour = await stage.clinicWithProfile('Harbour Clinic', stage.place('profile-harbour'), temporary);
  await harbour.create();
  await harbour.joinRegion(hub.founding);
  await harbour.syncSays(/^Up to date$/);
  await harbour.importFrom(source);
  const mountain = await stage.clinicWithProfile('Mountain Practice', stage.place('profile-mountain'), temporary);
  await mountain.create('Bo Berg');
  await mountain.joinRegion(await hub.invite());
  await mountain.syncSays(/^Waiting for admission/);
  await harbour.admit();
  await mountain.syncSays(/^Up to date$/);

  const [person] = people as [(typeof people)[number]];
  await harbour.openChart(person.family);
  await harbour.addTemperature(typed.temperature);
  await writeNote(harbour);
  await share(harbour, 'Mountain Practice · Clinic');
  await harbour.tab('Summary').click();
  await harbour.button('Add an allergy').click();
  await harbour.dialog.getByLabel('Substance or agent').fill(typed.draft);
  await harbour.dialog.getByLabel('Reaction').fill(typed.reason);
  await harbour.dialog.getByText('Draft kept').waitFor();
  await harbour.button('Finish later').click();

  await mountain.find('');
  await mountain.row('Patients', person.family).click();
  await mountain.page.getByText(person.problem).first().waitFor({ timeout: 90_000 });
  await harbour.syncSays(/^Up to date$/);
  for (const path of ['/', '/ready', '/metrics']) {
    const said = await fetch(`http://127.0.0.1:${operations}${path}`);
    expect(search.in(await said.text())).toEqual([]);
  }
  // All that a console is told.
  expect(search.in(JSON.stringify(await hubStatus(hub.folder, Date.now)))).toEqual([]);
  // One ends in order, the other by a power cut.
  await harbour.end();
  await mountain.end('SIGKILL');
  await hub.end('SIGKILL');
  await stage.closeProfiles();

  const files = filesBelow(stage.folder);
  expect(files.filter((file) => /clinic\.db|hub\.db|keys\.db|Local State|History/.test(file)).length).toBeGreaterThan(6);
  expect(search.below(stage.folder)).toEqual([]);
  for (const heard of [harbour.heard, mountain.heard, hub.heard]) expect(search.in(heard.join(''))).toEqual([]);
});

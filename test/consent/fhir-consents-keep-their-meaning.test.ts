import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readConsentPolicy, writeConsentPolicy } from '../../shared/consent/fhir-policy.ts';
import { readProvision, writeProvision } from '../../shared/consent/fhir-provision.ts';
import { boundTo, type Facts, type Provision, type RecordFacts } from '../../shared/consent/provision.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient } from '../support/fhir-files.ts';
import { hasSharedData, sharedPath } from '../support/shared-data.ts';

const rulingOf = (rule: Provision, facts: Facts) => boundTo(facts, rule)?.(facts.record);

const facts: Facts = {
  clinic: 'c1',
  person: 'p1',
  role: 'clinician',
  purpose: 'TREAT',
  verb: 'access',
  isEmergency: false,
  category: 'clinical',
  record: {
    record: 'r1',
    labels: [],
    author: 'a1',
    authorClinic: 'c0',
    written: 0,
    encounter: undefined,
    code: '',
    happened: undefined,
  },
  time: Date.parse('2015-11-20T00:00:00Z'),
};
const v3 = (name: string) => `http://terminology.hl7.org/CodeSystem/${name}`;
const consent = (provision: object, rest: object = {}) => ({
  resourceType: 'Consent',
  status: 'active',
  scope: { coding: [{ code: 'patient-privacy' }] },
  category: [{ text: 'privacy' }],
  patient: { reference: 'Patient/1' },
  policyRule: { coding: [{ system: v3('v3-ActCode'), code: 'OPTOUT' }] },
  provision,
  ...rest,
});
const actor = (role: string, reference: object) => ({
  role: { coding: [{ system: v3('v3-ParticipationType'), code: role }] },
  reference,
});
const clinic = { identifier: { system: 'urn:careledger:chain', value: 'c1' } };

test('what is said of single records closes no category, and an exception inside of it neither', () => {
  const inner: Provision = { type: 'deny', provisions: [] };
  const ofOne = (type: 'permit' | 'deny'): Provision => ({ type, records: ['r1'], provisions: [inner] });
  for (const type of ['permit', 'deny'] as const) {
    expect(rulingOf(ofOne(type), { ...facts, record: undefined })?.effect).not.toBe('deny');
    expect(rulingOf(ofOne(type), facts)?.effect).toBe('deny');
  }
});

/** Everything that can be enforced, in one Consent. */
const everything = consent({
  type: 'permit',
  period: { start: '2015', end: '2016-03' },
  actor: [actor('IRCP', clinic)],
  action: [{ coding: [{ system: v3('consentaction'), code: 'access' }] }],
  purpose: [{ system: v3('v3-ActReason'), code: 'TREAT' }],
  provision: [
    { type: 'deny', securityLabel: [{ system: v3('v3-ActCode'), code: 'SEX' }] },
    { type: 'deny', actor: [actor('AUT', { identifier: { system: 'urn:careledger:staff', value: 'a2' } })] },
    { type: 'deny', data: [{ meaning: 'related', reference: { reference: 'Encounter/9' } }] },
    {
      type: 'deny',
      dataPeriod: { end: '2010-12-31' },
      provision: [{ type: 'permit', purpose: [{ system: v3('v3-ActReason'), code: 'BTG' }] }],
    },
    { type: 'deny', code: [{ coding: [{ system: 'http://loinc.org', code: '34133-9' }] }] },
  ],
});

test('each element counts, and is the same after writing and reading again', () => {
  const policy = readConsentPolicy(everything);
  expect(policy.notEnforced).toEqual([]);
  expect(readConsentPolicy(writeConsentPolicy(policy))).toEqual(policy);
  const ask = (change: Partial<Facts>, record: Partial<RecordFacts> = {}) =>
    rulingOf(policy.provision, {
      ...facts,
      ...change,
      record: { ...(facts.record as RecordFacts), happened: facts.time, ...record },
    });
  expect(ask({})).toEqual({ effect: 'permit', place: 'provision' });
  // The end of a month is its last moment.
  expect(ask({ time: Date.parse('2016-03-31T23:59:59Z') })?.effect).toBe('permit');
  for (const change of [
    { clinic: 'c2' },
    { verb: 'disclose' },
    { purpose: 'HRESCH' },
    { time: Date.parse('2016-04-01') },
  ] as const)
    expect(ask(change)).toBeUndefined();
  const denied = [
    { labels: ['SEX'] },
    { author: 'a2' },
    { encounter: 'Encounter/9' },
    { happened: Date.parse('2010-12-31T12:00Z') },
  ];
  for (const [at, record] of [...denied, { code: 'http://loinc.org|34133-9' }].entries())
    expect(ask({}, record)).toEqual({ effect: 'deny', place: `provision.${at}` });
  // An exception to the exception: what is older opens when the glass is broken.
  expect(ask({ isEmergency: true }, { happened: 0 })?.effect).toBe('permit');
});

describe('what cannot be enforced is named and errs to the stricter side', () => {
  const bad = { class: [{ system: 'urn:ietf:bcp:13', code: 'application/hl7-cda+xml' }] };

  test.each<[string, object, string[], string | undefined]>([
    ['a permit permits nothing', { type: 'permit', ...bad }, ['provision.class'], undefined],
    ['a denial denies without it', { type: 'deny', ...bad }, ['provision.class'], 'deny'],
    ['a purpose nobody knows', { type: 'permit', purpose: [{ system: 'x', code: 'TREAT' }] }, ['provision.purpose'], undefined],
    [
      'a permit until a day that no calendar has',
      { type: 'permit', period: { end: '2016-02-31T10:00:00Z' } },
      ['provision.period'],
      undefined,
    ],
    [
      'a permit until a time of no zone',
      { type: 'permit', period: { end: '2099-01-01T10:00:00' } },
      ['provision.period'],
      undefined,
    ],
    ['a denial until a month that no calendar has', { type: 'deny', period: { end: '2016-13' } }, ['provision.period'], 'deny'],
    ['a type that is missing denies', { actor: [actor('IRCP', clinic)] }, ['provision.type'], 'deny'],
    [
      'a person nobody knows is permitted nothing',
      { type: 'permit', actor: [actor('PRCP', { reference: 'Practitioner/1' })] },
      [],
      undefined,
    ],
    [
      'a denial for a person nobody knows denies all',
      { type: 'deny', actor: [actor('PRCP', { reference: 'Practitioner/1' })] },
      [],
      'deny',
    ],
  ])('%s', (_, provision, names, effect) => {
    const policy = readConsentPolicy(consent(provision));
    expect(policy.notEnforced).toEqual(names);
    expect(rulingOf(policy.provision, facts)?.effect).toBe(effect);
    expect(readConsentPolicy(writeConsentPolicy(policy))).toEqual(policy);
  });

  test.each<[string, object, string]>([
    ['another type', consent({ type: 'allow' }), 'consent.rule-refused'],
    ['a modifier', consent({ type: 'permit', modifierExtension: [{ url: 'x' }] }), 'consent.rule-refused'],
    ['no scope', { ...consent({}), scope: undefined }, 'consent.not-a-consent'],
    ['no patient', { ...consent({}), patient: {} }, 'consent.not-a-consent'],
    ['another resource', { ...consent({}), resourceType: 'Contract' }, 'consent.not-a-consent'],
  ])('%s is refused', (_, resource, code) => {
    expect(() => readConsentPolicy(resource)).toThrow(expect.objectContaining({ code }));
  });
});

test('rules deeper than anybody writes are refused', () => {
  let deep: object = { type: 'deny' };
  for (let at = 0; at < 20; at++) deep = { type: 'permit', provision: [deep] };
  expect(() => readConsentPolicy(consent(deep))).toThrow(expect.objectContaining({ code: 'consent.rule-refused' }));
});

describe.skipIf(!hasSharedData)('the examples of FHIR R4', () => {
  const folder = hasSharedData ? sharedPath('fhir/examples/Consent') : '';
  const read = (name: string) =>
    readConsentPolicy(JSON.parse(readFileSync(`${folder}/Consent-consent-example-${name}.json`, 'utf8')));

  test('are read and written again with the same rules', () => {
    const names = hasSharedData ? readdirSync(folder) : [];
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const policy = readConsentPolicy(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));
      expect(readConsentPolicy(writeConsentPolicy(policy))).toEqual(policy);
    }
  });

  test.each<[string, string[], string | undefined]>([
    ['notTime', ['policyRule', 'provision.type'], undefined],
    ['notAuthor', ['policyRule', 'provision.type'], 'deny'],
    ['notThem', ['policyRule', 'provision.type'], 'deny'],
    ['Emergency', ['provision.type'], undefined],
    ['signature', ['policyRule', 'provision.type', 'provision.0.class'], 'deny'],
    ['basic', ['policyRule', 'provision.type'], 'deny'],
  ])('%s: %s, %s', (name, notEnforced, effect) => {
    const policy = read(name);
    expect(policy.notEnforced).toEqual(notEnforced);
    expect(rulingOf(policy.provision, facts)?.effect).toBe(effect);
    // None of them opens anything here, for anybody, whatever it permits by default.
    const rules: Provision[] = [policy.provision, readProvision(writeProvision(policy.provision), [])];
    for (const rule of rules)
      expect(rulingOf(rule, { ...facts, purpose: 'ETREAT', isEmergency: true })?.effect).not.toBe('permit');
  });

  test('a type that does not exist, and a Consent without its scope, are refused', () => {
    for (const name of ['consent-bad-provision-type', 'consent-missing-scope']) {
      const resource: unknown = JSON.parse(readFileSync(sharedPath(`fhir/invalid/${name}.json`), 'utf8'));
      expect(() => readConsentPolicy(resource)).toThrow();
    }
  });
});

test('an imported one stands in the chart in plain words, and opens or closes nothing', async () => {
  const desk = await ClinicDesk.open({ staff: { name: 'Dr. Ada Frey', role: 'administrator' } });
  const { request } = await desk.unlock();
  const resource = { ...everything, id: 'c1', patient: { reference: 'Patient/p1' } };
  const broken = { ...resource, id: 'c2', status: 'perhaps' };
  const named = actor('PRCP', { reference: 'Organization/o1', display: 'Hospital on the Hill' });
  const elsewhere = { ...consent({ type: 'permit', actor: [named] }), id: 'c3', patient: { reference: 'Patient/p1' } };
  const files = {
    'Patient.ndjson': patient('p1'),
    'Consent.ndjson': [resource, broken, elsewhere].map((each) => JSON.stringify(each)).join('\n'),
  };
  const { id } = await request.imports.startPaths([folderOf(files)]);
  await request.imports.settled(id);
  const [found] = (await request.patients.find('', 1, undefined)).patients;
  const { foreignConsents } = await desk.ask<{ foreignConsents: Array<{ active: boolean; fault: string; rules: object[] }> }>(
    `query ($patient: ID!) { foreignConsents(patient: $patient) { active permitsOtherwise fault notEnforced
      rules { depth permits readers purposes labels starts emergencyOnly alsoNames } } }`,
    { patient: found?.patient.id },
  );
  const read = foreignConsents.find(({ active, fault, rules }) => active && fault === '' && rules.length > 2);
  expect(read).toMatchObject({ active: true, permitsOtherwise: false, notEnforced: [] });
  expect(read?.rules.slice(0, 2)).toMatchObject([
    {
      depth: 0,
      permits: true,
      readers: ['c1'],
      purposes: ['TREAT'],
      labels: null,
      starts: Date.UTC(2015, 0, 1),
      alsoNames: ['verbs'],
    },
    { depth: 1, permits: false, readers: null, labels: ['SEX'] },
  ]);
  // Somebody unknown to the region is called what their own system calls them.
  const hospital = foreignConsents.flatMap(({ rules }) => rules).filter((rule) => JSON.stringify(rule).includes('Hospital'));
  expect(hospital).toMatchObject([{ readers: ['Hospital on the Hill'] }]);
  expect(await request.consents.list(found?.patient.id as string)).toEqual([]);
});

test('an element that is not understood is kept whatever it is called', () => {
  const notes: string[] = [];
  const rule = readProvision(JSON.parse('{"type":"permit","__proto__":{"type":"deny"},"constructor":[1]}'), notes);
  expect(notes).toEqual(['provision.__proto__', 'provision.constructor']);
  expect(JSON.parse(JSON.stringify(writeProvision(rule)))).toEqual(
    JSON.parse('{"type":"permit","__proto__":{"type":"deny"},"constructor":[1]}'),
  );
  expect(JSON.stringify(rule)).toContain('"__proto__":{"type":"deny"}');
});

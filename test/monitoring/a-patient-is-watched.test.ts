/** Monitoring at one desk, with real databases, keys and validator: from the plan to the acknowledged alert. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { alsoErased } from '../../server/erasure/erasure-parts.ts';
import type { OpenVault } from '../../server/graphql/domains.ts';
import type { VaultContext } from '../../server/sync/vault-context/vault-context.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf } from '../support/fhir-files.ts';

const MINUTE = 60_000;
const WATCH = `id state notWatchingSince passedOver last { value measured } plans { id active low high by tell { name } }
  alerts { id side threshold escalated corrected reading { value received } } acknowledged { id acknowledgedBy acknowledgedAt }`;
const SET = `mutation ($input: MonitoringInput!) { setMonitoring(input: $input) { ${WATCH} } }`;
const END = `mutation ($patient: ID!) { endMonitoring(patient: $patient, measurement: SYSTOLIC_PRESSURE) { ${WATCH} } }`;
const SEEN = `mutation ($watch: ID!, $alerts: [ID!]!) { acknowledgeAlerts(watch: $watch, alerts: $alerts) { ${WATCH} } }`;
const DRY = 'query ($input: MonitoringInput!) { monitoringDryRun(input: $input) { readings alerts gaps } }';

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly plans: { id: string }[];
  readonly alerts: { id: string }[];
}

let desk: ClinicDesk;
let vault: OpenVault;
let now = Date.UTC(2026, 10, 27, 8);
let ada: string;

const list = async () => (await desk.ask<{ monitored: Shown[] }>(`{ monitored { ${WATCH} } }`)).monitored;
const put = (value: string, more: { age?: number; record?: string; status?: string } = {}) => {
  const { age = 0, record, status = 'final' } = more;
  const resource = JSON.stringify({
    resourceType: 'Observation',
    status,
    code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
    subject: { reference: `Patient/${ada}` },
    effectiveDateTime: new Date(now - age * MINUTE).toISOString(),
    valueQuantity: { value: Number(value), unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  });
  const PUT = 'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }';
  const input = { patient: ada, resource, ...(record ? { record, basedOn: 1, reason: 'Wrong arm' } : {}) };
  return desk.ask<{ putRecord: { id: string } }>(PUT, { input });
};
const wish = (more: object = {}) => ({
  patient: ada,
  measurement: 'SYSTOLIC_PRESSURE',
  low: '90',
  high: '180',
  intervalMinutes: 60,
  escalateMinutes: 30,
  tell: [],
  ...more,
});
const set = async (more: object = {}) => (await desk.ask<{ setMonitoring: Shown }>(SET, { input: wish(more) })).setMonitoring;
const as = (role: 'reception' | 'clinician' | 'nurse'): void => {
  (vault.request.vault.staff as { role: string }).role = role;
};
const openChart = () => desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: ada });

beforeAll(async () => {
  desk = new ClinicDesk({ clock: () => now });
  vault = await desk.unlock();
  const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  const input = { family: 'Okafor', given: ['Marisol'] };
  ada = (await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, { input })).registerPatient.patient.id;
});
afterAll(() => desk.remove());

test('a plan is tried on the past, begins, alerts, escalates and is acknowledged; a further version keeps the ones before', async () => {
  await expect(set()).rejects.toMatchObject({ code: 'access.chart-not-open' });
  await openChart();
  await put('195');
  now += 10 * MINUTE;
  await put('120');
  now += 90 * MINUTE;
  expect(await desk.ask(DRY, { input: wish() })).toEqual({ monitoringDryRun: { readings: 2, alerts: 1, gaps: 2 } });
  expect(await list()).toEqual([]);

  // From now on: what came before is no alert.
  const begun = await set();
  expect(begun).toMatchObject({ state: 'NOT_WATCHING', notWatchingSince: now, alerts: [], last: { value: '120' } });
  await expect(set()).rejects.toMatchObject({ code: 'monitoring.changed' });
  await put('200', { age: 61 });
  expect(await list()).toMatchObject([{ state: 'NOT_WATCHING', passedOver: 1, alerts: [] }]);
  await put('130');
  expect(await list()).toMatchObject([{ state: 'WATCHING' }]);
  now += 5 * MINUTE;
  const { putRecord: high } = await put('188');
  now += 5 * MINUTE;
  await put('125');
  const [alerted] = (await list()) as [Shown];
  expect(alerted).toMatchObject({ state: 'ALERT', alerts: [{ side: 'HIGH', threshold: '180', corrected: false }] });

  // Corrected or not, it stands until somebody has seen it.
  await put('138', { record: high.id, status: 'amended' });
  expect(await list()).toMatchObject([{ state: 'ALERT', alerts: [{ id: alerted.alerts[0]?.id, corrected: true }] }]);
  now += 25 * MINUTE;
  expect(await list()).toMatchObject([{ state: 'ESCALATED' }]);

  const changed = await set({ high: '140', basedOn: begun.plans[0]?.id });
  expect(changed.plans).toMatchObject([{ high: '140' }, { high: '180' }]);
  expect(changed.alerts).toHaveLength(1);
  const alerts = changed.alerts.map(({ id }) => id);
  await expect(desk.ask(SEEN, { watch: changed.id, alerts: [...alerts, 'ff'] })).rejects.toMatchObject({
    code: 'monitoring.unknown',
  });
  as('nurse');
  const seen = await desk.ask(SEEN, { watch: changed.id, alerts });
  const acknowledged = [{ id: alerts[0], acknowledgedBy: 'Dr. Ada Frey', acknowledgedAt: now }];
  expect(seen).toMatchObject({ acknowledgeAlerts: { state: 'WATCHING', alerts: [], acknowledged } });
  now += 60_000 * MINUTE;
  as('clinician');
  await desk.lock();
  vault = await desk.unlock();
  expect(await list()).toMatchObject([{ state: 'NOT_WATCHING', acknowledged }]);
  for (const file of readdirSync(desk.folder)) {
    const bytes = readFileSync(join(desk.folder, file));
    expect(bytes.includes('SYSTOLIC') || bytes.includes('escalateMinutes')).toBe(false);
  }
});

test('the screen hears of silence and escalation with nobody asking, and only when something stands otherwise', async () => {
  await openChart();
  await put('120');
  const changes = await desk.follow('subscription { changed { topics } }');
  const { monitoring } = vault.request;
  const next = changes.next();
  await monitoring.look();
  expect((await next).value).toMatchObject({ data: { changed: { topics: ['monitoring'] } } });
  let heard = 0;
  const context = vault.request.vault as { notify: VaultContext['notify'] };
  const { notify } = context;
  context.notify = () => {
    heard += 1;
  };
  onTestFinished(async () => {
    context.notify = notify;
    await changes.return?.();
  });
  now += MINUTE;
  await monitoring.look();
  expect(heard).toBe(0);
  now += 60 * MINUTE;
  await monitoring.look();
  expect(heard).toBe(1);
});

test('an old export that is imported alerts nobody and does not pass for a watch', async () => {
  const observation = (id: string, date: string): string =>
    `{"resourceType":"Observation","id":"${id}","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"subject":{"reference":"Patient/p1"},"effectiveDateTime":"${date}","valueQuantity":{"value":240,"system":"http://unitsofmeasure.org","code":"mm[Hg]"}}`;
  const patient = '{"resourceType":"Patient","id":"p1","name":[{"family":"Import","given":["Ida"]}]}';
  const { id: job } = await vault.request.imports.startPaths([folderOf({ 'Patient.ndjson': patient })]);
  await vault.request.imports.settled(job);
  const found = await vault.request.patients.find('import', 1, undefined);
  const ida = found.patients[0]?.patient.id as string;
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: ida });
  const begun = await set({ patient: ida });
  const lines = [observation('o1', '2025-01-05T10:00:00Z'), observation('o2', new Date(now - 2 * 60 * MINUTE).toISOString())];
  const { id: second } = await vault.request.imports.startPaths([folderOf({ 'Observation.ndjson': lines.join('\n') })]);
  await vault.request.imports.settled(second);
  const isIda = ({ id }: Shown): boolean => id === begun.id;
  expect((await list()).find(isIda)).toMatchObject({ state: 'NOT_WATCHING', alerts: [], passedOver: 1, last: { value: '240' } });
  const fresh = observation('o3', new Date(now - 10 * MINUTE).toISOString());
  const { id: third } = await vault.request.imports.startPaths([folderOf({ 'Observation.ndjson': fresh })]);
  await vault.request.imports.settled(third);
  expect((await list()).find(isIda)).toMatchObject({ state: 'ALERT', alerts: [{ reading: { value: '240' } }] });
});

test('the ladder tells those whom it has reached, again and again, until somebody acknowledges', async () => {
  const { me } = await desk.ask<{ me: { id: string } }>('{ me { id } }');
  const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  const input = { family: 'Nakamura', given: ['Nia'] };
  const made = await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, { input });
  const nia = made.registerPatient.patient.id;
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient: nia });
  const ladder = [
    { afterMinutes: 10, tell: [] },
    { afterMinutes: 30, tell: [me.id] },
  ];
  const begun = await set({ patient: nia, escalateMinutes: 10, ladder, repeatMinutes: 15 });
  expect(begun.plans).toMatchObject([{ high: '180' }]);
  const resource = JSON.stringify({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
    subject: { reference: `Patient/${nia}` },
    effectiveDateTime: new Date(now).toISOString(),
    valueQuantity: { value: 210, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  });
  await desk.ask('mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }', { input: { patient: nia, resource } });
  const calls = async () =>
    (
      await desk.ask<{ alertCalls: { id: string; step: number; calls: number }[] }>(
        '{ alertCalls { id step steps calls covered } }',
      )
    ).alertCalls;
  const told = now;
  // What a desk that is locked now goes on by: both steps, then each quarter of an hour, also beside other patients' alerts.
  const steps = [10, 30, 45, 60].map((minutes) => told + minutes * MINUTE);
  expect((await vault.request.monitoring.forTheDoor()).calls).toEqual(expect.arrayContaining(steps));
  now += 29 * MINUTE;
  expect(await calls()).toEqual([]);
  now += MINUTE;
  expect(await calls()).toEqual([{ id: begun.id, step: 2, steps: 2, calls: 3, covered: null }]);
  now += 31 * MINUTE;
  expect(await calls()).toMatchObject([{ calls: 5 }]);
  const alerts = (await list()).find(({ id }) => id === begun.id)?.alerts.map(({ id }) => id);
  await desk.ask(SEEN, { watch: begun.id, alerts });
  expect(await calls()).toEqual([]);
  const { calls: left } = await vault.request.monitoring.forTheDoor();
  expect(left.filter((moment) => (moment - told) % (15 * MINUTE) === 0)).toEqual([]);
});

test('reception sees nothing of it, a look leaves a line, and what is not open to somebody is not there', async () => {
  as('reception');
  await expect(list()).rejects.toMatchObject({ code: 'access.not-allowed' });
  as('clinician');
  await desk.lock();
  vault = await desk.unlock();
  const before = desk.commits;
  await list();
  expect(desk.commits).toBeGreaterThan(before);
  const LOG = 'query ($patient: ID!) { accessLog(patient: $patient) { edges { node { action } } } }';
  const { accessLog } = await desk.ask<{ accessLog: { edges: { node: { action: string } }[] } }>(LOG, { patient: ada });
  expect(accessLog.edges.map(({ node }) => node.action)).toContain('monitoring');
  const { hooks } = vault.request.vault;
  const { reading } = hooks;
  hooks.reading = async () => ({ categories: new Set(), opens: () => false });
  onTestFinished(() => {
    hooks.reading = reading;
  });
  expect(await list()).toEqual([]);
  await expect(desk.ask(SEEN, { watch: `${ada}.SYSTOLIC_PRESSURE`, alerts: [] })).rejects.toMatchObject({
    code: 'monitoring.unknown',
  });
});

test('it ends when somebody says so, and an erased patient leaves no plan', async () => {
  await openChart();
  expect(await desk.ask(END, { patient: ada })).toMatchObject({ endMonitoring: { state: 'ENDED' } });
  await expect(desk.ask(END, { patient: ada })).rejects.toMatchObject({ code: 'monitoring.unknown' });
  const others = (await list()).map(({ id }) => id);
  expect(others.some((id) => id.startsWith(ada))).toBe(false);
  await vault.request.vault.gateway.commit({ rows: await alsoErased(vault.request.vault, ada) });
  const OF = 'query ($patient: ID!) { monitoring(patient: $patient) { id } }';
  expect(await desk.ask(OF, { patient: ada })).toEqual({ monitoring: [] });
  expect((await list()).map(({ id }) => id)).toEqual(others);
});

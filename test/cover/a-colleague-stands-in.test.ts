/** Cover: named by a signed act, ended by time or early; who stands in sees the other's day, both stand in the log, no role grows. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OpenVault } from '../../server/graphql/domains.ts';
import { coverHolds } from '../../shared/access/cover-rules.ts';
import { CATEGORIES } from '../../shared/consent/category.ts';
import { decide } from '../../shared/consent/decision.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import { localInstant } from '../../shared/encoding/wall-clock.ts';
import { ROLES } from '../../shared/ledger/rows.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, MORNING, signingKeyFor } from '../support/ledger-builder.ts';

const DAY = 86_400_000;

describe('on the ledger', () => {
  const clinic = foundClinic('A');
  const other = foundClinic('B');
  const ledger = new MemoryLedger(foundRegion('cover', [clinic, other]).region);
  const [doctor, nurse, front] = ['doctor', 'nurse', 'front'].map(signingKeyFor) as [never, never, never];
  const keyOf = (person: { publicKey: Uint8Array }): Uint8Array => person.publicKey;
  const name = (id: string, over: object = {}, signer: never = doctor): string =>
    ledger.judge(
      clinic.desk,
      act(
        clinic,
        'cover.named',
        { cover: bytesFor(id, 16), covered: keyOf(doctor), covering: keyOf(nurse), from: MORNING, until: MORNING + DAY, ...over },
        { signer },
      ),
    );
  const end = (id: string, signer: never): string =>
    ledger.judge(clinic.desk, act(clinic, 'cover.withdrawn', { cover: bytesFor(id, 16) }, { signer }));

  beforeAll(() => {
    const by = { signer: clinic.administrator };
    for (const [person, role] of [
      [doctor, 'clinician'],
      [nurse, 'nurse'],
      [front, 'reception'],
    ] as const)
      ledger.judge(clinic.desk, act(clinic, 'staff.enrolled', { staff: keyOf(person), role }, by));
  });

  test('one names cover for oneself, an administrator for anybody, nobody else for another', () => {
    expect(name('own')).toBe('accepted');
    expect(name('ill', {}, clinic.administrator as never)).toBe('accepted');
    expect(name('grabbed', {}, nurse)).toBe('refused: not-theirs-to-hand-over');
    expect(name('own')).toBe('refused: cover-id-used-before');
  });

  test('only people of this clinic with patients cover, for a time that ends', () => {
    expect(name('front', { covering: keyOf(front) })).toBe('refused: cover-without-patients');
    expect(name('stranger', { covering: other.administrator.publicKey })).toBe('refused: cover-without-patients');
    expect(name('self', { covering: keyOf(doctor) })).toBe('refused: cover-of-oneself');
    expect(name('backwards', { until: MORNING })).toBe('refused: cover-period');
    expect(name('endless', { until: MORNING + 93 * DAY })).toBe('refused: cover-period');
  });

  test('either of the two ends it, once; a third does not', () => {
    expect(end('own', front)).toBe('refused: not-theirs-to-withdraw');
    expect(end('own', nurse)).toBe('accepted');
    expect(end('of nobody', doctor)).toBe('refused: cover-unknown');
    expect(end('own', doctor)).toBe('refused: cover-withdrawn-before');
    expect(end('ill', clinic.administrator as never)).toBe('accepted');
  });
});

test('it holds from its first moment on, no more at the one that ends it, and never once it is withdrawn', () => {
  const cover = { covered: bytesFor('a'), covering: bytesFor('b'), from: 10, until: 20, withdrawn: 0 };
  expect([9, 10, 19, 20].map((time) => coverHolds(cover, time))).toEqual([false, true, true, false]);
  expect(coverHolds({ ...cover, withdrawn: 12 }, 11)).toBe(false);
});

test('cover never opens what the caller could not open in their own name, and names the colleague', () => {
  const asked = fc.record({
    role: fc.constantFrom(...ROLES),
    purpose: fc.constantFrom(...PURPOSES),
    verb: fc.constantFrom('access' as const, 'correct' as const, 'disclose' as const),
    category: fc.constantFrom(...CATEGORIES),
    isEmergency: fc.boolean(),
    keeper: fc.constantFrom('own', 'other'),
    holds: fc.boolean(),
  });
  fc.assert(
    fc.property(asked, ({ role, holds, ...rest }) => {
      const question = { ...rest, caller: { clinic: 'own', person: 'me', role }, handle: '00', time: 1 };
      const mine = decide(question, { grants: new Map() });
      const standingIn = decide({ ...question, cover: { covered: 'x', holds } }, { grants: new Map() });
      expect(standingIn.permit).toBe(mine.permit && holds);
      expect(standingIn.covered).toBe('x');
      expect(mine.covered).toBeUndefined();
    }),
  );
});

describe('at the desk', () => {
  let desk: ClinicDesk;
  let vault: OpenVault;
  let now = new Date(2026, 10, 2, 9).getTime();
  let me: string;
  let ben: string;
  let patient: string;
  const as = (role: string): void => {
    (vault.request.vault.staff as { role: string }).role = role;
  };
  const cover = async (covered: string, covering: string, until = now + DAY): Promise<string> => {
    const NAME = 'mutation ($input: CoverInput!) { nameCover(input: $input) { id } }';
    const input = { covered, covering, from: now, until };
    return (await desk.ask<{ nameCover: { id: string } }>(NAME, { input })).nameCover.id;
  };
  const end = (id: string) => desk.ask('mutation ($id: ID!) { withdrawCover(cover: $id) { state } }', { id });
  const standing = async (past = false) =>
    (
      await desk.ask<{ covers: object[] }>('query ($past: Boolean) { covers(past: $past) { state byMe covered { name } } }', {
        past,
      })
    ).covers;
  const open = (covered: string | null) =>
    desk.ask('mutation ($patient: ID!, $covered: ID) { openChart(patient: $patient, covered: $covered) { covered { name } } }', {
      patient,
      covered,
    });
  const log = async () => (await vault.request.access.linesOf(patient)).map(({ who, action, detail }) => [who, action, detail]);

  beforeAll(async () => {
    desk = new ClinicDesk({ clock: () => now });
    vault = await desk.unlock({ name: 'Dr. Ada Frey', role: 'administrator' });
    me = (await desk.ask<{ me: { id: string } }>('{ me { id } }')).me.id;
    ben = (
      await vault.request.staff.enrol({ name: 'Dr. Ben Okafor', role: 'clinician', passphrase: 'seven quiet herons at dusk' })
    ).id;
    const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
    const input = { family: 'Vega', given: ['Marisol'] };
    patient = (await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, { input })).registerPatient.patient.id;
    const resource = JSON.stringify({
      resourceType: 'AllergyIntolerance',
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
      },
      code: { text: 'Penicillin' },
      patient: { reference: `Patient/${patient}` },
    });
    await open(null);
    await desk.ask('mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }', { input: { patient, resource } });
    await desk.ask('mutation ($id: ID!) { closeChart(patient: $id) }', { id: patient });
    const ADD = 'mutation ($input: AddVisitInput!) { addVisit(input: $input) { visit { id } } }';
    await desk.ask(ADD, { input: { patient, kind: 'WALK_IN', clinician: ben, start: localInstant(now) } });
  });
  afterAll(() => desk.remove());
  beforeEach(() => as('administrator'));

  const warnings = async () =>
    (
      await desk.ask<{ visitWarnings: object[] }>('query ($day: String!) { visitWarnings(day: $day) { warnings } }', {
        day: localInstant(now).slice(0, 10),
      })
    ).visitWarnings;

  test('who stands in sees what the covered one would, and the log names both', async () => {
    expect(await warnings()).toEqual([]);
    await expect(open(ben)).rejects.toMatchObject({ code: 'cover.not-in-force' });
    const id = await cover(ben, me);
    expect(await standing()).toEqual([{ state: 'NOW', byMe: true, covered: { name: 'Dr. Ben Okafor' } }]);
    expect(await warnings()).toEqual([{ warnings: ['Penicillin'] }]);
    expect(await log()).toContainEqual(['Dr. Ada Frey', 'queue', 'Dr. Ben Okafor']);
    expect(await open(ben)).toEqual({ openChart: { covered: { name: 'Dr. Ben Okafor' } } });
    expect(await log()).toContainEqual(['Dr. Ada Frey', 'cover', 'Dr. Ben Okafor']);

    await end(id);
    const READ = 'query ($patient: ID!) { chart(patient: $patient) { categories } }';
    await expect(desk.ask(READ, { patient })).rejects.toMatchObject({ code: 'cover.not-in-force' });
    expect(await standing()).toEqual([]);
    expect(await standing(true)).toMatchObject([{ state: 'WITHDRAWN' }]);
  });

  test('it ends by itself, and is over for good', async () => {
    await cover(ben, me, now + DAY);
    await open(ben);
    now += DAY;
    await expect(open(ben)).rejects.toMatchObject({ code: 'cover.not-in-force' });
    expect(await standing()).toEqual([]);
  });

  test('a clinician hands over their own work alone, and cover that makes no sense is refused in words', async () => {
    as('clinician');
    await expect(cover(ben, me)).rejects.toMatchObject({ code: 'cover.not-yours' });
    const id = await cover(me, ben);
    expect(await standing()).toEqual([{ state: 'NOW', byMe: false, covered: { name: 'Dr. Ada Frey' } }]);
    await end(id);
    await expect(cover(me, me)).rejects.toMatchObject({ code: 'cover.person' });
    await expect(cover(me, ben, now - 1)).rejects.toMatchObject({ code: 'cover.period' });
    as('reception');
    await expect(cover(me, ben)).rejects.toMatchObject({ code: 'access.not-allowed' });
  });
});

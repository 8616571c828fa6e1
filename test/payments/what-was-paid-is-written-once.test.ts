/** What a patient pays at the desk: exact, numbered, never deleted, and shown to whom it concerns. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenVault } from '../../server/graphql/domains.ts';
import { amountTyped, exactAmount } from '../../shared/encoding/exact-money.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient as person } from '../support/fhir-files.ts';

const SHOWN = 'id revision number paidAt means currency lines { what amount } total takenBy voided';
const WRITE = `mutation ($input: PaymentReceiptInput!) { writePaymentReceipt(input: $input) { ${SHOWN} } }`;
const VOID = `mutation ($patient: ID!, $receipt: ID!, $revision: String!, $reason: String!) { voidPaymentReceipt(patient: $patient, receipt: $receipt, revision: $revision, reason: $reason) { ${SHOWN} } }`;
const LIST = `query ($patient: ID!) { paymentReceipts(patient: $patient) { ${SHOWN} } }`;
const PRINT = 'mutation ($patient: ID!, $receipt: ID!) { notePaymentPrint(patient: $patient, receipt: $receipt) }';
const OPEN = 'mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }';
const RECORD = 'query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { resource history { version reason } } }';
const LINES = 'query ($patient: ID!) { accessLog(patient: $patient) { edges { node { action } } } }';

interface Shown {
  readonly id: string;
  readonly revision: string;
  readonly number: string;
  readonly total: string;
  readonly voided: string | null;
}

const desk = new ClinicDesk({ clock: () => new Date(2026, 10, 28, 9).getTime() });
let vault: OpenVault;
let patient: string;

const as = (role: string): void => {
  (vault.request.vault.staff as { role: string }).role = role;
};
const write = async (lines: object[], currency = 'EUR'): Promise<Shown> => {
  const input = { patient, means: 'CASH', currency, lines };
  return (await desk.ask<{ writePaymentReceipt: Shown }>(WRITE, { input })).writePaymentReceipt;
};
const list = async (): Promise<Shown[]> => (await desk.ask<{ paymentReceipts: Shown[] }>(LIST, { patient })).paymentReceipts;

beforeAll(async () => {
  vault = await desk.unlock();
  const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  const input = { family: 'Frey', given: ['Marisol'] };
  patient = (await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, { input })).registerPatient.patient.id;
  as('reception');
});
afterAll(() => desk.remove());

test('reception writes a receipt; the sum is exact, and in the chart it is a FHIR Invoice with the digits as typed', async () => {
  const lines = [
    { what: 'Travel vaccination', amount: '70,10' },
    { what: 'Certificate', amount: '0.2' },
  ];
  const receipt = await write(lines);
  expect(receipt).toMatchObject({ total: '70.30', takenBy: 'Dr. Ada Frey', voided: null });
  expect(receipt.number).toMatch(/^20261128-[0-9A-F]{6}-1$/);
  expect(await write([{ what: 'Copy of the records', amount: '500' }], 'JPY')).toMatchObject({ total: '500' });
  as('administrator');
  await desk.ask(OPEN, { patient });
  const { record } = await desk.ask<{ record: { resource: string } }>(RECORD, { patient, id: receipt.id });
  expect(record.resource).toContain('"value":70.10');
  expect(record.resource).toContain('"totalGross":{"value":70.30,"currency":"EUR"}');
  expect(JSON.parse(record.resource)).toMatchObject({
    resourceType: 'Invoice',
    status: 'balanced',
    subject: { reference: `Patient/${patient}` },
  });
  as('reception');
});

test('receipts that are written at once have numbers of their own, after an unlock too', async () => {
  await Promise.all(Array.from({ length: 4 }, (_, at) => write([{ what: `Copy ${at}`, amount: '1' }])));
  await desk.lock();
  vault = await desk.unlock();
  as('billing');
  await write([{ what: 'One more', amount: '1' }]);
  const numbers = (await list()).map(({ number }) => Number(number.split('-')[2]));
  expect(numbers.sort((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('a receipt is made void with a reason and stays; a second time it is not', async () => {
  as('billing');
  const receipt = await write([{ what: 'Certificate', amount: '12.50' }]);
  const said = { patient, receipt: receipt.id, revision: receipt.revision };
  await expect(desk.ask(VOID, { ...said, reason: ' ' })).rejects.toMatchObject({ code: 'payments.receipt' });
  const { voidPaymentReceipt: gone } = await desk.ask<{ voidPaymentReceipt: Shown }>(VOID, {
    ...said,
    reason: 'Paid by the insurer',
  });
  expect(gone).toMatchObject({ number: receipt.number, total: '12.50', voided: 'Paid by the insurer' });
  await expect(desk.ask(VOID, { ...said, reason: 'Again' })).rejects.toMatchObject({ code: 'payments.moved' });
  expect((await list()).find(({ id }) => id === receipt.id)).toEqual(gone);
});

test('looking and printing leave lines in the patient’s access log; who has nothing to do with money is refused', async () => {
  as('reception');
  const [newest] = await list();
  await desk.ask(PRINT, { patient, receipt: newest?.id });
  as('administrator');
  await desk.ask(OPEN, { patient });
  expect(JSON.stringify(await desk.ask(LINES, { patient }))).toMatch(/payments.*print|print.*payments/);
  for (const role of ['clinician', 'nurse', 'privacy-officer', 'researcher']) {
    as(role);
    await expect(list(), role).rejects.toMatchObject({ code: 'access.not-allowed' });
  }
});

test('an invoice that a clinician imports is taken in as what was paid: a nurse who reads the chart does not see it', async () => {
  const paid = { resourceType: 'Invoice', id: 'i1', status: 'balanced', subject: { reference: 'Patient/p9' } };
  const seen = { resourceType: 'Condition', id: 'c1', subject: { reference: 'Patient/p9' }, code: { text: 'Naevus' } };
  const folder = folderOf({
    'Patient.ndjson': person('p9'),
    'Rest.ndjson': `${JSON.stringify(paid)}\n${JSON.stringify(seen)}\n`,
  });
  as('clinician');
  const job = await vault.request.imports.startPaths([folder]);
  expect(await vault.request.imports.settled(job.id)).toMatchObject({ accepted: 3, refusedCount: 0 });
  const found = await vault.request.patients.find('Morgenstern', 1, undefined);
  const theirs = found.patients[0]?.patient.id ?? '';
  const COUNTS = 'mutation ($patient: ID!) { openChart(patient: $patient) { sections { section count } } }';
  const sections = async () =>
    (await desk.ask<{ openChart: { sections: { section: string; count: number }[] } }>(COUNTS, { patient: theirs })).openChart
      .sections;
  const shown = async () => Object.fromEntries((await sections()).map(({ section, count }) => [section, count]));
  const clinician = await shown();
  as('nurse');
  const nurse = await shown();
  expect([clinician.PROBLEM, nurse.PROBLEM]).toEqual([1, 1]);
  expect((clinician.OTHER ?? 0) - (nurse.OTHER ?? 0)).toBe(1);
  as('reception');
});

test('what is no amount is refused by its name, and nothing is written', async () => {
  as('reception');
  const before = (await list()).length;
  for (const amount of ['', '0', '-5', '1.005', '1e3', '12,3,4', '9999999999', 'free'])
    await expect(write([{ what: 'Copy', amount }]), amount).rejects.toMatchObject({
      code: 'payments.receipt',
      details: { field: 'amount' },
    });
  await expect(write([{ what: 'Copy', amount: '1.5' }], 'JPY')).rejects.toMatchObject({ details: { field: 'amount' } });
  await expect(write([{ what: 'Copy', amount: '1' }], 'euro')).rejects.toMatchObject({ details: { field: 'currency' } });
  await expect(write([])).rejects.toMatchObject({ details: { field: 'lines' } });
  await expect(write([{ what: ' ', amount: '1' }])).rejects.toMatchObject({ details: { field: 'what' } });
  expect(await list()).toHaveLength(before);
});

test('an amount that is written and read again is the same, in each currency', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 999_999_999n }), fc.constantFrom('EUR', 'JPY', 'KWD', 'CHF'), (amount, currency) => {
      expect(amountTyped(exactAmount(amount, currency), currency)).toBe(amount);
    }),
  );
});

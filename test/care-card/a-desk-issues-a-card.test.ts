import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { CardPepper } from '../../server/care-card/card-pepper.ts';
import { pepperValue } from '../../server/care-card/card-secrets.ts';
import { keysOfList, patientKeyList } from '../../server/care-card/open-box.ts';
import { cardIdOf, openCard } from '../../server/care-card/open-card.ts';
import { readDocument } from '../../server/sync/clinic.store.ts';
import { loadOverlaid } from '../../server/sync/own-acts/pending.ts';
import { beginKeyEpochs } from '../../server/sync/vault-context/compartment-epochs.ts';
import { openDocument } from '../../server/vault/sealing.ts';
import { readCardCode } from '../../shared/care-card/card-code.ts';
import { cardKey, cardRow } from '../../shared/care-card/card-rules.ts';
import { fromHex, fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';

const PIN = '481516';
const REGISTER = `mutation { registerPatient(input: { family: "Brandt", given: ["Ida"], birthDate: "1985-01-31" }) { patient { id } } }`;
const ISSUE = `mutation ($patient: ID!, $pin: String!, $passphrase: String!) { issueCareCard(patient: $patient, pin: $pin, passphrase: $passphrase) {
  qr groups patientName card { id opensInRegion triesLeft progress } } }`;
const CARD = `query ($patient: ID!) { careCard(patient: $patient) { id opensInRegion } }`;
const END = `mutation ($patient: ID!, $passphrase: String!) { endCareCard(patient: $patient, passphrase: $passphrase) }`;
const OPEN = `mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`;
const PUT = `mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }`;

interface Issued {
  readonly issueCareCard: {
    qr: string;
    groups: string[];
    patientName: string;
    card: { id: string; opensInRegion: boolean; triesLeft: number };
  };
}

async function desk() {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const { registerPatient } = await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER);
  const patient = registerPatient.patient.id;
  await desk.ask(OPEN, { patient });
  const resource = `{"resourceType":"Condition","subject":{"reference":"Patient/${patient}"},"code":{"text":"Naevus"}}`;
  await desk.ask(PUT, { input: { patient, resource } });
  const issue = async (pin = PIN) => (await desk.ask<Issued>(ISSUE, { patient, pin, passphrase: PASSPHRASE })).issueCareCard;
  /** What a patient's session does with nothing but clinic.db, card, PIN and this clinic's pepper. */
  const session = async (code: string) => {
    const secret = readCardCode(code);
    const connection = desk.database.read;
    const key = cardKey(toHex(cardIdOf(secret)));
    const row = decode(cardRow, (await loadOverlaid(connection, [key])).get(key) as Uint8Array);
    const [pepper] = desk.peppers;
    const keeper: CardPepper = {
      keeper: 'clinic',
      ask: async (ask) => ({ value: pepperValue(pepper!.key, ask), keeper: fromHex(desk.clinic.desk.id), tried: 1, left: 9 }),
      opened: async () => undefined,
    };
    const opened = await openCard({ secret, pin: PIN, row, peppers: [keeper] });
    const list = await patientKeyList(connection, row, opened.boxKey);
    return { row, opened, list, keys: keysOfList(list, row, opened.boxKey) };
  };
  return { desk, request, patient, issue, session };
}

test('the card opens the patient’s records and nobody is asked; the desk keeps nothing of what it printed', async () => {
  const { desk: at, request, patient, issue, session } = await desk();
  expect(await at.ask(CARD, { patient })).toEqual({ careCard: null });
  const printed = await issue();
  expect(printed).toMatchObject({ patientName: 'Ida Brandt', card: { opensInRegion: false, triesLeft: 10 } });
  expect(await at.ask(CARD, { patient })).toEqual({ careCard: { id: printed.card.id, opensInRegion: false } });
  const { list, keys } = await session(printed.groups.join(' '));
  expect(new Set(list.map(({ category }) => category))).toEqual(new Set(['identity', 'clinical']));
  const entry = (await request.records.entries(request.patients.known(patient))).find(
    ({ resourceType }) => resourceType === 'Condition',
  )!;
  const document = await readDocument(at.database.read, fromHex(entry.document));
  const opened = openDocument({ ...document!, recordId: fromHex(entry.record), version: entry.version }, keys);
  expect(fromUtf8(opened.content)).toContain('Naevus');

  // A compartment that comes later, and a later key of one that is there.
  const handle = fromHex(request.patients.known(patient).handles.clinical!);
  await beginKeyEpochs(request.vault, [handle]);
  await request.careCards.refresh();
  expect((await session(printed.qr)).list.filter(({ category }) => category === 'clinical')).toHaveLength(2);

  const shown = await at.ask<{ openChart: unknown }>(
    `mutation ($patient: ID!) { openChart(patient: $patient) { sections { section count } } }`,
    { patient },
  );
  expect(JSON.stringify(shown)).not.toContain('card-keys');
  await at.lock();
  const secret = Buffer.from(readCardCode(printed.qr));
  for (const file of ['clinic.db', 'keys.db']) {
    const bytes = readFileSync(join(at.folder, file));
    for (const trace of [secret, PIN, printed.groups.join('')]) expect(bytes.includes(trace)).toBe(false);
  }
}, 120_000);

test('whoever issues a card stands in the patient’s log before there is one, and without a line there is none', async () => {
  const { desk: at, request, patient, issue } = await desk();
  const note = vi
    .spyOn(request.access, 'note')
    .mockRejectedValueOnce(new Failure('access.line-not-durable', 'The disk is full.'));
  await expect(issue()).rejects.toMatchObject({ code: 'access.line-not-durable' });
  expect(await at.ask(CARD, { patient })).toEqual({ careCard: null });
  note.mockRestore();
  await issue();
  const { accessLog } = await at.ask<{ accessLog: { edges: Array<{ node: object }> } }>(
    `query ($patient: ID!) { accessLog(patient: $patient) { edges { node { who action purpose } } } }`,
    { patient },
  );
  expect(accessLog.edges.map(({ node }) => node)).toContainEqual({ who: 'Dr. Ada Frey', action: 'card', purpose: 'PATRQT' });
});

test('a new card kills the one before, which does not open what is written from then on; an ended card opens nothing', async () => {
  const { desk: at, request, patient, issue, session } = await desk();
  const first = await issue();
  const before = await session(first.qr);
  const second = await issue();
  await expect(session(first.qr)).rejects.toMatchObject({ code: 'card.ended' });
  const after = await session(second.qr);
  expect(after.row.box).toEqual(before.row.box);
  await expect(patientKeyList(at.database.read, before.row, before.opened.boxKey)).rejects.toMatchObject({
    code: 'vault.key-missing',
  });
  expect(after.keys(before.row.box, before.row.boxEpoch)).toBeDefined();
  expect(after.opened.signing.publicKey).not.toEqual(before.opened.signing.publicKey);
  await at.ask(END, { patient, passphrase: PASSPHRASE });
  await expect(session(second.qr)).rejects.toMatchObject({ code: 'card.ended' });
  expect(await at.ask(CARD, { patient })).toEqual({ careCard: null });
  await expect(at.ask(END, { patient, passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'card.none' });
  expect(request.patients.known(patient).handles.card).toBeDefined();
}, 120_000);

test('neither a PIN that everybody guesses nor a wrong passphrase makes a card', async () => {
  const { desk: at, patient, issue } = await desk();
  for (const pin of ['123456', '310185', '4815']) await expect(issue(pin)).rejects.toMatchObject({ code: 'card.pin-weak' });
  await expect(at.ask(ISSUE, { patient, pin: PIN, passphrase: 'something else entirely' })).rejects.toMatchObject({
    code: 'vault.passphrase-wrong',
  });
  expect(await at.ask(CARD, { patient })).toEqual({ careCard: null });
});

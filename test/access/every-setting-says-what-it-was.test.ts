/** What who may changes in their clinic: each change is an act that they sign, with the old and the new value beside it. */
import { expect, test } from 'vitest';
import { vaultDomains } from '../../server/graphql/domains.ts';
import { vaultSchema } from '../../server/graphql/vault-schema.ts';
import { everyRow } from '../../server/sync/vault-context/vault-rows.store.ts';
import { isAdminAct } from '../../shared/access/admin-changes.ts';
import { ROLES } from '../../shared/ledger/rows.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';
import { act, bytesFor, everyRule, foundClinic, foundRegion, MemoryLedger, signingKeyFor } from '../support/ledger-builder.ts';

const ADMINISTRATOR = { name: 'Dr. Ada Frey', role: 'administrator' } as const;
const CHANGES = '{ adminChanges { what subject before after author position } }';

interface Listed {
  readonly adminChanges: ReadonlyArray<{ what: string; subject: string; before: string[]; after: string[]; author: string }>;
}

/** Which act of the ledger each change of the clinic leaves; those that change nothing by themselves say why. */
const LEAVES: Readonly<Record<string, string>> = {
  setGuardianAges: 'guardian.ages',
  enrolReadingGateway: 'setting.changed',
  revokeReadingGateway: 'setting.changed',
  setReadingFolder: 'setting.changed',
  saveFormTemplate: 'setting.changed',
  removeFormTemplate: 'setting.changed',
  setRetention: 'setting.changed',
  placeHold: 'setting.changed',
  liftHold: 'setting.changed',
  erase: 'compartment.erased',
  enrolStaff: 'staff.enrolled',
  revokeStaff: 'staff.revoked',
  rollClinicKeys: 'clinic.rotated',
  admitDevice: 'device.enrolled',
  revokeDevice: 'device.revoked',
  retireCopy: 'epoch.retired',
  approveAdmission: 'chain.admitted',
  offerToWitness: 'policy.changed',
  proposeWitnesses: 'policy.changed',
  proposeHubKey: 'hub.rotated',
  proposeRules: 'rules.activate',
  approvePolicy: 'policy.changed',
  discardWaitingActs: 'setting.changed',
  inviteDevice: 'nothing: who is invited is let in by `admitDevice`',
  refuseDevice: 'nothing: who asked stays outside',
};

test('each change that is an administrator’s or a privacy officer’s is an act of the ledger, and a new one has to say which', () => {
  const theirs = new Set(['staff.write', 'erase', 'region.write']);
  const changes = vaultSchema(vaultDomains).fields.filter(
    ({ root, permission }) => root === 'Mutation' && theirs.has(permission),
  );
  expect(changes.map(({ name }) => name).toSorted()).toEqual(Object.keys(LEAVES).toSorted());
  for (const type of Object.values(LEAVES)) if (!type.startsWith('nothing: ')) expect(everyRule.types).toContain(type);
});

test('on the ledger: by administrators and privacy officers of the clinic, and the same words once', () => {
  const [a, b] = [foundClinic('A'), foundClinic('B')];
  const ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
  const set = (label: string, signer = a.administrator): string =>
    ledger.judge(a.desk, act(a, 'setting.changed', { change: bytesFor(label) }, { signer }));
  const may = ROLES.filter((role) => {
    const person = signingKeyFor(role);
    ledger.judge(a.desk, act(a, 'staff.enrolled', { staff: person.publicKey, role }, { signer: a.administrator }));
    return set(role, person) === 'accepted';
  });
  expect(may).toEqual(['administrator', 'privacy-officer']);
  expect(set('by a nurse', signingKeyFor('nurse'))).toBe('refused: not-theirs-to-set');
  expect([set('one'), set('one')]).toEqual(['accepted', 'refused: change-said-before']);
  expect(set('two', b.administrator)).toBe('refused: author-of-another-clinic');
  ledger.judge(
    a.desk,
    act(a, 'staff.revoked', { staff: signingKeyFor('privacy-officer').publicKey }, { signer: a.administrator }),
  );
  expect(set('three', signingKeyFor('privacy-officer'))).toBe('refused: author-revoked');
});

test('at a desk: retention, holds, gateways, templates and programs are listed with the value before and after', async () => {
  const desk = await ClinicDesk.open({ staff: ADMINISTRATOR });
  const { request } = await desk.unlock();
  const input = { family: 'Canary', given: ['Paula'], birthDate: '1980-02-29' };
  const { registerPatient } = await desk.ask<{ registerPatient: { patient: { id: string } } }>(
    'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }',
    { input },
  );
  const passphrase = PASSPHRASE;
  const keep =
    'mutation ($j: String!, $y: Int!, $passphrase: String!) { setRetention(jurisdiction: $j, years: $y, passphrase: $passphrase) { years } }';
  await desk.ask(keep, { j: 'DE', y: 10, passphrase });
  await desk.ask(keep, { j: 'DE', y: 30, passphrase });
  const { placeHold } = await desk.ask<{ placeHold: { id: string } }>(
    'mutation ($patient: ID!, $passphrase: String!) { placeHold(patient: $patient, ground: LEGAL_CLAIM, reason: "file 7", passphrase: $passphrase) { id } }',
    { patient: registerPatient.patient.id, passphrase },
  );
  await desk.ask('mutation ($id: ID!, $passphrase: String!) { liftHold(id: $id, passphrase: $passphrase) { id } }', {
    id: placeHold.id,
    passphrase,
  });
  const key = 'ab'.repeat(32);
  await desk.ask('mutation ($key: String!) { enrolReadingGateway(name: "Ward", key: $key) { key } }', { key });
  await desk.ask('mutation ($key: ID!) { revokeReadingGateway(key: $key) { key } }', { key });
  const save = 'mutation ($input: FormTemplateInput!) { saveFormTemplate(input: $input) { name } }';
  for (const plan of ['rest', 'rest and tea'])
    await desk.ask(save, { input: { kind: 'SOAP', name: 'Cold', fields: JSON.stringify({ plan }) } });
  const { adminChanges } = await desk.ask<Listed>(CHANGES);
  const said = adminChanges.map(({ what, subject, before, after }) => `${what} ${subject}: ${before.join()} -> ${after.join()}`);
  expect(said.toReversed()).toEqual([
    'RETENTION :  -> DE,10',
    'RETENTION : DE,10 -> DE,30',
    'HOLD Paula Canary:  -> legal-claim,file 7',
    'HOLD Paula Canary: legal-claim,file 7 -> ',
    `READING_GATEWAY Ward:  -> ${key.slice(0, 16)}`,
    `READING_GATEWAY Ward: ${key.slice(0, 16)} -> `,
    'FORM_TEMPLATE SOAP: Cold:  -> rest',
    'FORM_TEMPLATE SOAP: Cold: rest -> rest and tea',
  ]);

  // The ledger says that it was, whoever takes the words away; and nothing of them is in it.
  const { vault } = request;
  const rows: Uint8Array[] = [];
  for await (const page of everyRow(vault.reader, 'setting-change')) rows.push(...page.map((row) => row.key));
  expect(rows).toHaveLength(8);
  await desk.database.writeOnce("DELETE FROM vault_row WHERE kind = 'setting-change'", []);
  const after = (await desk.ask<Listed>(CHANGES)).adminChanges;
  expect(after.map(({ what }) => what)).toEqual(Array(8).fill('SETTING'));
  const blocks = await desk.database.read.all<{ bytes: Buffer }>('SELECT bytes FROM own_block WHERE bytes IS NOT NULL');
  const written = blocks.map(({ bytes }) => bytes.toString('latin1')).join();
  for (const word of ['file 7', 'Ward', 'retention', 'Canary']) expect(written).not.toContain(word);
}, 60_000);

test('who may not change it changes nothing, and nothing is said', async () => {
  expect(isAdminAct('setting.changed')).toBe(true);
  const desk = await ClinicDesk.open({ staff: { role: 'clinician' } });
  await desk.unlock();
  const save = 'mutation { saveFormTemplate(input: { kind: "SOAP", name: "x", fields: "{\\"plan\\":\\"y\\"}" }) { name } }';
  await expect(desk.ask(save)).rejects.toMatchObject({ code: 'access.not-allowed' });
  expect(await desk.database.read.all("SELECT key FROM vault_row WHERE kind = 'setting-change'")).toEqual([]);
}, 60_000);

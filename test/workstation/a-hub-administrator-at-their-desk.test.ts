/** Two workstations and a hub: a person of the first is named as an administrator and acts about the second, with a second factor. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAtHub, hubActs, hubStatus } from '../../server/hub/commands/fleet-administration.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';
import { codeOf, fromBase32, stepAt, stepMessage } from '../../shared/vault/time-code.ts';
import { CanarySearch } from '../support/canary-search.ts';
import { ask, chainOf, PASSPHRASE, type TwoClinics, twoClinics } from './two-clinics.ts';
import '../support/quick-passphrases.ts';

const BOARD = `{ fleet { size clinics { chain name quarantined rebaseline } acts { sequence kind before after atMachine }
  devices { device clinic needs reportedAt lastPosition report { version lag events witnessed problem } } } }`;
const ACT = 'mutation Act($input: HubActInput!) { administerHub(input: $input) }';

/** Of patients of the second clinic. */
const CANARIES = ['Zqfamilie7vrx', 'Zqvorname3wky', 'Zqspaeter5hfm'];

interface Board {
  size: number;
  clinics: Array<{ chain: string; name: string; quarantined: boolean; rebaseline: number }>;
  acts: Array<{ sequence: number; kind: string; before: number; after: number; atMachine: boolean }>;
  devices: Array<{
    clinic: string;
    needs: string[];
    reportedAt: number | null;
    report: { lag: number; events: number; problem: string } | null;
  }>;
}

let clinics: TwoClinics;
let secret: Uint8Array = new Uint8Array(0);
const board = async (): Promise<Board> => (await ask<{ fleet: Board }>(clinics.harbour, BOARD)).fleet;
const codeAhead = (steps: number) =>
  codeOf(
    createHmac('sha1', secret)
      .update(stepMessage(stepAt(Date.now()) + steps))
      .digest(),
  );
const act = async (kind: string, set: boolean) => {
  const input = { kind, subject: chainOf(clinics.mountain), set, reason: 'FAULT', passphrase: PASSPHRASE };
  const { errors } = await clinics.harbour.service.execute({ query: ACT, variables: { input } });
  return errors?.[0]?.extensions as { code: string; details?: { ceremony?: string } } | undefined;
};
/** The act, and the second factor that it asks for. */
async function confirmed(kind: string, set: boolean, steps: number): Promise<void> {
  const wanted = await act(kind, set);
  expect(wanted).toMatchObject({ code: 'vault.code-needed' });
  const show = 'mutation Show($code: String!, $ceremony: ID!) { showSecondFactor(code: $code, ceremony: $ceremony) }';
  await ask(clinics.harbour, show, { code: codeAhead(steps), ceremony: wanted?.details?.ceremony });
  expect(await act(kind, set)).toBeUndefined();
}

beforeAll(async () => {
  clinics = await twoClinics();
}, 120_000);
afterAll(() => clinics?.close());

test('who has the role, is named at the hub and shows a second factor sees the fleet and acts; nobody else does', {
  timeout: 600_000,
}, async () => {
  const { harbour, mountain, root } = clinics;
  await expect(board()).rejects.toMatchObject({ code: 'access.not-allowed' });
  const enrol = 'mutation Enrol($input: EnrolStaffInput!) { enrolStaff(input: $input) { id } }';
  const input = { name: 'Noor Haddad', role: 'hub-administrator', passphrase: PASSPHRASE };
  const { enrolStaff } = await ask<{ enrolStaff: { id: string } }>(harbour, enrol, { input });
  await until('the region knows the person', async () => harbour.service.sync?.pendingEvents === 0);
  await harbour.service.entrance.lock();
  await harbour.service.entrance.unlock(enrolStaff.id, PASSPHRASE);
  await expect(board()).rejects.toMatchObject({ code: 'hub.no-administrator' });
  await expect(ask(harbour, '{ patients { edges { node { id } } } }')).rejects.toMatchObject({ code: 'access.not-allowed' });
  const named = { kind: 'administrator', subject: fromHex(enrolStaff.id), reason: 'not-said', isSet: true } as const;
  await actAtHub(join(root, 'hub'), named, Date.now);

  const devices = await until('both have reported', async () => {
    const found = (await board()).devices;
    return found.every(({ report }) => report !== null) && found;
  });
  expect(devices.map(({ clinic }) => clinic).sort()).toEqual(['harbour', 'mountain']);
  // The machine has invited the second clinic, then named its administrator.
  expect((await board()).acts).toMatchObject([
    { sequence: 2, kind: 'ADMINISTRATOR', before: 0, after: 1, atMachine: true },
    { sequence: 1, kind: 'INVITATION', before: 0, atMachine: true },
  ]);

  const ledger = '{ hubLedger { minutes { blocks } quorum witnesses { clinic cosignedAt } } }';
  await until('the newest checkpoint is final', async () => {
    const { hubLedger } = await ask<{
      hubLedger: { quorum: number; witnesses: Array<{ clinic: string; cosignedAt: number | null }> };
    }>(harbour, ledger);
    return hubLedger.witnesses.filter(({ cosignedAt }) => cosignedAt !== null).length >= hubLedger.quorum;
  });

  expect(await act('QUARANTINE', true)).toMatchObject({ code: 'vault.second-factor-needed' });
  const offer = 'mutation Offer($passphrase: String!) { offerSecondFactor(passphrase: $passphrase) { secret } }';
  const { offerSecondFactor } = await ask<{ offerSecondFactor: { secret: string } }>(harbour, offer, { passphrase: PASSPHRASE });
  secret = fromBase32(offerSecondFactor.secret);
  await ask(harbour, 'mutation Keep($code: String!) { enrolSecondFactor(code: $code) { id } }', { code: codeAhead(-1) });

  await confirmed('QUARANTINE', true, 0);
  // Who needs help comes first, by name only where nobody needs more.
  expect((await board()).clinics).toMatchObject([{ name: 'mountain', quarantined: true }, { name: 'harbour' }]);
  await ask(
    mountain,
    `mutation { registerPatient(input: { family: "${CANARIES[0]}", given: ["${CANARIES[1]}"] }) { patient { id } } }`,
  );
  await until('the clinic is told why', async () => mountain.service.sync?.problem?.code === 'hub.quarantined', 60_000);
  expect(mountain.service.sync?.pendingEvents).toBeGreaterThan(0);

  await confirmed('QUARANTINE', false, 1);
  await until('what waited is sent', async () => mountain.service.sync?.pendingEvents === 0, 60_000);
  const { acts } = await board();
  expect(acts.map(({ kind, before, after }) => [kind, before, after])).toEqual([
    ['QUARANTINE', 1, 0],
    ['QUARANTINE', 0, 1],
    ['ADMINISTRATOR', 0, 1],
    ['INVITATION', 0, acts.at(-1)?.after],
  ]);

  // Every clinic's replica comes to have them, from the ledger alone.
  const done = await until(
    'the other clinic has every act',
    async () => {
      const history = '{ administration { forkedAt acts { kind clinic before after by } } }';
      const { administration } = await ask<{ administration: { forkedAt: number | null; acts: object[] } }>(mountain, history);
      return administration.acts.length === 4 && administration;
    },
    60_000,
  );
  expect(done.forkedAt).toBeNull();
  expect(done.acts).toMatchObject([
    { kind: 'QUARANTINE', clinic: 'mountain', before: ['1'], after: ['0'], by: 'ADMINISTRATOR' },
    { kind: 'QUARANTINE', clinic: 'mountain', before: ['0'], after: ['1'], by: 'ADMINISTRATOR' },
    { kind: 'ADMINISTRATOR', before: ['0'], after: ['1'], by: 'MACHINE' },
    { kind: 'INVITATION', before: ['0'], by: 'MACHINE' },
  ]);

  await actAtHub(
    join(root, 'hub'),
    { kind: 'rebaseline', subject: fromHex(chainOf(mountain)), reason: 'fault', isSet: true },
    Date.now,
  );
  const size = mountain.service.sync?.replicaSize ?? 0;
  await until(
    'the replica was made anew',
    async () => {
      const mine = (await board()).devices.find(({ clinic }) => clinic === 'mountain');
      return mine?.report && !mine.needs.includes('ORDER_OPEN');
    },
    60_000,
  );
  expect(mountain.service.sync?.replicaSize).toBeGreaterThanOrEqual(size);
  await ask(
    mountain,
    `mutation { registerPatient(input: { family: "${CANARIES[2]}", given: ["${CANARIES[1]}"] }) { patient { id } } }`,
  );
  await until('and it goes on', async () => mountain.service.sync?.pendingEvents === 0, 60_000);

  // What the console's pages show is what these answer: a page added later is in it.
  const search = new CanarySearch(CANARIES);
  const asked = consoleQueries();
  expect(asked.map(({ name }) => name)).toEqual(expect.arrayContaining(['Administration', 'Fleet', 'HubLedger', 'RegionPolicy']));
  for (const { query } of asked) {
    const { data, errors } = await harbour.service.execute({ query });
    expect(errors).toBeUndefined();
    expect(search.in(JSON.stringify(data))).toEqual([]);
  }
  for (const told of [await hubStatus(join(root, 'hub'), Date.now), await hubActs(join(root, 'hub'), 0)])
    expect(search.in(JSON.stringify(told))).toEqual([]);

  // The hub says how its disk is, and hears of a desk's that altered something: at once, whether its check or its rounds came upon it.
  const disk = '{ hubLedger { disk { finishedAt faults { part count } } } }';
  expect(await ask(harbour, disk)).toMatchObject({ hubLedger: { disk: { faults: [] } } });
  const { database } = mountain.service.installation;
  const problem = async () => (await board()).devices.find(({ clinic }) => clinic === 'mountain')?.report?.problem;
  await database.write((transaction) => transaction.run('UPDATE document SET sealed = CAST(sealed || zeroblob(1) AS BLOB)'));
  expect(await mountain.service.diskCheck.finish()).toMatchObject({ DOCUMENTS: expect.any(Number) });
  await until('the hub has heard of the disk', async () => (await problem()) === 'disk', 120_000);
  await database.write((transaction) =>
    transaction.run('UPDATE document SET sealed = CAST(substr(sealed, 1, length(sealed) - 1) AS BLOB)'),
  );
  expect(await mountain.service.diskCheck.finish()).toEqual({});
  await until('the hub has heard that it is as it was', async () => (await problem()) === 'none', 120_000);
  await database.write((transaction) =>
    transaction.run("UPDATE state_row SET value = CAST(value || zeroblob(1) AS BLOB) WHERE key LIKE 'device/%'"),
  );
  mountain.service.syncNow();
  await until('the hub has heard what ends its rounds', async () => (await problem()) === 'disk', 120_000);
});

/** Each question of the console's pages that is asked without choosing something first, with the fragments that it names. */
function consoleQueries(): Array<{ name: string; query: string }> {
  const files = ['fleet/fleet-documents.ts', 'ledger/administration.tsx', 'sync/policy-documents.ts'];
  const texts = files.flatMap((file) =>
    [...readFileSync(join('renderer/staff', file), 'utf8').matchAll(/graphql\(`([^`]+)`\)/g)].map(([, text = '']) => text.trim()),
  );
  const fragments = texts.filter((text) => text.startsWith('fragment'));
  return texts.flatMap((text) => {
    const name = /^query (\w+) \{/.exec(text)?.[1];
    if (name === undefined) return [];
    const used = fragments.filter((fragment) => text.includes(`...${fragment.split(' ')[1]}`));
    return [{ name, query: [text, ...used].join('\n') }];
  });
}

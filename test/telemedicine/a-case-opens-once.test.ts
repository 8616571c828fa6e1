/** A second opinion: a case made at a desk, kept by the hub, read by somebody elsewhere with a link and a code. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactDecrypt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubMigrations } from '../../server/hub/hub.ts';
import type { Caller } from '../../server/hub/line/callers.ts';
import { LinkServer } from '../../server/hub/line/link-server.ts';
import { HealthLinks, type LinkUpload } from '../../server/hub/patients/health-links.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { toBase64url } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type PackLink, readPackLink } from '../../shared/telemedicine/case-pack.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';
import { folderOf, patient } from '../support/fhir-files.ts';

const ours = { chain: 'aa'.repeat(32), device: 'bb'.repeat(32), enrolled: true } satisfies Caller;
const folder = mkdtempSync(join(tmpdir(), 'careledger-case-'));
let time = Date.UTC(2026, 10, 28);
let database: Database;
let hub: HealthLinks;
let server: LinkServer;
/** The hub is of before: its schema does not know whom a link is about. */
let isOlder = false;

beforeAll(async () => {
  database = await openDatabase({ path: join(folder, 'hub.db'), migrations: hubMigrations, mode: 'bulk' });
  hub = new HealthLinks(database, () => time);
  server = new LinkServer(hub, () => time);
  hub.address = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
});
afterAll(async () => {
  await server.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

const MAKE = `mutation ($input: CasePackInput!, $passphrase: String!) { makeCasePack(input: $input, passphrase: $passphrase) { url code } }`;
const PACKS = `query ($patient: ID!) { casePacks(patient: $patient) { link recipient state openedBy } }`;

interface Made {
  readonly desk: ClinicDesk;
  readonly person: string;
  readonly code: string;
  readonly link: PackLink;
  packs(): Promise<unknown>;
}

async function made(input: object = {}): Promise<Made> {
  const desk = await ClinicDesk.open({
    clock: () => time,
    askHubPages: async (operation, variables) => {
      const links = (variables.links ?? []) as string[];
      if (operation === 'PutHealthLink' && isOlder && 'patient' in (variables.link as object))
        throw new Failure('graphql.operation-refused', 'Malformed.');
      if (operation === 'PutHealthLink') return { putHealthLink: await hub.put(ours, variables.link as LinkUpload) };
      if (operation === 'EndHealthLinks') return { endHealthLinks: await hub.end(ours, links) };
      return { healthLinks: { address: hub.address, links: await hub.states(ours, links) } };
    },
  });
  const { request } = await desk.unlock();
  const { id: job } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': patient('p1') })]);
  await request.imports.settled(job);
  const person = (await request.patients.find('', 1, undefined)).patients[0]!.patient.id;
  await desk.ask(`mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`, { patient: person });
  const wish = {
    patient: person,
    recipient: 'Prof. Elsewhere, Basel',
    hours: 24,
    question: 'Canarysecret?',
    sections: [],
    pictures: [],
  };
  const { makeCasePack } = await desk.ask<{ makeCasePack: { url: string; code: string } }>(MAKE, {
    input: { ...wish, ...input },
    passphrase: PASSPHRASE,
  });
  expect(makeCasePack.url.startsWith(`${hub.address}/o/#`)).toBe(true);
  const link = readPackLink(new URL(makeCasePack.url).hash) as PackLink;
  const mistyped = `${new URL(makeCasePack.url).hash.slice(0, -1)}9`;
  expect(readPackLink(mistyped)).toBeUndefined();
  const packs = async () => (await desk.ask<{ casePacks: unknown }>(PACKS, { patient: person })).casePacks;
  return { desk, person, link, code: makeCasePack.code, packs };
}

const read = (link: Uint8Array, passcode: string): Promise<Response> =>
  fetch(`${hub.address}/m/${toBase64url(link)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ recipient: 'E. Elsewhere', passcode }),
  });

test('it opens once, with the code, and then it is off the hub’s disk; the clinic sees when and to whom', async () => {
  const { link, code, packs } = await made();
  expect(code).toMatch(/^\d{8}$/);
  expect(await packs()).toMatchObject([{ recipient: 'Prof. Elsewhere, Basel', state: 'OPEN' }]);
  expect((await read(link.link, '00000000')).status).toBe(401);
  const answer = await read(link.link, code);
  expect(answer.status).toBe(200);
  const { files } = (await answer.json()) as { files: Array<{ embedded: string }> };
  const jwe = files[0]!.embedded;
  expect(readFileSync(join(folder, 'hub.db')).includes(jwe.slice(60, 120))).toBe(false);
  const opened = JSON.parse(Buffer.from((await compactDecrypt(jwe, link.key)).plaintext).toString());
  expect(opened).toMatchObject({ question: 'Canarysecret?', recipient: 'Prof. Elsewhere, Basel', expires: time + 86_400_000 });
  expect((await read(link.link, code)).status).toBe(404);
  expect(await packs()).toMatchObject([{ state: 'OPENED', openedBy: 'E. Elsewhere' }]);
});

test('it is dead after its end, when the clinic ends it, and after ten wrong codes', async () => {
  const late = await made();
  time += 86_400_001;
  expect((await read(late.link.link, late.code)).status).toBe(404);
  expect(await late.packs()).toMatchObject([{ state: 'ENDED' }]);
  const ended = await made();
  const [{ link }] = (await ended.packs()) as [{ link: string }];
  await ended.desk.ask(`mutation ($patient: ID!, $link: ID!) { endCasePack(patient: $patient, link: $link) }`, {
    patient: ended.person,
    link,
  });
  expect((await read(ended.link.link, ended.code)).status).toBe(404);
  const guessed = await made();
  for (let at = 0; at < 10; at += 1) expect((await read(guessed.link.link, `${at}`)).status).toBe(401);
  expect((await read(guessed.link.link, guessed.code)).status).toBe(404);
});

test('a hub of before, which does not know whom a link is about, keeps the case all the same', async () => {
  isOlder = true;
  const { link, code, packs } = await made();
  isOlder = false;
  expect((await read(link.link, code)).status).toBe(200);
  expect(await packs()).toMatchObject([{ state: 'OPENED' }]);
});

test('nobody is it for, too long, too much: refused, and the access log says who was sent what', async () => {
  await expect(made({ recipient: ' ' })).rejects.toMatchObject({ code: 'pack.recipient' });
  await expect(made({ hours: 1_000 })).rejects.toMatchObject({ code: 'pack.hours' });
  const large = { name: 'a.jpg', type: 'image/jpeg', data: Buffer.alloc(900_000, 7).toString('base64') };
  await expect(made({ pictures: [large] })).rejects.toMatchObject({ code: 'consult.too-large' });
  const { desk, person } = await made();
  const { accessLog } = await desk.ask<{ accessLog: { edges: Array<{ node: object }> } }>(
    `query ($patient: ID!) { accessLog(patient: $patient) { edges { node { action detail } } } }`,
    { patient: person },
  );
  expect(accessLog.edges.map(({ node }) => node)).toContainEqual({ action: 'second-opinion', detail: 'Prof. Elsewhere, Basel' });
});

/** Threats K1, K3, K5 and D2 over a whole run: what a thief of the folder reads, and what a vandal of it can make us show. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { noKeychain } from '../../server/identity/keychain.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { readDeviceTier } from '../../server/vault/device-tier.ts';
import { KeyStore } from '../../server/vault/key-store.ts';
import { dataOf } from '../../server/workstation/commands/command.ts';
import { DeviceService } from '../../server/workstation/device/device-service.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { fromHex, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { builtVault } from '../support/built-processes.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { folderOf, patient, weight } from '../support/fhir-files.ts';

const PASSPHRASE = 'copper lantern drifting walrus';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

describe('a clinic that has worked for a while', () => {
  const folder = mkdtempSync(join(tmpdir(), 'careledger-thief-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let staff = '';

  const open = (): Promise<DeviceService> => DeviceService.open({ folder, keychain: noKeychain, startVault: builtVault(folder) });

  beforeAll(async () => {
    const service = await open();
    await service.entrance.createClinic({
      name: 'Harbour',
      kind: 'clinic',
      administrator: 'Ana Ferreira',
      passphrase: PASSPHRASE,
    });
    const ask = async <Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> =>
      dataOf<Data>(await service.execute({ query, variables }));
    const { registerPatient } = await ask<{ registerPatient: { patient: { id: string } } }>(
      'mutation { registerPatient(input: { family: "Okafor", given: ["Ada"] }) { patient { id } } }',
    );
    const { id } = registerPatient.patient;
    await ask('mutation ($id: ID!) { openChart(patient: $id) { openedAt } }', { id });
    await ask('mutation ($id: ID!) { saveDraft(patient: $id, kind: "note", key: "k", content: "Draftword") { savedAt } }', {
      id,
    });
    staff = service.signedIn?.id ?? '';
    await service.entrance.lock();
    await service.close();
  }, 60_000);

  test('leaves no key of any kind in any file, raw, in hexadecimal or in base64', async () => {
    const keys = await KeyStore.open(join(folder, 'keys.db'));
    const unlocked = await keys.unlock(fromHex(staff), PASSPHRASE, []);
    const secrets: Uint8Array[] = [];
    for await (const page of unlocked.everyKey()) secrets.push(...page.map(({ value }) => value));
    const device = await readDeviceTier(join(folder, 'device.sealed'), { secrets: [], half: unlocked.deviceTierKey() });
    const seed = Buffer.from(String(unlocked.signingKey.privateKey.export({ format: 'jwk' }).d), 'base64url');
    secrets.push(seed, device.signingSeed, device.agreementSecret, device.cosignSeed);
    unlocked.lock();
    await keys.close();
    const known = secrets.filter((secret) => secret.length >= 32).map((secret) => Buffer.from(secret));
    expect(known.length).toBeGreaterThan(6);
    const forms = known.flatMap((key) => {
      // Base64 of a key inside longer bytes begins at any of three places; its middle shows in one of them.
      const shifted = [0, 1, 2].map((at) =>
        Buffer.concat([Buffer.alloc(at), key])
          .toString('base64')
          .slice(4, 36),
      );
      return [
        key.subarray(0, 32),
        Buffer.from(toHex(key)),
        Buffer.from(toHex(key).toUpperCase()),
        ...shifted.map((text) => Buffer.from(text)),
        Buffer.from(toBase64(key)),
      ];
    });
    for (const path of filesIn(folder)) {
      const bytes = readFileSync(path);
      expect([path, forms.filter((form) => bytes.includes(form))]).toEqual([path, []]);
      // Without a keychain the names of who may unlock lie open in the key file, since the door shows them (docs/security.md).
      const names = path.endsWith('keys.db') ? [] : ['Ana Ferreira'];
      for (const word of [PASSPHRASE, 'Okafor', 'Draftword', 'PRIVATE KEY', ...names])
        expect([path, word, bytes.includes(word)]).toEqual([path, word, false]);
    }
  }, 30_000);

  test('does not open with any of its key files altered, and names what is wrong', async () => {
    for (const name of ['keys.db', 'device.sealed']) {
      const path = join(folder, name);
      const whole = readFileSync(path);
      for (const at of [0.3, 0.6, 0.95]) {
        const altered = Buffer.from(whole);
        // A run of bytes, so that it hits what is in use and not only free space.
        for (let place = Math.floor(whole.length * at); place < Math.min(whole.length, whole.length * at + 400); place++)
          altered[place] = (altered[place] as number) ^ 0x5a;
        writeFileSync(path, altered);
        const outcome = await (async () => {
          const service = await open();
          try {
            await service.entrance.unlock(staff, PASSPHRASE);
            const { data, errors } = await service.execute({ query: '{ patients { edges { node { name } } } }' });
            return errors?.[0]?.extensions?.code ?? JSON.stringify(data);
          } finally {
            await service.close();
          }
        })().catch((error: unknown) => (error instanceof Failure ? error.code : `unnamed: ${String(error)}`));
        // Either the bytes were not in use, and everything is as it was, or the failure has a name.
        expect([name, at, outcome]).toEqual([name, at, expect.stringMatching(/^(storage|vault|identity)\.|Okafor/)]);
      }
      writeFileSync(path, whole);
    }
  }, 120_000);
});

test('of each kind of row of the vault: altered, it is named and never shown otherwise', async () => {
  const desk = await ClinicDesk.open();
  let { request } = await desk.unlock();
  const lines = [patient('p1'), patient('p2'), weight('w1', 'Patient/p1', '61.5'), weight('w2', 'Patient/p2', '72.25')];
  const { id: job } = await request.imports.startPaths([folderOf({ 'all.ndjson': lines.join('\n') })]);
  await request.imports.settled(job);
  const [one] = (await request.patients.find('', 5, undefined)).patients.map(({ patient: { id } }) => id);
  await request.charts.open(one as string, 'TREAT');
  await request.drafts.save(one as string, 'note', 'new', 'Draftword');
  await request.access.sealAccessLog();
  await desk.crash();

  const looks = async (): Promise<Record<string, string>> => {
    const answers: Record<string, string> = {};
    const take = async (name: string, act: () => Promise<unknown>): Promise<void> => {
      answers[name] = await act().then(
        (answer) => JSON.stringify(answer),
        (error: unknown) => (error instanceof Failure ? error.code : `unnamed: ${String(error)}`),
      );
    };
    const opened = await desk.unlock().catch((error: unknown) => error as Failure);
    if (opened instanceof Error) return { unlock: opened instanceof Failure ? opened.code : `unnamed: ${opened}` };
    ({ request } = opened);
    const known = () => request.patients.known(one as string);
    await take('found', async () => (await request.patients.find('morgen', 5, undefined)).patients.length);
    await take('entries', async () => (await request.records.entries(known())).map(({ title, value }) => [title, value]));
    await take('versions', async () => {
      const [entry] = await request.records.entries(known());
      return (await request.records.versions(known(), entry as never)).map(({ content }) => Buffer.from(content).toString());
    });
    await take('drafts', async () => {
      await request.charts.open(one as string, 'TREAT');
      return (await request.drafts.of(one as string)).map(({ content }) => content);
    });
    await take('job', async () => (await request.imports.get(job)).accepted);
    await take('log', async () => (await request.access.linesOf(one as string)).filter(({ sequence }) => sequence === 1).length);
    return answers;
  };

  const truth = await looks();
  expect(Object.values(truth).filter((answer) => /unnamed|^[a-z]+\.[a-z-]+$/.test(answer))).toEqual([]);
  const kinds = await desk.database.read.all<{ kind: string }>('SELECT DISTINCT kind FROM vault_row ORDER BY kind');
  expect(kinds.length).toBeGreaterThan(5);
  await desk.crash();
  const database = (): ReturnType<typeof openDatabase> =>
    openDatabase({ path: join(desk.folder, 'clinic.db'), migrations: CLINIC_MIGRATIONS, mode: 'bulk' });
  for (const { kind } of kinds) {
    const before = await database();
    const rows = await before.read.all<{ key: Buffer; sealed: Buffer }>('SELECT key, sealed FROM vault_row WHERE kind = ?', [
      kind,
    ]);
    for (const { key, sealed } of rows) {
      const altered = Buffer.from(sealed);
      altered[altered.length >> 1] = (altered[altered.length >> 1] as number) ^ 1;
      await before.writeOnce('UPDATE vault_row SET sealed = ? WHERE kind = ? AND key = ?', [altered, kind, key]);
    }
    await before.close();
    const answers = await looks();
    for (const [name, answer] of Object.entries(answers))
      if (answer !== truth[name])
        expect([kind, name, answer]).toEqual([kind, name, expect.stringMatching(/^(vault|access|patients)\.[a-z-]+$/)]);
    await desk.crash();
    const after = await database();
    for (const { key, sealed } of rows)
      await after.writeOnce('UPDATE vault_row SET sealed = ? WHERE kind = ? AND key = ?', [sealed, kind, key]);
    await after.close();
  }
}, 120_000);

test('a log of the database that was cut short opens to an earlier moment, whole', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  for (let at = 0; at < 8; at++) {
    const name = folderOf({ 'p.ndjson': patient(`p${at}`, { name: [{ family: `Familie${at}`, given: ['X'] }] }) });
    await request.imports.settled((await request.imports.startPaths([name])).id);
  }
  const wal = join(desk.folder, 'clinic.db-wal');
  const size = statSync(wal).size;
  const seen = new Set<number>();
  for (const part of [0, 0.2, 0.37, 0.5, 0.75, 0.9, 1]) {
    const copy = mkdtempSync(join(tmpdir(), 'careledger-cut-'));
    onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
    for (const name of ['clinic.db', 'clinic.db-wal']) cpSync(join(desk.folder, name), join(copy, name));
    truncateSync(join(copy, 'clinic.db-wal'), Math.floor(size * part));
    const database = await openDatabase({
      path: join(copy, 'clinic.db'),
      migrations: CLINIC_MIGRATIONS,
      mode: 'bulk',
    });
    const rows = await database.read.all<{ key: Buffer; tag: Buffer; sealed: Buffer }>(
      "SELECT key, tag, sealed FROM vault_row WHERE kind = 'patient'",
    );
    for (const row of rows) expect(request.vault.rows.open('patient', row).length).toBeGreaterThan(0);
    seen.add(rows.length);
    await database.close();
  }
  expect(seen.size).toBeGreaterThan(1);
}, 60_000);

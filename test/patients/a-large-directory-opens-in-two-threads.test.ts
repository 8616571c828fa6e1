import { afterAll, beforeAll, expect, test } from 'vitest';
import { OpeningThread } from '../../server/patients/directory-reading.ts';
import { encodePatient, KIND, openPatients } from '../../server/patients/directory-rows.ts';
import { NO_TAG, SealedRows } from '../../server/sync/vault-context/sealed-rows.ts';
import { NOBODY } from '../../server/sync/vault-context/vault-context.ts';
import type { PackedVaultRow } from '../../server/sync/vault-context/vault-rows.store.ts';
import { bytesFor } from '../support/ledger-builder.ts';

const sealed = new SealedRows(bytesFor('directory'));
const rows = Array.from({ length: 300 }, (_, at) => {
  const id = at.toString(16).padStart(32, '0');
  const entry = { id, handles: {}, custodian: '', shared: [], record: '', summary: NOBODY, terms: `w${at}` };
  const indexed = { id, sortName: `name ${at}`, words: `ada ${at}` };
  return sealed.seal(KIND, sealed.name(KIND, bytesFor(id, 16)), NO_TAG, encodePatient(indexed, entry)) as PackedVaultRow;
});
const thread = new OpeningThread(sealed.openingKey);
beforeAll(() => thread.ready, 60_000);
afterAll(() => thread.close());

test('the thread says of each row what is said here', async () => {
  expect(thread.hasRoom).toBe(true);
  const [one, other] = await Promise.all([thread.open(rows.slice(0, 200)), thread.open(rows.slice(200))]);
  expect([one, other]).toEqual([
    openPatients(sealed.openingKey, rows.slice(0, 200)),
    openPatients(sealed.openingKey, rows.slice(200)),
  ]);
  expect(one.indexed[7]).toEqual({ id: '7'.padStart(32, '0'), sortName: 'name 7', words: 'ada 7' });
});

test('a row that was altered on the disk, or moved to another key, opens in neither', async () => {
  const [first, second] = rows as [PackedVaultRow, PackedVaultRow];
  const altered = { ...first, sealed: first.sealed.map((byte, at) => (at === 40 ? byte ^ 1 : byte)) };
  const refused = { code: 'vault.row-altered' };
  await expect(thread.open([second, altered])).rejects.toMatchObject(refused);
  await expect(thread.open([{ ...first, key: second.key }])).rejects.toMatchObject(refused);
  await expect(thread.open([first])).resolves.toMatchObject({ indexed: [{ sortName: 'name 0' }] });
});

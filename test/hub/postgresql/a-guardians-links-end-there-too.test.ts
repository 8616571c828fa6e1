/** Health links in a hub whose rows lie in PostgreSQL: kept with and without who they are of, and ended with an office and an erasure. */
import { expect, onTestFinished, test } from 'vitest';
import { hubMigrations } from '../../../server/hub/hub.ts';
import type { Caller } from '../../../server/hub/line/callers.ts';
import { HealthLinks } from '../../../server/hub/patients/health-links.ts';
import { endLinksOf } from '../../../server/hub/patients/link-offices.ts';
import { writeState } from '../../../server/ledger/state-rows.store.ts';
import { openPostgresql } from '../../../server/storage/postgresql-database.ts';
import { cardKey, cardRow } from '../../../shared/care-card/card-rules.ts';
import { guardianKey, guardianRow, type Ward } from '../../../shared/care-card/guardian-rules.ts';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { encode } from '../../../shared/encoding/codec.ts';
import { bytesFor, MORNING } from '../../support/ledger-builder.ts';
import { hasPostgresql, newDatabase, PostgresqlServer } from '../../support/postgresql.ts';

const JWE = 'e30..AAAA.BBBB.CCCC';
const [patient, guardian, card] = [bytesFor('patient', 16), bytesFor('guardian', 16), bytesFor('card')];

const ward = (ended: number): Ward => ({
  handle: patient,
  mayConsent: true,
  mayComplain: true,
  starts: MORNING,
  ends: 0,
  agreement: bytesFor('agreement'),
  patientCard: new Uint8Array(0),
  box: bytesFor('box', 16),
  boxEpoch: 0,
  boxKey: new Uint8Array(80),
  ended,
});

test.skipIf(!hasPostgresql())('an office and an erasure end what was made under them, and nothing else', async () => {
  const server = await PostgresqlServer.start();
  const database = await openPostgresql(await newDatabase(server.url('postgres')), hubMigrations);
  onTestFinished(async () => {
    await database.close();
    await server.stop();
  });
  const links = new HealthLinks(database, () => MORNING);
  links.address = 'https://links.invalid';
  const caller = { chain: 'aa'.repeat(32) } as Caller;
  const put = async (name: string, about: object): Promise<Uint8Array> => {
    const link = bytesFor(name);
    await links.put(caller, { link: toHex(link), expires: MORNING + 1_000, passcode: '', body: JWE, ...about });
    return link;
  };
  const row = {
    card,
    custodian: bytesFor('chain'),
    handle: guardian,
    signingKey: bytesFor('signing'),
    encryptionKey: bytesFor('encryption'),
    envelope: new Uint8Array(0),
    box: bytesFor('own box', 16),
    boxEpoch: 0,
    boxKey: new Uint8Array(80),
    issued: MORNING,
    ended: 0,
  };
  await database.write((transaction) => writeState(transaction, new Map([[cardKey(toHex(card)), encode(cardRow, row)]])));
  const own = await put('own', { patient: toHex(patient) });
  const theirs = await put('theirs', { patient: toHex(patient), guardian: toHex(guardian), since: MORNING });
  const pack = await put('pack', {});
  const opens = async (link: Uint8Array) => (await links.open(link, 'Dr. Elsewhere', '')) !== undefined;
  const end = (changes: ReadonlyMap<string, Uint8Array>) =>
    database.write(async (transaction) => {
      await writeState(transaction, changes);
      await endLinksOf(transaction, changes);
    });
  const wards = (ended: number) => new Map([[guardianKey(toHex(card)), encode(guardianRow, { wards: [ward(ended)] })]]);
  await end(wards(0));
  expect([await opens(own), await opens(theirs), await opens(pack)]).toEqual([true, true, true]);
  await end(wards(MORNING));
  expect([await opens(own), await opens(theirs), await opens(pack)]).toEqual([true, false, true]);
  await end(new Map([[`erased/${toHex(patient)}`, new Uint8Array([1])]]));
  expect([await opens(own), await opens(pack)]).toEqual([false, true]);
});

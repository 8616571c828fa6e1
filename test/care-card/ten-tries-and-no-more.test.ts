import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cardCountMigration } from '../../server/care-card/card-counts.store.ts';
import { TryCounter } from '../../server/care-card/try-counter.ts';
import { hubMigrations } from '../../server/hub/hub.ts';
import { HubPeppers } from '../../server/hub/patients/card-peppers.ts';
import { writeState } from '../../server/ledger/state-rows.store.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { randomBytes, sign } from '../../server/vault/primitives.ts';
import { encodeEnvelope, newEnvelope } from '../../shared/care-card/card-envelope.ts';
import { type CardRow, cardKey, cardRow } from '../../shared/care-card/card-rules.ts';
import {
  askMessage,
  type CardAsk,
  type CardCount,
  type CardOpened,
  cardAnswerCodec,
  cardAskCodec,
  cardCountsCodec,
  mergedCount,
  openedMessage,
} from '../../shared/care-card/card-tries.ts';
import { toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import { compartmentKey, compartmentRow, type DeviceRow, deviceRow } from '../../shared/ledger/rows.ts';
import { deviceKey } from '../../shared/ledger/rules.ts';
import { bytesFor, signingKeyFor } from '../support/ledger-builder.ts';

const home = bytesFor('home');
const region = bytesFor('region');
const handle = bytesFor('handle', 16);
const card = signingKeyFor('card');
const patient = signingKeyFor('patient');
const deskA = bytesFor('desk A');
const deskB = bytesFor('desk B');
const stranger = bytesFor('desk of another clinic');
const kiosk = bytesFor('kiosk of the clinic');
const noLeft = expect.objectContaining({ code: 'card.no-tries-left' });

const row: CardRow = {
  custodian: home,
  handle,
  card: card.publicKey,
  signingKey: patient.publicKey,
  encryptionKey: bytesFor('encryption'),
  box: bytesFor('box', 16),
  boxEpoch: 1,
  boxKey: new Uint8Array(80),
  envelope: bytesFor('envelope'),
  issued: 1,
  ended: 0,
};
const device = (chain: Uint8Array, kind: DeviceRow['kind'] = 'workstation') =>
  encode(deviceRow, { chain, kind, encryptionKey: bytesFor('key'), revoked: false });
const rows = (bound: CardRow = row) =>
  new Map([
    [cardKey(toHex(card.publicKey)), encode(cardRow, bound)],
    [compartmentKey(toHex(handle)), encode(compartmentRow, { custodian: home })],
    [deviceKey(toHex(deskA)), device(home)],
    [deviceKey(toHex(deskB)), device(home)],
    [deviceKey(toHex(stranger)), device(bytesFor('another clinic'))],
    [deviceKey(toHex(kiosk)), device(home, 'kiosk')],
  ]);

const ask = (label: string, by = card): CardAsk => {
  const question = { card: card.publicKey, blind: bytesFor(label) };
  return { ...question, proof: sign(by, askMessage(question)) };
};
const opened = (keeper: Uint8Array, tried: number, by = patient): CardOpened => {
  const said = { card: card.publicKey, keeper, tried };
  return { ...said, proof: sign(by, openedMessage(said)) };
};

let folder: string;
const databases = new Map<string, Database>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'careledger-tries-'));
});
afterEach(async () => {
  for (const database of databases.values()) await database.close();
  databases.clear();
  rmSync(folder, { recursive: true, force: true });
});

async function counter(keeper: Uint8Array, state = rows()): Promise<TryCounter> {
  const name = `${toHex(keeper)}.db`;
  await databases.get(name)?.close();
  const database = await openDatabase({ path: join(folder, name), migrations: [cardCountMigration], mode: 'bulk' });
  databases.set(name, database);
  return new TryCounter({
    database,
    keeper: () => keeper,
    hub: () => region,
    state: async (keys) => keys.map((key) => state.get(key)),
    pepper: async () => bytesFor('pepper'),
  });
}

describe('a keeper of peppers', () => {
  test('answers three kiosks ten times together, and after a restart not once more', async () => {
    const keeper = await counter(deskA);
    const kiosks = ['one', 'two', 'three'].flatMap((kiosk) => Array.from({ length: 10 }, (_, at) => `${kiosk} guesses ${at}`));
    const answers = await Promise.allSettled(kiosks.map((guess) => keeper.ask(ask(guess))));
    const answered = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.left] : []));
    expect(answered.sort((a, b) => b - a)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toEqual(noLeft);
    const again = await counter(deskA);
    await expect(again.ask(ask('after the restart'))).rejects.toEqual(noLeft);
    expect(await again.left(card.publicKey)).toBe(0);
  });

  test('has counted before it answers: a process that dies in between has lost the try, not the guesser’s count', async () => {
    const keeper = await counter(deskA);
    const database = databases.get(`${toHex(deskA)}.db`) as Database;
    const write = database.write.bind(database);
    database.write = (async (...argument: Parameters<typeof write>) => {
      await write(...argument);
      throw new Error('killed before the answer');
    }) as typeof write;
    await expect(keeper.ask(ask('a guess'))).rejects.toThrow('killed');
    expect(await (await counter(deskA)).left(card.publicKey)).toBe(9);
  });

  test('gives a lost answer again without counting', async () => {
    const keeper = await counter(deskA);
    const first = await keeper.ask(ask('one PIN'));
    expect(await keeper.ask(ask('one PIN'))).toEqual(first);
    expect((await keeper.ask(ask('another PIN'))).left).toBe(8);
  });

  test('begins anew when the patient’s key says that the card opened, and not by anybody else or an old word', async () => {
    const keeper = await counter(deskA);
    for (let at = 0; at < 6; at++) await keeper.ask(ask(`guess ${at}`));
    const forged = expect.objectContaining({ code: 'card.opened-forged' });
    await expect(keeper.opened(opened(deskA, 6, card))).rejects.toEqual(forged);
    await expect(keeper.opened(opened(deskB, 6))).rejects.toEqual(forged);
    await expect(keeper.opened(opened(deskA, 7))).rejects.toEqual(forged);
    await keeper.opened(opened(deskA, 6));
    expect(await keeper.left(card.publicKey)).toBe(10);
    for (let at = 6; at < 16; at++) await keeper.ask(ask(`guess ${at}`));
    await keeper.opened(opened(deskA, 6));
    await expect(keeper.ask(ask('guess 16'))).rejects.toEqual(noLeft);
  });

  test('counts nothing for who does not hold the card, and answers nothing about one that has ended', async () => {
    const keeper = await counter(deskA);
    await expect(keeper.ask(ask('a guess', signingKeyFor('thief')))).rejects.toMatchObject({ code: 'card.ask-forged' });
    expect(await keeper.left(card.publicKey)).toBe(10);
    const dead = await counter(deskB, rows({ ...row, ended: 7 }));
    await expect(dead.ask(ask('a guess'))).rejects.toMatchObject({ code: 'card.ended' });
    const unknown = await counter(deskB, new Map());
    await expect(unknown.ask(ask('a guess'))).rejects.toMatchObject({ code: 'card.unknown' });
  });
});

describe('keepers that have met', () => {
  test('share the ten, and believe neither a stranger’s count nor one that is cleared without the patient', async () => {
    const [desk, other] = [await counter(deskA), await counter(deskB)];
    for (let at = 0; at < 4; at++) await desk.ask(ask(`guess ${at}`));
    for (let at = 4; at < 9; at++) await other.ask(ask(`guess ${at}`));
    await other.take((await desk.changes(home, 0)).counts);
    expect((await other.ask(ask('guess 9'))).left).toBe(0);
    await expect(other.ask(ask('guess 10'))).rejects.toEqual(noLeft);
    await desk.take((await other.changes(home, 0)).counts);
    await expect(desk.ask(ask('guess 11'))).rejects.toEqual(noLeft);
    const count = { card: card.publicKey, keeper: deskB, tried: 6, cleared: 6, proof: opened(deskB, 6, card).proof };
    await desk.take([count, { ...count, keeper: stranger, tried: 90, cleared: 0 }]);
    await expect(desk.ask(ask('guess 12'))).rejects.toEqual(noLeft);
    await desk.take([{ ...count, proof: opened(deskB, 6).proof }]);
    expect((await desk.ask(ask('guess 13'))).left).toBe(5);
  });

  test('hear of no tries from a kiosk, which keeps no pepper and could shut every card', async () => {
    const desk = await counter(deskA);
    const proof = new Uint8Array(64);
    await desk.take([{ card: card.publicKey, keeper: kiosk, tried: 90, cleared: 0, proof }]);
    expect((await desk.ask(ask('guess'))).left).toBe(9);
  });

  test('come to the same count in whatever order they meet', () => {
    const counts = fc.record({ tried: fc.nat(20), cleared: fc.nat(20) }).map(({ tried, cleared }): CardCount => {
      return {
        card: card.publicKey,
        keeper: deskA,
        tried: Math.max(tried, cleared),
        cleared,
        proof: bytesFor(`proof ${cleared}`),
      };
    });
    fc.assert(
      fc.property(counts, counts, counts, (a, b, c) => {
        expect(mergedCount(a, b)).toEqual(mergedCount(b, a));
        expect(mergedCount(mergedCount(a, b), c)).toEqual(mergedCount(a, mergedCount(b, c)));
        expect(mergedCount(a, a)).toEqual(a);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the hub', () => {
  const caller = (chain: Uint8Array, id = deskA) => ({ device: toHex(id), chain: toHex(chain), enrolled: true });
  const put = (database: Database, state: ReadonlyMap<string, Uint8Array>) =>
    database.write((transaction) => writeState(transaction, state));
  const open = async (): Promise<{ hub: HubPeppers; database: Database }> => {
    const database = await openDatabase({ path: join(folder, 'hub.db'), migrations: hubMigrations, mode: 'bulk' });
    databases.set('hub.db', database);
    const hub = new HubPeppers({ database, clock: () => 5, region: () => region, seed: bytesFor('card seed') });
    return { hub, database };
  };
  const question = (label: string) => toBase64(encode(cardAskCodec, ask(label)));
  const answerOf = (text: string) => decode(cardAnswerCodec, Buffer.from(text, 'base64'));

  test('makes a pepper for a card that a clinic is making, keeps it, and destroys it when the card ends', async () => {
    const { hub, database } = await open();
    const first = answerOf(await hub.ask(caller(home), question('the PIN')));
    await expect(hub.ask(caller(bytesFor('another clinic')), question('the PIN'))).rejects.toMatchObject({
      code: 'card.unknown',
    });
    await put(database, rows());
    expect(answerOf(await hub.ask(caller(bytesFor('another clinic'), stranger), question('the PIN'))).value).toEqual(first.value);
    const ended = rows({ ...row, ended: 9 });
    await database.write((transaction) => hub.project(transaction, ended));
    await expect(hub.ask(caller(home), question('a guess'))).rejects.toMatchObject({ code: 'card.unknown' });
    await put(database, ended);
    await expect(hub.ask(caller(home), question('a guess'))).rejects.toMatchObject({ code: 'card.ended' });
  });

  test('makes a pepper later for a card that was made without it, and never a second one for a copy that is there', async () => {
    const { hub, database } = await open();
    const made = newEnvelope(bytesFor('salt', 16), bytesFor('pepper', 16));
    await put(database, rows({ ...row, envelope: encodeEnvelope(made) }));
    const elsewhere = caller(bytesFor('another clinic'), stranger);
    const { value } = answerOf(await hub.ask(elsewhere, question('the PIN')));
    expect(answerOf(await hub.ask(caller(home), question('the PIN'))).value).toEqual(value);
    await database.write((transaction) => hub.project(transaction, rows({ ...row, ended: 9 })));
    await put(database, rows({ ...row, envelope: encodeEnvelope({ ...made, hub: bytesFor('copy') }) }));
    await expect(hub.ask(caller(home), question('the PIN'))).rejects.toMatchObject({ code: 'card.unknown' });
  });

  test('counts the making of a card as no try once it is issued, and forgets no other', async () => {
    const { hub, database } = await open();
    expect(answerOf(await hub.ask(caller(home), question('the PIN'))).left).toBe(9);
    await put(database, rows());
    await database.write((transaction) => hub.project(transaction, rows()));
    expect(answerOf(await hub.ask(caller(home), question('guess 1'))).left).toBe(9);
    await hub.ask(caller(home), question('guess 2'));
    await database.write((transaction) => hub.project(transaction, rows()));
    expect(answerOf(await hub.ask(caller(home), question('guess 3'))).left).toBe(7);
  });

  test('takes a desk’s own counts and no others, and hands on what it knows to the home clinic alone', async () => {
    const { hub, database } = await open();
    await hub.ask(caller(home), question('the PIN'));
    await put(database, rows());
    const told = (keeper: Uint8Array): string =>
      toBase64(encode(cardCountsCodec, [{ card: card.publicKey, keeper, tried: 7, cleared: 0, proof: randomBytes(64) }]));
    await hub.counts(caller(home), told(deskB), 0);
    expect(answerOf(await hub.ask(caller(home), question('guess 1'))).left).toBe(8);
    await hub.counts(caller(home), told(deskA), 0);
    expect(answerOf(await hub.ask(caller(home), question('guess 2'))).left).toBe(0);
    const heard = await hub.counts(caller(home, deskB), toBase64(encode(cardCountsCodec, [])), 0);
    const counts = decode(cardCountsCodec, Buffer.from(heard.counts, 'base64'));
    expect(counts.map(({ keeper, tried }) => [toHex(keeper), tried]).sort()).toEqual(
      [
        [toHex(deskA), 7],
        [toHex(region), 3],
      ].sort(),
    );
    const others = await hub.counts(caller(bytesFor('another clinic')), toBase64(encode(cardCountsCodec, [])), 0);
    expect(decode(cardCountsCodec, Buffer.from(others.counts, 'base64'))).toEqual([]);
  });
});

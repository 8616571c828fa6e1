import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseUrl } from '../../server/hub/hub-database.ts';
import { sha256, sign, verifySignature } from '../../server/vault/primitives.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import { fromBase64, toHex } from '../../shared/encoding/bytes.ts';
import { openHubErasure } from '../../shared/sync/erasure-statement.ts';
import { act, admissionOf, bytesFor, foundClinic, MORNING } from '../support/ledger-builder.ts';
import { bytesOf } from '../workstation/further-device-bench.ts';
import { HubBench, type Line, sealedDocument } from './hub-bench.ts';

let bench: HubBench;
let north: Line;
let south: Line;
const neighbour = foundClinic('Neighbour');
const handle = bytesFor('compartment', 16);
const kept = bytesFor('another compartment', 16);
const [gone, stays, late] = [sealedDocument('gone', handle), sealedDocument('stays', kept), sealedDocument('late', handle)];
const message = {
  recipientChain: toHex(neighbour.chain),
  recipientDevice: '',
  kind: 'grant',
  body: Buffer.alloc(3000, 'the key of a grant').toString('base64'),
};

const proposed = Buffer.alloc(3000, 'a proposed amendment').toString('base64');

const put = (document: { name: Uint8Array }, where: Uint8Array) =>
  act(
    bench.founder,
    'record.put',
    { record: bytesFor(toHex(document.name), 16), version: 1, previous: new Uint8Array(0), document: document.name },
    { handle: where },
  );
const byAdministrator = () => ({ handle, signer: bench.founder.administrator });
const write = async (...events: Parameters<typeof bench.founder.desk.write>) =>
  (await bench.submit(north, bench.founder.desk.write(...events)))[0]!;
const erased = (line: Line, ...handles: Uint8Array[]) => line.ask<{ erased: string }>('Erased', { handles: handles.map(toHex) });

beforeAll(async () => {
  bench = await HubBench.open({ clock: () => MORNING });
  north = await bench.join(bench.founder);
  south = await bench.join(neighbour);
  await write(
    act(bench.founder, 'chain.admitted', admissionOf(bench.region, neighbour, [bench.founder]), {
      signer: bench.founder.administrator,
    }),
  );
  await north.ask('PutDocuments', { documents: [gone.upload, stays.upload] });
  await north.ask('SendMessages', { messages: [message] });
  const grant = { grant: bytesFor('grant', 16), recipient: neighbour.chain, agreement: bytesFor('agreement') };
  const attestation = sign(bench.founder.clinicKey, attestationMessage(bench.founder.chain, handle, grant));
  const wrap = sha256(Buffer.from(message.body, 'base64'));
  await write(
    put(gone, handle),
    put(stays, kept),
    act(
      bench.founder,
      'consent.granted',
      { ...grant, purpose: 'TREAT', starts: MORNING, ends: 0, wrap, attestation },
      byAdministrator(),
    ),
  );
});
afterAll(() => bench.close());

/** The neighbour proposes a record in the compartment that is shared with it. */
beforeAll(async () => {
  const letter = { recipientChain: toHex(bench.founder.chain), recipientDevice: '', kind: 'amendment', body: proposed };
  await south.ask('SendMessages', { messages: [letter] });
  const proposal = sha256(Buffer.from(proposed, 'base64'));
  const body = { grant: bytesFor('grant', 16), record: bytesFor('r', 16), version: 1, previous: new Uint8Array(0), proposal };
  const event = act(neighbour, 'record.amendment.proposed', body, { handle, signer: neighbour.administrator });
  expect((await bench.submit(south, neighbour.desk.write(event)))[0]?.refusal).toBeNull();
});

describe('before its tombstone', () => {
  test('what was proposed in it waits for who keeps it', async () => {
    const { messages } = await north.ask<{ messages: Array<{ kind: string }> }>('Messages', { after: 0, limit: 9 });
    expect(messages.map(({ kind }) => kind)).toEqual(['amendment']);
  });

  test('a compartment is there, and the hub says of no erasure', async () => {
    await expect(erased(north, handle)).rejects.toThrow('relay.not-erased');
    expect(
      (await south.ask<{ documents: { documents: unknown[] } }>('Documents', { handle: toHex(handle), after: 0, limit: 9 }))
        .documents.documents,
    ).toHaveLength(1);
  });
});

describe('after its tombstone', () => {
  beforeAll(async () => {
    expect(
      (await write(act(bench.founder, 'compartment.erased', { ground: 'objection' }, byAdministrator()))).refusal,
    ).toBeNull();
  });

  test('documents and the messages with keys to them are gone, from the files too; others are not', async () => {
    await expect(south.ask('Documents', { handle: toHex(handle), after: 0, limit: 9 })).rejects.toThrow('relay.not-available');
    for (const line of [south, north]) expect(await line.ask('Messages', { after: 0, limit: 9 })).toEqual({ messages: [] });
    await erased(north, handle);
    // A PostgreSQL server keeps freed bytes until it needs their place: there is nothing to promise.
    if (await databaseUrl(bench.folder)) return;
    const bytes = await bytesOf(bench.folder);
    const sealed = (document: typeof gone) => Buffer.from(document.upload.sealed, 'base64').subarray(0, 64);
    expect([gone, stays].map((document) => bytes.includes(sealed(document)))).toEqual([false, true]);
    for (const word of ['the key of a grant', 'a proposed amendment']) expect(bytes.includes(word)).toBe(false);
  });

  test('the hub signs how many documents it destroyed, under the region’s hub key alone', async () => {
    const said = fromBase64((await erased(north, handle)).erased);
    expect(openHubErasure(verifySignature, bench.region.genesis.hubKey, said)).toEqual({
      region: bench.region.id,
      time: MORNING,
      compartments: [{ handle, documents: 1 }],
    });
    expect(() => openHubErasure(verifySignature, bench.founder.clinicKey.publicKey, said)).toThrow(/hub key/);
    const altered = said.slice();
    altered[60] = altered[60]! ^ 1;
    expect(() => openHubErasure(verifySignature, bench.region.genesis.hubKey, altered)).toThrow();
    await expect(erased(north, handle, kept)).rejects.toThrow('relay.not-erased');
  });

  test('nothing comes back under the handle, and a block that speaks of it is not held up by what is not there', async () => {
    await expect(north.ask('PutDocuments', { documents: [late.upload] })).rejects.toThrow('relay.not-yours');
    expect((await write(put(late, handle))).refusal).toBeNull();
    expect((await bytesOf(bench.folder)).includes(Buffer.from(late.upload.sealed, 'base64').subarray(0, 64))).toBe(false);
  });
});

describe('what was erased before the hub ever had it', () => {
  const never = sealedDocument('never', bytesFor('young compartment', 16));
  const young = bytesFor('young compartment', 16);
  const named = { documents: [{ name: toHex(never.name), handle: toHex(young) }] };

  test('is waited for until its clinic says that it will not come; then the blocks enter', async () => {
    const block = bench.founder.desk.seal({ events: [put(never, young)] });
    expect((await bench.submit(north, block))[0]?.refusal?.code).toBe('hub.document-missing');
    expect(await north.ask('ExcuseDocuments', named)).toEqual({ excuseDocuments: 1 });
    expect((await write(put(never, young))).refusal).toBeNull();
    expect(
      (await write(act(bench.founder, 'compartment.erased', { ground: 'objection' }, { ...byAdministrator(), handle: young })))
        .refusal,
    ).toBeNull();
  });

  test('is nobody else’s to excuse', async () => {
    await expect(south.ask('ExcuseDocuments', { documents: [{ name: toHex(stays.name), handle: toHex(kept) }] })).rejects.toThrow(
      'relay.not-yours',
    );
  });
});

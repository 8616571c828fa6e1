/** Threats C1, C2, C6, L1, H6 at a real hub: a device with a good certificate and a changed program. */
import { connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newAgreementKey, type SigningKey, sign } from '../../server/vault/primitives.ts';
import { concat } from '../../shared/encoding/bytes.ts';
import { encode, fixed, list, struct, u8, u64 } from '../../shared/encoding/codec.ts';
import { blockMessage, MAX_BLOCK_BYTES, openBlock } from '../../shared/ledger/block.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import { encodeEvent, eventMessage, type SignedEvent, signedEventCodec } from '../../shared/ledger/event.ts';
import { clinicKeysMessage, staffKeyMessage } from '../../shared/ledger/rotation-rules.ts';
import { HUB_OPERATIONS, HUB_PATHS } from '../../shared/sync/operations.ts';
import { HubBench, type Line } from '../hub/hub-bench.ts';
import { act, admissionOf, bytesFor, foundClinic, MORNING, signingKeyFor, TestDevice } from '../support/ledger-builder.ts';
import type { SubmissionResult } from '../support/submission-results.ts';
import { BookOfLies } from './book-of-lies.ts';

const book = new BookOfLies('a device that lies');
const codes = (results: readonly SubmissionResult[]): string[] =>
  results.map(({ refusal }) => {
    if (refusal) book.heard(refusal);
    return refusal?.code ?? 'accepted';
  });

let bench: HubBench;
let line: Line;
let count = 0;
const anchor = (): SignedEvent => act(bench.founder, 'access.sealed', { root: bytesFor('root'), count: ++count });
const alter = (signed: SignedEvent, at: number, to: number): SignedEvent => {
  const event = signed.event.with(at, to);
  return { event, signature: sign(bench.founder.administrator, eventMessage(bench.founder.chain, event)) };
};

/** A block as the codec would write it without its own limit on the number of events. */
function crowded(events: readonly SignedEvent[]): Uint8Array {
  const codec = struct({
    suite: u8,
    chain: fixed(32),
    device: fixed(32),
    epoch: fixed(8),
    height: u64,
    previous: fixed(32),
    time: u64,
    events: list(signedEventCodec, 60_000),
  });
  const { desk } = bench.founder;
  const content = encode(codec, {
    suite: 1,
    chain: desk.chain,
    device: desk.key.publicKey,
    time: MORNING,
    ...desk.position,
    events,
  });
  return concat(content, sign(desk.key, blockMessage(content)));
}

beforeAll(async () => {
  bench = await HubBench.open();
  line = await bench.join(bench.founder);
});
afterAll(() => bench?.close());

describe('refused by name, and the next honest block enters', () => {
  const attempts: Array<[string, () => Uint8Array, string]> = [
    ['an event of a type that nobody knows', () => bench.founder.desk.seal({ events: [unknownType()] }), 'ledger.type-unknown'],
    [
      'an event under rules of version 2',
      () => bench.founder.desk.seal({ events: [alter(anchor(), 2, 2)] }),
      'ledger.rules-unknown',
    ],
    ['an event of suite 2', () => bench.founder.desk.seal({ events: [alter(anchor(), 0, 2)] }), 'ledger.suite-unknown'],
    ['1,001 events', () => crowded(Array.from({ length: 1001 }, anchor)), 'encoding.malformed'],
    ['no events', () => crowded([]), 'encoding.malformed'],
    [
      'bytes behind the signature',
      () => concat(bench.founder.desk.seal({ events: [anchor()] }), new Uint8Array(1)),
      'encoding.malformed',
    ],
    ['a height beyond counting', () => bench.founder.desk.seal({ events: [anchor()], height: 2 ** 52 }), 'ledger.height-gap'],
    [
      'the chain of another clinic under our device',
      () => bench.founder.desk.seal({ events: [anchor()], chain: foundClinic('Other').chain }),
      'hub.block-of-another-clinic',
    ],
  ];
  const unknownType = (): SignedEvent => ({
    event: encodeEvent({
      type: 'everything.allowed',
      handle: new Uint8Array(0),
      body: new Uint8Array(0),
      author: bench.founder.desk.key.publicKey,
      time: MORNING,
      commitment: new Uint8Array(0),
    }),
    signature: new Uint8Array(0),
  });
  test.each(attempts)('%s', async (_, block, code) => {
    const size = (await bench.checkpoint(line)).size;
    expect(codes(await bench.submit(line, block()))).toEqual([code]);
    expect((await bench.checkpoint(line)).size).toBe(size);
    expect(codes(await bench.submit(line, bench.founder.desk.write(anchor())))).toEqual(['accepted']);
  });
});

describe('acts that enter and change nothing', () => {
  /** The verdict in the state: what the act would have put there is not there. */
  const rowsAfter = async (event: SignedEvent): Promise<string> => {
    expect(codes(await bench.submit(line, bench.founder.desk.write(event)))).toEqual(['accepted']);
    return 'entered';
  };

  test('by somebody of another clinic, by nobody, or by a clinician who plays administrator', async () => {
    const { founder } = bench;
    const clinician = signingKeyFor('clinician');
    await rowsAfter(
      act(founder, 'staff.enrolled', { staff: clinician.publicKey, role: 'clinician' }, { signer: founder.administrator }),
    );
    const stranger = foundClinic('Elsewhere');
    for (const signer of [clinician, signingKeyFor('nobody'), stranger.administrator]) {
      const key = signingKeyFor(`guest of ${Buffer.from(signer.publicKey).toString('hex')}`);
      const encryptionKey = newAgreementKey().publicKey;
      const clinicSignature = sign(founder.clinicKey, deviceMessage(founder.chain, { device: key.publicKey, encryptionKey }));
      await rowsAfter(
        act(
          founder,
          'device.enrolled',
          { device: key.publicKey, encryptionKey, kind: 'workstation', clinicSignature },
          { signer },
        ),
      );
      // The guest is no device of the region: nothing of it enters.
      const guest = new TestDevice(founder.chain, key, bytesFor('guest', 8));
      expect(codes(await bench.submit(line, guest.seal({ events: [anchor()] })))).toEqual(['ledger.device-unknown']);
    }
  });

  test('an admission that no quorum has approved lets nobody in', async () => {
    const joiner = foundClinic('Pushy');
    joiner.desk.write(act(joiner, 'access.sealed', { root: bytesFor('root'), count: 1 }));
    const alone = act(bench.founder, 'chain.admitted', admissionOf(bench.region, joiner, []), {
      signer: bench.founder.administrator,
    });
    await rowsAfter(alone);
    const pushy = await bench.join(joiner);
    const first = joiner.desk.seal({ events: [act(joiner, 'access.sealed', { root: bytesFor('r'), count: 1 })] });
    await expect(bench.submit(pushy, first)).rejects.toThrow('hub.not-allowed');
  });

  test('a block over the limit, which is not even taken apart', async () => {
    const large = new Uint8Array(MAX_BLOCK_BYTES + 1).fill(1);
    await expect(bench.submit(line, large)).rejects.toThrow('hub.argument');
  });
});

test('a device that is not enrolled puts no documents and sends no mail to others', async () => {
  const outsider = foundClinic('Outsider');
  const theirs = await bench.join(outsider);
  const documents = [{ handle: '00'.repeat(16), sealed: 'AAAA', wrap: 'AAAA' }];
  const put = await theirs.graphql(HUB_OPERATIONS.PutDocuments, { documents });
  expect(put.body.errors?.[0]?.extensions.code).toMatch(/^hub\.(not-allowed|device-unknown)$/);
  const messages = [{ recipientChain: bench.founder.id, recipientDevice: '', kind: 'grant', body: 'AAAA' }];
  const sent = await theirs.graphql(HUB_OPERATIONS.SendMessages, { messages });
  expect(sent.body.errors?.[0]?.extensions.code).toMatch(/^(hub|relay)\./);
});

test('addresses that are none, torn lines and half heads leave the hub answering', async () => {
  const certificate = { key: line.agent.options.key as string, cert: line.agent.options.cert as string };
  const raw = (text: string, tear: boolean): Promise<void> =>
    new Promise((resolve) => {
      const socket = tlsConnect({
        port: bench.port,
        host: '127.0.0.1',
        ca: bench.authority,
        servername: 'localhost',
        ...certificate,
      });
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
      socket.on('data', () => socket.destroy());
      socket.once('secureConnect', () => {
        socket.write(text, () => {
          if (tear) socket.destroy();
        });
      });
    });
  const host = `host: localhost:${bench.port}\r\n`;
  const upgrade =
    'connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
  for (const path of ['//', 'http://[', HUB_PATHS.subscriptions, `${HUB_PATHS.subscriptions}?x`, '/\\\\'])
    for (const tear of [true, false])
      if (tear || path !== HUB_PATHS.subscriptions) await raw(`GET ${path} HTTP/1.1\r\n${host}${upgrade}`, tear);
  await raw('GET / HT', true);
  await raw(`POST ${HUB_PATHS.graphql} HTTP/1.1\r\n${host}content-length: 10\r\n\r\n{`, true);
  expect((await bench.checkpoint(line)).size).toBeGreaterThan(0);
  expect(openBlock(bench.founder.desk.seal({ events: [anchor()] })).block.events).toHaveLength(1);
}, 20_000);

test('an invitation that was used lets no second device in', async () => {
  const secret = await bench.invite();
  const [first, second] = [foundClinic('Invited'), foundClinic('Replaying')];
  await bench.enrol(first.desk.key, { secret, founding: first.founding.bytes });
  await expect(bench.enrol(second.desk.key, { secret, founding: second.founding.bytes })).rejects.toThrow('hub.invitation-used');
});

/** Last: the founder has other keys afterwards. */
describe('after keys have changed', () => {
  const thief = signingKeyFor('thief');
  const newClinicKey = signingKeyFor('Founder clinic 2');
  const successor = signingKeyFor('Founder administrator 2');
  const forgedRoll = (clinicSigner: SigningKey, proofSigner: SigningKey) => {
    const { chain, founding, administrator } = bench.founder;
    const keys = {
      previousClinicKey: founding.statement.clinicKey,
      previousEncryptionKey: founding.statement.encryptionKey,
      clinicKey: newClinicKey.publicKey,
      encryptionKey: founding.statement.encryptionKey,
    };
    const message = clinicKeysMessage(chain, keys);
    const body = { ...keys, clinicSignature: sign(clinicSigner, message), proof: sign(proofSigner, message) };
    return act(bench.founder, 'clinic.rotated', body, { signer: administrator });
  };
  const letIn = (clinicKey: SigningKey, label: string, signer: SigningKey) => {
    const device = { device: signingKeyFor(label).publicKey, encryptionKey: newAgreementKey().publicKey };
    const clinicSignature = sign(clinicKey, deviceMessage(bench.founder.chain, device));
    return act(bench.founder, 'device.enrolled', { ...device, kind: 'workstation', clinicSignature }, { signer });
  };
  const submitted = async (event: SignedEvent) => codes(await bench.submit(line, bench.founder.desk.seal({ events: [event] })));
  const entered = async (event: SignedEvent) =>
    expect(codes(await bench.submit(line, bench.founder.desk.write(event)))).toEqual(['accepted']);

  test('a rotation that a thief of one of the keys signs is refused by name', async () => {
    const { clinicKey } = bench.founder;
    expect(await submitted(forgedRoll(thief, newClinicKey))).toEqual(['ledger.event-signature-invalid']);
    expect(await submitted(forgedRoll(newClinicKey, newClinicKey))).toEqual(['ledger.event-signature-invalid']);
    expect(await submitted(forgedRoll(clinicKey, thief))).toEqual(['ledger.event-signature-invalid']);
    await entered(letIn(clinicKey, 'a desk under the first key', bench.founder.administrator));
  });

  test('the replaced clinic key lets nobody in, and a person’s replaced key does nothing', async () => {
    const { founder } = bench;
    await entered(forgedRoll(founder.clinicKey, newClinicKey));
    expect(await submitted(letIn(founder.clinicKey, 'a late guest', founder.administrator))).toEqual([
      'ledger.event-signature-invalid',
    ]);
    const proof = sign(successor, staffKeyMessage(founder.chain, founder.administrator.publicKey, successor.publicKey));
    await entered(act(founder, 'staff.rotated', { staff: successor.publicKey, proof }, { signer: founder.administrator }));
    // It enters as what it is, an act of somebody who has no say any more, and changes nothing.
    await entered(letIn(newClinicKey, 'a guest of the old administrator', founder.administrator));
    const guest = new TestDevice(founder.chain, signingKeyFor('a guest of the old administrator'), bytesFor('late guest', 8));
    expect(codes(await bench.submit(line, guest.seal({ events: [anchor()] })))).toEqual(['ledger.device-unknown']);
  });

  test('a device that was revoked brings nothing more in, by another’s line either', async () => {
    const { founder } = bench;
    const device = new TestDevice(founder.chain, signingKeyFor('a desk that leaves'), bytesFor('leaving', 8));
    await entered(letIn(newClinicKey, 'a desk that leaves', successor));
    const own = act(founder, 'access.sealed', { root: bytesFor('root'), count: 1 }, { author: device.key.publicKey });
    expect(codes(await bench.submit(line, device.write(own)))).toEqual(['accepted']);
    await entered(act(founder, 'device.revoked', { device: device.key.publicKey }, { signer: successor }));
    expect(codes(await bench.submit(line, device.seal({ events: [own] })))).toEqual(['ledger.device-revoked']);
  });
});

book.isOnThePage();

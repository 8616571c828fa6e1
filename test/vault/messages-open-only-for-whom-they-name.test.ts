import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hpkeDeriveKeyPair, hpkeOpen, hpkeReceiver, hpkeSeal, hpkeSender } from '../../server/vault/hpke.ts';
import { openMessage, sealMessage } from '../../server/vault/messages.ts';
import { type AgreementKey, agreementKeyFromSecret, newAgreementKey, randomBytes } from '../../server/vault/primitives.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { hasSharedData, sharedJson } from '../support/shared-data.ts';
import published from '../vectors/hpke-rfc9180.json' with { type: 'json' };

interface Vector {
  mode: number;
  info: string;
  ikmR: string;
  ikmE: string;
  ikmS?: string;
  skRm: string;
  pkRm: string;
  pkSm?: string;
  enc: string;
  encryptions: { sequence?: number; aad: string; ct: string; pt: string }[];
  exports: { exporter_context: string; L: number; exported_value: string }[];
}

function check(vector: Vector): void {
  const recipient = hpkeDeriveKeyPair(fromHex(vector.ikmR));
  expect(toHex(recipient.publicKey)).toBe(vector.pkRm);
  expect(toHex(agreementKeyFromSecret(fromHex(vector.skRm)).publicKey)).toBe(vector.pkRm);
  const sender = vector.ikmS === undefined ? undefined : hpkeDeriveKeyPair(fromHex(vector.ikmS));
  if (sender !== undefined) expect(toHex(sender.publicKey)).toBe(vector.pkSm);
  const info = fromHex(vector.info);

  const to = { recipient: recipient.publicKey, info, ...(sender === undefined ? {} : { sender }) };
  const { encapsulated, context } = hpkeSender(to, hpkeDeriveKeyPair(fromHex(vector.ikmE)));
  expect(toHex(encapsulated)).toBe(vector.enc);
  const from = { recipient, info, ...(sender === undefined ? {} : { sender: sender.publicKey }) };
  const receiving = hpkeReceiver(from, encapsulated);

  const wanted = new Map(vector.encryptions.map((message, index) => [message.sequence ?? index, message]));
  for (let sequence = 0; sequence <= Math.max(...wanted.keys()); sequence++) {
    const message = wanted.get(sequence);
    const aad = message === undefined ? utf8('between') : fromHex(message.aad);
    const sealed = context.seal(aad, message === undefined ? utf8('between') : fromHex(message.pt));
    if (message !== undefined) expect(toHex(sealed)).toBe(message.ct);
    const opened = toHex(receiving.open(aad, sealed));
    if (message !== undefined) expect(opened).toBe(message.pt);
  }
  for (const { exporter_context, L, exported_value } of vector.exports) {
    expect(toHex(context.export(fromHex(exporter_context), L))).toBe(exported_value);
    expect(toHex(receiving.export(fromHex(exporter_context), L))).toBe(exported_value);
  }
}

describe('HPKE', () => {
  test.each(published.vectors)('answers as the vectors beside RFC 9180, mode $mode', (vector) => check(vector));

  test.runIf(hasSharedData)('answers as all 257 messages of each, read from the shared data', () => {
    for (const vector of sharedJson<Vector[]>('crypto/hpke/rfc9180-x25519-hkdfsha256-aes256gcm-base-auth.json')) check(vector);
  });

  test.runIf(hasSharedData)('refuses the damaged ones, read from the shared data', () => {
    type Case = Record<'name' | 'skRm' | 'enc' | 'info' | 'aad' | 'ct' | 'expect', string> & { pt?: string };
    for (const { name, skRm, enc, info, aad, ct, expect: verdict, pt } of sharedJson<{ cases: Case[] }>(
      'crypto/hpke/negative-aes256gcm.json',
    ).cases) {
      const from = { recipient: agreementKeyFromSecret(fromHex(skRm)), info: fromHex(info) };
      const act = (): string => toHex(hpkeOpen(from, fromHex(enc), fromHex(aad), fromHex(ct)));
      if (verdict === 'open') expect(act(), name).toBe(pt);
      else expect(act, name).toThrow(expect.objectContaining({ code: 'vault.message-refused' }));
    }
  });

  test('refuses encapsulated keys of small order or another length, and a message after one was lost opens in its turn', () => {
    const recipient = newAgreementKey();
    for (const encapsulated of [new Uint8Array(32), new Uint8Array(31), new Uint8Array(33)]) {
      expect(() => hpkeReceiver({ recipient, info: utf8('i') }, encapsulated)).toThrow(Failure);
    }
    const { encapsulated, context } = hpkeSender({ recipient: recipient.publicKey, info: utf8('i') });
    const receiving = hpkeReceiver({ recipient, info: utf8('i') }, encapsulated);
    const [first, second] = [context.seal(utf8(''), utf8('1')), context.seal(utf8(''), utf8('2'))];
    expect(() => receiving.open(utf8(''), second)).toThrow(Failure);
    expect(receiving.open(utf8(''), first)).toEqual(utf8('1'));
    expect(receiving.open(utf8(''), second)).toEqual(utf8('2'));
  });

  test('never seals to a key that gives no secrecy', () => {
    expect(() => hpkeSeal({ recipient: new Uint8Array(32), info: utf8('') }, utf8(''), utf8('x'))).toThrow(
      expect.objectContaining({ code: 'vault.weak-key' }),
    );
  });
});

describe('a message between clinics', () => {
  const sender = newAgreementKey();
  const recipient = newAgreementKey();
  const parties = {
    kind: 'grant',
    senderChain: randomBytes(32),
    recipientChain: randomBytes(32),
    context: utf8('handle and epoch'),
  };
  const ours = (publicKey: Uint8Array): AgreementKey | undefined =>
    toHex(publicKey) === toHex(recipient.publicKey) ? recipient : undefined;
  const sealed = sealMessage(parties, sender, recipient.publicKey, utf8('keys'));

  test('opens for its recipient, from its sender, in its context', () => {
    expect(openMessage(sealed, parties, sender.publicKey, ours)).toEqual(utf8('keys'));
  });

  test('is refused with another sender, kind, chain, or context', () => {
    const refused = expect.objectContaining({ code: 'vault.message-refused' });
    expect(() => openMessage(sealed, parties, newAgreementKey().publicKey, ours)).toThrow(refused);
    for (const other of [
      { kind: 'access' },
      { senderChain: randomBytes(32) },
      { recipientChain: randomBytes(32) },
      { context: utf8('other') },
    ]) {
      expect(() => openMessage(sealed, { ...parties, ...other }, sender.publicKey, ours)).toThrow(refused);
    }
    expect(() => openMessage(sealed, parties, sender.publicKey, () => newAgreementKey())).toThrow(refused);
    expect(() => openMessage(sealed, parties, sender.publicKey, () => undefined)).toThrow(
      expect.objectContaining({ code: 'vault.key-missing' }),
    );
  });

  test('is refused with any bit turned or any byte missing', () => {
    fc.assert(
      fc.property(fc.nat(8 * sealed.length - 1), (bit) => {
        const altered = sealed.slice();
        altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(() => openMessage(altered, parties, sender.publicKey, ours)).toThrow(Failure);
        expect(() => openMessage(sealed.subarray(0, bit >> 3), parties, sender.publicKey, ours)).toThrow(Failure);
      }),
      { numRuns: 150 },
    );
  });
});

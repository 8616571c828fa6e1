/** What wire version 1 sealed opens for ever, to the same content; another team could build against the same file. */
import { createDecipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openMessage } from '../../server/vault/messages.ts';
import { agreementKeyFromSecret, sealingKey, sha256 } from '../../server/vault/primitives.ts';
import { commitmentOf, openDocument } from '../../server/vault/sealing.ts';
import { openSlot } from '../../server/vault/slots.ts';
import { concat, fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { encodeEnvelope } from '../../shared/vault/document.ts';
import { decodeSlot } from '../../shared/vault/slot.ts';
import vectors from '../vectors/vault-wire-1.json' with { type: 'json' };

describe.each(vectors.documents)('the frozen document, version $envelope.version', (vector) => {
  const { envelope: said } = vector;
  const envelope = {
    ...said,
    salt: fromHex(said.salt),
    recordId: fromHex(said.recordId),
    previous: fromHex(said.previous),
    author: fromHex(said.author),
    content: utf8(said.content),
  };
  const [handle, sealed, wrap] = [vector.handle, vector.sealed, vector.wrap].map(fromHex) as [Uint8Array, Uint8Array, Uint8Array];

  test('opens to its envelope, under its name and commitment', () => {
    const key = sealingKey(fromHex(vector.compartmentKey));
    const place = { sealed, wrap, handle, recordId: envelope.recordId, version: envelope.version };
    const opened = openDocument(place, (_, epoch) => (epoch === vector.keyEpoch ? key : undefined));
    expect(opened).toEqual(envelope);
    expect(toHex(sha256(sealed))).toBe(vector.name);
    expect(toHex(commitmentOf(opened))).toBe(vector.commitment);
  });

  test('is what the page says, written down once more without our code', () => {
    const open = (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, box: Uint8Array): Uint8Array => {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
      decipher.setAAD(associated).setAuthTag(box.subarray(-16));
      return Buffer.concat([decipher.update(box.subarray(0, -16)), decipher.final()]);
    };
    const u32 = (value: number): Uint8Array => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
    const wrapped = concat(utf8('careledger/v1/wrap\n'), handle, u32(vector.keyEpoch), fromHex(vector.name));
    const dataKey = open(fromHex(vector.compartmentKey), wrap.subarray(5, 17), wrapped, wrap.subarray(17));
    expect(toHex(dataKey)).toBe(vector.dataKey);
    const bound = concat(utf8('careledger/v1/document\n'), Uint8Array.of(1), handle, envelope.recordId, u32(envelope.version));
    const plaintext = open(dataKey, sealed.subarray(1, 13), bound, sealed.subarray(13));
    expect(toHex(plaintext)).toBe(toHex(encodeEnvelope(envelope)));
    const committed = concat(utf8('careledger/v1/commitment\n'), envelope.salt, sha256(envelope.content));
    expect(toHex(sha256(committed))).toBe(vector.commitment);
  });
});

test('the frozen message opens', () => {
  const { message } = vectors;
  const recipient = agreementKeyFromSecret(fromHex(message.recipientSecret));
  const parties = {
    kind: message.kind,
    senderChain: fromHex(message.senderChain),
    recipientChain: fromHex(message.recipientChain),
    context: fromHex(message.context),
  };
  const opened = openMessage(fromHex(message.message), parties, fromHex(message.senderPublicKey), () => recipient);
  expect(toHex(opened)).toBe(message.plaintext);
});

test('the frozen slots open, with a keychain around and without', async () => {
  const { slot } = vectors;
  const said = { half: fromHex(slot.half), signingSeed: fromHex(slot.signingSeed) };
  expect(await openSlot(decodeSlot(fromHex(slot.withKeychain)), slot.passphrase, fromHex(slot.keychainSecret))).toEqual(said);
  expect(await openSlot(decodeSlot(fromHex(slot.withoutKeychain)), slot.passphrase, undefined)).toEqual(said);
});

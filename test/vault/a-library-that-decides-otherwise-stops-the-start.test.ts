import { expect, test, vi } from 'vitest';
import { knownAnswerTest } from '../../server/vault/known-answers.ts';

const verdict = vi.hoisted(() => ({
  of: (_signature: Uint8Array, _message: Uint8Array, _publicKey: Uint8Array): boolean => true,
}));
vi.mock('sodium-native', () => ({
  default: { crypto_sign_verify_detached: (...asked: [Uint8Array, Uint8Array, Uint8Array]) => verdict.of(...asked) },
}));

const stops = expect.objectContaining({ code: 'vault.primitive-mismatch', details: { primitive: 'Ed25519 verifying' } });

test('one that accepts everything, and one that refuses everything', async () => {
  verdict.of = () => true;
  await expect(knownAnswerTest()).rejects.toThrow(stops);
  verdict.of = () => false;
  await expect(knownAnswerTest()).rejects.toThrow(stops);
});

test('one that is right about honest signatures and wrong about a single edge case: the cofactor, small order, canonical form', async () => {
  const { default: sodium } = await vi.importActual<typeof import('sodium-native')>('sodium-native');
  const asked: string[] = [];
  verdict.of = (signature, message, publicKey) => {
    asked.push(Buffer.from(signature).toString('hex'));
    return sodium.crypto_sign_verify_detached(signature, message, publicKey);
  };
  await expect(knownAnswerTest()).resolves.toBeUndefined();
  const all = [...asked];
  expect(all.length).toBeGreaterThanOrEqual(10);
  for (const one of all.slice(2)) {
    verdict.of = (signature, message, publicKey) =>
      Buffer.from(signature).toString('hex') === one || sodium.crypto_sign_verify_detached(signature, message, publicKey);
    await expect(knownAnswerTest()).rejects.toThrow(stops);
  }
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isSharedKey } from '../../server/sync/clinic-mail/clinic-mail.ts';
import { openKeyDatabase } from '../../server/vault/key-store.store.ts';
import { KeyStore } from '../../server/vault/key-store.ts';
import { hmacSha1, randomBytes } from '../../server/vault/primitives.ts';
import { readSecondFactor, writeSecondFactor } from '../../server/vault/second-factor.store.ts';
import type { UnlockedKeyStore } from '../../server/vault/unlocked-key-store.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import type { Ceremony } from '../../shared/vault/ceremony.ts';
import { authenticatorUri, base32, codeOf, judgeCode, stepAt, stepMessage, typedCode } from '../../shared/vault/time-code.ts';

const codeAt = (secret: Uint8Array, time: number): string => codeOf(hmacSha1(secret, stepMessage(stepAt(time))));

describe('codes are those of the standards', () => {
  const secret = utf8('12345678901234567890');

  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('RFC 6238 appendix B, SHA1, at %d s', (seconds, code) => {
    expect(codeOf(hmacSha1(secret, stepMessage(stepAt(seconds * 1000))), 8)).toBe(code);
  });

  test('RFC 4226 appendix D, counts 0 to 9', () => {
    const codes = Array.from({ length: 10 }, (_, count) => codeOf(hmacSha1(secret, stepMessage(count))));
    expect(codes).toEqual('755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' '));
  });

  test.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foobar', 'MZXW6YTBOI'],
  ])('base 32 of %j is as in RFC 4648 section 10', (text, expected) => expect(base32(utf8(text))).toBe(expected));

  test('an authenticator is told issuer, person and secret, whatever is in the names', () => {
    const uri = new URL(authenticatorUri('Praxis: Süd & Nord', 'Dr. Ada?', secret));
    expect(decodeURIComponent(uri.pathname)).toBe('/Praxis: Süd & Nord:Dr. Ada?');
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({
      issuer: 'Praxis: Süd & Nord',
      secret: base32(secret),
      digits: '6',
    });
  });

  test('a code counts within a step of its own, and never again once it or a later one has', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        fc.integer({ min: 10, max: 1e8 }),
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: -3, max: 3 }),
        (key, step, off, past) => {
          const macOf = (message: Uint8Array): Uint8Array => hmacSha1(key, message);
          const verdict = judgeCode(codeOf(macOf(stepMessage(step))), macOf, (step + off) * 30_000 + 29_999, step + past);
          if (Math.abs(off) <= 1) expect('accepted' in verdict).toBe(past < 0);
          if ('accepted' in verdict) expect(verdict.accepted).toBeGreaterThan(step + past);
        },
      ),
      { numRuns: 200, examples: [[new Uint8Array(20), 100, 0, 0]] },
    );
    expect(typedCode(' 123 456')).toBe('123456');
  });
});

describe('on a desk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'second-factor-'));
  const path = join(folder, 'keys.db');
  const passphrase = 'tandem walrus orchid flute';
  let time = 1_800_000_000_000;
  let store: KeyStore;
  let ada: UnlockedKeyStore;
  let secret: Uint8Array;
  const later = (seconds: number): number => (time += seconds * 1000);
  const refusal = (act: Promise<unknown>): Promise<unknown> =>
    act.then(
      () => 'taken',
      (error: { code: string }) => error.code,
    );
  const wrong = (): string => (codeAt(secret, time) === '000000' ? '111111' : '000000');

  beforeAll(async () => {
    store = await KeyStore.open(path, () => time);
    ada = await store.create({ label: 'Ada', passphrase }, []);
  });

  beforeEach(async () => {
    later(7_200);
    await ada.secondFactor.remove();
    secret = await ada.secondFactor.offer();
    await ada.secondFactor.enrol(codeAt(secret, time));
    later(60);
  });

  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('nothing is kept until a first code is right, and that one is used up', async () => {
    expect(await refusal(ada.secondFactor.offer())).toBe('vault.second-factor-there');
    await ada.secondFactor.remove();
    expect(await refusal(ada.secondFactor.verify('123456'))).toBe('vault.no-second-factor');
    expect(await refusal(ada.secondFactor.enrol('123456'))).toBe('vault.second-factor-not-begun');
    secret = await ada.secondFactor.offer();
    expect(await refusal(ada.secondFactor.enrol(wrong()))).toBe('vault.code-wrong');
    expect(await ada.secondFactor.isEnrolled()).toBe(false);
    await ada.secondFactor.enrol(codeAt(secret, time));
    expect(await refusal(ada.secondFactor.verify(codeAt(secret, time)))).toBe('vault.code-used');
  });

  test('a code is taken once, by whoever asks first', async () => {
    const code = codeAt(secret, time);
    const both = await Promise.all([refusal(ada.secondFactor.verify(code)), refusal(ada.secondFactor.verify(code))]);
    expect(both.sort()).toEqual(['taken', 'vault.code-used']);
    later(30);
    expect(await refusal(ada.secondFactor.verify(codeAt(secret, time)))).toBe('taken');
    expect(await refusal(ada.secondFactor.verify(''))).toBe('vault.code-needed');
  });

  test('wrong ones make the next try wait longer and longer, and a new start does not give a try back', async () => {
    for (let tries = 0; tries < 3; tries += 1) expect(await refusal(ada.secondFactor.verify(wrong()))).toBe('vault.code-wrong');
    expect(await refusal(ada.secondFactor.verify(codeAt(secret, time)))).toBe('vault.code-delayed');
    const again = await KeyStore.open(path, () => time);
    const restarted = await again.unlock(ada.staff, passphrase, []);
    expect(await refusal(restarted.secondFactor.verify(codeAt(secret, time)))).toBe('vault.code-delayed');
    later(2);
    expect(await refusal(restarted.secondFactor.verify(wrong()))).toBe('vault.code-wrong');
    later(1.5);
    expect(await refusal(restarted.secondFactor.verify(codeAt(secret, time)))).toBe('vault.code-delayed');
    later(60);
    expect(await refusal(restarted.secondFactor.verify(codeAt(secret, time)))).toBe('taken');
    await again.close();
  });

  test('each ceremony asks for a code of its own', async () => {
    const act: Ceremony = { act: 'roll-clinic-keys', about: [] };
    const required = (ceremony = act): Promise<unknown> => refusal(ada.secondFactor.requireShown(ceremony));
    const wanted = (await ada.secondFactor.requireShown(act).catch(({ details }) => details.ceremony)) as string;
    later(30);
    expect(await refusal(ada.secondFactor.show(codeAt(secret, time), '00'.repeat(32)))).toBe('vault.ceremony-unknown');
    await ada.secondFactor.show(codeAt(secret, time), wanted);
    expect(await required()).toBe('taken');
    expect(await required()).toBe('vault.code-needed');
    later(30);
    await ada.secondFactor.show(codeAt(secret, time), wanted);
    expect(await required({ act: 'propose-rules', about: [] })).toBe('vault.code-needed');
    expect(await required()).toBe('vault.code-needed');
  });

  test('who has none is refused, sets one up, and its first code counts for what was refused, and for nothing else', async () => {
    const act: Ceremony = { act: 'break-glass', about: ['somebody'] };
    await ada.secondFactor.remove();
    const refused = await ada.secondFactor.requireShown(act).catch(({ code, details }) => ({ code, ...details }));
    expect(refused).toMatchObject({ code: 'vault.second-factor-needed', act: 'break-glass' });
    secret = await ada.secondFactor.offer();
    expect(await refusal(ada.secondFactor.enrol(codeAt(secret, time), '00'.repeat(32)))).toBe('vault.ceremony-unknown');
    expect(await refusal(ada.secondFactor.enrol(wrong(), refused.ceremony))).toBe('vault.code-wrong');
    expect(await refusal(ada.secondFactor.requireShown(act))).toBe('vault.second-factor-needed');
    await ada.secondFactor.enrol(codeAt(secret, time), refused.ceremony);
    expect(await refusal(ada.secondFactor.verify(codeAt(secret, time)))).toBe('vault.code-used');
    expect(await ada.secondFactor.requireShown(act)).toBe('time-code');
    expect(await refusal(ada.secondFactor.requireShown(act))).toBe('vault.code-needed');
  });

  test('the secret opens for its person alone, stays on this desk, and goes with the slot', async () => {
    const bob = await ada.addSlot({ label: 'Bob', passphrase: 'other walrus orchid flute' });
    const theirs = await store.unlock(bob, 'other walrus orchid flute', []);
    expect(await theirs.secondFactor.isEnrolled()).toBe(false);
    const database = await openKeyDatabase(path);
    const row = await readSecondFactor(database.read, ada.staff);
    await database.write((transaction) => writeSecondFactor(transaction, { ...row!, staff: bob }));
    expect(await refusal(theirs.secondFactor.verify(codeAt(secret, time)))).toBe('vault.second-factor-damaged');
    expect(await theirs.secondFactor.holders()).toHaveLength(2);
    await ada.removeSlot(bob);
    expect((await ada.secondFactor.holders()).map(String)).toEqual([String(ada.staff)]);
    expect(readFileSync(path).includes(Buffer.from(secret))).toBe(false);
    // Other desks get keys by kind alone; the second factor is not among any of them.
    for await (const page of ada.everyKey())
      expect(page.filter(isSharedKey).some(({ value }) => Buffer.from(value).includes(Buffer.from(secret)))).toBe(false);
    await database.close();
  });

  test('it goes along with a new key of the same person', async () => {
    const seed = randomBytes(32);
    const next = await ada.addSlot({ label: 'Ada', passphrase, signingSeed: seed });
    await ada.secondFactor.carryTo(next, seed);
    const renewed = await store.unlock(next, passphrase, []);
    expect(await refusal(renewed.secondFactor.verify(codeAt(secret, time)))).toBe('taken');
    await ada.removeSlot(next);
  });
});

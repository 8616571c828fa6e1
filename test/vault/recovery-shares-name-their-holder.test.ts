/** Recovery shares: enough of one set give the key back; whatever is wrong with one is said by its holder's name, before anything is put together. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { newSigningKey, randomBytes, verifySignature } from '../../server/vault/primitives.ts';
import { combineShares, makeRecoverySet, type RecoverySet, readShares } from '../../server/vault/recovery-shares.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { encodeShare, encodeSigned, openShare, type RecoveryShare } from '../../shared/vault/recovery-share.ts';
import { readShareText, readTyped, shareText, typedLines } from '../../shared/vault/share-text.ts';

const HOLDERS = ['Ana Ferreira', 'Bo Lindqvist', 'Cem Aydın', 'Dee O’Hara', 'Emil Novák'];
const key = newSigningKey();
const clinic = { chain: randomBytes(32), key, now: 1_700_000_000_000 };
const trusted = { chain: clinic.chain, keys: [key.publicKey] };
let set: RecoverySet;
let newer: RecoverySet;

beforeAll(async () => {
  set = await makeRecoverySet(HOLDERS, 3, clinic);
  newer = await makeRecoverySet(HOLDERS, 3, { ...clinic, now: clinic.now + 86_400_000 });
});

const qr = (share: RecoveryShare): string => shareText(encodeShare(share));
const typed = ({ statement, index, value }: RecoveryShare): string =>
  typedLines(hashParts, { set: statement.set, index, value }).join('\n');
const of = (...indexes: number[]): RecoveryShare[] => indexes.map((index) => set.shares[index - 1] as RecoveryShare);

describe('any three of five', () => {
  test.each([
    [1, 2, 3],
    [5, 3, 1],
    [2, 4, 5],
  ])('%i, %i and %i, scanned', async (...indexes) => {
    const keys = await combineShares(readShares(of(...indexes).map(qr), trusted, undefined));
    expect(toHex(keys.agreement.publicKey)).toBe(toHex(set.keys.agreement.publicKey));
    expect(toHex(keys.staff.publicKey)).toBe(toHex(set.keys.staff.publicKey));
  });

  test('typed, in small letters with other spaces, under the backup’s own statement', async () => {
    const texts = of(1, 4, 5).map((share) => typed(share).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'));
    const keys = await combineShares(readShares(texts, trusted, encodeSigned(set.signed)));
    expect(toHex(keys.agreement.publicKey)).toBe(toHex(set.keys.agreement.publicKey));
  });

  test('typed beside one that was scanned', async () => {
    const [a, b, c] = of(2, 3, 4) as [RecoveryShare, RecoveryShare, RecoveryShare];
    await combineShares(readShares([typed(a), qr(b), typed(c)], trusted, encodeSigned(newer.signed)));
  });
});

test('shares of one set whose parts belong elsewhere give no key', async () => {
  const [a, b, c] = of(1, 2, 3) as [RecoveryShare, RecoveryShare, RecoveryShare];
  await expect(combineShares([a, b, { ...c, value: newer.shares[2]?.value as Uint8Array }])).rejects.toMatchObject({
    code: 'recovery.shares-do-not-fit',
  });
});

describe('are refused', () => {
  const code = (texts: string[], known?: Uint8Array): { code: string; message: string } => {
    try {
      readShares(texts, trusted, known);
    } catch (error) {
      return error as Failure;
    }
    return { code: 'accepted', message: '' };
  };

  test('two, or one of them twice', () => {
    expect(code(of(1, 2).map(qr))).toMatchObject({ code: 'recovery.shares-missing', details: { have: 2, need: 3 } });
    expect(code(of(1, 2, 2).map(qr)).message).toContain('Bo Lindqvist');
  });

  test('one of an earlier set among them', () => {
    const texts = [...of(1, 2).map(qr), qr(newer.shares[3] as RecoveryShare)];
    expect(code(texts)).toMatchObject({ code: 'recovery.shares-mixed', details: { holder: 'Dee O’Hara' } });
    expect(code([qr(of(1)[0] as RecoveryShare), typed(newer.shares[1] as RecoveryShare)])).toMatchObject({
      code: 'recovery.shares-mixed',
    });
  });

  test('those of another clinic, and one that says it is ours', async () => {
    const other = await makeRecoverySet(HOLDERS, 3, { chain: randomBytes(32), key: newSigningKey(), now: 0 });
    const forged = await makeRecoverySet(HOLDERS, 3, { ...clinic, key: newSigningKey() });
    expect(code(other.shares.map(qr))).toMatchObject({ code: 'recovery.share-foreign', details: { holder: 'Ana Ferreira' } });
    expect(code(forged.shares.map(qr))).toMatchObject({ code: 'recovery.share-foreign' });
  });

  test('one whose value was changed, by its holder', () => {
    const [share] = of(3) as [RecoveryShare];
    const value = share.value.slice();
    value[7] = (value[7] as number) ^ 1;
    expect(code([...of(1, 2).map(qr), qr({ ...share, value })])).toMatchObject({
      code: 'recovery.share-altered',
      details: { holder: 'Cem Aydın' },
    });
    expect(code([...of(1, 2).map(qr), typed({ ...share, value })])).toMatchObject({ code: 'recovery.share-altered' });
  });

  test('one under another officer’s name or number', () => {
    const [share] = of(3) as [RecoveryShare];
    expect(code([qr({ ...share, holder: 'Mallory' })])).toMatchObject({ code: 'recovery.share-altered' });
    expect(code([qr({ ...share, index: 4 })])).toMatchObject({ code: 'recovery.share-altered' });
  });

  test('typed lines of a set that nothing here knows', () => {
    expect(code(of(1, 2, 3).map(typed))).toMatchObject({ code: 'recovery.statement-missing' });
  });

  test('any one changed bit of a scanned share', () => {
    const bytes = encodeShare(of(2)[0] as RecoveryShare);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const spoilt = bytes.slice();
        spoilt[at] = (spoilt[at] as number) ^ (1 << bit);
        expect(() => openShare(hashParts, verifySignature, spoilt)).toThrow(Failure);
      }),
    );
  });
});

test('a mistyped character is found in its line, all but one in a thousand', () => {
  const share = of(1)[0] as RecoveryShare;
  const lines = typed(share).split('\n');
  let missed = 0;
  let tried = 0;
  for (const [at, line] of lines.entries()) {
    for (let place = 0; place < line.length; place++) {
      if (line[place] === '-') continue;
      const other = line[place] === 'Z' ? 'Y' : 'Z';
      const wrong = lines.with(at, line.slice(0, place) + other + line.slice(place + 1)).join('\n');
      tried += 1;
      try {
        readTyped(hashParts, wrong);
        missed += 1;
      } catch (error) {
        expect(error).toMatchObject({ code: 'recovery.share-unreadable', details: { line: at + 1 } });
      }
    }
  }
  expect(missed / tried).toBeLessThan(0.03);
});

test('texts come back as they were written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
      expect(readShareText(shareText(bytes))).toEqual(bytes);
    }),
  );
});

test.each([
  [['A'], 1],
  [['A', 'B'], 3],
  [['A', 'B'], 1],
  [['A', 'A'], 2],
  [['A', ' '], 2],
])('no set of %j and %i', async (holders, threshold) => {
  await expect(makeRecoverySet(holders, threshold, clinic)).rejects.toMatchObject({ code: expect.stringMatching(/^recovery\./) });
});

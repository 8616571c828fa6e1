import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_PASSPHRASE, passphraseStrength } from '../../shared/identity/passphrase.ts';

describe('the floor of passphrases', () => {
  test.each([
    '',
    'short1!',
    'Password1234',
    'P4ssw0rd!!!!',
    'passwordpassword',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    'qwertyuiopasdfgh',
    '123456789012345',
    'abcdefghijklmnop',
    'Summer2026Summer',
    'iloveyou2026!',
    'monkeymonkey12',
    '1990-01-01 1990-01-01',
    'careledger admin',
  ])('refuses %j, which is guessed early, and says why', (passphrase) => {
    const strength = passphraseStrength(passphrase);
    expect(strength.accepted).toBe(false);
    expect(strength.score).toBeLessThan(3);
    expect(strength.advice.length).toBeGreaterThan(0);
  });

  test.each([
    'tandem walrus orchid flute',
    'Der Igel malt nachts Kreise',
    'vK7#qpLw2!xR',
    'ζωή στο νησί πέτρα',
    'gravel-Lantern-71-quince',
  ])('accepts %j', (passphrase) => {
    expect(passphraseStrength(passphrase)).toMatchObject({ accepted: true });
  });

  test('refuses what holds a word of the person or the clinic, in any case and with any accent', () => {
    const known = ['Zoë Lindqvist', 'Clinic at the Lake'];
    for (const passphrase of ['tandem lindqvist orchid flute', 'tandem LÍNDQVIST orchid flute', 'walrus orchid lake flute']) {
      const strength = passphraseStrength(passphrase, known);
      expect(strength).toMatchObject({ accepted: false });
      expect(strength.advice).toContain('contains-name');
    }
    expect(passphraseStrength('tandem walrus orchid flute', known).accepted).toBe(true);
  });

  test('never accepts fewer than twelve characters, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2 * LONGEST_PASSPHRASE }), (text) => {
        const { score, accepted } = passphraseStrength(text, [text.slice(0, 3)]);
        return score >= 0 && score <= 4 && (!accepted || [...text.normalize('NFKC')].length >= 12);
      }),
    );
  });

  test('takes the time of a keystroke for the longest text', () => {
    const started = performance.now();
    passphraseStrength('ab'.repeat(5_000));
    passphraseStrength('a'.repeat(10_000));
    passphraseStrength(`${'a'.repeat(5_000)}b`);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

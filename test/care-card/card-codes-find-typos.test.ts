import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardCodeGroups, cardQrText, codeAtEnd, readCardCode } from '../../shared/care-card/card-code.ts';
import { pinDigits, pinFault } from '../../shared/care-card/pin.ts';

const secrets = fc.uint8Array({ minLength: 16, maxLength: 16 });
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('the code of a card', () => {
  test('comes back from its QR code and from what people type', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        expect(readCardCode(cardQrText(secret))).toEqual(secret);
        const groups = cardCodeGroups(secret);
        expect(groups).toHaveLength(8);
        expect(readCardCode(` ${groups.join('-').toLowerCase()}\r\n`)).toEqual(secret);
        expect(readCardCode(groups.join(' ').replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual(secret);
      }),
      { numRuns: 50 },
    );
  });

  test('is read although the scanner types on a German keyboard', () => {
    const secret = new Uint8Array(16).fill(0xfe);
    const typed = cardQrText(secret)
      .replaceAll(/[YZ]/g, (letter) => (letter === 'Y' ? 'Z' : 'Y'))
      .replace(':', 'Ö');
    expect(typed).not.toBe(cardQrText(secret));
    expect(readCardCode(typed)).toEqual(secret);
  });

  test('is found at the end of whatever else was typed, at whatever pace; where there is none nothing is lost', () => {
    fc.assert(
      fc.property(secrets, fc.string(), (secret, before) => {
        expect(readCardCode(codeAtEnd(before + cardQrText(secret)))).toEqual(secret);
        const groups = cardCodeGroups(secret);
        expect(readCardCode(codeAtEnd(`${before} ${groups.join('-')}`))).toEqual(secret);
        const broken = groups.with(7, 'UUUU').join('');
        expect(codeAtEnd(broken)).toBe(broken);
      }),
      { numRuns: 50 },
    );
  });

  test('with up to four wrong characters, or two that changed places, is never another code', () => {
    const wrong = fc.uniqueArray(fc.nat(31), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(secrets, wrong, fc.integer({ min: 1, max: 31 }), (secret, places, step) => {
        const code = [...cardCodeGroups(secret).join('')];
        for (const place of places) code[place] = ALPHABET[(ALPHABET.indexOf(code[place] as string) + step) % 32] as string;
        expect(() => readCardCode(code.join(''))).toThrow(expect.objectContaining({ code: 'card.code-unreadable' }));
      }),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(secrets, fc.nat(30), (secret, place) => {
        const code = cardCodeGroups(secret).join('');
        const changed = code.slice(0, place) + code[place + 1] + code[place] + code.slice(place + 2);
        if (changed === code) return;
        expect(() => readCardCode(changed)).toThrow(expect.objectContaining({ code: 'card.code-unreadable' }));
      }),
      { numRuns: 50 },
    );
  });

  test('names the group in which one character is wrong', () => {
    const groups = cardCodeGroups(new Uint8Array(16).fill(7));
    const third = groups[2] as string;
    groups[2] = `${third[0] === 'A' ? 'B' : 'A'}${third.slice(1)}`;
    expect(() => readCardCode(groups.join(' '))).toThrow(expect.objectContaining({ details: { group: 3 } }));
    expect(() => readCardCode('8QK3')).toThrow('4 are here');
  });
});

test('a PIN has six digits or more and is none of those that a thief tries first', () => {
  expect(pinFault('48a519')).toBe('not-digits');
  expect(pinFault('48151')).toBe('short');
  expect(pinFault('4815162342108')).toBe('long');
  for (const pin of ['000000', '123456', '654321', '890123', '121212', '123123', '112112112'])
    expect(pinFault(pin)).toBe('obvious');
  for (const pin of ['310185', '850131', '31011985', '19850131', '013185'])
    expect(pinFault(pin, '1985-01-31')).toBe('birth-date');
  expect(pinFault('481516', '1985-01-31')).toBeUndefined();
  expect(pinFault('481516', '1985')).toBeUndefined();
});

test('digits of other scripts are the same digits', () => {
  expect(pinDigits('٤٨١ ٥١٦')).toBe('481516');
  expect(pinDigits('۴۸۱۵۱۶')).toBe('481516');
  expect(pinDigits('４８１５１６')).toBe('481516');
});

/**
 * What is printed on a care card: a secret of 16 bytes and six check characters, once as a QR code and once in groups to type.
 *
 *     code  = base32(secret[16]) ‖ check            26 and 6 characters of Crockford's base 32, in eight groups of four
 *     QR    = 'CLCARD1:' ‖ code
 *
 * `check` is the checksum of BIP 173 (a BCH code over the 32 letters) with the constant of BIP 350: any four mistyped characters
 * and any two that changed places are found. Which patient the card is of follows from the secret: see card-rules.ts.
 */
import { BASE32, canonicalBase32, fromBase32, toBase32 } from '../encoding/base32.ts';
import { Failure } from '../outcome/failure.ts';

export const SECRET_BYTES = 16;
const PREFIX = 'CLCARD1';
const SECRET_CHARACTERS = 26;
const CODE_CHARACTERS = 32;
const GROUP = 4;

const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CONSTANT = 0x2bc830a3;

/** Eight groups of four characters. */
export function cardCodeGroups(secret: Uint8Array): string[] {
  const code = codeOf(secret);
  return Array.from({ length: CODE_CHARACTERS / GROUP }, (_, at) => code.slice(at * GROUP, (at + 1) * GROUP));
}

/** The text of the QR code: capital letters and digits, which makes it a small one. */
export const cardQrText = (secret: Uint8Array): string => `${PREFIX}:${codeOf(secret)}`;

/**
 * The secret in what was scanned or typed. Small letters, spaces, hyphens and what looks alike do not matter, nor a scanner that
 * types Y for Z on another keyboard.
 * @throws {Failure} `card.code-unreadable`, which names the group when one character alone is wrong.
 */
export function readCardCode(text: string): Uint8Array {
  const letters = text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  const bare = letters.length === PREFIX.length + CODE_CHARACTERS && letters.startsWith(PREFIX) ? letters.slice(7) : letters;
  const code = canonicalBase32(bare);
  if (code.length !== CODE_CHARACTERS)
    throw unreadable(`The code of a care card has ${CODE_CHARACTERS} characters in eight groups; ${code.length} are here.`);
  const found = [code, swapped(code)].find((candidate) => holds(candidate));
  const secret = found && fromBase32(found.slice(0, SECRET_CHARACTERS));
  if (secret) return secret;
  const group = mistypedGroup(code);
  throw group === undefined
    ? unreadable('This code is mistyped, or is not of a care card. Compare it with the card, group by group.')
    : unreadable(`Group ${group} of this code is mistyped. Compare it with the card.`, group);
}

/** Whether this was printed on a care card. */
export function isCardCode(text: string): boolean {
  try {
    readCardCode(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The card's code in what came from a keyboard until Enter: a scanner is one. Whatever somebody typed before it does not count, however
 * slowly or quickly it came. Where the text ends with no code it is given back whole, for `readCardCode` to say what is wrong.
 */
export function codeAtEnd(typed: string): string {
  const end = typed.replaceAll(/[^0-9A-Za-z]/g, '').slice(-CODE_CHARACTERS);
  return isCardCode(end) ? end : typed;
}

function codeOf(secret: Uint8Array): string {
  if (secret.length !== SECRET_BYTES) throw new RangeError('the secret of a card has 16 bytes');
  const data = toBase32(secret);
  const rest = checksum([...valuesOf(data), 0, 0, 0, 0, 0, 0]) ^ CONSTANT;
  const check = Array.from({ length: CODE_CHARACTERS - SECRET_CHARACTERS }, (_, at) => BASE32[(rest >>> (5 * (5 - at))) & 31]);
  return data + check.join('');
}

const holds = (code: string): boolean => {
  const values = valuesOf(code);
  return !values.includes(-1) && checksum(values) === CONSTANT;
};

const valuesOf = (code: string): number[] => [...code].map((character) => BASE32.indexOf(character));

function checksum(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (let bit = 0; bit < 5; bit++) if ((top >>> bit) & 1) check ^= GENERATOR[bit] as number;
  }
  return check;
}

const swapped = (code: string): string => code.replaceAll(/[YZ]/g, (letter) => (letter === 'Y' ? 'Z' : 'Y'));

/** The group, from 1, in which one other character would make the code whole: there is at most one. */
function mistypedGroup(code: string): number | undefined {
  for (let at = 0; at < code.length; at++)
    for (const letter of BASE32) if (holds(code.slice(0, at) + letter + code.slice(at + 1))) return Math.floor(at / GROUP) + 1;
  return undefined;
}

function unreadable(message: string, group?: number): Failure {
  return new Failure('card.code-unreadable', message, group === undefined ? {} : { details: { group } });
}

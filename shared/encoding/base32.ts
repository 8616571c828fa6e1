/** Crockford's base 32, for what people type: no I, L, O and U; what is taken for another letter reads as the one in use. */

export const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What people take for each other reads as the letter that is in use. */
export const canonicalBase32 = (text: string): string => text.replaceAll('O', '0').replaceAll(/[IL]/g, '1');

/** Five bits a letter, the first bits first; the last letter is filled up with zeros. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32[(held << (5 - bits)) & 31] : text;
}

/** `undefined` when a character is not of the alphabet, or left-over bits are not zero. */
export function fromBase32(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const character of canonicalBase32(text)) {
    const digit = BASE32.indexOf(character);
    if (digit < 0) return undefined;
    held = (held << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
    held &= (1 << bits) - 1;
  }
  return bits < 5 && held === 0 ? Uint8Array.from(bytes) : undefined;
}

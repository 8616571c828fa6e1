/** Characters in one QR code: a version that a telephone still reads from a screen. */
const CODE_LENGTH = 1800;
const MOST_CODES = 6;

/** A text cut into as many QR codes as it takes, of like length; none when that would be too many to scan. */
export function codeParts(text: string): string[] {
  const count = Math.ceil(text.length / CODE_LENGTH);
  if (count > MOST_CODES) return [];
  const each = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, index) => text.slice(index * each, (index + 1) * each));
}

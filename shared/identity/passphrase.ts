/**
 * How hard a passphrase is to guess, for the meter on the screen and for the floor that every new one must reach. A guesser
 * is assumed to know words, names, years, keyboard rows and habits; each try costs them scrypt (shared/vault/slot.ts).
 */
import { Failure } from '../outcome/failure.ts';

/** Keys of sentences: `passphrase.advice.<key>` in the catalogue of words. */
type PassphraseAdvice = 'longer' | 'common' | 'sequence' | 'repeats' | 'contains-name' | 'more-words';

interface PassphraseStrength {
  /** 0 guessed at once, 1 and 2 weak, 3 enough, 4 strong. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** Above the floor: long enough, score 3 or better, none of `known` in it. */
  readonly accepted: boolean;
  /** What to do about it, most useful first; empty when there is nothing to say. */
  readonly advice: readonly PassphraseAdvice[];
}

const SHORTEST_PASSPHRASE = 12;
/** Beyond this nothing is gained, and a longer one is most likely a file pasted by mistake. */
export const LONGEST_PASSPHRASE = 256;

/** Bits at which scores 1 to 4 begin. At 0.4 s a guess, 40 bits are ten thousand years of one core. */
const STEPS = [16, 28, 40, 56];

/** The heads of published lists of what people choose, in lower case and without digits at the ends. */
const COMMON = new Set(
  `password passwort passphrase passcode secret letmein welcome admin administrator login changeme default master dragon monkey football baseball
  superman batman sunshine princess iloveyou love trustno shadow michael jordan hello freedom whatever starwars computer internet
  summer winter spring autumn january february march april june july august september october november december monday friday
  clinic hospital doctor nurse patient health medical medicine care careledger ledger test testing guest user root qwerty azerty
  correct horse battery staple abc the and you for with this that my our your is it in of to a i`.split(/\s+/),
);

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
  '1qaz2wsx3edc4rfv',
];
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * @param known what a guesser knows of the person: their names, the clinic's name. Words of four letters or more from it are refused.
 */
export function passphraseStrength(passphrase: string, known: readonly string[] = []): PassphraseStrength {
  const typed = [...passphrase.normalize('NFKC')].slice(0, LONGEST_PASSPHRASE).join('');
  const advice = new Set<PassphraseAdvice>();
  const short = [...typed].length < SHORTEST_PASSPHRASE;
  if (short) advice.add('longer');
  const named = containsKnown(typed, known);
  if (named) advice.add('contains-name');

  const bits = estimateBits(typed, advice);
  const reached = STEPS.filter((step) => bits >= step).length;
  const score = (short || named ? Math.min(reached, 2) : reached) as PassphraseStrength['score'];
  const accepted = score >= 3;
  if (score < 4 && !short) advice.add('more-words');
  return { score, accepted, advice: score === 4 ? [] : [...advice] };
}

/** The bits of its parts, each judged as the cheapest thing it could be; a part seen before is nearly free. */
function estimateBits(typed: string, advice: Set<PassphraseAdvice>): number {
  const seen = new Set<string>();
  let bits = 0;
  for (const [part] of typed.matchAll(/\p{L}+|\p{N}+|[^\p{L}\p{N}]+/gu)) {
    const folded = part.toLowerCase();
    if (seen.has(folded)) {
      bits += 1;
      if (part.length > 1) advice.add('repeats');
      continue;
    }
    seen.add(folded);
    bits += Math.min(plainBits(part, folded, advice), rowBits(folded, advice), repeatBits(folded, advice));
  }
  // "P4ssw0rd" falls into five parts above and is still one word.
  const bare = typed.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}]+$/gu, '');
  const core = [...bare].map((character) => LEET[character] ?? character).join('');
  if (COMMON.has(core)) {
    advice.add('common');
    bits = Math.min(bits, 12 + (typed.length - core.length) * 2);
  }
  return Math.min(bits, rowBits(typed.toLowerCase(), advice), repeatBits(typed.toLowerCase(), advice));
}

function plainBits(part: string, folded: string, advice: Set<PassphraseAdvice>): number {
  if (/^\p{N}/u.test(part)) {
    if (/^(?:19|20)\d\d$/.test(part)) return 7;
    // Eight digits are most often a date.
    return part.length === 8 || part.length === 6 ? 14 : 3.3 * part.length;
  }
  if (!/^\p{L}/u.test(part)) return part.length === 1 ? 2 : 3 * part.length;
  const capitals = part.slice(1) === folded.slice(1) ? (part === folded ? 0 : 1) : 3;
  if (COMMON.has(folded)) {
    if (folded.length > 3) advice.add('common');
    return 6 + capitals;
  }
  const random = 4.5 * part.length;
  return (pronounceable(folded) ? Math.min(random, 12 + 1.5 * Math.max(0, part.length - 6)) : random) + capitals;
}

/** Has it the vowels of a word? Other scripts than Latin are taken for words. */
function pronounceable(folded: string): boolean {
  const plain = folded.normalize('NFD').replace(/\p{M}/gu, '');
  if (/[^a-z]/.test(plain)) return true;
  const vowels = plain.replace(/[^aeiouy]/g, '').length / plain.length;
  return vowels >= 0.2 && vowels <= 0.75;
}

/** A run along the alphabet, the digits or a keyboard row, forwards or backwards: its start, its length, its direction. */
function rowBits(folded: string, advice: Set<PassphraseAdvice>): number {
  if (folded.length < 3) return Number.POSITIVE_INFINITY;
  const backwards = [...folded].reverse().join('');
  // One row after the other too: "qwertyasdfgh".
  let left = folded;
  let rows = 0;
  while (left.length >= 3) {
    const run = longestRun(left);
    if (run < 3) break;
    left = left.slice(run);
    rows++;
  }
  const whole = left.length < 3 && rows > 0 ? rows : longestRun(backwards) === backwards.length ? 1 : 0;
  if (whole === 0) return Number.POSITIVE_INFINITY;
  advice.add('sequence');
  return 8 * whole;
}

function longestRun(folded: string): number {
  let longest = 0;
  for (const row of ROWS) {
    for (let length = Math.min(folded.length, row.length); length > longest; length--) {
      if (row.includes(folded.slice(0, length))) longest = length;
    }
  }
  return longest;
}

/** "aaaaaaaa", "abcabcabc": the bits of one unit and a little. */
function repeatBits(folded: string, advice: Set<PassphraseAdvice>): number {
  const unit = /^(.+?)\1+$/su.exec(folded)?.[1];
  if (unit === undefined || folded.length < 3) return Number.POSITIVE_INFINITY;
  advice.add('repeats');
  return Math.min(4.5 * unit.length, 14) + 4;
}

function containsKnown(typed: string, known: readonly string[]): boolean {
  const folded = fold(typed);
  const words = known.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)).map(fold);
  return words.some((word) => word.length >= 4 && folded.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The floor of every passphrase that is chosen. @throws {Failure} `vault.passphrase-weak`. */
export function refuseWeakPassphrase(passphrase: string, known: readonly string[]): void {
  if (passphraseStrength(passphrase, known).accepted) return;
  throw new Failure(
    'vault.passphrase-weak',
    'This passphrase is too easy to guess. Use at least twelve characters: four unrelated words are good.',
  );
}

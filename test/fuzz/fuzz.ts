/** Feeds hostile inputs to a reader and says what it did that no reader may do. */
import { toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { sampleRandom } from '../../shared/patients/sample-random.ts';
import { mutated } from './mutate.ts';

export interface FuzzTarget {
  readonly name: string;
  /** Inputs that the reader takes. */
  readonly valid: readonly Uint8Array[];
  /**
   * Reads; a refusal is a `Failure`. @returns the bytes that it writes for what it read, where one value has one encoding.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: most readers have nothing to write
  read(input: Uint8Array): Uint8Array | void;
}

interface Finding {
  readonly target: string;
  readonly fault:
    | 'threw what is no Failure'
    | 'took too long'
    | 'wrote into a prototype'
    | 'took bytes that it would write otherwise';
  readonly detail: string;
  /** `npm run fuzz -- --only TARGET --seed SEED --inputs 1` makes it again. */
  readonly seed: number;
  /** Hexadecimal. */
  readonly input: string;
}

interface FuzzResult {
  readonly findings: readonly Finding[];
  /** Inputs that were taken although they were changed: a fuzzer that never gets in tests nothing behind the door. */
  readonly accepted: number;
  readonly refusals: ReadonlyMap<string, number>;
}

/** Milliseconds of this process's own work: a busy machine is no hang. */
const LONGEST_MS = 100;
const MOST_FINDINGS = 10;

const busyMs = (): number => process.cpuUsage().user / 1000;

export function fuzz(target: FuzzTarget, inputs: number, firstSeed: number): FuzzResult {
  const findings: Finding[] = [];
  const refusals = new Map<string, number>();
  let accepted = 0;
  for (let seed = firstSeed; seed < firstSeed + inputs && findings.length < MOST_FINDINGS; seed++) {
    const input = mutated(sampleRandom(seed), target.valid);
    const found = (fault: Finding['fault'], detail: string): void => {
      findings.push({ target: target.name, fault, detail, seed, input: toHex(input) });
    };
    const begin = busyMs();
    try {
      const written = target.read(input.slice());
      accepted += 1;
      if (written && !Buffer.from(written).equals(input)) found('took bytes that it would write otherwise', toHex(written));
    } catch (error) {
      if (error instanceof Failure) refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1);
      else found('threw what is no Failure', error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    }
    // Collecting garbage counts too: an input that really hangs does so twice.
    if (busyMs() - begin > LONGEST_MS && took(target, input) > LONGEST_MS) found('took too long', `${LONGEST_MS} ms and more`);
    if (isPolluted()) found('wrote into a prototype', 'Object.prototype has a new member');
  }
  return { findings, accepted, refusals };
}

function took(target: FuzzTarget, input: Uint8Array): number {
  const begin = busyMs();
  try {
    target.read(input.slice());
  } catch {
    // How long it takes is all that is asked here.
  }
  return busyMs() - begin;
}

const CLEAN = Object.getOwnPropertyNames(Object.prototype).length;

/** Looks, and cleans up, so that one finding is not every later one. */
function isPolluted(): boolean {
  const names = Object.getOwnPropertyNames(Object.prototype);
  if (names.length === CLEAN) return false;
  for (const name of names.slice(CLEAN)) Reflect.deleteProperty(Object.prototype, name);
  return true;
}

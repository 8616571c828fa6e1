import { describe, expect, test } from 'vitest';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type FuzzTarget, fuzz } from './fuzz.ts';
import { fuzzTargets } from './targets.ts';

const INPUTS = 20_000;
/** A signature, a parse by node-forge a document of XML or the search for a mistyped group costs up to a millisecond each: fewer inputs, in the same share of the run. */
const SLOW: ReadonlySet<string> = new Set(['certificate-request', 'certificate-der', 'card-code', 'recovery-sheets', 'cda']);

const targets = await fuzzTargets();

describe('a reader of bytes from outside refuses by name, quickly, and touches nothing else', () => {
  test.each([...targets.keys()])(
    '%s',
    (name) => {
      const target = targets.get(name) as FuzzTarget;
      const { findings, refusals } = fuzz(target, SLOW.has(name) ? INPUTS / 10 : INPUTS, 1);
      expect(findings).toEqual([]);
      expect(refusals.size).toBeGreaterThan(0);
    },
    120_000,
  );

  test.each([...targets.keys()])('%s takes what is valid', (name) => {
    const { valid, read } = targets.get(name) as FuzzTarget;
    for (const input of valid) {
      const written = read(input.slice());
      if (written) expect(Buffer.from(written)).toEqual(Buffer.from(input));
    }
  });
});

describe('the fuzzer finds', () => {
  const target = (read: FuzzTarget['read']): FuzzTarget => ({ name: 'broken', valid: [utf8('{"size":12,"name":"x"}')], read });
  const faults = (read: FuzzTarget['read']): string[] => [
    ...new Set(fuzz(target(read), 3_000, 1).findings.map(({ fault }) => fault)),
  ];
  const refuse = (): never => {
    throw new Failure('test.refused', 'Refused.');
  };

  test('nothing in a reader that refuses all', () => {
    expect(faults(refuse)).toEqual([]);
  });

  test('an error that is no Failure', () => {
    const stumble = (input: Uint8Array): never => {
      if (input.length > 40) throw new TypeError('x is undefined');
      return refuse();
    };
    expect(faults(stumble)).toEqual(['threw what is no Failure']);
  });

  test('a reader that hangs', () => {
    const slow = (): never => {
      for (const end = process.cpuUsage().user + 150_000; process.cpuUsage().user < end; );
      return refuse();
    };
    expect(fuzz(target(slow), 2, 1).findings.map(({ fault }) => fault)).toContain('took too long');
  }, 60_000);

  test('a merge into a prototype', () => {
    const merge = (input: Uint8Array): never => {
      try {
        const value = JSON.parse(new TextDecoder().decode(input)) as Record<string, Record<string, unknown>>;
        for (const [key, member] of Object.entries(value)) {
          const place = ({} as Record<string, Record<string, unknown>>)[key];
          if (place && typeof member === 'object') Object.assign(place, member);
        }
      } catch {
        // No JSON.
      }
      return refuse();
    };
    const polluting = {
      ...target(merge),
      valid: [utf8('{"size":12,"name":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}')],
    };
    expect(fuzz(polluting, 500, 1).findings.map(({ fault }) => fault)).toContain('wrote into a prototype');
  });

  test('two encodings of one value', () => {
    expect(faults((input) => (input.length > 5 ? input.subarray(1) : refuse()))).toEqual([
      'took bytes that it would write otherwise',
    ]);
  });
});

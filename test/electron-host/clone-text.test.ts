import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCloneText } from './clone-text.ts';

const text = makeCloneText();
const through = (value: unknown): unknown => text.decode(text.encode(value));

describe('clone text', () => {
  test('carries what structured clone carries', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withSparseArray: false,
        }),
        (value) => {
          expect(through(value)).toEqual(structuredClone(value));
        },
      ),
    );
  });

  test('keeps errors, buffers and the tags that it uses itself', () => {
    expect(through(new RangeError('far'))).toMatchObject({ name: 'RangeError', message: 'far' });
    expect(through(Buffer.from('bytes'))).toEqual(new Uint8Array(Buffer.from('bytes')));
    expect(through({ $: 'undefined' })).toEqual({ $: 'undefined' });
  });

  test('refuses what cannot be cloned', () => {
    expect(() => text.encode(() => 1)).toThrow('could not be cloned');
    expect(() => text.encode({ later: Promise.resolve(1) })).toThrow('could not be cloned');
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => text.encode(cycle)).toThrow('cyclic');
  });
});

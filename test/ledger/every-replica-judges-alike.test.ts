import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { u8, written } from '../../shared/encoding/codec.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import {
  accepted,
  type EventRule,
  effectsNext,
  effectsStart,
  judgeBlock,
  openEvents,
  PageView,
  Rules,
  writeOutcome,
} from '../../shared/ledger/rules.ts';
import { act, bytesFor, everyRule, foundClinic, foundRegion, hash, MemoryLedger } from '../support/ledger-builder.ts';
import { acts, play } from './generated-history.ts';

const scripts = fc.array(acts, { minLength: 1, maxLength: 60, size: 'max' });

/** Replays blocks in pages of the given sizes, in turn. */
function replay(region: Region, blocks: readonly Uint8Array[], sizes: readonly number[]) {
  const ledger = new MemoryLedger(region);
  for (let from = 0, turn = 0; from < blocks.length; turn++) {
    const size = sizes[turn % sizes.length] as number;
    ledger.append(...blocks.slice(from, from + size));
    from += size;
  }
  return { head: ledger.head, rows: ledger.rows };
}

describe('a history', () => {
  test('split into any pages gives the same state rows, root and effects', () => {
    fc.assert(
      fc.property(scripts, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), (script, sizes) => {
        const { region, blocks } = play(script);
        const one = replay(region, blocks, [1]);
        expect(replay(region, blocks, sizes)).toEqual(one);
        expect(replay(region, blocks, [blocks.length])).toEqual(one);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('reads only rows that its events announced', () => {
    // Each act is its own block and page: whatever a rule looks at, this act alone must have named.
    fc.assert(
      fc.property(scripts, (script) => {
        const { region, blocks, verdicts } = play(script.map((step) => ({ ...step, newBlock: true })));
        expect(verdicts).toHaveLength(blocks.length);
        replay(region, blocks, [1]);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('never refuses a fact', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const facts = new Set(['record.put', 'note.signed', 'access.sealed']);
        const { blocks, verdicts } = play(script);
        const types = blocks.flatMap((sealed) =>
          openBlock(sealed).block.events.map(({ event, signature }) => everyRule.open(event, signature).typed.event.type),
        );
        types.forEach((type, at) => {
          if (facts.has(type)) expect(verdicts[at]).not.toMatch(/^refused/);
          else expect(verdicts[at]).not.toMatch(/^disputed/);
        });
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  test('as generated here meets most verdicts, so that the properties above say something', () => {
    const seen = new Set(fc.sample(scripts, { numRuns: 60, seed: 7 }).flatMap((script) => play(script).verdicts));
    expect([...seen].sort()).toEqual(
      expect.arrayContaining([
        'accepted',
        'disputed: access-log-shrank',
        'disputed: not-the-custodian',
        'disputed: version-conflict',
        'refused: admission-without-quorum',
        'refused: author-not-enrolled',
        'refused: author-of-another-clinic',
        'refused: device-of-another-clinic',
        'refused: grant-unknown',
        'refused: group-too-small',
        'refused: not-the-custodian',
        'refused: offer-unpublished',
      ]),
    );
  }, 60_000);
});

describe('the effects chain', () => {
  const a = foundClinic('A');
  const { region } = foundRegion('north', [a]);

  test('begins at the region and hashes verdict, reason, keys and values of each block', () => {
    const ledger = new MemoryLedger(region);
    const start = effectsStart(hash, region.id);
    expect(ledger.head.effects).toEqual(start);
    ledger.append(a.desk.write(act(a, 'access.sealed', { root: bytesFor('root'), count: 2 })));
    const key = Buffer.from(`access/${a.desk.id}`);
    const value = Buffer.concat([bytesFor('root'), Buffer.from('0000000000000002', 'hex')]);
    const outcome = Buffer.concat([
      Buffer.from('00' + '0000' + '0001', 'hex'),
      Buffer.from([0, key.length]),
      key,
      Buffer.from('01' + '000028', 'hex'),
      value,
    ]);
    expect(ledger.head.effects).toEqual(effectsNext(hash, start, outcome));
  });

  test('parts as soon as a verdict, a reason or an effect differs', () => {
    const events = [1, 2].map((count) => act(a, 'access.sealed', { root: bytesFor('root'), count }));
    const sealed = a.desk.seal({ events });
    const judge = (key: string, value: Uint8Array | undefined) => {
      const opened = openEvents(everyRule, openBlock(sealed), blockHash(hash, sealed));
      const judgements = judgeBlock(new PageView(new Map([[key, value]])), opened);
      return written((out) => writeOutcome(out, judgements));
    };
    const key = `access/${a.desk.id}`;
    const row = (count: number) => Buffer.concat([bytesFor('root'), Buffer.from([0, 0, 0, 0, 0, 0, 0, count])]);
    const digests = [judge(key, undefined), judge(key, row(1)), judge(key, row(2)), judge(key, row(3))].map((digest) =>
      Buffer.from(digest).toString('hex'),
    );
    // Nothing before and the same before judge alike; a later count before disputes the first, a still later one both.
    expect(digests[1]).toBe(digests[0]);
    expect(new Set(digests).size).toBe(3);
  });
});

describe('a rule', () => {
  const a = foundClinic('A');
  const rule = (type: string, reads: string[]): EventRule<unknown> => ({
    type,
    kind: 'fact',
    body: u8,
    personal: 'optional',
    handle: 'none',
    reads: () => reads,
    judge: (view) => {
      view.get('secret/row');
      return accepted();
    },
  });

  test('that looks at a row which it did not announce fails loudly', () => {
    const judge = (reads: string[]) => {
      const rules = new Rules(1, [
        { ...everyRule.rule('access.sealed'), ...rule('access.sealed', reads), body: everyRule.rule('access.sealed').body },
      ]);
      const sealed = a.desk.seal({ events: [act(a, 'access.sealed', { root: bytesFor('root'), count: 1 })] });
      const opened = openEvents(rules, openBlock(sealed), blockHash(hash, sealed));
      return () => judgeBlock(new PageView(new Map(opened.reads.map((key) => [key, undefined]))), opened);
    };
    expect(judge([])).toThrowError(expect.objectContaining({ code: 'ledger.rule-reads' }));
    expect(judge(['secret/row'])).not.toThrow();
  });

  test('is registered once', () => {
    expect(() => new Rules(1, [rule('x', [])], [rule('x', [])])).toThrowError(
      expect.objectContaining({ code: 'ledger.rule-twice' }),
    );
  });
});

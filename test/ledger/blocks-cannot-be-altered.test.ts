import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sign, verifySignature } from '../../server/vault/primitives.ts';
import { concat, equalBytes } from '../../shared/encoding/bytes.ts';
import {
  blockHash,
  blockMessage,
  encodeBlock,
  MAX_BLOCK_BYTES,
  MAX_BLOCK_EVENTS,
  NO_BLOCK,
  openBlock,
} from '../../shared/ledger/block.ts';
import { commitmentOf, decodeEvent, encodeEvent, eventMessage, type SignedEvent } from '../../shared/ledger/event.ts';
import { TAG } from '../../shared/ledger/tags.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { act, bytesFor, everyRule, foundClinic, hash, MORNING } from '../support/ledger-builder.ts';

const clinic = foundClinic('A');
const handle = bytesFor('handle', 16);
const put = (label: string): SignedEvent =>
  act(
    clinic,
    'record.put',
    { record: bytesFor(label, 16), version: 1, previous: NO_BLOCK.slice(0, 0), document: bytesFor(label) },
    { handle },
  );
const note = act(
  clinic,
  'note.signed',
  { record: bytesFor('note', 16), version: 1, previous: new Uint8Array(0), document: bytesFor('note') },
  { handle, signer: clinic.administrator, commitment: bytesFor('commitment') },
);

/** Whether sealed bytes are a block that its device, and each person in it, signed. */
function holds(sealed: Uint8Array): boolean {
  try {
    const { block, content, signature } = openBlock(sealed);
    const people = block.events.every(
      ({ event, signature: personal }) =>
        personal.length === 0 || verifySignature(decodeEvent(event).author, eventMessage(block.chain, event), personal),
    );
    return people && verifySignature(block.device, blockMessage(content), signature);
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

const sealed = clinic.desk.seal({ events: [put('one'), note, put('two')] });

describe('a block', () => {
  test('opens to what was written', () => {
    const { block, content, signature } = openBlock(sealed);
    expect(concat(content, signature)).toEqual(sealed);
    expect(block).toMatchObject({ suite: 1, height: 0, time: MORNING, chain: clinic.chain, device: clinic.desk.key.publicKey });
    expect(block.events).toEqual([put('one'), note, put('two')]);
    expect(holds(sealed)).toBe(true);
  });

  test('does not hold after any change of one byte, cut short, or with bytes behind it', () => {
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice();
      changed[at]! ^= 1 + (at % 255);
      expect(holds(changed), `byte ${at}`).toBe(false);
    }
    for (let length = 0; length < sealed.length; length += 7) expect(holds(sealed.slice(0, length))).toBe(false);
    expect(holds(concat(sealed, Uint8Array.of(0)))).toBe(false);
    for (const bytes of [sealed.slice(0, -1), concat(sealed, Uint8Array.of(0))]) {
      expect(() => openBlock(bytes)).toThrowError(expect.objectContaining({ code: 'encoding.malformed' }));
    }
  });

  test('does not hold with its events in another order, one left out, or one twice', () => {
    const { block, signature } = openBlock(sealed);
    const [one, two, three] = block.events as [SignedEvent, SignedEvent, SignedEvent];
    for (const events of [
      [two, one, three],
      [one, two],
      [one, two, three, three],
    ]) {
      expect(holds(concat(encodeBlock({ ...block, events }), signature))).toBe(false);
    }
  });

  test('of one device does not hold under the name or chain of another', () => {
    const other = foundClinic('B');
    const { block, signature } = openBlock(sealed);
    expect(holds(concat(encodeBlock({ ...block, device: other.desk.key.publicKey }), signature))).toBe(false);
    expect(holds(concat(encodeBlock({ ...block, chain: other.chain }), signature))).toBe(false);
    // The other device signs it as its own, but the person signed for the first clinic's chain.
    expect(holds(other.desk.seal({ events: block.events }))).toBe(false);
  });

  test('has a name that follows every byte', () => {
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = sealed.slice();
        changed[at]! ^= change;
        expect(equalBytes(blockHash(hash, changed), blockHash(hash, sealed))).toBe(false);
      }),
    );
    expect(blockHash(hash, sealed)).toEqual(hash(TAG.blockHash, sealed));
  });

  test('has at least one event and at most 1,000, and at most 262,144 bytes', () => {
    const { block } = openBlock(sealed);
    expect(() => encodeBlock({ ...block, events: [] })).toThrowError(expect.objectContaining({ code: 'ledger.block-empty' }));
    const most = Array<SignedEvent>(MAX_BLOCK_EVENTS).fill(put('one'));
    expect(openBlock(clinic.desk.seal({ events: most })).block.events).toHaveLength(MAX_BLOCK_EVENTS);
    expect(() => encodeBlock({ ...block, events: [...most, put('one')] })).toThrowError(
      expect.objectContaining({ code: 'encoding.malformed' }),
    );
    const large = { event: new Uint8Array(8900), signature: new Uint8Array(0) };
    expect(() => encodeBlock({ ...block, events: Array(30).fill(large) })).toThrowError(
      expect.objectContaining({ code: 'ledger.block-too-large' }),
    );
    expect(() => openBlock(new Uint8Array(MAX_BLOCK_BYTES + 1))).toThrowError(
      expect.objectContaining({ code: 'ledger.block-too-large' }),
    );
  });

  test('of another suite is refused by its number', () => {
    expect(() => openBlock(sealed.with(0, 2))).toThrowError(/suite 2/);
    expect(() => openBlock(new Uint8Array(0))).toThrowError(expect.objectContaining({ code: 'ledger.suite-unknown' }));
  });

  test('without events, which no program of ours writes, does not open', () => {
    const { content } = openBlock(sealed);
    const empty = content.slice(0, 1 + 32 + 32 + 8 + 8 + 32 + 8 + 2);
    empty.fill(0, empty.length - 2);
    expect(() => openBlock(concat(empty, new Uint8Array(64)))).toThrowError(
      expect.objectContaining({ code: 'encoding.malformed' }),
    );
  });
});

describe('an event', () => {
  const event = {
    type: 'record.put',
    handle,
    body: bytesFor('body'),
    author: bytesFor('author'),
    time: MORNING,
    commitment: new Uint8Array(0),
  };

  test('opens to what was written', () => {
    expect(decodeEvent(encodeEvent(event))).toEqual({ suite: 1, rules: 1, ...event });
  });

  test('with a handle or commitment of another length is refused', () => {
    for (const wrong of [{ handle: new Uint8Array(15) }, { commitment: new Uint8Array(31) }]) {
      expect(() => decodeEvent(encodeEvent({ ...event, ...wrong }))).toThrowError(
        expect.objectContaining({ code: 'encoding.malformed' }),
      );
    }
  });

  test('of another suite is refused by its number', () => {
    expect(() => decodeEvent(encodeEvent(event).with(0, 9))).toThrowError(/suite 9/);
  });

  test('is signed for its chain: the signature of one chain or purpose holds for no other', () => {
    const bytes = encodeEvent(event);
    const signature = sign(clinic.administrator, eventMessage(clinic.chain, bytes));
    const key = clinic.administrator.publicKey;
    expect(verifySignature(key, eventMessage(clinic.chain, bytes), signature)).toBe(true);
    expect(verifySignature(key, eventMessage(bytesFor('another chain'), bytes), signature)).toBe(false);
    expect(verifySignature(key, concat(TAG.block, clinic.chain, bytes), signature)).toBe(false);
  });
});

describe('the rules take an event apart only when', () => {
  const opened = (signed: SignedEvent): string => {
    try {
      everyRule.open(signed.event, signed.signature);
      return 'opened';
    } catch (error) {
      return (error as Failure).code;
    }
  };
  const body = { record: bytesFor('r', 16), version: 1, previous: new Uint8Array(0), document: bytesFor('d') };

  test('its type and version are known', () => {
    expect(opened(put('one'))).toBe('opened');
    const bytes = encodeEvent({
      type: 'record.erased',
      handle,
      body: new Uint8Array(0),
      author: clinic.desk.key.publicKey,
      time: MORNING,
      commitment: new Uint8Array(0),
    });
    expect(opened({ event: bytes, signature: new Uint8Array(0) })).toBe('ledger.type-unknown');
    expect(opened({ event: put('one').event.with(2, 2), signature: new Uint8Array(0) })).toBe('ledger.rules-unknown');
    expect(everyRule.types).toEqual([
      'access.purged',
      'access.sealed',
      'benefit.earned',
      'benefit.paid',
      'card.completed',
      'card.emergency',
      'card.ended',
      'card.issued',
      'card.rekeyed',
      'card.shown',
      'chain.admitted',
      'clinic.rotated',
      'compartment.erased',
      'compartment.purged',
      'complaint.answered',
      'complaint.opened',
      'consent.asked',
      'consent.carried',
      'consent.confirmed',
      'consent.ended',
      'consent.given',
      'consent.granted',
      'consent.signed',
      'consent.withdrawn',
      'cover.named',
      'cover.withdrawn',
      'device.enrolled',
      'device.revoked',
      'epoch.retired',
      'facade.reach',
      'glass.answered',
      'glass.broken',
      'glass.reviewed',
      'guardian.ages',
      'guardian.ended',
      'guardian.left',
      'guardian.named',
      'guardian.rekeyed',
      'hub.acted',
      'hub.rotated',
      'note.signed',
      'offer.joined',
      'offer.left',
      'offer.published',
      'offer.withdrawn',
      'participation.joined',
      'participation.left',
      'policy.changed',
      'record.amendment.declined',
      'record.amendment.proposed',
      'record.merged',
      'record.put',
      'region.anchored',
      'reward.promised',
      'rules.activate',
      'setting.changed',
      'staff.enrolled',
      'staff.revoked',
      'staff.rotated',
    ]);
  });

  test('it has a handle where one belongs and none elsewhere', () => {
    expect(opened(act(clinic, 'record.put', body))).toBe('ledger.event-form');
    expect(opened(act(clinic, 'access.sealed', { root: bytesFor('root'), count: 1 }, { handle }))).toBe('ledger.event-form');
  });

  test('it is signed where a person answers for it', () => {
    expect(opened(act(clinic, 'note.signed', body, { handle }))).toBe('ledger.event-form');
    expect(opened({ ...note, signature: note.signature.slice(1) })).toBe('ledger.event-form');
  });

  test('its body has the agreed form', () => {
    const bytes = encodeEvent({
      type: 'staff.revoked',
      handle: new Uint8Array(0),
      body: new Uint8Array(33),
      author: bytesFor('a'),
      time: 0,
      commitment: new Uint8Array(0),
    });
    expect(opened({ event: bytes, signature: new Uint8Array(64) })).toBe('encoding.malformed');
  });
});

test('a commitment says nothing without its salt and binds salt and content', () => {
  const made = commitmentOf(hash, bytesFor('salt'), bytesFor('content'));
  expect(made).toEqual(hash(TAG.commitment, bytesFor('salt'), bytesFor('content')));
  expect(made).not.toEqual(commitmentOf(hash, bytesFor('another salt'), bytesFor('content')));
  expect(made).not.toEqual(commitmentOf(hash, bytesFor('salt'), bytesFor('other content')));
});

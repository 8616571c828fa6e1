import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sign, verifySignature } from '../../server/vault/primitives.ts';
import { concat, fromBase64, toBase64, utf8 } from '../../shared/encoding/bytes.ts';
import {
  checkpointText,
  openCheckpoint,
  originOf,
  quorumOf,
  type TreeHead,
  witnessing,
  witnessName,
} from '../../shared/ledger/checkpoint.ts';
import { cosignedAt, MAX_NOTE_BYTES, NOTE_ED25519, noteKeyId, noteLine, parseNote } from '../../shared/ledger/note.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { bytesFor, checkpointOf, cosign, foundClinic, foundRegion, hash, MORNING } from '../support/ledger-builder.ts';

const clinics = ['A', 'B', 'C', 'D'].map((label) => foundClinic(label));
const [a, b, c, d] = clinics as [(typeof clinics)[0], (typeof clinics)[0], (typeof clinics)[0], (typeof clinics)[0]];
const north = foundRegion('north', clinics);
const { region, hubKey } = north;
const head: TreeHead = { size: 41, root: bytesFor('root'), effects: bytesFor('effects') };
const checkpoint = checkpointOf(north, head);

const open = (text: string) => openCheckpoint(hash, verifySignature, region.id, hubKey.publicKey, text);
const refusedAs = (text: string): string => {
  try {
    open(text);
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return 'opened';
};
/** A checkpoint with any body, signed by the hub's real key: only its grammar can be wrong. */
const signed = (body: string): string => {
  const origin = originOf(region.id);
  return `${body}\n${noteLine(origin, noteKeyId(hash, origin, NOTE_ED25519, hubKey.publicKey), sign(hubKey, utf8(body)))}`;
};

describe('a checkpoint', () => {
  test('says what it was signed for', () => {
    expect(open(checkpoint.note)).toEqual(checkpoint);
    const late: TreeHead = { ...head, size: STATE_INTERVAL + 1, state: { size: STATE_INTERVAL, root: bytesFor('state') } };
    expect(open(checkpointOf(north, late).note)).toMatchObject(late);
    expect(open(checkpointOf(north, { ...head, size: 0 }).note).size).toBe(0);
  });

  test('does not open after any change of one character', () => {
    fc.assert(
      fc.property(
        fc.nat(checkpoint.note.length - 1),
        fc.constantFrom('0', 'A', 'b', '=', '\n', ' ', '—', '\u0000', '\ud800'),
        (at, put) => {
          fc.pre(checkpoint.note[at] !== put);
          expect(refusedAs(checkpoint.note.slice(0, at) + put + checkpoint.note.slice(at + 1))).toMatch(/^ledger\./);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('does not open when cut short or followed by anything', () => {
    for (let length = 0; length < checkpoint.note.length; length++)
      expect(refusedAs(checkpoint.note.slice(0, length))).toMatch(/^ledger\./);
    for (const more of ['\n', ' ', 'x', '\n\n', '— a b\n']) expect(refusedAs(checkpoint.note + more)).toMatch(/^ledger\./);
  });

  test('of another region or hub does not open', () => {
    const other = foundRegion('south', [a]);
    expect(refusedAs(checkpointOf(other, head).note)).toBe('ledger.checkpoint-foreign');
    expect(refusedAs(checkpointOf({ region, hubKey: other.hubKey }, head).note)).toBe('ledger.checkpoint-forged');
    expect(refusedAs(checkpoint.note.replace(/\n— .*\n$/, `\n${cosign(a, checkpoint.note)}`))).toBe('ledger.checkpoint-forged');
  });

  const text = checkpointText(region.id, head);
  const hashText = toBase64(bytesFor('root'));
  const effects = `effects ${toBase64(bytesFor('effects'))}\n`;
  const origin = `${originOf(region.id)}\n`;
  test.each<[string, string]>([
    ['a size with a leading zero', text.replace('\n41\n', '\n041\n')],
    ['a size with a sign', text.replace('\n41\n', '\n+41\n')],
    ['a size in other digits', text.replace('\n41\n', '\n4e1\n')],
    ['a size above 2^53', text.replace('\n41\n', '\n9007199254740993\n')],
    ['an empty size', text.replace('\n41\n', '\n\n')],
    ['a root of 31 bytes', `${origin}41\n${toBase64(new Uint8Array(31))}\n${effects}`],
    ['a root that is not base64', `${origin}41\n${hashText.slice(0, -1)}!\n${effects}`],
    ['no effects', `${origin}41\n${hashText}\n`],
    ['another line before effects', `${origin}41\n${hashText}\nx\n${effects}`],
    ['effects with two spaces', text.replace('effects ', 'effects  ')],
    ['an unknown line', `${text}policy 1\n`],
    ['effects twice', `${text}${effects}`],
    ['a state before it is due', `${text}state 0 ${hashText}\n`],
    ['a state of another size', `${origin}65537\n${hashText}\n${effects}state 65537 ${hashText}\n`],
    ['an old state', `${origin}131072\n${hashText}\n${effects}state 65536 ${hashText}\n`],
    ['no state when one is due', `${origin}65536\n${hashText}\n${effects}`],
    ['two states', `${origin}65536\n${hashText}\n${effects}state 65536 ${hashText}\nstate 65536 ${hashText}\n`],
  ])('with %s is refused though its hub signed it', (_, body) => {
    expect(refusedAs(signed(body))).toBe('ledger.checkpoint-malformed');
  });
});

describe('a note', () => {
  const refuse = (text: string): void =>
    expect(() => parseNote(text)).toThrowError(expect.objectContaining({ code: 'ledger.note-malformed' }));
  const line = (name: string, bytes: Uint8Array): string => `— ${name} ${toBase64(bytes)}\n`;

  test.each<[string, string]>([
    ['nothing', ''],
    ['no signature', 'text\n\n'],
    ['no empty line', `text\n${line('a', new Uint8Array(8))}`],
    ['a hyphen in place of the dash', `text\n\n- a ${toBase64(new Uint8Array(8))}\n`],
    ['a name with a plus', `text\n\n${line('a+b', new Uint8Array(8))}`],
    ['a name with a space', `text\n\n${line('a b', new Uint8Array(8))}`],
    ['a name with another white space', `text\n\n${line('a\u2003b', new Uint8Array(8))}`],
    ['an empty name', `text\n\n— ${toBase64(new Uint8Array(8))}\n`],
    ['a signature without bytes', `text\n\n${line('a', new Uint8Array(4))}`],
    ['a signature that is not base64', 'text\n\n— a AAA\n'],
    ['no line feed at the end', `text\n\n${line('a', new Uint8Array(8)).trimEnd()}`],
    ['a carriage return', `text\r\n\n${line('a', new Uint8Array(8))}`],
    ['a tab', `te\txt\n\n${line('a', new Uint8Array(8))}`],
    ['a lone surrogate', `te\ud800xt\n\n${line('a', new Uint8Array(8))}`],
    ['33 signatures', `text\n\n${line('a', new Uint8Array(8)).repeat(33)}`],
    ['too many bytes', `${'x'.repeat(MAX_NOTE_BYTES)}\n\n${line('a', new Uint8Array(8))}`],
  ])('with %s is refused', (_, text) => refuse(text));

  test('keeps empty lines in its text, and its signatures in order', () => {
    const note = parseNote(`one\n\ntwo\n\n${line('a', new Uint8Array(8))}${line('b', bytesFor('x'))}`);
    expect(note.text).toBe('one\n\ntwo\n');
    expect(note.signatures.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(concat(note.signatures[1]!.keyId, note.signatures[1]!.signature)).toEqual(bytesFor('x'));
  });
});

describe('witnessing', () => {
  const witnessed = (...lines: string[]) =>
    witnessing(hash, verifySignature, checkpoint.note + lines.join(''), region.genesis.witnesses);

  test('n witnesses, q of them: f = ⌊(n−1)/3⌋ may lie', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 10, 13, 15].map(quorumOf)).toEqual([1, 2, 2, 3, 4, 4, 5, 7, 9, 10]);
    for (let n = 1; n <= 15; n++) {
      const liars = Math.floor((n - 1) / 3);
      // Two quorums share an honest witness, and the honest ones alone are a quorum.
      expect(2 * quorumOf(n) - n).toBeGreaterThan(liars);
      expect(quorumOf(n)).toBeLessThanOrEqual(n - liars);
    }
  });

  test('needs the quorum, counts each clinic once, and takes the time that a quorum vouches for', () => {
    expect(witnessed()).toEqual({ witnessed: false, by: [], needed: 3, time: undefined });
    expect(witnessed(cosign(a, checkpoint.note), cosign(b, checkpoint.note))).toMatchObject({
      witnessed: false,
      by: [a.id, b.id],
    });
    expect(witnessed(cosign(a, checkpoint.note, 1), cosign(a, checkpoint.note, 2), cosign(a, checkpoint.note, 3))).toMatchObject({
      witnessed: false,
      by: [a.id],
    });
    const all = witnessed(
      cosign(d, checkpoint.note, 1000),
      cosign(b, checkpoint.note, 40),
      cosign(c, checkpoint.note, 30),
      cosign(a, checkpoint.note, 20),
    );
    expect(all).toEqual({ witnessed: true, by: [a.id, b.id, c.id, d.id], needed: 3, time: 30 });
  });

  test('does not count strangers, cosignatures of another checkpoint, or altered times', () => {
    const other = checkpointOf(north, { ...head, size: 42 });
    const stranger = foundClinic('stranger');
    const altered = cosign(c, checkpoint.note).replace(/ (\S+)\n$/, (_, written: string) => {
      const bytes = fromBase64(written);
      bytes[11]! ^= 1;
      return ` ${toBase64(bytes)}\n`;
    });
    expect(witnessed(cosign(stranger, checkpoint.note), cosign(a, other.note), altered).by).toEqual([]);
  });

  test('does not count a cosignature under another name, nor the plain signature of a witness key', () => {
    const renamed = cosign(a, checkpoint.note).replace(witnessName(a.chain), witnessName(b.chain));
    const text = parseNote(checkpoint.note).text;
    const plain = noteLine(
      witnessName(a.chain),
      noteKeyId(hash, witnessName(a.chain), NOTE_ED25519, a.cosignKey.publicKey),
      sign(a.cosignKey, utf8(text)),
    );
    expect(witnessed(renamed, plain).by).toEqual([]);
    expect(
      cosignedAt(hash, verifySignature, parseNote(checkpoint.note + plain), witnessName(a.chain), a.cosignKey.publicKey),
    ).toBeUndefined();
  });

  test('keeps the hub’s signature valid beside the cosignatures', () => {
    expect(open(checkpoint.note + clinics.map((clinic) => cosign(clinic, checkpoint.note, MORNING / 1000)).join('')).size).toBe(
      41,
    );
  });
});

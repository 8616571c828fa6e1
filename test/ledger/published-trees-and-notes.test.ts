import { describe, expect, test } from 'vitest';
import { verifySignature } from '../../server/vault/primitives.ts';
import { fromBase64, fromHex, toBase64, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { CompactRange, leafHash, verifyConsistency, verifyInclusion } from '../../shared/ledger/merkle.ts';
import { noteKeyId, noteSignedBy, parseNote } from '../../shared/ledger/note.ts';
import { hash } from '../support/ledger-builder.ts';
import { hasSharedData, sharedJson, sharedText } from '../support/shared-data.ts';

interface InclusionCase {
  name: string;
  leafIdx: number;
  treeSize: number;
  root: string | null;
  leafHash: string | null;
  proof: string[] | null;
  wantErr: boolean;
}
interface ConsistencyCase {
  name: string;
  size1: number;
  size2: number;
  root1: string | null;
  root2: string | null;
  proof: string[] | null;
  wantErr: boolean;
}

const bytesOf = (written: string | null): Uint8Array => fromBase64(written ?? '');

/** A verifier key `name+id+base64(type ‖ key)` of C2SP signed-note, taken apart. */
function verifierKey(written: string): { name: string; id: string; type: number; key: Uint8Array } {
  const [name, id, ...rest] = written.split('+');
  const bytes = fromBase64(rest.join('+'));
  return { name: name as string, id: id as string, type: bytes[0] as number, key: bytes.slice(1) };
}

describe.runIf(hasSharedData)('published vectors, from ../shared/data/crypto', () => {
  test('inclusion proofs of transparency-dev/merkle', () => {
    const { cases } = sharedJson<{ cases: InclusionCase[] }>('crypto/merkle/inclusion.json');
    expect(cases.length).toBeGreaterThan(50);
    for (const each of cases) {
      const claim = {
        leaf: bytesOf(each.leafHash),
        index: each.leafIdx,
        size: each.treeSize,
        root: bytesOf(each.root),
        proof: (each.proof ?? []).map(bytesOf),
      };
      expect(verifyInclusion(hash, claim), each.name).toBe(!each.wantErr);
    }
  });

  test('consistency proofs of transparency-dev/merkle', () => {
    const { cases } = sharedJson<{ cases: ConsistencyCase[] }>('crypto/merkle/consistency.json');
    expect(cases.length).toBeGreaterThan(50);
    for (const each of cases) {
      const claim = {
        oldSize: each.size1,
        newSize: each.size2,
        oldRoot: bytesOf(each.root1),
        newRoot: bytesOf(each.root2),
        proof: (each.proof ?? []).map(bytesOf),
      };
      expect(verifyConsistency(hash, claim), each.name).toBe(!each.wantErr);
    }
  });

  test('leaf hashes and roots of 0 to 8 leaves', () => {
    const { leaves, leafHashes, roots } = sharedJson<{ leaves: string[]; leafHashes: string[]; roots: Record<string, string> }>(
      'crypto/merkle/roots-0-8.json',
    );
    const range = new CompactRange(hash);
    for (let size = 0; size <= leaves.length; size++) {
      expect(toHex(range.root())).toBe(roots[size]);
      if (size === leaves.length) break;
      const leaf = leafHash(hash, fromHex(leaves[size] as string));
      expect(toHex(leaf)).toBe(leafHashes[size]);
      range.append(leaf);
    }
  });

  test('a real log: entries, leaf hashes, and the signed checkpoint of each size', () => {
    const log = sharedJson<{ vkey: string; entries: string[]; leafHashes: string[]; checkpoints: Record<string, string> }>(
      'crypto/tlog/tessera-log.json',
    );
    const { name, id, type, key } = verifierKey(log.vkey);
    expect(toHex(noteKeyId(hash, name, type, key))).toBe(id);
    const range = new CompactRange(hash);
    for (let size = 0; size <= log.entries.length; size++) {
      const note = parseNote(log.checkpoints[size] as string);
      expect(noteSignedBy(hash, verifySignature, note, name, key)).toBe(true);
      expect(note.text).toBe(`${name}\n${size}\n${toBase64(range.root())}\n`);
      if (size === log.entries.length) break;
      const leaf = leafHash(hash, utf8(log.entries[size] as string));
      expect(toHex(leaf)).toBe(log.leafHashes[size]);
      range.append(leaf);
    }
  });

  test('the examples of C2SP are read, and the one that comes with its key verifies', () => {
    const keys = sharedJson<Record<string, string | null>>('crypto/tlog/vkeys.json');
    for (const [file, written] of Object.entries(keys)) {
      const note = parseNote(sharedText(`crypto/tlog/${file}`));
      expect(note.signatures.length).toBeGreaterThan(0);
      if (written === null) continue;
      const { name, id, type, key } = verifierKey(written);
      expect(toHex(noteKeyId(hash, name, type, key))).toBe(id);
      expect(noteSignedBy(hash, verifySignature, note, name, key)).toBe(true);
      expect(noteSignedBy(hash, verifySignature, { ...note, text: `${note.text}x\n` }, name, key)).toBe(false);
      expect(noteSignedBy(hash, verifySignature, note, `${name}2`, key)).toBe(false);
    }
    expect(parseNote(sharedText('crypto/tlog/c2sp-cosigned-checkpoint-example.txt')).signatures).toHaveLength(2);
  });
});

test('the signed note of the C2SP specification verifies, in a clone without the data too', () => {
  const written =
    'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
  const { name, id, type, key } = verifierKey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
  expect(toHex(noteKeyId(hash, name, type, key))).toBe(id);
  expect(noteSignedBy(hash, verifySignature, parseNote(written), name, key)).toBe(true);
  expect(noteSignedBy(hash, verifySignature, parseNote(written.replace('example m', 'exemplary m')), name, key)).toBe(false);
});

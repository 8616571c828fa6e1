/** What hubs sign that lie or were restored, for wire-1.json. */
import { sign } from '../../server/vault/primitives.ts';
import { compareBytes, toBase64, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { makeEvidence, writeEvidence } from '../../shared/sync/evidence.ts';
import { signNewest } from '../../shared/sync/newest.ts';
import { signRestoration } from '../../shared/sync/restoration.ts';
import { signReceipt } from '../../shared/sync/submission.ts';
import { act, bytesFor, checkpointOf, foundRegion, hash, MORNING, signingKeyFor, type TestClinic, TestDevice } from '../support/ledger-builder.ts';

type Founded = ReturnType<typeof foundRegion>;

/** What a lying hub and a copied device sign, and the files that show it. */
export function evidenceVectors(founded: Founded, clinic: TestClinic) {
  const { region, hubKey } = founded;
  const genesis = toBase64(region.bytes);
  const face = (label: string) => checkpointOf(founded, { size: 3, root: bytesFor(`${label} root`), effects: bytesFor('effects') }).note;
  const larger = checkpointOf(founded, { size: 7, root: bytesFor('a root'), effects: bytesFor('effects') }).note;
  const seen = hash(utf8(larger.slice(0, larger.indexOf('\n\n') + 1)));
  const statement = signNewest({ region: region.id, seen, size: 3, time: MORNING }, (message) => sign(hubKey, message));
  // The hub has acknowledged this device's blocks up to position 5, was shown that, and says that its ledger has 3.
  const run = { device: clinic.desk.key.publicKey, epoch: bytesFor('an epoch', 8), height: 4, block: bytesFor('a block'), index: 5, time: MORNING };
  const receipt = signReceipt({ region: region.id, ...run }, (message) => sign(hubKey, message));
  const withheld = signNewest({ region: region.id, seen: hash(receipt), size: 3, time: MORNING }, (message) => sign(hubKey, message));
  const copied = new TestDevice(clinic.chain, signingKeyFor('A copied device'), bytesFor('A copied epoch', 8));
  const blocks = [1, 2].map((count) => copied.seal({ events: [act(clinic, 'access.sealed', { root: bytesFor('lines'), count }, { author: copied.key.publicKey })] }));
  blocks.sort((a, b) => compareBytes(blockHash(hash, a), blockHash(hash, b)));
  const [first, second] = [face('one'), face('another')].sort() as [string, string];
  const [a, b] = blocks.map(toBase64) as [string, string];
  return {
    statement: { seen: toHex(seen), size: 3, time: MORNING, bytes: toHex(statement) },
    files: [
      makeEvidence('split-view', { genesis, checkpoints: [first, second] }),
      makeEvidence('rollback', { genesis, checkpoint: larger, statement: toBase64(statement) }),
      makeEvidence('withheld', { genesis, receipt: toBase64(receipt), statement: toBase64(withheld) }),
      makeEvidence('equivocation', { blocks: [a, b] }),
    ].map(writeEvidence),
  };
}

/** What a hub says that was restored and has gone on. */
export function restorationVector({ region, hubKey }: Founded) {
  const statement = { region: region.id, began: MORNING, restored: 3, phase: 'resumed', size: 4, known: 7 } as const;
  return { ...statement, region: toHex(region.id), bytes: toHex(signRestoration(statement, (message) => sign(hubKey, message))) };
}

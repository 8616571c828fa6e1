import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { openBlock } from '../../shared/ledger/block.ts';
import { openCheckpoint, witnessing } from '../../shared/ledger/checkpoint.ts';
import { openGenesis } from '../../shared/ledger/founding.ts';
import { PolicyBook } from '../../shared/ledger/policy-book.ts';
import { verifyReceipt } from '../../shared/ledger/receipt.ts';
import { readEvidence } from '../../shared/sync/evidence.ts';
import { openNewest } from '../../shared/sync/newest.ts';
import { openRestoration } from '../../shared/sync/restoration.ts';
import { heldBy, openReceipt } from '../../shared/sync/submission.ts';
import { readInvitation } from '../../shared/sync/wire.ts';
import { judgeEvidence } from '../../server/sync/evidence/judge-evidence.ts';
import { openMessage } from '../../server/vault/messages.ts';
import { agreementKeyFromSecret, sealingKey, sha256, signingKeyFromSeed, verifySignature } from '../../server/vault/primitives.ts';
import { commitmentOf, openDocument } from '../../server/vault/sealing.ts';
import { everyRule, hash, MemoryLedger } from '../support/ledger-builder.ts';
import { wireVectors } from './generate-wire-1.ts';

const frozen = JSON.parse(readFileSync(new URL('wire-1.json', import.meta.url), 'utf8')) as ReturnType<typeof wireVectors>;
const bytes = fromHex;
const region = openGenesis(hash, verifySignature, bytes(frozen.genesis.bytes), bytes(frozen.genesis.region));

test('the program still writes wire version 1 byte for byte', () => {
  expect(JSON.parse(JSON.stringify(wireVectors()))).toEqual(frozen);
});

test('every event type of the rules is there', () => {
  const types = new Set(frozen.blocks.flatMap(({ events }) => events.map(({ type }) => type)));
  expect([...types].sort()).toEqual(frozen.eventTypes);
});

describe('the frozen bytes, read by the program of today', () => {
  test('keys come from their seeds', () => {
    for (const { seed, publicKey } of frozen.keys.ed25519) expect(toHex(signingKeyFromSeed(bytes(seed)).publicKey)).toBe(publicKey);
    for (const { secret, publicKey } of frozen.keys.x25519) expect(toHex(agreementKeyFromSecret(bytes(secret)).publicKey)).toBe(publicKey);
  });

  test('blocks are admitted and judged as frozen, to the same root, effects and rows', () => {
    const ledger = new MemoryLedger(region);
    expect([...ledger.rows.keys()].sort()).toEqual(frozen.genesisRows.map(({ key }) => key));
    for (const { sealed, events, root, effects } of frozen.blocks) {
      const judged = ledger.append(bytes(sealed)).flat();
      expect(judged.map(({ verdict, reason }) => (reason ? `${verdict}: ${reason}` : verdict))).toEqual(events.map(({ verdict }) => verdict));
      expect([toHex(ledger.head.root), toHex(ledger.head.effects)]).toEqual([root, effects]);
      const { block } = openBlock(bytes(sealed));
      for (const [at, { message, signature }] of events.entries()) {
        if (signature) expect(verifySignature(bytes(events[at]!.author), bytes(message), bytes(signature))).toBe(true);
        expect(toHex(block.events[at]!.event)).toBe(events[at]!.event);
      }
    }
    expect(frozen.state.rows).toEqual([...ledger.rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value: toHex(value) })));
  });

  test('checkpoint, cosignature and receipts hold', () => {
    const { note, cosignature, cosignedAt } = frozen.checkpoint;
    const opened = openCheckpoint(hash, verifySignature, region.id, region.genesis.hubKey, note + cosignature);
    expect(toHex(opened.root)).toBe(frozen.blocks.at(-1)!.root);
    expect(witnessing(hash, verifySignature, note + cosignature, region.genesis.witnesses)).toMatchObject({ witnessed: true, time: cosignedAt });
    expect(verifyReceipt(hash, verifySignature, frozen.receipt)).toMatchObject({ witnessed: true, personallySigned: true, contentHash: frozen.commitment.contentHash });
    const receipt = openReceipt(verifySignature, region.genesis.hubKey, bytes(frozen.submissionReceipt.bytes));
    const { submission, index } = frozen.submissionReceipt;
    expect([toHex(receipt.block), receipt.index]).toEqual([frozen.blocks[index]!.hash, index]);
    const blocks = submission.map((name) => {
      const { sealed } = frozen.blocks.find((block) => block.hash === name)!;
      return { hash: bytes(name), block: openBlock(bytes(sealed)).block };
    });
    // It holds for all of them, the last first.
    expect(heldBy(receipt, region.id, blocks)).toEqual([2, 1, 0]);
  });

  test('the quorum’s acts follow the genesis, one after the other', () => {
    const book = new PolicyBook(region);
    const institute = toHex(bytes(frozen.secondFounding.chain));
    for (const [at, { type, body }] of frozen.policies.entries())
      book.prove(verifySignature, { position: 10 + at, event: 0, chain: institute, type, body: bytes(body) });
    expect(book.all.map(({ size, sequence, rules }) => [size, sequence, rules])).toEqual([[0, 0, 1], [11, 1, 1], [12, 2, 1], [13, 3, 2]]);
    expect(book.current.witnesses.map(({ kind, name }) => name || kind)).toEqual(['clinic', 'clinic', 'witness.example/1']);
    expect(toHex(book.current.activeHubKey)).toBe(frozen.keys.ed25519.find(({ name }) => name === 'vectors hub 2')!.publicKey);
  });

  test('evidence is judged as it was written', async () => {
    const { statement, files } = frozen.evidence;
    const opened = openNewest(verifySignature, region.genesis.hubKey, bytes(statement.bytes));
    expect([toHex(opened.seen), opened.size, opened.time]).toEqual([statement.seen, statement.size, statement.time]);
    const kinds: string[] = [];
    for (const file of files) kinds.push((await judgeEvidence({ hash, verify: verifySignature, rules: everyRule }, readEvidence(file))).kind);
    expect(kinds).toEqual(['split-view', 'rollback', 'withheld', 'equivocation']);
  });

  test('a restored hub’s word is read', () => {
    const { bytes: signed, region: id, ...statement } = frozen.restoration;
    const opened = openRestoration(verifySignature, region.genesis.hubKey, bytes(signed));
    expect({ ...opened, region: toHex(opened.region) }).toEqual({ ...statement, region: id });
  });

  test('the invitation is read', () => {
    expect(toHex(readInvitation(frozen.invitation.text).region)).toBe(frozen.genesis.region);
  });

  test('the document opens, and is what the event committed to', () => {
    const { handle, recordId, version, sealed, envelope, name } = frozen.document;
    const { compartmentKey, wrap } = frozen.wrap;
    const place = { handle: bytes(handle), recordId: bytes(recordId), version };
    const opened = openDocument({ ...place, sealed: bytes(sealed), wrap: bytes(wrap) }, () => sealingKey(bytes(compartmentKey)));
    expect(opened).toMatchObject({ kind: envelope.kind, meta: envelope.meta, time: envelope.time });
    expect(toHex(opened.content)).toBe(envelope.content);
    expect(toHex(sha256(bytes(sealed)))).toBe(name);
    expect(toHex(commitmentOf(opened))).toBe(frozen.commitment.commitment);
  });

  test('the message opens for its recipient, from its sender', () => {
    const { kind, sender, recipient, associatedData, plaintext, bytes: message } = frozen.message;
    const keyOf = (name: string) => frozen.keys.x25519.find((key) => key.name === name)!;
    const parties = { kind, senderChain: bytes(frozen.founding.chain), recipientChain: bytes(frozen.secondFounding.chain), context: bytes(associatedData) };
    const opened = openMessage(bytes(message), parties, bytes(keyOf(sender).publicKey), () => agreementKeyFromSecret(bytes(keyOf(recipient).secret)));
    expect(toHex(opened)).toBe(plaintext);
    expect(opened).toEqual(utf8('for the institute alone'));
  });
});

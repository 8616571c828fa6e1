/**
 * Ways to break the program on purpose: a harness that cannot fail is worthless. Each takes one line out of the real sources as
 * they are loaded, and names the invariants by which the simulation must notice.
 */
import { type Edit, editSources } from '../support/broken-source.ts';

interface Breakage extends Edit {
  readonly noticedBy: RegExp;
  /** Who lies while it is tried. */
  readonly liar: string;
  /** The seed to begin with, where the first ones do not come to it: it only saves time. */
  readonly from?: number;
  /** The world that it is tried in; the seeds of those that name none are of the first. */
  readonly world?: 2 | 3 | 5 | 6;
}

export const BREAKAGES: Readonly<Record<string, Breakage>> = {
  'a replica that does not compare what it has with the checkpoint': {
    file: 'server/sync/replica.ts',
    find: 'if (!equalBytes(this.#head.range.root(), target.root) || !equalBytes(this.#head.effects, target.effects)) {',
    replace: 'if (target.size < 0) {',
    noticedBy: /^the liar is caught$/,
    liar: 'wrong effects',
    from: 13,
  },
  'a replica that overlooks that the hub went back': {
    file: 'server/sync/replica.ts',
    find: 'if (target.size < Math.max(this.provedSize, last?.size ?? 0))',
    replace: 'if (last && target.size < last.size) return last;\n    if (target.size < 0)',
    noticedBy: /^the liar is caught$/,
    liar: 'rollback',
  },
  'a desk that keeps nothing that shows two histories': {
    file: 'server/sync/evidence/gather-evidence.ts',
    find: 'for (const find of [contradiction, badBlock, badResult]) {',
    replace: 'for (const find of contradiction.length < 0 ? [contradiction] : [badBlock, badResult]) {',
    noticedBy: /^the liar is caught$/,
    liar: 'forked hub',
    from: 149,
  },
  'a desk that waits for a hub that has gone on without its blocks': {
    file: 'server/sync/evidence/restored-hub.ts',
    find: "if (statement.phase === 'resumed') throw hubLacks(",
    replace: 'if (statement.began < 0) throw hubLacks(',
    noticedBy: /^all catch up$/,
    liar: 'forked hub',
    from: 149,
  },
  'a desk that takes any document for the one it asked for': {
    file: 'server/sync/download/fetch-relayed.ts',
    find: 'if (!equalBytes(hash(row.sealed), row.name))',
    replace: 'if (row.name.length !== 32)',
    noticedBy: /^the liar is caught$/,
    liar: 'document under another name',
  },
  'a desk that takes any receipt for its own': {
    file: 'server/sync/transfer.ts',
    find: 'for (const at of heldBy(receipt, transfer.region.id, submission)) receipts.set(at, bytes);',
    replace: 'for (const at of submission.keys()) receipts.set(at, receipt.region.length === 32 ? bytes : answer.receipts);',
    noticedBy: /^(?:the liar is caught|acknowledged stays)$/,
    liar: 'receipt for another block',
  },
  'a desk that says saved and saves nothing': {
    file: 'server/sync/clinic-ledger.ts',
    find: '} else await writeActOnce(database, act);',
    replace: '} else if (act.blocks.length > 0) await writeActOnce(database, { ...act, blocks: [] });',
    noticedBy: /^(?:saved stays|pending acts count|no surprise)$/,
    liar: 'nobody',
  },
  'a desk that forgets on a restart what waits': {
    file: 'server/sync/own-acts/lay-pending.ts',
    find: 'return { rows: new Map([...base, ...changes]), blocks, ground, settled };',
    replace: 'return { rows: new Map(changes.size < 0 ? changes : base), blocks, ground, settled };',
    noticedBy: /^pending acts count$/,
    liar: 'nobody',
  },
  'a desk that writes each act twice': {
    file: 'server/sync/clinic-ledger.ts',
    find: 'const portions = portion(write.events ?? []);',
    replace: 'const portions = portion([...(write.events ?? []), ...(write.events ?? [])]);',
    noticedBy: /^never doubled$/,
    liar: 'nobody',
  },
  'a desk whose mail stops at a closed compartment': {
    file: 'server/sync/download/fetch-relayed.ts',
    find: "if (asFailure(error).code !== 'relay.not-available') throw error;",
    replace: 'throw asFailure(error);',
    noticedBy: /^all catch up$/,
    liar: 'nobody',
    from: 11,
  },
  'one cosignature that counts as a quorum': {
    file: 'shared/ledger/checkpoint.ts',
    find: 'const needed = quorumOf(witnesses.length);',
    replace: 'const needed = Math.min(1, quorumOf(witnesses.length));',
    noticedBy: /^witnessed means it$/,
    liar: 'nobody',
  },
  'a hub that acknowledges before it has stored': {
    file: 'server/hub/sequencer/sequencer.ts',
    find: 'if (entered.length > 0) await this.#store(page, placed);',
    replace: 'if (entered.length > 0) void this.#store(page, placed).catch(() => undefined);',
    noticedBy: /^(?:acknowledged stays|one ledger|no surprise)$/,
    liar: 'nobody',
    from: 33,
  },
  'a hub that serves documents without a grant': {
    file: 'server/hub/relay/relay.ts',
    find: 'if (!served) throw NOT_AVAILABLE;',
    replace: 'if (!served && after < 0) throw NOT_AVAILABLE;',
    noticedBy: /^only consented keys$/,
    liar: 'nobody',
  },
  'a hub that gives mail to everybody': {
    file: 'server/hub/relay/relay.store.ts',
    find: "const IN_MAILBOX = 'recipient_chain = ?1 AND",
    replace: "const IN_MAILBOX = '(recipient_chain = ?1 OR true) AND",
    noticedBy: /^only consented keys$/,
    liar: 'nobody',
  },
  'a rule that forgets a withdrawal': {
    file: 'shared/consent/consent-rules.ts',
    find: '{ ...grant, withdrawn: true }',
    replace: '{ ...grant, withdrawn: false }',
    noticedBy: /^(?:one ledger|pending acts count)$/,
    liar: 'nobody',
  },
  'a replica that keeps what was erased': {
    file: 'server/sync/erased.store.ts',
    find: 'DELETE FROM document WHERE handle IN',
    replace: 'DELETE FROM document WHERE uploaded < 0 AND handle IN',
    noticedBy: /^erased stays erased$/,
    liar: 'nobody',
    world: 2,
  },
  'a hub that keeps what was erased': {
    file: 'server/hub/relay/erasure.store.ts',
    find: "await transaction.run('DELETE FROM document WHERE handle = ?', handle);",
    replace: "await transaction.run('DELETE FROM document WHERE sequence < 0 AND handle = ?', handle);",
    noticedBy: /^erased stays erased$/,
    liar: 'nobody',
    world: 2,
  },
  'a second desk that never reads a name again': {
    file: 'server/consent/arrived-records.ts',
    find: "const passed = isNameless && grant.category === 'identity' ? new Set<string>() : charted;",
    replace: 'const passed = isNameless || grant.handle.length > 0 ? charted : new Set<string>();',
    noticedBy: /^(?:both desks show the same|what is shared arrives)$/,
    liar: 'nobody',
    world: 3,
  },
  'a desk that leaves what only the mail of a revoked one brought': {
    file: 'server/consent/take-over.ts',
    find: 'if (first !== toHex(device) ||',
    replace: 'if (first !== toHex(device) || devices.length > 0 ||',
    noticedBy: /^consents are the ledger’s$/,
    liar: 'nobody',
    from: 15,
    world: 5,
  },
  'a desk that waits for documents that a revoked one never sent': {
    file: 'server/sync/clinic-mail/clinic-mail-receiving.ts',
    find: '(await openSenders(context.reader, [first.senderDevice])).length === 0) return true;',
    replace: '(await openSenders(context.reader, [first.senderDevice])).length < 0) return true;',
    noticedBy: /^(?:saved stays|consents are the ledger’s)$/,
    liar: 'nobody',
    from: 40,
    world: 5,
  },
  'a second version of the rules that is not kept': {
    file: 'shared/kiosk/desk-rules.ts',
    find: "device.kind !== 'workstation'",
    replace: "device.kind === 'gateway'",
    noticedBy: /^one ledger$/,
    liar: 'nobody',
    world: 6,
  },
  'a replica that goes on by the first version of the rules': {
    file: 'server/sync/replica.ts',
    find: 'rules: () => rules.at(this.policies.current.rules),',
    replace: 'rules: () => rules.at(1),',
    noticedBy: /^(?:one ledger|no false alarm)$/,
    liar: 'nobody',
    world: 6,
  },
  'a rule that looks at the clock': {
    file: 'shared/records/record-rules.ts',
    find: 'const newest = readRow(view, key, recordRow);',
    replace: "const newest = readRow(view, key, recordRow); if (Date.now() < 0) return disputed('early');",
    noticedBy: /^nothing from outside$/,
    liar: 'nobody',
  },
};

/** From now on the file is loaded broken. @throws {RangeError} when there is no such breakage. */
export function breakOnPurpose(name: string): void {
  const breakage = BREAKAGES[name];
  if (!breakage) throw new RangeError(`There is no breakage "${name}". There are: ${Object.keys(BREAKAGES).join('; ')}.`);
  editSources([breakage]);
}

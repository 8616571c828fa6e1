/** Points at which a region dies: two clinics and their hub. */
import { after, before, type Point } from './point.ts';

const LEDGER = 'server/sync/clinic-ledger.ts';
const TRANSFER = 'server/sync/transfer.ts';
const FETCH = 'server/sync/download/fetch-relayed.ts';

export const REGION_POINTS: Readonly<Record<string, Point>> = {
  // --- A region: uploading, folding, auditing, cosigning ------------------------------------------------------------
  'sync: documents at the hub, not marked': {
    life: 'region',
    act: 'patient',
    edit: after(TRANSFER, "await hub.ask('PutDocuments', { documents });"),
  },
  'sync: mail at the hub, not marked': {
    life: 'region',
    act: 'share',
    edit: after(TRANSFER, "await hub.ask('SendMessages', { messages });"),
  },
  'sync: withdrawals told, not marked': {
    life: 'region',
    act: 'withdraw',
    edit: after(TRANSFER, "await hub.ask('WithdrawMessages', { ids: ids.map(hex) });"),
  },
  'sync: blocks at the hub, receipts not kept': {
    life: 'region',
    act: 'patient',
    edit: before(TRANSFER, 'await database.write((transaction) => markReceipts(transaction, receipts));'),
  },
  'sync: mail fetched, not stored': {
    life: 'region',
    act: 'share',
    edit: before(FETCH, 'await database.write((transaction) => addIncomingMessages(transaction, rows));'),
  },
  'sync: documents fetched, not stored': {
    life: 'region',
    act: 'share',
    edit: before(FETCH, 'await database.write((transaction) => addFetchedDocuments('),
  },
  'fold: page written, own blocks not settled': {
    life: 'region',
    act: 'patient',
    edit: before(LEDGER, 'const { settled, learned } = await settleOwn('),
  },
  'fold: page durable, not known in memory': {
    life: 'region',
    act: 'patient',
    edit: before(LEDGER, 'await this.#settleAt(next, ground);\n      if (erased.length > 0'),
  },
  'audit: checked, not remembered': {
    life: 'region',
    act: 'patient',
    edit: before('server/sync/download/audit.ts', 'if (inFlight.length === 0 || oldest.end %'),
  },
  'cosign: remembered, not signed': {
    life: 'region',
    act: 'patient',
    atOnce: true,
    edit: before('server/sync/witness/cosigning.ts', 'const line = cosignatureLine('),
  },
  'cosign: at the hub, not known here': {
    life: 'region',
    act: 'patient',
    atOnce: true,
    edit: before('server/sync/witness/cosigning.ts', 'this.#last = { size: checkpoint.size, at: clock() };'),
  },

  // --- The hub ------------------------------------------------------------------------------------------------------
  'hub: page stored, checkpoint not signed': {
    life: 'region',
    act: 'patient',
    edit: before('server/hub/sequencer/sequencer.ts', 'for (const act of page.acts ?? []) policies.apply(act);'),
  },
  'hub: checkpoint signed, nobody answered': {
    life: 'region',
    act: 'patient',
    edit: before('server/hub/sequencer/sequencer.ts', '// The next group does not wait for the answers of this one.'),
  },
  'hub: cosignature stored, not shown': {
    life: 'region',
    act: 'patient',
    atOnce: true,
    edit: before('server/hub/sequencer/cosignatures.ts', 'const now = this.#recent.get(size) ?? note;'),
  },
  'hub: tiles written, their checkpoint not': {
    life: 'region',
    act: 'tiles',
    edit: before('server/ledger/tile-folder.ts', 'await writeFileDurably(join(folder, CHECKPOINT_FILE), utf8(note));'),
  },
  'rotate: key in the ledger, key file not moved on': {
    life: 'region',
    act: 'rotate',
    edit: before('server/hub/sequencer/sequencer.ts', 'await onHubKey?.call(this.#options, next);'),
  },
  'rotate: key file moved on, checkpoint under the new key not signed': {
    life: 'region',
    act: 'rotate',
    edit: after('server/hub/sequencer/sequencer.ts', 'this.#hubKey = next;'),
  },

  // --- Grants, withdrawals, erasure beyond one desk -----------------------------------------------------------------
  'grant: its keys kept, consent not written': {
    life: 'region',
    act: 'share',
    edit: after(
      'server/consent/give-consent.ts',
      'await keepGrants(context.keyStore, new Map(parted.map(({ grant, held }) => [grant.grant, held])));',
    ),
  },
  'grant: keys taken by the recipient, message not handled': {
    life: 'region',
    act: 'share',
    edit: after('server/consent/receive-grants.ts', 'await takeKeys(parts, id, held);'),
  },
  'withdraw: new epoch begun, nothing withdrawn': {
    life: 'region',
    act: 'withdraw',
    edit: before('server/consent/withdraw-consent.ts', 'const renewal = await renewKeys(parts, new Set(ending));'),
  },
  'withdraw: withdrawn, its keys still kept': {
    life: 'region',
    act: 'withdraw',
    edit: before('server/consent/withdraw-consent.ts', 'await keepGrants(context.keyStore, renewal.held);'),
  },
  'purge: keys destroyed, chart and documents still here': {
    life: 'region',
    act: 'withdraw',
    edit: after('server/consent/purge-grants.ts', 'await context.keyStore.destroyCompartmentKeys(handles);'),
  },
  'purge: done, the grant not dropped': {
    life: 'region',
    act: 'withdraw',
    edit: before('server/consent/purge-grants.ts', 'await dropGrants(context.keyStore, [...over.keys()]);'),
  },
  'purge: done, the ledger not told': {
    life: 'region',
    act: 'withdraw',
    edit: before('server/consent/purge-grants.ts', 'const purged = due.map('),
  },
  "erase: tombstone on another clinic's replica, bytes still in its log": {
    life: 'region',
    act: 'erase',
    edit: {
      file: LEDGER,
      find: 'if (erased.length > 0 || this.#isScrubDue) await this.#scrub();\n      return head;',
      replace:
        'if (erased.length > 0) globalThis.crash?.passes();\n      if (erased.length > 0 || this.#isScrubDue) await this.#scrub();\n      return head;',
    },
  },
  'erase: tombstone at the hub, bytes still in its log': {
    life: 'region',
    act: 'erase',
    edit: {
      file: 'server/hub/hub.ts',
      find: 'if (mayEndLinks(changes)) void this.relay.scrub();',
      replace: 'if (mayEndLinks(changes)) { globalThis.crash?.passes(); void this.relay.scrub(); }',
    },
  },
};

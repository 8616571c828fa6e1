/**
 * The named points: each a real place between two effects of the program, as a line of its source in front of which (or behind which)
 * the process ends. A line that does not stand exactly once in its file any more is refused when the file is loaded.
 */
import type { Edit } from './task.ts';

export interface Point {
  readonly life: string;
  /** What the process does when it is killed there; none: it is killed while it opens. */
  readonly act?: string;
  /** Opening counts as well. */
  readonly atOnce?: boolean;
  readonly edit: Edit;
  /** Killed in the middle of what the line begins, up to so many milliseconds later. */
  readonly within?: number;
}

const before = (file: string, find: string): Edit => ({ file, find, replace: `globalThis.crash?.passes();\n${find}` });
const after = (file: string, find: string): Edit => ({ file, find, replace: `${find}\nglobalThis.crash?.passes();` });
const during = (file: string, find: string): Edit => ({ file, find, replace: `(globalThis.crash?.soon(), ${find})` });

const LEDGER = 'server/sync/clinic-ledger.ts';
const BACKUP = 'server/workstation/backup/make-backup.ts';
const BACKUP_FILES = 'server/workstation/backup/backup-files.ts';
const RESTORE = 'server/workstation/backup/restore.ts';
const FIRST_RUN = 'server/workstation/first-run.ts';
const INSTALLATION = 'server/workstation/installation.ts';
const TRANSFER = 'server/sync/transfer.ts';
const KEYS = 'server/vault/unlocked-key-store.ts';

export const POINTS: Readonly<Record<string, Point>> = {
  // --- One act ------------------------------------------------------------------------------------------------------
  'act: nothing but the mark under way': {
    life: 'desk',
    act: 'record',
    edit: after(LEDGER, 'const marking = this.#mark(portions.length);'),
  },
  'act: mark durable, block signed, nothing stored': { life: 'desk', act: 'record', edit: before(LEDGER, 'const act: Act = {') },
  'act: in the middle of its commit': {
    life: 'desk',
    act: 'record',
    edit: during('server/sync/act.store.ts', 'database.writeOnce(INSERT, parametersOf(act))'),
    within: 3,
  },
  'act: stored, not acknowledged': {
    life: 'desk',
    act: 'record',
    edit: before(LEDGER, 'for (const key of keys) this.#ground.add(key);'),
  },
  'seal: compartment keys durable, nothing sealed under them': {
    life: 'desk',
    act: 'patient',
    edit: before(KEYS, 'for (const { handle, epoch, key } of entries) {'),
  },
  'seal: sealed, not handed to the ledger': {
    life: 'desk',
    act: 'amend',
    edit: before('server/records/put-queue.ts', 'await this.#context.gateway.commit({'),
  },
  'seal: stored, chart in memory not told': {
    life: 'desk',
    act: 'amend',
    edit: before('server/records/put-queue.ts', 'if (changed.length > 0) await this.#patients.applied(changed);'),
  },
  'draft: sealed, not stored': {
    life: 'desk',
    act: 'draft',
    edit: before('server/records/drafts.ts', 'await this.#context.gateway.commit({ rows: [row] });\n    return draft;'),
  },
  'draft: stored, not acknowledged': {
    life: 'desk',
    act: 'draft',
    edit: before('server/records/drafts.ts', 'return draft;'),
  },
  'note: try of the passphrase counted, not forgiven': {
    life: 'desk',
    act: 'note',
    edit: before(
      'server/vault/key-store.ts',
      'await this.#database.write((transaction) => noteTries(transaction, staff, 0, 0));',
    ),
  },
  'note: confirmed, not signed': {
    life: 'desk',
    act: 'note',
    edit: after('server/telemedicine/telemedicine.ts', 'await context.keyStore.confirm(passphrase);'),
  },
  'import: job begun, nothing read': {
    life: 'desk',
    act: 'import',
    edit: before('server/records/import-jobs.ts', 'this.#failed.delete(job.id);'),
  },
  'import: batch stored, job in memory not told': {
    life: 'desk',
    act: 'import',
    edit: before('server/records/import-jobs.ts', 'this.#tell(running, after);'),
  },
  'import: everything in, not settled': {
    life: 'desk',
    act: 'import',
    edit: before('server/records/import-jobs.ts', 'const missing = await this.#records.sources.missing('),
  },

  // --- People and keys ----------------------------------------------------------------------------------------------
  'passphrase: new slot stored, old one still on the disk': {
    life: 'desk',
    act: 'passphrase',
    edit: before(KEYS, 'await checkpointAfterErasure(this.#database);\n  }\n\n  /** Somebody left.'),
  },
  'staff: leaves by the ledger, slot still here': {
    life: 'desk',
    act: 'leave',
    edit: before('server/staff/people.ts', 'await keyStore.removeSlot(fromHex(id)).catch('),
  },
  'staff: enrolled, slot still marked as begun': {
    life: 'desk',
    act: 'staff',
    edit: before('server/staff/people.ts', 'await context.keyStore.destroyKeys(ENROLLING, [id]);'),
  },
  'lock: access lines anchored, vault not told to end': {
    life: 'desk',
    act: 'lock',
    edit: before('server/access/access.ts', 'this.#anchored = count;'),
  },
  'unlock: ledger open, nobody in yet': {
    life: 'desk',
    edit: after('server/vault/key-store.ts', 'const inside = await this.#try(staff, passphrase, secret);'),
  },
  'staff: slot made, enrolment not written': {
    life: 'desk',
    act: 'staff',
    edit: before('server/staff/people.ts', 'try {\n      await context.gateway.commit({'),
  },

  // --- Erasure ------------------------------------------------------------------------------------------------------
  'erase: tombstones stored, bytes still in the log': {
    life: 'desk',
    act: 'erase',
    edit: before(LEDGER, 'await checkpointAfterErasure(this.#options.database);'),
  },
  'erase: tombstones stored, keys still here': {
    life: 'desk',
    act: 'erase',
    edit: before('server/erasure/erase.ts', 'records.forget(patient.id);'),
  },
  'erase: keys removed, still in the log of the key file': {
    life: 'desk',
    act: 'erase',
    edit: before(KEYS, 'await checkpointAfterErasure(this.#database);\n    return removed;\n  }\n\n  /** The clinic'),
  },
  'erase: keys destroyed, not confirmed on the ledger': {
    life: 'desk',
    act: 'erase',
    edit: after('server/erasure/purge-erased.ts', 'await context.hooks.keysDestroyed();'),
  },

  // --- Backups, restores, recovery, a first run -----------------------------------------------------------------------
  'backup: databases copied, not in the list': {
    life: 'desk',
    act: 'backup',
    edit: before(BACKUP, 'await this.#list.change((list) => ({ ...list, backups: [...list.backups, known] }));'),
  },
  'backup: list written beside its place': {
    life: 'desk',
    act: 'backup',
    edit: before('server/storage/durable-file.ts', 'await rename(temporary, path);'),
  },
  'backup: in the list, nothing sealed': {
    life: 'desk',
    act: 'backup',
    edit: before(BACKUP, 'for (const { name, bytes: size } of work.files) {'),
  },
  'backup: a piece sealed': { life: 'desk', act: 'backup', edit: before(BACKUP_FILES, 'index += 1;') },
  'backup: all of it there, name not final': {
    life: 'desk',
    act: 'backup',
    edit: before(BACKUP_FILES, 'await rename(partial, folder).catch('),
  },
  'backup: name final, list says it is being written': {
    life: 'desk',
    act: 'backup',
    edit: before(BACKUP, 'await this.#list.change((list) => ({\n      ...list,\n      backups: list.backups.map('),
  },
  'backup: written, copies still here': {
    life: 'desk',
    act: 'backup',
    edit: before(BACKUP, 'await this.removeCopies();\n  }\n\n  async #header'),
  },
  'backup: opened in a clean place, not called good yet': {
    life: 'desk',
    act: 'backup',
    edit: before(
      'server/workstation/backup/backups.ts',
      "await this.list.changeBackup(id, { state: 'good', checkedAt, counts });",
    ),
  },
  'restore: unpacked, not checked': {
    life: 'desk',
    act: 'restore',
    edit: before(RESTORE, "options.onProgress('checking', 0, 0);"),
  },
  "restore: key file made this machine's": {
    life: 'desk',
    act: 'restore',
    edit: before(RESTORE, 'const lock = secret ? { keychain: secret }'),
  },
  'restore: whole, without its name': { life: 'desk', act: 'restore', edit: before(RESTORE, 'await rename(staging, to).catch(') },
  'restore: named, mark not broken': {
    life: 'desk',
    act: 'restore',
    edit: before(RESTORE, 'await breakContinuity(to);\n    return report;'),
  },
  'restore here: checked, folder not taken over': {
    life: 'desk',
    act: 'restore here',
    edit: before(INSTALLATION, 'await this.#database.close();'),
  },
  'restore here: keys taken over, ledger not': {
    life: 'desk',
    act: 'restore here',
    edit: {
      file: INSTALLATION,
      find: 'await rename(join(restored, name), join(this.folder, name));',
      replace:
        "{ if (name === 'clinic.db') globalThis.crash?.passes(); await rename(join(restored, name), join(this.folder, name)); }",
    },
  },
  'restore here: taken over, not tidied': {
    life: 'desk',
    act: 'restore here',
    edit: before(RESTORE, 'await breakContinuity(installation.folder);'),
  },
  'recovery: new key kept, sheets not in force': {
    life: 'desk',
    act: 'sheets',
    edit: before('server/workstation/backup/backup-vault.ts', 'await staff.enrolOfficers('),
  },
  'recovery: sheets in force, backups not sealed to them': {
    life: 'desk',
    act: 'sheets',
    edit: after('server/workstation/backup/backups.ts', 'const sheets = await vault.makeRecovery(request);'),
  },
  'first run: schema half made': {
    life: 'desk',
    act: 'found',
    edit: before('server/storage/migrations.ts', "await connection.run('COMMIT', []);"),
  },
  'first run: locked, not marked as ours': {
    life: 'desk',
    act: 'found',
    edit: before('server/storage/data-folder.ts', 'if (!marked) await writeFileDurably('),
  },
  "first run: clinic's keys made, device's not": {
    life: 'desk',
    act: 'found',
    edit: before(FIRST_RUN, 'await keys.keep(device, signedIn);'),
  },
  'first run: all keys made, founding not written': {
    life: 'desk',
    act: 'found',
    edit: before(FIRST_RUN, 'await installation.remember({ founding, ...(training'),
  },

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
    edit: before(TRANSFER, 'if (rows.length > 0) await database.write((transaction) => addIncomingMessages(transaction, rows));'),
  },
  'sync: documents fetched, not stored': {
    life: 'region',
    act: 'share',
    edit: before(TRANSFER, 'if (rows.length > 0) await database.write((transaction) => addFetchedDocuments('),
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
    edit: before('server/sync/audit.ts', 'if (inFlight.length === 0 || oldest.end %'),
  },
  'cosign: remembered, not signed': {
    life: 'region',
    act: 'patient',
    atOnce: true,
    edit: before('server/sync/cosigning.ts', 'const line = cosignatureLine('),
  },
  'cosign: at the hub, not known here': {
    life: 'region',
    act: 'patient',
    atOnce: true,
    edit: before('server/sync/cosigning.ts', 'this.#last = { size: checkpoint.size, at: clock() };'),
  },

  // --- The hub ------------------------------------------------------------------------------------------------------
  'hub: page stored, checkpoint not signed': {
    life: 'region',
    act: 'patient',
    edit: before('server/hub/sequencer.ts', 'for (const act of page.acts ?? []) policies.apply(act);'),
  },
  'hub: checkpoint signed, nobody answered': {
    life: 'region',
    act: 'patient',
    edit: before('server/hub/sequencer.ts', '// The next group does not wait for the receipts of this one.'),
  },
  'hub: cosignature stored, not shown': {
    life: 'region',
    act: 'patient',
    atOnce: true,
    edit: before('server/hub/cosignatures.ts', 'const now = this.#recent.get(size) ?? note;'),
  },
  'hub: tiles written, their checkpoint not': {
    life: 'region',
    act: 'tiles',
    edit: before('server/ledger/tile-folder.ts', 'await writeFileDurably(join(folder, CHECKPOINT_FILE), utf8(note));'),
  },
  'rotate: key in the ledger, key file not moved on': {
    life: 'region',
    act: 'rotate',
    edit: before('server/hub/sequencer.ts', 'await onHubKey?.call(this.#options, next);'),
  },
  'rotate: key file moved on, checkpoint under the new key not signed': {
    life: 'region',
    act: 'rotate',
    edit: before('server/hub/sequencer.ts', 'this.#pool.rekey?.(next);'),
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
      find: 'if (erasedIn(changes).length > 0) void this.relay.scrub();',
      replace: 'if (erasedIn(changes).length > 0) { globalThis.crash?.passes(); void this.relay.scrub(); }',
    },
  },
};

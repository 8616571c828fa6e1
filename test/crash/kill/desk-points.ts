/** Points at which a clinic alone dies. */
import { after, before, during, type Point } from './point.ts';

const LEDGER = 'server/sync/clinic-ledger.ts';
const BACKUP = 'server/workstation/backup/make-backup.ts';
const BACKUP_FILES = 'server/workstation/backup/backup-files.ts';
const SEALED_FILES = 'server/vault/sealed-files.ts';
const RESTORE = 'server/workstation/backup/restore.ts';
const FIRST_RUN = 'server/workstation/joining/first-run.ts';
const INSTALLATION = 'server/workstation/folder/installation.ts';
const KEYS = 'server/vault/unlocked-key-store.ts';

export const DESK_POINTS: Readonly<Record<string, Point>> = {
  // --- One act ------------------------------------------------------------------------------------------------------
  'act: nothing but the mark under way': {
    life: 'desk',
    act: 'record',
    edit: after(LEDGER, 'const marking = this.#mark(portions.length);'),
  },
  'act: mark made, block signed, nothing stored': {
    life: 'desk',
    act: 'record',
    edit: before(LEDGER, 'const act = actOf(signed, write);'),
  },
  'act: in the middle of its commit': {
    life: 'desk',
    act: 'record',
    edit: during('server/sync/own-acts/act.store.ts', 'database.writeOnce(INSERT, parametersOf(act))'),
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
    edit: before('server/records/writing/put-queue.ts', 'await this.#context.gateway.commit({'),
  },
  'seal: stored, chart in memory not told': {
    life: 'desk',
    act: 'amend',
    edit: before('server/records/writing/put-queue.ts', 'if (changed.length > 0) await this.#patients.applied(changed);'),
  },
  'draft: sealed, not stored': {
    life: 'desk',
    act: 'draft',
    edit: before('server/records/writing/drafts.ts', 'await this.#context.gateway.commit({ rows: [row] });\n    return draft;'),
  },
  'draft: stored, not acknowledged': {
    life: 'desk',
    act: 'draft',
    edit: before('server/records/writing/drafts.ts', 'return draft;'),
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
    edit: before('server/records/import/import-jobs.ts', 'this.#failed.delete(job.id);'),
  },
  'import: batch stored, job in memory not told': {
    life: 'desk',
    act: 'import',
    edit: before('server/records/import/import-run.ts', 'this.tell(after);'),
  },
  'import: everything in, not settled': {
    life: 'desk',
    act: 'import',
    edit: before('server/records/import/import-run.ts', 'const missing = await parts.records.sources.missing('),
  },

  // --- People and keys ----------------------------------------------------------------------------------------------
  'passphrase: new slot stored, old one still on the disk': {
    life: 'desk',
    act: 'passphrase',
    edit: after(KEYS, 'await writeSlot(transaction, { staff: this.staff, label: row.label, slot: encodeSlot(slot) });\n    });'),
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
    edit: before(KEYS, 'await checkpointAfterErasure(this.#database);\n    return removed;'),
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
  'backup: a piece sealed': { life: 'desk', act: 'backup', edit: before(SEALED_FILES, 'index += 1;') },
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
    edit: before('server/storage/migrations.ts', 'await connection.commit();'),
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

  // --- A folder that was put back, an upgrade -----------------------------------------------------------------------
  'epoch: break seen, not written down': {
    life: 'desk',
    act: 'put back',
    edit: before(LEDGER, 'if (why) await database.write((transaction) => writeNewEpoch(transaction, { why, at: clock() }));'),
  },
  'epoch: written down, nothing signed in it': {
    life: 'desk',
    act: 'put back',
    edit: before(LEDGER, 'const ledger = new ClinicLedger(options, next, await readNewEpoch(database));'),
  },
  'epoch: first block in it marked, not stored': {
    life: 'desk',
    act: 'put back',
    edit: {
      file: LEDGER,
      find: 'const act = actOf(signed, write);',
      replace: 'if (this.#newEpoch) globalThis.crash?.passes();\nconst act = actOf(signed, write);',
    },
  },
  'upgrade: copied, name not final': {
    life: 'desk',
    act: 'upgrade',
    edit: before('server/storage/upgrade-copy.ts', 'await rename(partial, copy);'),
  },
  'upgrade: copy from before kept, nothing changed': {
    life: 'desk',
    act: 'upgrade',
    edit: before('server/storage/migrations.ts', 'for (const migration of missing) await apply(connection, migration);'),
  },
  'upgrade: a part of a step durable': {
    life: 'desk',
    act: 'upgrade',
    edit: {
      file: 'server/storage/migrations.ts',
      find: 'while ((await connection.run(repeat, [])) > 0);',
      replace: 'while ((await connection.run(repeat, [])) > 0) globalThis.crash?.passes();',
    },
  },
  'upgrade: steps done, copy from before still here': {
    life: 'desk',
    act: 'upgrade',
    edit: before('server/storage/upgrade-copy.ts', 'for (const file of [copy, '),
  },
};

/**
 * The named points: each a real place between two effects of the program, as a line of its source in front of which (or behind which)
 * the process ends. A line that does not stand exactly once in its file any more is refused when the file is loaded.
 */
import type { Edit } from './task.ts';

export interface Point {
  readonly life: string;
  /** What the process does when it is killed there; none: it is killed while it opens. */
  readonly act?: string;
  readonly edit: Edit;
  /** Killed in the middle of what the line begins, up to so many milliseconds later. */
  readonly within?: number;
}

const before = (file: string, find: string): Edit => ({ file, find, replace: `globalThis.crash?.passes();\n${find}` });
const after = (file: string, find: string): Edit => ({ file, find, replace: `${find}\nglobalThis.crash?.passes();` });
const during = (file: string, find: string): Edit => ({ file, find, replace: `(globalThis.crash?.soon(), ${find})` });

const LEDGER = 'server/sync/clinic-ledger.ts';
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
    edit: before(KEYS, 'for (const { handle, epoch, key } of entries) this.#keep(toHex(handle), epoch, sealingKey(key));'),
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
};

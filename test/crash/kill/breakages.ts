/** Ways to break the program on purpose, and what the harness must then say: one that cannot fail is worthless. */
import type { Edit } from '../../support/broken-source.ts';
import type { Invariant } from './task.ts';

interface Breakage {
  readonly edits: readonly Edit[];
  /** Where it is killed. */
  readonly point: string;
  readonly noticedAs: Invariant;
}

const LEDGER = 'server/sync/clinic-ledger.ts';
const DURABLE = 'server/storage/durable-file.ts';

export const BREAKAGES: Readonly<Record<string, Breakage>> = {
  'an act is acknowledged before it is stored': {
    edits: [
      {
        file: LEDGER,
        find: '} else await writeActOnce(database, act);',
        replace:
          '} else if (globalThis.crash?.isArmed) setTimeout(() => void writeActOnce(database, act), 500);\n    else await writeActOnce(database, act);',
      },
    ],
    point: 'draft: stored, not acknowledged',
    noticedAs: 'nothing acknowledged is lost',
  },
  'the mark is moved after the block was stored': {
    edits: [
      {
        file: LEDGER,
        find: 'const marking = this.#mark(portions.length);',
        replace: 'const marking = Promise.resolve(undefined);',
      },
      {
        file: LEDGER,
        find: 'const last = blocks.at(-1);\n    if (last) this.#next',
        replace: 'await this.#mark(portions.length);\n    const last = blocks.at(-1);\n    if (last) this.#next',
      },
    ],
    point: 'act: stored, not acknowledged',
    noticedAs: 'the mark is never behind',
  },
  'an import remembers what it took in when all of it is in': {
    edits: [
      { file: 'server/records/import/import-batch.ts', find: '...jobRows(outcome),', replace: '...(jobRows(outcome), []),' },
      {
        file: 'server/records/import/import-placing.ts',
        find: 'this.#known = await this.#records.sources.find(names);',
        replace: 'this.#known = new Map();',
      },
    ],
    point: 'import: everything in, not settled',
    noticedAs: 'nothing is doubled',
  },
  'an answer is filed before its question says so': {
    edits: [
      {
        file: 'server/telemedicine/consult-letters.ts',
        find: 'await records.put({ ...draft, newId: next.filed }, { rows: [this.#rows.row(next)] });',
        replace:
          'await records.put({ ...draft, newId: next.filed });\n    setTimeout(() => void context.gateway.commit({ rows: [this.#rows.row(next)] }), 500);',
      },
    ],
    point: 'consult: answer in the chart, not acknowledged',
    noticedAs: 'no half state',
  },
  'a file begins anew each time it is chosen': {
    edits: [
      {
        file: 'server/records/attachments.ts',
        find: 'if (index < upload.pieces.length) return stateOf(upload);',
        replace: 'if (index < upload.pieces.length) throw unknown();',
      },
      {
        file: 'server/records/attachments.ts',
        find: 'if (before) return stateOf(before);',
        replace: 'if (before) return { ...stateOf(before), next: 0 };',
      },
    ],
    point: 'file: a piece stored, not answered',
    noticedAs: 'it can be done again',
  },
  'a slot that was made for nobody stays': {
    edits: [{ file: 'server/staff/people.ts', find: 'await staff.#settleSlots();', replace: '' }],
    point: 'staff: slot made, enrolment not written',
    noticedAs: 'no half state',
  },
  'a sealed file is written in its place': {
    edits: [
      {
        file: DURABLE,
        find: 'const temporary = join(',
        replace: 'const temporary = path || join(',
      },
      {
        file: DURABLE,
        find: '    await writeAndClose(file, bytes);',
        replace: '    await writeAndClose(file, bytes.subarray(0, 20));',
      },
      {
        file: DURABLE,
        find: '  } catch (error) {\n    await unlink(temporary)',
        replace: "    await writeAndClose(await open(path, 'w'), bytes);\n  } catch (error) {\n    await unlink(temporary)",
      },
    ],
    point: 'backup: list written beside its place',
    noticedAs: 'it starts by itself',
  },
  'a restore stumbles over what one before it left': {
    edits: [
      {
        file: 'server/workstation/backup/restore.ts',
        find: 'await rm(staging, { recursive: true, force: true });\n  try {',
        replace: 'try {',
      },
    ],
    point: 'restore: whole, without its name',
    noticedAs: 'it can be done again',
  },
  'a document is stored otherwise than it was sealed': {
    edits: [
      {
        file: 'server/sync/own-acts/act.store.ts',
        find: 'const parts = [name, handle, sealed, wrap, place?.block]',
        replace:
          'const stored = globalThis.crash?.isArmed ? sealed.map((byte, at) => (at === 40 ? byte ^ 1 : byte)) : sealed;\n      const parts = [name, handle, stored, wrap, place?.block]',
      },
    ],
    point: 'act: stored, not acknowledged',
    noticedAs: 'verify is clean',
  },
  'an erasure that was cut off is left at that': {
    edits: [{ file: 'server/erasure/erasure.ts', find: 'await purgeErased(this.#parts, this.#settled);', replace: '' }],
    point: 'erase: tombstones stored, keys still here',
    noticedAs: 'what was erased stays erased',
  },
  'a try at a PIN is answered and not counted': {
    edits: [
      {
        file: 'server/care-card/try-counter.ts',
        find: 'if (!isRepeated) await writeCount(transaction, after);',
        replace: 'if (!isRepeated && !globalThis.crash?.isArmed) await writeCount(transaction, after);',
      },
    ],
    point: 'PIN: right, the count not cleared',
    noticedAs: 'nothing acknowledged is lost',
  },
  'a backup is called good before it is there': {
    edits: [
      {
        file: 'server/workstation/backup/make-backup.ts',
        find: 'const partial = await beginFolder(folder);',
        replace: "await this.#list.changeBackup(id, { state: 'good' });\n      const partial = await beginFolder(folder);",
      },
    ],
    point: 'backup: a piece sealed',
    noticedAs: 'a good backup opens',
  },
};

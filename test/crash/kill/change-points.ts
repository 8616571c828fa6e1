/** Points at which a region dies while it changes: joining, keys, a hub or a desk that is put back, snapshots, bundles. */
import { afterIf, before, type Point } from './point.ts';

const JOINING = 'server/workstation/joining/region-joining.ts';
const FIRST_RUN = 'server/workstation/joining/first-run.ts';
const ENROLMENT = 'server/hub/enrolment.ts';
const HUB_BACKUP = 'server/hub/backup/hub-backup.ts';
const LEDGER = 'server/sync/clinic-ledger.ts';
const ROLL = 'server/sync/clinic-mail/roll-clinic-keys.ts';
const SNAPSHOTS = 'server/ledger/snapshot-folder.ts';
const BUNDLES = 'server/workstation/device/clinic-sync.ts';

export const CHANGE_POINTS: Readonly<Record<string, Point>> = {
  // --- Founding and joining -----------------------------------------------------------------------------------------
  'found a region: the hub has it, nobody told': {
    life: 'region',
    act: 'found region',
    edit: before(ENROLMENT, 'if (isNew) await this.#options.onFounded(region);'),
  },
  'found a region: founded, the founder without a certificate': {
    life: 'region',
    act: 'found region',
    edit: before(JOINING, 'return openGenesis(hashParts, verifySignature, bytes);'),
  },
  'found a region: certified, nothing of it kept': {
    life: 'region',
    act: 'found region',
    edit: before(JOINING, 'return { tlsKey, tlsCertificate: answer.enroll.certificate };'),
  },
  'join: invitation used at the hub, not answered': {
    life: 'region',
    act: 'join',
    edit: before(ENROLMENT, 'if (!used) throw USED;'),
  },
  'join: certified, nothing of it kept': {
    life: 'region',
    act: 'join',
    edit: before(JOINING, 'return { tlsKey, tlsCertificate: answer.enroll.certificate };'),
  },
  'join: certificate kept, region not remembered': {
    life: 'region',
    act: 'join',
    edit: before(FIRST_RUN, 'await installation.remember({\n    genesis: joined.region.bytes,'),
  },
  'join: region remembered, the hub not asked for admission': {
    life: 'region',
    act: 'join',
    edit: before(FIRST_RUN, 'await sync.open();\n}\n\n/** One clinic, one region'),
  },
  'join: approved, not in the ledger yet': {
    life: 'region',
    act: 'join',
    edit: before('server/staff/approve-admission.ts', "context.notify({ topics: ['region'] });"),
  },

  // --- An act that waits was altered on the disk ----------------------------------------------------------------------
  'altered act: noted, not durable': {
    life: 'region',
    act: 'altered',
    edit: {
      file: 'server/sync/own-acts/altered.ts',
      find: 'return found.length;',
      replace: 'if (found.length > 0) globalThis.crash?.passes();\n  return found.length;',
    },
  },
  'altered act: out of the queue, the rest not signed anew': {
    life: 'region',
    act: 'altered',
    edit: before(LEDGER, "const next = await moveOn(transaction, this.#options, waiting, 'act-altered');"),
  },
  'altered act: all durable, nothing of it in memory': {
    life: 'region',
    act: 'altered',
    edit: before(LEDGER, 'if (moved?.last) await continuity.advance({ ...moved.last, device: this.device });'),
  },

  // --- Keys -----------------------------------------------------------------------------------------------------------
  "roll: clinic's new keys kept, no act names them": {
    life: 'region',
    act: 'roll',
    edit: before(ROLL, 'const owed = because ?'),
  },
  'roll: the act stored, nobody told': {
    life: 'region',
    act: 'roll',
    edit: before(ROLL, "context.notify({ topics: ['devices'] });"),
  },

  // --- A hub and a desk that are put back ------------------------------------------------------------------------------
  'hub backup: checked, name not final': {
    life: 'region',
    act: 'hub restored',
    edit: before(HUB_BACKUP, 'await rename(partial, folder);'),
  },
  'hub restored: database there, not said to be restored': {
    life: 'region',
    act: 'hub restored',
    edit: before(HUB_BACKUP, 'await announce(data, now);\n    await writeFileDurably(join(data, CODE)'),
  },
  'hub restored: said to be restored, without its keys': {
    life: 'region',
    act: 'hub restored',
    edit: before(HUB_BACKUP, 'await writeFileDurably(join(data, HUB_KEYS_FILE), keys);'),
  },
  'hub restored: shown what it lost, nothing taken back': {
    life: 'region',
    act: 'hub restored',
    edit: before('server/hub/backup/recovery.ts', 'if (blocks.length === 0) return head.size;\n    const opened'),
  },
  'hub restored: witnesses have confirmed, it does not order yet': {
    life: 'region',
    act: 'hub restored',
    edit: before(
      'server/hub/backup/recovery.ts',
      'await database.write((transaction) => resume(transaction, row, checkpoint.size,',
    ),
  },
  'older copy: its own blocks learned from the ledger, not moved on in memory': {
    life: 'region',
    act: 'older copy',
    edit: before('server/sync/clinic-ledger.ts', 'await this.#settleAt(next, ground);\n      if (erased.length > 0'),
  },
  'older copy: a new epoch begun, what waits not sealed in it': {
    life: 'region',
    act: 'older copy',
    edit: afterIf(
      'why',
      'server/sync/clinic-ledger.ts',
      'if (why) await database.write((transaction) => writeNewEpoch(transaction, { why, at: clock() }));',
    ),
  },

  // --- Snapshots and bundles ---------------------------------------------------------------------------------------------
  'snapshot: pages written, no head': {
    life: 'region',
    act: 'snapshot',
    edit: before(SNAPSHOTS, "await writeFileDurably(this.#path(snapshotPath(size, 'head')), encodeSnapshotHead(snapshot));"),
  },
  'snapshot: whole, older ones still here': {
    life: 'region',
    act: 'snapshot',
    edit: before(SNAPSHOTS, 'await this.#removeOld();\n  }'),
  },
  'snapshot: cosigned, not vouched for': {
    life: 'region',
    act: 'snapshot',
    edit: before(SNAPSHOTS, 'await writeFileDurably(this.#path(path), utf8(checkpoint.note));'),
  },
  'bundle: opened, nothing of it taken in': {
    life: 'region',
    act: 'bundle',
    edit: before(BUNDLES, 'if (fresh > 0) await engine.takeIn(await bundleAsHub(read, hashParts, content));'),
  },
  'bundle: blocks taken in, what waits not handed on': {
    life: 'region',
    act: 'bundle',
    edit: before(BUNDLES, 'const waiting =\n      isOwnClinic'),
  },
};

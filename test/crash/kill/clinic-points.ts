/** Points at which a clinic of two desks dies, one of which serves it: host and desk at once. */
import { before, type Point } from './point.ts';

const RELAY = 'server/workstation/clinic-host/relay.ts';
const ROUTE = 'server/sync/clinic-host/clinic-route.ts';
const FIRST_RUN = 'server/workstation/joining/first-run.ts';
const FURTHER = 'server/workstation/joining/further-device.ts';
const SNAPSHOT = 'server/sync/download/snapshot.ts';

export const CLINIC_POINTS: Readonly<Record<string, Point>> = {
  // --- The clinic host ----------------------------------------------------------------------------------------------
  'host: blocks checked, not kept': {
    life: 'clinic',
    act: 'away',
    edit: before(RELAY, 'await this.#add(caller, entries);\n    return refusals;'),
  },
  'host: kept, the other desks not told': {
    life: 'clinic',
    act: 'away',
    edit: before(RELAY, 'if (added > 0) this.heads.notify();'),
  },
  'host: brought to it, still in the queue': {
    life: 'clinic',
    act: 'away',
    edit: before(ROUTE, 'await database.write((transaction) => leaveQueue(transaction, entries));'),
  },
  'host: documents taken in, their blocks not': {
    life: 'clinic',
    act: 'away',
    edit: before(ROUTE, 'let fresh = documents.length + blocks.length + takenBack.length;'),
  },
  'host: blocks laid, not known in memory': {
    life: 'clinic',
    act: 'away',
    edit: before('server/sync/clinic-ledger.ts', 'this.#ground = ground;\n    });\n  }\n\n  /** Has `write` put'),
  },
  'host: taken in, the vault not told': {
    life: 'clinic',
    act: 'away',
    edit: before(ROUTE, 'if (fresh > 0) this.#options.onArrived();'),
  },

  // --- A further desk, which begins with a snapshot -----------------------------------------------------------------------
  "desk: let in by the hub, its keys' places not remembered": {
    life: 'clinic',
    act: 'desk',
    edit: before(FIRST_RUN, 'await installation.remember({\n    joining: invitation.chain,'),
  },
  'desk: asked the clinic, not remembered': {
    life: 'clinic',
    act: 'desk',
    edit: before(FURTHER, "await installation.remember({ 'device-request': 'sent' });"),
  },
  "desk: the clinic's keys here, its founding not remembered": {
    life: 'clinic',
    act: 'desk',
    edit: before(FURTHER, 'await installation.remember({ founding });\n  return true;'),
  },
  'begin: a page of the snapshot fetched, not kept': {
    life: 'clinic',
    act: 'desk',
    edit: before(SNAPSHOT, 'await database.write((transaction) => writeSnapshotPage(transaction, page, sealed));'),
  },
  'begin: all pages here, nothing adopted': {
    life: 'clinic',
    act: 'desk',
    edit: before(SNAPSHOT, 'const adopted = await adopt(options, beginning, bytes, offered.checkpoint);'),
  },
  'begin: adopted, not known in memory': {
    life: 'clinic',
    act: 'desk',
    edit: before(SNAPSHOT, 'return adopted ? beginning : undefined;'),
  },

  // --- Compartment keys, bundles of one's own -------------------------------------------------------------------------------
  'epoch of keys: begun for a revoked desk, not noted': {
    life: 'clinic',
    act: 'revoke',
    edit: before('server/consent/roll-keys.ts', 'await gateway.commit({ rows: [rows.seal(kind, name, NO_TAG'),
  },
  'epoch of keys: durable, not used': {
    life: 'clinic',
    act: 'revoke',
    edit: before('server/consent/roll-keys.ts', 'await beginKeyEpochs(parts.context, await ownCompartments(parts));'),
  },
  'bundle: documents handed on, blocks not': {
    life: 'clinic',
    act: 'carry',
    edit: before('server/sync/bundle.ts', 'let accepted = 0;'),
  },
  'bundle: handed on, nobody told': {
    life: 'clinic',
    act: 'carry',
    edit: before(
      'server/workstation/device/clinic-sync.ts',
      'return { blocks: fresh, size: engine.state.replicaSize, carried };',
    ),
  },
};

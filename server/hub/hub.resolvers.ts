/** Resolvers of the hub's two schemas: they ask the policy, read arguments, and hand on. */
import { toHex } from '../../shared/encoding/bytes.ts';
import { MAX_ACT_BYTES } from '../../shared/fleet/administration.ts';
import { MAX_BLOCK_BYTES } from '../../shared/ledger/block.ts';
import { consistencyProof, inclusionProof } from '../../shared/ledger/merkle.ts';
import { MAX_REPORT_BYTES } from '../../shared/sync/device-report.ts';
import { signHubErasure } from '../../shared/sync/erasure-statement.ts';
import { LIMITS, WIRE_VERSION } from '../../shared/sync/wire.ts';
import type { Resolvers as EnrolmentResolvers } from '../graphql/generated/enrolment.ts';
import type { Resolvers as HubResolvers } from '../graphql/generated/hub.ts';
import { readActs } from '../ledger/policy-acts.store.ts';
import { nodeSource } from '../ledger/tree-nodes.store.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { sign } from '../vault/primitives.ts';
import { actsAfter } from './fleet/administrators.store.ts';
import { hubDiskState } from './fleet/disk.ts';
import type { Hub } from './hub.ts';
import { atMost, base64, base64Bytes, hexBytes, wholeNumber } from './line/arguments.ts';
import type { Caller } from './line/callers.ts';
import { callToken, type RoomWish, roomName } from './patients/call-rooms.ts';
import type { LinkUpload } from './patients/health-links.ts';
import type { EscrowUpload } from './relay/escrow.ts';
import { readEquivocations } from './sequencer/equivocation.store.ts';
import { HeadStream } from './sequencer/head-stream.ts';

/** Two blocks each, of up to 262,144 bytes. */
const EQUIVOCATIONS_PER_ANSWER = 10;
/** A signed act has at most 400 bytes. */
const ACTS_PER_ANSWER = 500;

/** What a request brings: its hub and who is on the line. */
export interface HubContext {
  readonly hub: Hub;
  readonly caller: Caller;
}

export interface EnrolmentContext {
  readonly hub: Hub;
}

/** A root field's resolver behind the policy. */
function guarded<Args, Answer>(field: string, answer: (args: Args, context: HubContext) => Answer | Promise<Answer>) {
  return async (_: unknown, args: Args, context: HubContext): Promise<Answer> => {
    await context.hub.callers.authorise(field, context.caller);
    return answer(args, context);
  };
}

/** Nodes of a consistency proof: two for each level of the largest tree. */
const MAX_PROOF = 128;

interface BroughtBack {
  readonly checkpoint: string;
  readonly from: number;
  readonly blocks: readonly string[];
  readonly proof: readonly string[];
}

interface PageOfBlocks {
  readonly from: number;
  readonly limit: number;
}

/** How many of the blocks that somebody asks for there are. */
function inLedger({ from, limit }: PageOfBlocks, hub: Hub): { from: number; count: number } {
  const wanted = wholeNumber(limit, 'limit', LIMITS.blocksPerPage);
  const { size } = hub.region.sequencer.checkpoint;
  return { from, count: Math.max(0, Math.min(wanted, size - wholeNumber(from, 'from'))) };
}

export const hubResolvers: HubResolvers<HubContext> = {
  Query: {
    region: guarded('region', (_, { hub }) => {
      const { id, genesis, bytes } = hub.region.region;
      return { id: toHex(id), name: genesis.name, genesis: base64(bytes), wireVersion: WIRE_VERSION };
    }),
    checkpoint: guarded('checkpoint', (_, { hub }) => hub.note),
    cosignedCheckpoints: guarded('cosignedCheckpoints', (_, { hub }) =>
      hub.cosignatures.newest(hub.region.sequencer.checkpoint.size),
    ),
    newest: guarded('newest', ({ seen }: { seen: string }, { hub }) => base64(hub.newest(hexBytes(seen, 32, 'seen')))),
    restoration: guarded('restoration', async (_, { hub }) => {
      const statement = await hub.region.recovery.statement();
      return statement ? base64(statement) : null;
    }),
    equivocations: guarded('equivocations', async ({ after }: { after: number }, { hub }) => {
      const notices = await readEquivocations(hub.database.read, wholeNumber(after, 'after'), EQUIVOCATIONS_PER_ANSWER);
      return notices.map(({ sequence, blocks }) => ({ sequence, blocks: blocks.map(base64) }));
    }),
    blocks: guarded('blocks', async (wanted: PageOfBlocks, { hub }) => {
      const { from, count } = inLedger(wanted, hub);
      return { from, blocks: await hub.pages.texts(from, count), checkpoint: hub.note };
    }),
    packedBlocks: guarded('packedBlocks', (wanted: PageOfBlocks, { hub }) => {
      const { from, count } = inLedger(wanted, hub);
      return hub.pages.packed(from, count);
    }),
    tiles: guarded('tiles', async ({ from, limit }: { from: number; limit: number }, { hub }) => {
      const first = wholeNumber(from, 'from');
      return (await hub.region.tiles?.closedRanges(first, wholeNumber(limit, 'limit', LIMITS.rangesPerCall))) ?? [];
    }),
    snapshot: guarded('snapshot', async (_, { hub }) => {
      const newest = await hub.region.snapshots?.newest();
      return newest ? { ...newest, head: base64(newest.head) } : null;
    }),
    snapshotPage: guarded('snapshotPage', async ({ size, page }: { size: number; page: number }, { hub }) => {
      const bytes = await hub.region.snapshots?.page(wholeNumber(size, 'size'), wholeNumber(page, 'page'));
      return bytes ? base64(bytes) : '';
    }),
    inclusionProof: guarded('inclusionProof', async ({ index, size }: { index: number; size: number }, { hub }) => {
      const whole = wholeNumber(size, 'size', hub.region.sequencer.checkpoint.size);
      const proof = await inclusionProof(hashParts, wholeNumber(index, 'index'), whole, nodeSource(hub.database.read, hashParts));
      return proof.map(base64);
    }),
    consistencyProof: guarded('consistencyProof', ({ from, size }: { from: number; size: number }, { hub }) =>
      proofBetween(hub, from, size),
    ),
    policyActs: guarded('policyActs', ({ from }: { from: number }, { hub }) => actsFrom(hub, from)),
    documents: guarded(
      'documents',
      ({ handle, after, limit }: { handle: string; after: number; limit: number }, { hub, caller }) =>
        hub.relay.documents(caller, handle, after, limit),
    ),
    clinicDocuments: guarded('clinicDocuments', ({ after, limit }: { after: number; limit: number }, { hub, caller }) =>
      hub.relay.clinicDocuments(caller, after, limit),
    ),
    erased: guarded('erased', async ({ handles }: { handles: readonly string[] }, { hub }) => {
      const compartments = await hub.relay.erased(handles);
      const said = { region: hub.region.region.id, time: hub.now(), compartments };
      return base64(signHubErasure(said, (message) => sign(hub.region.sequencer.hubKey, message)));
    }),
    messages: guarded('messages', ({ after, limit }: { after: number; limit: number }, { hub, caller }) =>
      hub.relay.messages(caller, after, limit),
    ),
    policyPapers: guarded('policyPapers', (_, { hub }) => hub.policyPapers.list()),
    admissionRequests: guarded('admissionRequests', (_, { hub }) => hub.enrolment.admissionRequests()),
    escrow: guarded('escrow', (_, { hub, caller }) => hub.escrow.list(caller)),
    healthLinks: guarded('healthLinks', async ({ links }: { links: readonly string[] }, { hub, caller }) => ({
      address: hub.links.address,
      links: await hub.links.states(caller, links),
    })),
    fleet: guarded('fleet', async ({ ask }: { ask: string }, { hub }) => {
      await hub.administrators.admit(base64Bytes(ask, MAX_ACT_BYTES, 'ask'));
      return hub.fleet.state();
    }),
    updates: guarded('updates', async ({ ask }: { ask: string }, { hub }) => {
      await hub.administrators.admit(base64Bytes(ask, MAX_ACT_BYTES, 'ask'));
      return (await hub.releases?.state()) ?? { releases: [], rings: [] };
    }),
    samples: guarded('samples', async ({ ask }: { ask: string }, { hub }) => {
      await hub.administrators.admit(base64Bytes(ask, MAX_ACT_BYTES, 'ask'));
      return hub.samples.list();
    }),
    hubDisk: guarded('hubDisk', async ({ ask }: { ask: string }, { hub }) => {
      await hub.administrators.admit(base64Bytes(ask, MAX_ACT_BYTES, 'ask'));
      return hubDiskState(hub.database.read);
    }),
    hubTroubles: guarded('hubTroubles', async ({ ask }: { ask: string }, { hub }) => {
      await hub.administrators.admit(base64Bytes(ask, MAX_ACT_BYTES, 'ask'));
      return hub.storeTroubles();
    }),
    administratorActs: guarded('administratorActs', async ({ after }: { after: number }, { hub }) => {
      const acts = await actsAfter(hub.database.read, wholeNumber(after, 'after'), ACTS_PER_ANSWER);
      return acts.map(({ bytes }) => base64(bytes));
    }),
    callSignals: guarded('callSignals', ({ room, after }: { room: string; after: number }, { hub, caller }) =>
      hub.calls.signalsForClinic(caller, room, after),
    ),
    callInvitation: guarded('callInvitation', ({ box }: { box: string }, { hub, caller }) => hub.calls.invitation(caller, box)),
    guestSignals: guarded(
      'guestSignals',
      async ({ room, seat, after }: { room: string; seat: string; after: number }, { hub }) => ({
        signals: await hub.calls.signalsForGuest(roomName(room), callToken(seat), after),
        joined: true,
      }),
    ),
    caller: guarded('caller', (_, { caller }) => ({
      device: caller.device,
      chain: caller.chain,
      admitted: caller.enrolled,
      // A revoked device does not get this far: it is refused by name before any field is asked.
      revoked: false,
    })),
  },
  Mutation: {
    submit: guarded('submit', async ({ blocks }: { blocks: readonly string[] }, { hub, caller }) => {
      const sealed = atMost(blocks, LIMITS.blocksPerSubmission, 'blocks').map((block) =>
        base64Bytes(block, MAX_BLOCK_BYTES, 'blocks'),
      );
      const { receipts, refusals } = await hub.region.sequencer.submit(caller.chain, sealed);
      return { receipts: receipts.map(base64), refusals };
    }),
    excuseDocuments: guarded(
      'excuseDocuments',
      ({ documents }: { documents: Parameters<Hub['relay']['excuse']>[1] }, { hub, caller }) =>
        hub.relay.excuse(caller, documents),
    ),
    putDocuments: guarded('putDocuments', ({ documents }: { documents: Parameters<Hub['relay']['put']>[1] }, { hub, caller }) =>
      hub.relay.put(caller, documents),
    ),
    sendMessages: guarded(
      'sendMessages',
      async ({ messages }: { messages: Parameters<Hub['relay']['send']>[1] }, { hub, caller }) => {
        const stored = await hub.relay.send(caller, messages);
        hub.heads.notify();
        return stored;
      },
    ),
    withdrawMessages: guarded('withdrawMessages', ({ ids }: { ids: readonly string[] }, { hub, caller }) =>
      hub.relay.withdraw(caller, ids),
    ),
    putEscrow: guarded('putEscrow', ({ entries }: { entries: readonly EscrowUpload[] }, { hub, caller }) =>
      hub.escrow.put(caller, entries),
    ),
    deleteEscrow: guarded('deleteEscrow', ({ backups }: { backups: readonly string[] }, { hub, caller }) =>
      hub.escrow.remove(caller, backups),
    ),
    putHealthLink: guarded('putHealthLink', ({ link }: { link: LinkUpload }, { hub, caller }) => hub.links.put(caller, link)),
    endHealthLinks: guarded('endHealthLinks', ({ links }: { links: readonly string[] }, { hub, caller }) =>
      hub.links.end(caller, links),
    ),
    openCallRoom: guarded('openCallRoom', ({ room }: { room: RoomWish }, { hub, caller }) => hub.calls.open(caller, room)),
    sendCallSignal: guarded('sendCallSignal', ({ room, body }: { room: string; body: string }, { hub, caller }) =>
      hub.calls.sendToGuest(caller, room, body),
    ),
    joinCall: guarded('joinCall', ({ room, token }: { room: string; token: string }, { hub }) =>
      hub.calls.join(roomName(room), callToken(token)),
    ),
    sendGuestSignal: guarded('sendGuestSignal', ({ room, seat, body }: { room: string; seat: string; body: string }, { hub }) =>
      hub.calls.sendToClinic(roomName(room), callToken(seat), body),
    ),
    closeCallRoom: guarded('closeCallRoom', ({ room }: { room: string }, { hub, caller }) => hub.calls.close(caller, room)),
    cardPepper: guarded('cardPepper', ({ ask }: { ask: string }, { hub, caller }) => hub.peppers.ask(caller, ask)),
    cardOpened: guarded('cardOpened', ({ opened }: { opened: string }, { hub }) => hub.peppers.opened(opened)),
    cardCounts: guarded('cardCounts', ({ counts, after }: { counts: string; after: number }, { hub, caller }) =>
      hub.peppers.counts(caller, counts, after),
    ),
    report: guarded('report', ({ report }: { report: string }, { hub, caller }) =>
      hub.fleet.report(caller, base64Bytes(report, MAX_REPORT_BYTES, 'report')),
    ),
    administer: guarded('administer', async ({ act }: { act: string }, { hub }) => {
      await hub.administrators.act(base64Bytes(act, MAX_ACT_BYTES, 'act'));
      return true;
    }),
    cosign: guarded('cosign', async ({ size, line }: { size: number; line: string }, { hub, caller }) => {
      const note = await hub.cosignatures.cosign(caller.chain, wholeNumber(size, 'size'), line);
      await hub.cosigned(note);
      return note;
    }),
    returnBlocks: guarded('returnBlocks', ({ checkpoint, from, blocks, proof }: BroughtBack, { hub }) =>
      hub.region.recovery.takeBack({
        checkpoint,
        from: wholeNumber(from, 'from'),
        blocks: atMost(blocks, LIMITS.blocksPerSubmission, 'blocks').map((block) =>
          base64Bytes(block, MAX_BLOCK_BYTES, 'blocks'),
        ),
        proof: atMost(proof, MAX_PROOF, 'proof').map((node) => base64Bytes(node, 32, 'proof')),
      }),
    ),
    proposePolicy: guarded('proposePolicy', ({ type, body }: { type: string; body: string }, { hub }) =>
      hub.policyPapers.propose(type, body),
    ),
    offerToWitness: guarded('offerToWitness', ({ offer }: { offer: string }, { hub, caller }) =>
      hub.policyPapers.offer(caller, offer),
    ),
    requestAdmission: guarded('requestAdmission', ({ request }: { request: string }, { hub, caller }) =>
      hub.enrolment.requestAdmission(caller, request),
    ),
    inviteDevice: guarded('inviteDevice', ({ secretHash, expires }: { secretHash: string; expires: number }, { hub, caller }) =>
      hub.enrolment.inviteDevice(caller, secretHash, expires),
    ),
    certify: guarded('certify', ({ request, names }: { request: string; names: readonly string[] }, { hub, caller }) =>
      hub.enrolment.certify(caller, request, names),
    ),
  },
  Subscription: {
    head: {
      subscribe: guarded('head', (_, { hub, caller }) => new HeadStream(hub.heads, headReader(hub, caller.device))),
      resolve: (head: { checkpoint: string; messages: number }) => head,
    },
  },
};

async function proofBetween(hub: Hub, from: number, size: number): Promise<string[]> {
  const whole = wholeNumber(size, 'size', hub.region.sequencer.checkpoint.size);
  const proof = await consistencyProof(hashParts, wholeNumber(from, 'from'), whole, nodeSource(hub.database.read, hashParts));
  return proof.map(base64);
}

async function actsFrom(hub: Hub, from: number) {
  const acts = await readActs(hub.database.read, wholeNumber(from, 'from'));
  return acts.map((act) => ({ ...act, body: base64(act.body) }));
}

/** Reads the head for a device, which is asked again each time whether it may. */
function headReader(hub: Hub, device: string): () => Promise<{ checkpoint: string; messages: number }> {
  let arrivals = -1;
  let mailbox = '';
  let messages = 0;
  return async () => {
    await hub.current();
    const caller = await hub.callers.identify(device);
    await hub.callers.authorise('head', caller);
    const whose = `${caller.chain} ${caller.enrolled}`;
    if (arrivals !== hub.relay.arrivals || mailbox !== whose) {
      arrivals = hub.relay.arrivals;
      mailbox = whose;
      messages = await hub.relay.newest(caller);
    }
    return { checkpoint: hub.note, messages };
  };
}

export const enrolmentResolvers: EnrolmentResolvers<EnrolmentContext> = {
  Query: {
    hub: (_, __, { hub }) => ({
      name: hub.founded?.region.genesis.name ?? hub.keys.name,
      hubKey: toHex(hub.founded?.policies.current.activeHubKey ?? hub.keys.hubKey.publicKey),
      authority: hub.keys.authority.certificate,
      genesis: hub.founded ? base64(hub.founded.region.bytes) : null,
      wireVersion: WIRE_VERSION,
    }),
    checkpoint: (_, __, { hub }) => hub.note,
    consistencyProof: (_, { from, size }, { hub }) => proofBetween(hub, from, size),
    policyActs: (_, { from }, { hub }) => actsFrom(hub, from),
  },
  Mutation: {
    cosign: async (_, { size, line }, { hub }) => {
      const note = await hub.cosignatures.cosignOutside(wholeNumber(size, 'size'), line);
      await hub.cosigned(note);
      return note;
    },
    found: (_, { secret, genesis }, { hub }) => hub.enrolment.found(secret, genesis),
    enroll: (_, request, { hub }) => hub.enrolment.enroll(request),
    escrowEntry: async (_, { backup, proof }, { hub }) => (await hub.escrow.entry(backup, proof)) ?? null,
  },
};

/** The ledger as the ledger screen and the command line show it: blocks, signers, proofs, clinics and devices. */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { blockHash, openBlock } from '../../../shared/ledger/block.ts';
import { epochsKey, epochsRow } from '../../../shared/ledger/epochs.ts';
import { decodeEvent } from '../../../shared/ledger/event.ts';
import type { Founding } from '../../../shared/ledger/founding.ts';
import { inclusionProof, leafHash, verifyInclusion } from '../../../shared/ledger/merkle.ts';
import { chainRow, deviceRow, headRow } from '../../../shared/ledger/rows.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { readBlocks } from '../../ledger/blocks.store.ts';
import { listState, loadState } from '../../ledger/state-rows.store.ts';
import { nodeSource } from '../../ledger/tree-nodes.store.ts';
import { type BlockVerdicts, readVerdicts } from '../../ledger/verdicts.store.ts';
import { pendingView } from '../../sync/clinic.store.ts';
import { fetchProved, type ProvedBlock } from '../../sync/download/earlier-blocks.ts';
import { listOverlaid } from '../../sync/own-acts/pending.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import type { DeviceService } from './device-service.ts';

interface ClinicView {
  chain: string;
  name: string;
  kind: 'CLINIC' | 'RESEARCH';
  own: boolean;
}

export const clinicOf = ({ chain, statement }: Founding): ClinicView => ({
  chain: toHex(chain),
  name: statement.name,
  kind: statement.kind === 'clinic' ? 'CLINIC' : 'RESEARCH',
  own: true,
});

/** Clinics and research organisations that the ledger has admitted, and one's own. */
export async function clinicsOf({ installation }: DeviceService): Promise<ClinicView[]> {
  const own = installation.founding && toHex(installation.founding.chain);
  const rows = await listOverlaid(installation.database.read, 'chain/');
  return rows.map(({ key, value }) => {
    const { name, kind } = decode(chainRow, value);
    const chain = key.slice('chain/'.length);
    return { chain, name, kind: kind === 'clinic' ? 'CLINIC' : 'RESEARCH', own: chain === own };
  });
}

export async function devicesOf(service: DeviceService) {
  const { installation } = service;
  const own = installation.founding && toHex(installation.founding.chain);
  const rows = await listOverlaid(installation.database.read, 'device/');
  const devices = rows.flatMap(({ key, value }) => {
    const { chain, kind, revoked } = decode(deviceRow, value);
    const id = key.slice('device/'.length);
    return toHex(chain) === own ? [{ id, kind, revoked, own: id === service.deviceId }] : [];
  });
  return Promise.all(devices.map(async (device) => ({ ...device, ...(await copiesOf(service, device.id)) })));
}

/** The epochs of one device in the ledger, and whether two of them grow at once. @param device hexadecimal */
async function copiesOf(service: DeviceService, device: string) {
  const { read } = service.installation.database;
  const prefix = `head/${device}/`;
  const heads = await listState(read, prefix);
  const row = (await loadState(read, [epochsKey(device)])).get(epochsKey(device));
  const { newest, beside, retired } = row ? decode(epochsRow, row) : { newest: new Uint8Array(0), beside: [], retired: [] };
  const [growing, ended] = [[newest, ...beside].map(toHex), retired.map((each) => toHex(each.epoch))];
  const here = service.continuity && toHex(service.continuity.next.epoch);
  const copies = heads.map(({ key, value }) => {
    const epoch = key.slice(prefix.length);
    const state = ended.includes(epoch)
      ? ('RETIRED' as const)
      : growing.includes(epoch)
        ? ('IN_USE' as const)
        : ('LEFT' as const);
    return { epoch, blocks: decode(headRow, value).height + 1, state, here: device === service.deviceId && epoch === here };
  });
  return { copies, inUseTwice: beside.length > 0 };
}

type Progress = 'SAVED' | 'ACCEPTED' | 'WITNESSED';

interface ShownBlock {
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
  /** Null: it waits here. */
  readonly position: number | null;
  /** By the hub, or it stands in the ledger. */
  readonly isAccepted: boolean;
}

function viewOf(
  service: DeviceService,
  names: ReadonlyMap<string, string>,
  { bytes: sealed, hash, position, isAccepted }: ShownBlock,
  verdicts?: BlockVerdicts['verdicts'],
) {
  if (!equalBytes(blockHash(hashParts, sealed), hash)) {
    throw new Failure(
      'ledger.block-altered',
      `${position === null ? 'An act that waits here' : `The block at position ${position}`} was altered on the disk and is not shown. Run "careledger verify", keep a copy of the data folder and restore a backup.`,
    );
  }
  const { block } = openBlock(sealed);
  const sync = service.sync;
  const chain = toHex(block.chain);
  const witnessed = position !== null && position < (sync?.witnessedSize ?? 0);
  const progress: Progress = witnessed ? 'WITNESSED' : isAccepted ? 'ACCEPTED' : 'SAVED';
  return {
    position,
    hash: toHex(hash),
    chain,
    clinic: names.get(chain) ?? chain.slice(0, 16),
    device: toHex(block.device),
    epoch: toHex(block.epoch),
    height: block.height,
    time: block.time,
    bytes: sealed.length,
    progress,
    audited: position !== null && position < (sync?.auditedSize ?? 0),
    events: block.events.map(({ event: bytes, signature }, at) => {
      const event = decodeEvent(bytes);
      const { verdict, reason } = verdicts?.[at] ?? { verdict: position === null ? '' : 'accepted', reason: '' };
      return {
        type: event.type,
        handle: toHex(event.handle),
        author: toHex(event.author),
        personal: signature.length > 0,
        time: event.time,
        verdict,
        reason: reason || null,
      };
    }),
  };
}

async function namesOf(service: DeviceService): Promise<Map<string, string>> {
  return new Map((await clinicsOf(service)).map(({ chain, name }) => [chain, name]));
}

/** Newest first; what is still pending here comes before everything, unless `before` names a position. */
export async function ledgerBlocks(service: DeviceService, before: number | undefined, limit: number) {
  const { database } = service.installation;
  const names = await namesOf(service);
  const pending =
    before === undefined
      ? (await pendingView(database.read, limit)).map((row) =>
          viewOf(service, names, { ...row, position: null, isAccepted: row.accepted === 1 }),
        )
      : [];
  const end = before ?? service.sync?.replicaSize ?? 0;
  const from = Math.max(service.sync?.historyFrom ?? 0, end - (limit - pending.length));
  const stored = end > from ? await readBlocks(database.read, from, end - from) : [];
  const verdicts = await readVerdicts(database.read, from, end);
  const settled = stored
    .reverse()
    .map((block) => viewOf(service, names, { ...block, isAccepted: true }, verdicts.get(block.position)));
  return [...pending, ...settled];
}

export async function ledgerBlock(service: DeviceService, position: number) {
  const { database } = service.installation;
  const block = (await storedBlock(service, position)) ?? (await earlierBlock(service, position));
  if (!block) return undefined;
  const verdicts = await readVerdicts(database.read, position, position + 1);
  return viewOf(service, await namesOf(service), { ...block, position, isAccepted: true }, verdicts.get(position));
}

async function storedBlock({ installation }: DeviceService, position: number): Promise<ProvedBlock | undefined> {
  const [stored] = await readBlocks(installation.database.read, position, 1);
  return stored?.position === position ? stored : undefined;
}

/** A block before the snapshot with which this replica began: from the hub, and only if it is proved. */
async function earlierBlock(service: DeviceService, position: number): Promise<ProvedBlock | undefined> {
  const { checkpoint } = service;
  if (!checkpoint || position >= (service.sync?.historyFrom ?? 0)) return undefined;
  return service.askHub((hub) => fetchProved(hub, hashParts, checkpoint, position));
}

/** The inclusion proof of one block under the newest checkpoint, checked as another would check it. */
export async function inclusionOf(service: DeviceService, position: number) {
  const { checkpoint, installation } = service;
  const stored = await storedBlock(service, position);
  const block = stored ?? (await earlierBlock(service, position));
  if (!checkpoint || !block || position >= checkpoint.size) {
    throw new Failure('ledger.pending', 'This block is not under a checkpoint yet. Sync first.', { retry: true });
  }
  const nodes = nodeSource(installation.database.read, hashParts);
  const proof = block.proof ?? (await inclusionProof(hashParts, position, checkpoint.size, nodes));
  const leaf = leafHash(hashParts, block.hash);
  return {
    position,
    size: checkpoint.size,
    leaf: toHex(leaf),
    root: toHex(checkpoint.root),
    nodes: proof.map(toHex),
    valid: verifyInclusion(hashParts, { leaf, index: position, size: checkpoint.size, root: checkpoint.root, proof }),
    checkpoint: checkpoint.note,
  };
}

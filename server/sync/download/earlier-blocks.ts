/** Blocks that are not here, since this replica began with a snapshot: fetched one by one and believed only with their proof. */
import { blockHash } from '../../../shared/ledger/block.ts';
import type { Checkpoint } from '../../../shared/ledger/checkpoint.ts';
import { type Hash, leafHash, verifyInclusion } from '../../../shared/ledger/merkle.ts';
import { caught } from '../evidence/caught.ts';
import type { HubClient } from '../hub-client.ts';
import { fetchBlocks } from './fetch-blocks.ts';

export interface ProvedBlock {
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
  /** Its inclusion proof under the checkpoint that was given, where it came from the hub. */
  readonly proof?: readonly Uint8Array[] | undefined;
}

/**
 * The block at `position`, below the size of `checkpoint`, which this replica came to by itself.
 * @throws {Failure} `sync.root-mismatch` when the hub sends another block or no proof of it; network failures.
 */
export async function fetchProved(hub: HubClient, hash: Hash, checkpoint: Checkpoint, position: number): Promise<ProvedBlock> {
  const { size, root } = checkpoint;
  const [page, { inclusionProof }] = await Promise.all([
    fetchBlocks(hub, position, 1),
    hub.ask<{ inclusionProof: string[] }>('InclusionProof', { index: position, size }),
  ]);
  const bytes = page.bytes.subarray(0, page.ends[0] ?? 0);
  const name = blockHash(hash, bytes);
  const proof = inclusionProof.map((node) => Buffer.from(node, 'base64'));
  if (!verifyInclusion(hash, { leaf: leafHash(hash, name), index: position, size, root, proof }))
    throw caught('sync.root-mismatch', `The hub cannot prove that the block it sent stands at position ${position}.`);
  return { bytes, hash: name, proof };
}

/**
 * Regions bound to each other's ledgers, as a hub administrator's desk sees them without a hub: this region's anchors in ledgers of others,
 * each file held against this replica, and the anchors of others that stand in this ledger.
 */
import { equalBytes, fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { type Anchor, openAnchor } from '../../shared/ledger/anchor.ts';
import { anchorRow, REGION_ANCHORED } from '../../shared/ledger/anchor-rules.ts';
import { rootAt } from '../../shared/ledger/merkle.ts';
import { counted } from '../../shared/outcome/counted.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { readHead } from '../ledger/ledger.store.ts';
import { nodeSource } from '../ledger/tree-nodes.store.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow } from '../sync/vault-context/vault-rows.store.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { verifySignature } from '../vault/primitives.ts';
import { knownRegion } from './hub-acts.ts';

/** Vault rows: a file as it was brought, of each parent the newest. */
const KEPT = 'region-anchor';
const ROWS = 'anchor/';
const LARGEST_FILE = 512 * 1024;
const NO_HANDLE = new Uint8Array(0);

/** HOLDS: this replica begins with that. BROKEN: it does not. AHEAD: it ends before. UNKNOWN: it began after that with a snapshot. */
type AnchorStanding = 'HOLDS' | 'BROKEN' | 'AHEAD' | 'UNKNOWN';

interface StoredAnchor {
  readonly key: Uint8Array;
  readonly file: string;
  readonly anchor: Anchor;
}

export class RegionAnchors {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  /** Both, the newest first. @throws {Failure} `fleet.no-region`. */
  async list() {
    const { id, authority, hubAddress } = await knownRegion(this.#context);
    const head = await readHead(this.#context.reader, hashParts);
    const command = `careledger anchor --data DIR --hub ${hubAddress} --region ${toHex(id)} --authority ${toHex(authority)} --out ANCHOR.json`;
    return { size: head?.size ?? 0, command, ours: await this.#ours(), others: await this.#others() };
  }

  /**
   * Takes in what `careledger anchor` wrote about this region. It stays with the clinic until a newer one of the same parent comes.
   * @throws {Failure} `receipt.*`; `fleet.anchor-foreign`, `-unsigned`, `-ahead`, `-older`, `-file`.
   */
  async keep(file: string) {
    const context = this.#context;
    const region = await knownRegion(context);
    const anchor = openFile(file);
    if (anchor.region !== toHex(region.id))
      throw new Failure(
        'fleet.anchor-foreign',
        `This file anchors the region ${anchor.region.slice(0, 16)}…, not yours (${toHex(region.id).slice(0, 16)}…). Take the file that was written with your region’s id.`,
      );
    const size = (await readHead(context.reader, hashParts))?.size ?? 0;
    if (anchor.head.size > size)
      throw new Failure(
        'fleet.anchor-ahead',
        `The file binds ${counted(anchor.head.size, 'block')}, and this desk has ${size}. Let it sync and take the file again. When it says “up to date” with fewer, the hub hides blocks or has lost them.`,
      );
    // Anybody can found a region and write what they like there: only what this region's hub has signed says something of it.
    try {
      region.policies.open(hashParts, verifySignature, anchor.checkpoint);
    } catch (cause) {
      throw new Failure(
        'fleet.anchor-unsigned',
        'The tree head in this file was not signed by your region’s hub. It shows nothing.',
        {
          cause,
        },
      );
    }
    return context.inTurn(() => this.#store(file, anchor));
  }

  /** As it was brought, or out of this ledger: for `careledger verify`. @param id as `list` gives it. @throws {Failure} `fleet.anchor-gone`. */
  async file(id: string): Promise<string> {
    const kept = (await this.#stored()).find(({ key }) => toHex(key) === id);
    const found = kept ? kept.file : await this.#receiptOf(id);
    if (found) return found;
    throw new Failure('fleet.anchor-gone', 'This anchor is not here yet, or not any more. Sync and look again.', { retry: true });
  }

  async #store(file: string, anchor: Anchor) {
    const { rows, gateway, clock, notify } = this.#context;
    const parent = anchor.parent.region.id;
    const standing = await this.#standingOf(anchor);
    const before = (await this.#stored()).filter((each) => equalBytes(each.anchor.parent.region.id, parent));
    if (before.some((each) => each.anchor.head.size > anchor.head.size && standing === 'HOLDS'))
      throw new Failure('fleet.anchor-older', 'A newer anchor in the ledger of the same region is kept here already.');
    const key = rows.name(KEPT, parent, anchor.head.root);
    const outdated = [];
    // What does not hold stays: it is evidence.
    for (const each of before) if ((await this.#standingOf(each.anchor)) === 'HOLDS') outdated.push(each.key);
    const gone = outdated
      .filter((each) => !equalBytes(each, key))
      .map((each) => ({ kind: KEPT, key: each, tag: NO_TAG, sealed: null }));
    await gateway.commit({ rows: [...gone, rows.seal(KEPT, key, NO_TAG, utf8(JSON.stringify({ file, keptAt: clock() })))] });
    notify({ topics: ['fleet'] });
    return shown({ key, file, anchor }, standing);
  }

  async #ours() {
    const ours = [];
    for (const each of await this.#stored()) ours.push(shown(each, await this.#standingOf(each.anchor)));
    return ours.sort((one, other) => other.time - one.time);
  }

  async #stored(): Promise<StoredAnchor[]> {
    const { reader, rows } = this.#context;
    const found: StoredAnchor[] = [];
    for await (const page of everyRow(reader, KEPT))
      for (const row of page) {
        const { file } = JSON.parse(fromUtf8(rows.open(KEPT, row))) as { file: string };
        found.push({ key: row.key, file, anchor: openFile(file) });
      }
    return found;
  }

  async #standingOf({ head: { size, root } }: Anchor): Promise<AnchorStanding> {
    const { reader } = this.#context;
    if (size > ((await readHead(reader, hashParts))?.size ?? 0)) return 'AHEAD';
    try {
      return equalBytes(await rootAt(hashParts, size, nodeSource(reader, hashParts)), root) ? 'HOLDS' : 'BROKEN';
    } catch (error) {
      if (asFailure(error).code === 'ledger.node-missing') return 'UNKNOWN';
      throw error;
    }
  }

  /** Each region that a clinic of this one anchors here, by the row that the rules keep of it. */
  async #others() {
    const { gateway } = this.#context;
    const rows = (await gateway.stateList(ROWS)).map(({ key, value }) => {
      const [chain = '', region = ''] = key.slice(ROWS.length).split('/');
      return { chain, region, head: decode(anchorRow, value) };
    });
    const names = await clinicNames(
      gateway,
      rows.map(({ chain }) => chain),
    );
    const others = [];
    for (const { chain, region, head } of rows) {
      const receipt = await this.#receiptOf(region);
      const parent = receipt === undefined ? undefined : openFile(receipt).parent;
      others.push({
        id: region,
        region,
        by: names.get(chain) ?? chain.slice(0, 12),
        size: head.size,
        root: toHex(head.root),
        time: parent?.event.time ?? null,
        witnessed: parent?.witnessed ?? false,
      });
    }
    return others.sort((one, other) => (other.time ?? 0) - (one.time ?? 0));
  }

  /** @param region hexadecimal */
  async #receiptOf(region: string): Promise<string | undefined> {
    if (!/^[0-9a-f]{64}$/.test(region)) return undefined;
    const wanted = { type: REGION_ANCHORED, handle: NO_HANDLE, naming: fromHex(region) };
    const [receipt] = await this.#context.gateway.eventReceipts([wanted]);
    return receipt;
  }
}

/** @throws {Failure} `fleet.anchor-file`; `receipt.*`. */
function openFile(file: string): Anchor {
  if (file.length > LARGEST_FILE) throw new Failure('fleet.anchor-file', 'This file is too large for an anchor.');
  let value: unknown;
  try {
    value = JSON.parse(file);
  } catch (cause) {
    throw new Failure('fleet.anchor-file', 'This file is no anchor: take the one that “careledger anchor --out FILE” wrote.', {
      cause,
    });
  }
  return openAnchor(hashParts, verifySignature, value);
}

function shown({ key, anchor }: StoredAnchor, standing: AnchorStanding) {
  const { parent, head } = anchor;
  return {
    id: toHex(key),
    parent: toHex(parent.region.id),
    parentName: parent.region.genesis.name,
    size: head.size,
    root: toHex(head.root),
    time: parent.event.time,
    witnessed: parent.witnessed,
    standing,
  };
}

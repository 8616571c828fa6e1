/** A hub administrator's desk, in this process, takes in what another region's ledger has bound of this one, and shows what stands in this one. */
import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../server/storage/database.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import { eventReceipts } from '../../server/workstation/device/receipts.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { openAnchor } from '../../shared/ledger/anchor.ts';
import { REGION_ANCHORED } from '../../shared/ledger/anchor-rules.ts';
import { checkpointText, type TreeHead } from '../../shared/ledger/checkpoint.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { FilledLedger } from '../support/filled-ledger.ts';
import {
  act,
  bytesFor,
  checkpointOf,
  cosign,
  foundClinic,
  foundRegion,
  hash,
  type TestRegion,
} from '../support/ledger-builder.ts';

const NOTHING = new Uint8Array(0);
const LIST = `{ regionAnchors { size command ours { id parent parentName size root standing witnessed }
  others { id region by size root time witnessed } } }`;
const KEEP = 'mutation Keep($file: String!) { keepRegionAnchor(file: $file) { standing } }';

interface Anchors {
  readonly size: number;
  readonly ours: ReadonlyArray<{ readonly id: string; readonly size: number }>;
  readonly others: ReadonlyArray<{ readonly id: string; readonly region: string }>;
}

/** A region with a ledger of its own, whose one clinic writes anchors. */
class Place {
  readonly clinic;
  readonly region: TestRegion;
  ledger: FilledLedger | undefined;

  constructor(label: string) {
    this.clinic = foundClinic(label);
    this.region = foundRegion(label, [this.clinic]);
  }

  async open(): Promise<this> {
    const database = await openDatabase({ path: '', migrations: CLINIC_MIGRATIONS, mode: 'memory' });
    this.ledger = await FilledLedger.into(database, this.region.region);
    return this;
  }

  get filled(): FilledLedger {
    return this.ledger as FilledLedger;
  }

  get head(): TreeHead {
    const { size, range, effects } = this.filled.head;
    return { size, root: range.root(), effects };
  }

  /** As its hub signed it and its one witness cosigned it. */
  get note(): string {
    const { note } = checkpointOf(this.region, this.head);
    return note + cosign(this.clinic, note);
  }

  /** Blocks that say nothing which matters here. */
  async grow(blocks: number, label = 'something'): Promise<void> {
    const head = { size: 1, root: bytesFor('root'), effects: bytesFor('effects') };
    for (let at = 0; at < blocks; at += 1) {
      const region = bytesFor(`${label} ${at}`);
      await this.anchor(region, `${checkpointText(region, head)}\n— careledger/nobody AAAAAAAA\n`);
    }
  }

  anchor(region: Uint8Array, checkpoint: string): Promise<void> {
    return this.filled.add(this.clinic.desk.write(act(this.clinic, REGION_ANCHORED, { region, checkpoint })));
  }

  /** What `careledger anchor --out` writes about the region: the receipt of the newest anchor. */
  async fileAbout(region: Uint8Array): Promise<string> {
    const ground = { read: this.filled.database.read, region: this.region.region, checkpoint: this.#checkpoint() };
    const [receipt] = await eventReceipts(ground, [{ type: REGION_ANCHORED, handle: NOTHING, naming: region }]);
    return receipt as string;
  }

  #checkpoint() {
    return { ...checkpointOf(this.region, this.head), note: this.note };
  }
}

let child: Place;
let parent: Place;
let desk: ClinicDesk;
const id = (): Uint8Array => child.region.region.id;
const list = async (): Promise<Anchors> => (await desk.ask<{ regionAnchors: Anchors }>(LIST)).regionAnchors;
const keep = (file: string) => desk.ask(KEEP, { file });

beforeEach(async () => {
  parent = await new Place('parent').open();
  child = new Place('child');
  desk = await ClinicDesk.open({
    label: 'child',
    region: child.region.region,
    staff: { name: 'Noor Haddad', role: 'hub-administrator' },
    eventReceipts: async ([wanted]) => [await child.fileAbout(wanted?.naming as Uint8Array)],
  });
  await desk.unlock();
  child.ledger = await FilledLedger.into(desk.database, child.region.region);
  await child.grow(7);
});

test('an anchor that fits is kept and shown, and the next one takes its place', async () => {
  expect(await list()).toMatchObject({ size: 7, ours: [], others: expect.any(Array) });
  await parent.anchor(id(), child.note);
  const first = await parent.fileAbout(id());
  expect(await keep(first)).toEqual({ keepRegionAnchor: { standing: 'HOLDS' } });
  await child.grow(40, 'more');
  await parent.anchor(id(), child.note);
  expect(await keep(await parent.fileAbout(id()))).toEqual({ keepRegionAnchor: { standing: 'HOLDS' } });
  await expect(keep(first)).rejects.toMatchObject({ code: 'fleet.anchor-older' });
  await child.grow(5, 'since');

  const { size, ours } = await list();
  expect(size).toBe(52);
  expect(ours).toMatchObject([{ parentName: 'Region parent', size: 47, standing: 'HOLDS', witnessed: true }]);
  const { regionAnchorFile } = await desk.ask<{ regionAnchorFile: string }>(
    'query File($id: ID!) { regionAnchorFile(id: $id) }',
    { id: ours[0]?.id },
  );
  expect(openAnchor(hash, verifySignature, JSON.parse(regionAnchorFile))).toMatchObject({ region: toHex(id()) });
});

test('a ledger that was made anew does not fit, and what shows it is not replaced', async () => {
  const other = await new Place('child').open();
  await other.grow(6, 'otherwise');
  await parent.anchor(id(), other.note);
  expect(await keep(await parent.fileAbout(id()))).toEqual({ keepRegionAnchor: { standing: 'BROKEN' } });
  await parent.anchor(id(), child.note);
  expect(await keep(await parent.fileAbout(id()))).toEqual({ keepRegionAnchor: { standing: 'HOLDS' } });
  expect((await list()).ours.map(({ size }) => size).sort()).toEqual([6, 7]);
});

test('what shows nothing of this region is refused by name', async () => {
  await parent.anchor(id(), child.note);
  const good = await parent.fileAbout(id());
  await expect(keep('{')).rejects.toMatchObject({ code: 'fleet.anchor-file' });
  await expect(keep(good.replace('"index": 0', '"index": 1'))).rejects.toMatchObject({ code: 'receipt.not-included' });

  const stranger = await new Place('stranger').open();
  await stranger.grow(3);
  await parent.anchor(stranger.region.region.id, stranger.note);
  await expect(keep(await parent.fileAbout(stranger.region.region.id))).rejects.toMatchObject({ code: 'fleet.anchor-foreign' });

  // Anybody may found a region and let it say what they like.
  const forged = checkpointOf({ ...child.region, hubKey: stranger.region.hubKey }, child.head).note;
  const liars = await new Place('liars').open();
  await liars.anchor(id(), forged);
  await expect(keep(await liars.fileAbout(id()))).rejects.toMatchObject({ code: 'fleet.anchor-unsigned' });

  const ahead = await new Place('child').open();
  await ahead.grow(9);
  await parent.anchor(id(), ahead.note);
  await expect(keep(await parent.fileAbout(id()))).rejects.toMatchObject({ code: 'fleet.anchor-ahead' });
  expect((await list()).ours).toEqual([]);
});

test('regions that a clinic anchors here are shown with the file that proves it', async () => {
  await parent.grow(4);
  await child.anchor(parent.region.region.id, parent.note);
  const { others } = await list();
  const expected = { region: toHex(parent.region.region.id), by: 'Clinic child', size: 4, witnessed: true };
  const found = others.find(({ region }) => region === expected.region);
  expect(found).toMatchObject(expected);
  const { regionAnchorFile } = await desk.ask<{ regionAnchorFile: string }>(
    'query File($id: ID!) { regionAnchorFile(id: $id) }',
    { id: found?.id },
  );
  const anchor = openAnchor(hash, verifySignature, JSON.parse(regionAnchorFile));
  expect(fromHex(anchor.region)).toEqual(Uint8Array.from(parent.region.region.id));
});

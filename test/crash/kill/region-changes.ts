/** What changes a region: who joins or founds it, keys that are replaced, a desk or a hub that is put back, a bundle on a drive. */

import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backUpHub, backupCode, restoreHub } from '../../../server/hub/backup/hub-backup.ts';
import { initHub, inviteToHub } from '../../../server/hub/commands/administration.ts';
import { HUB_KEYS_FILE } from '../../../server/hub/hub-keys.ts';
import { openHub } from '../../../server/hub/hub-service.ts';
import { until } from '../../../server/workstation/demo/desk.ts';
import { freePort } from '../../../server/workstation/demo/free-port.ts';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { verifyReplica } from '../../../server/workstation/verify/verify-replica.ts';
import { fromHex } from '../../../shared/encoding/bytes.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { readInvitation, writeInvitation } from '../../../shared/sync/wire.ts';
import { ask, openDesk, PASSPHRASE, unlock } from './desk.ts';
import { doAgain } from './do-again.ts';
import type { Witness } from './lives.ts';
import { chainOf, letIn, moveHub, newClinic, type Region } from './region.ts';
import type { Act, Task } from './task.ts';

const HOUR = 3_600_000;

/** The invitation, to the hub where it listens now. */
const invitationTo = (text: string, port: number): string =>
  writeInvitation({ ...readInvitation(text), address: `https://localhost:${port}` });

export class RegionChanges {
  readonly #region: Region;
  readonly #witness: Witness;

  constructor(region: Region, witness: Witness) {
    this.#region = region;
    this.#witness = witness;
  }

  /** A restore of the hub that was cut off leaves a folder without keys, which no hub starts in: it is done again in an empty one. */
  static async mendHub({ folder, acts }: Task, witness: Witness): Promise<void> {
    const last = acts.at(-1);
    const hub = join(folder, 'hub');
    if (last?.kind !== 'hub restored' || existsSync(join(hub, HUB_KEYS_FILE))) return;
    const started = await openHub(hub).then(
      (running) => running.close().then(() => 'it starts'),
      (error: unknown) => asFailure(error).code,
    );
    if (started !== 'hub.not-initialised') witness.fault('no half state', `a hub that is half restored: ${started}`);
    rmSync(hub, { recursive: true, force: true });
    await restoreHub(last.about.from ?? '', hub, last.about.code ?? '', Date.now());
  }

  readonly acts: Readonly<Record<string, (number: number) => Promise<void>>> = {
    join: (number) => this.#join(number),
    'found region': (number) => this.#foundRegion(number),
    roll: () => this.#roll(),
    'hub restored': (number) => this.#restoreHub(number),
    'older copy': (number) => this.#olderCopy(number),
    bundle: (number) => this.#bundle(number),
    snapshot: (number) => this.#snapshot(number),
    altered: (number) => this.#altered(number),
  };

  async look(acts: readonly Act[]): Promise<void> {
    const last = acts.at(-1);
    if (last?.kind === 'join') await this.#lookAtJoined(last);
    if (last?.kind === 'found region') await this.#lookAtFounded(last);
    if (last?.kind === 'roll') await doAgain(this.#witness, () => this.#rollOnce());
    const seen = await this.#region.patients(this.#region.mountain);
    if (acts.some(({ kind }) => kind === 'altered')) await this.#lookAtAltered(acts);
    for (const { kind, state, about } of acts) {
      if (kind !== 'older copy') continue;
      const count = seen.get(about.family ?? '')?.length ?? 0;
      if (count > 1) this.#witness.fault('nothing is doubled', `${about.family} is there ${count} times`);
      if (count === 0 && state === 'done') this.#witness.fault('nothing acknowledged is lost', `${about.family} is gone`);
    }
  }

  /** Whatever was altered: the desk has told a person of it, keeps it as evidence, and still shows the patient. */
  async #lookAtAltered(acts: readonly Act[]): Promise<void> {
    const { read } = this.#region.harbour.installation.database;
    const here = await this.#region.patients(this.#region.harbour);
    const told = await read.all<{ about: string }>("SELECT about FROM evidence WHERE code = 'storage.act-altered'");
    const kept = await read.all<{ hash: string }>('SELECT lower(hex(hash)) AS hash FROM altered_act');
    for (const { kind, state, about } of acts) {
      if (kind === 'altered' && state === 'done' && !told.some((row) => row.about === `act ${about.block?.slice(0, 16)}`))
        this.#witness.fault('nothing acknowledged is lost', 'an act was lost without a word');
      if (kind === 'altered' && state === 'done' && !kept.some(({ hash }) => hash === about.block))
        this.#witness.fault('nothing acknowledged is lost', 'an altered act was not kept as evidence');
      if (kind === 'behind an altered act' && state === 'done' && (here.get(about.family ?? '')?.length ?? 0) !== 1)
        this.#witness.fault('nothing acknowledged is lost', `${about.family} is not there once`);
    }
  }

  // --- What is done -----------------------------------------------------------------------------------------------

  /** What waits is altered on the disk, twice, beyond what can be put right; then the hub is there again. */
  async #altered(number: number): Promise<void> {
    const { harbour } = this.#region;
    for (const part of ['A', 'B']) {
      await this.#region.stopHub();
      await this.#region.register(`Altered${part}${number}`);
      const { database } = harbour.installation;
      const [waiting] = await database.read.all<{ hash: string; bytes: Buffer }>(
        'SELECT lower(hex(hash)) AS hash, bytes FROM own_block WHERE position IS NULL ORDER BY sequence DESC LIMIT 1',
      );
      if (!waiting) throw new Error('nothing waits');
      const family = `Behind${part}${number}`;
      await this.#witness.act('behind an altered act', { family }, async () => {
        await this.#region.register(family);
        return {};
      });
      for (const at of [200, 240]) waiting.bytes[at] = (waiting.bytes[at] as number) ^ 0x5a;
      await database.write((transaction) =>
        transaction.run('UPDATE own_block SET bytes = ? WHERE hash = unhex(?)', [waiting.bytes, waiting.hash]),
      );
      await this.#region.startHub();
      await this.#witness.act('altered', { block: waiting.hash }, async () => {
        await this.#region.inStep();
        return {};
      });
    }
  }

  async #join(number: number): Promise<void> {
    const folder = this.#region.place(`newcomer-${number}`);
    const newcomer = await newClinic(folder, `Newcomer ${number}`);
    const { invitation } = await inviteToHub(this.#region.place('hub'), 'clinic', Date.now() + HOUR);
    await this.#witness.act('join', { folder, invitation: invitationTo(invitation, this.#region.port) }, async () => {
      await newcomer.entrance.joinRegion(invitationTo(invitation, this.#region.port));
      await letIn(this.#region.harbour, newcomer);
      return {};
    });
    await newcomer.close();
    rmSync(folder, { recursive: true });
  }

  async #foundRegion(number: number): Promise<void> {
    const [folder, hub] = [this.#region.place(`founder-${number}`), this.#region.place(`new-hub-${number}`)];
    const founder = await newClinic(folder, `Founder ${number}`);
    const port = await freePort();
    const { invitation } = await initHub(hub, 'New region', `https://localhost:${port}`);
    const running = await openHub(hub, { report: () => undefined });
    await running.start(port, '127.0.0.1');
    await this.#witness.act('found region', { folder, hub, invitation }, async () => {
      await founder.entrance.joinRegion(invitation);
      await until('it is in', async () => founder.sync?.connection === 'UP_TO_DATE');
      return {};
    });
    await founder.close();
    await running.close();
    for (const place of [folder, hub]) rmSync(place, { recursive: true });
  }

  async #roll(): Promise<void> {
    await this.#witness.act('roll', {}, async () => {
      await this.#rollOnce();
      return {};
    });
    await this.#region.inStep();
  }

  /** Signed with the keys in force: whoever does not have them is refused. */
  async #rollOnce(): Promise<void> {
    await ask(
      this.#region.harbour,
      'mutation Roll($passphrase: String!) { rollClinicKeys(passphrase: $passphrase) { __typename } }',
      { passphrase: PASSPHRASE },
    );
  }

  /** Its disk is lost, and with it what was ordered since the backup. */
  async #restoreHub(number: number): Promise<void> {
    const region = this.#region;
    const [hub, lost] = [region.place('hub'), region.place(`hub-lost-${number}`)];
    const { folder: from } = await backUpHub(hub, region.place(`hub-backups-${number}`), Date.now());
    const { code } = await backupCode(hub);
    const family = `Since${number}`;
    await this.#witness.act('patient', { family }, async () => ({ id: await region.register(family) }));
    await region.inStep();
    await this.#witness.act('hub restored', { from, code }, async () => {
      await region.stopHub();
      renameSync(hub, lost);
      await restoreHub(from, hub, code, Date.now());
      await region.startHub();
      await region.inStep();
      return {};
    });
    rmSync(lost, { recursive: true });
  }

  /** The folder of a desk is put back as it was before its newest blocks. */
  async #olderCopy(number: number): Promise<void> {
    const region = this.#region;
    const [folder, copy] = [region.place('mountain'), region.place(`mountain-copy-${number}`)];
    await region.inStep();
    await region.mountain.close();
    cpSync(folder, copy, { recursive: true });
    await region.openDesk('mountain');
    await region.register(`Between${number}`, region.mountain);
    await region.inStep();
    await region.mountain.close();
    rmSync(folder, { recursive: true });
    renameSync(copy, folder);
    const family = `Copied${number}`;
    await this.#witness.act('older copy', { family }, async () => {
      await region.openDesk('mountain');
      await region.register(family, region.mountain);
      return {};
    });
    await region.inStep();
  }

  /** What one clinic has of the ledger comes to the other on a drive, while the hub is away. */
  async #bundle(number: number): Promise<void> {
    const region = this.#region;
    await region.inStep();
    await region.mountain.close();
    const family = `Carried${number}`;
    await this.#witness.act('patient', { family }, async () => ({ id: await region.register(family) }));
    await region.harbour.syncOnce();
    await region.stopHub();
    await region.openDesk('mountain');
    const { harbour, mountain } = region;
    const { bytes, size } = await harbour.writeBundle(mountain.sync?.replicaSize ?? 0, fromHex(chainOf(mountain)));
    await this.#witness.act('bundle', {}, async () => {
      for (const time of ['once', 'again']) {
        const read = await mountain.readBundle(bytes);
        if (read.size !== size)
          this.#witness.fault('no half state', `a bundle of ${size} blocks read ${time} leads to ${read.size}`);
      }
      return {};
    });
    await region.startHub();
    await region.inStep();
  }

  /** Blocks enough for the next snapshot of the state (child-run.ts says how many), and the word of the witness, which takes its time. */
  async #snapshot(number: number): Promise<void> {
    for (let part = 0; part < 16; part++) {
      const family = `Snap${number}-${part}`;
      await this.#witness.act('patient', { family }, async () => ({ id: await this.#region.register(family) }));
    }
    await this.#region.inStep();
    const { harbour } = this.#region;
    const size = harbour.sync?.replicaSize ?? 0;
    await until('it is witnessed', async () => (harbour.sync?.witnessedSize ?? 0) >= size || undefined);
  }

  // --- What must hold ---------------------------------------------------------------------------------------------

  /** In the region, or on the way there with the same invitation. */
  async #lookAtJoined({ about: { folder = '', invitation = '' } }: Act): Promise<void> {
    if (!existsSync(folder)) return;
    await this.#goOn(folder, this.#region.port, invitation, (newcomer) => letIn(this.#region.harbour, newcomer));
  }

  async #lookAtFounded({ about: { folder = '', hub = '', invitation = '' } }: Act): Promise<void> {
    if (!existsSync(folder) || !existsSync(hub)) return;
    const running = await openHub(hub, { report: () => undefined });
    const port = await running.start(0, '127.0.0.1');
    await this.#goOn(folder, port, invitation, async (founder) => {
      founder.syncNow();
      await until('it is in', async () => founder.sync?.connection === 'UP_TO_DATE');
    });
    await running.close();
    rmSync(hub, { recursive: true });
  }

  async #goOn(folder: string, port: number, invitation: string, isIn: (newcomer: DeviceService) => Promise<void>): Promise<void> {
    await moveHub(folder, port);
    const newcomer = await openDesk(folder);
    await unlock(newcomer);
    await doAgain(this.#witness, async () => {
      if (!newcomer.installation.region) await newcomer.entrance.joinRegion(invitationTo(invitation, port));
      await isIn(newcomer);
      await this.#region.register('First', newcomer);
      await newcomer.syncOnce();
    });
    for (const what of (await verifyReplica(newcomer.installation)).faults) this.#witness.fault('verify is clean', what);
    await newcomer.close();
    rmSync(folder, { recursive: true });
  }
}

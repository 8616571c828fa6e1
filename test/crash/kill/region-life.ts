/** A region: what two clinics and their hub do with each other until all of them are killed at once, and what must hold then. What each finds on its disk is what it would find had it died alone. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { offerHubKey, readHubKeys } from '../../../server/hub/hub-keys.ts';
import { verifyReplica } from '../../../server/workstation/verify/verify-replica.ts';
import { verifyTiles } from '../../../server/workstation/verify/verify-tiles.ts';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { ask, PASSPHRASE } from './desk.ts';
import type { Life, Witness } from './lives.ts';
import { chainOf, Region } from './region.ts';
import { RegionChanges } from './region-changes.ts';
import { RegionWorks } from './region-works.ts';
import type { Act, Task } from './task.ts';

/** Milliseconds. */
const SETTLED_BY = 20_000;
const TILE_LOOKS = 3;

export async function regionLife(task: Task, witness: Witness): Promise<Life> {
  await RegionChanges.mendHub(task, witness);
  const region = await Region.open(task, witness);
  const acts = new RegionActs(region, witness);
  const changes = new RegionChanges(region, witness);
  const works = new RegionWorks(region, witness);
  return {
    begin: async (number) => void (await acts.share(number)),
    look: async (known) => {
      await works.goOn(known);
      await changes.look(known);
      await acts.look(known);
      await works.look(known);
    },
    acts: {
      patient: (number) => acts.patient(number),
      share: async (number) => void (await acts.share(number)),
      withdraw: (number) => acts.withdraw(number),
      erase: (number) => acts.erase(number),
      rotate: () => acts.rotate(),
      tiles: (number) => acts.tiles(number),
      ...changes.acts,
      ...works.acts,
    },
    close: () => region.close(),
  };
}

interface Erasure {
  readonly compartments: readonly { readonly handle: string }[];
  readonly confirmations: readonly { readonly party: string; readonly at: number | null }[];
}

interface Consent {
  readonly id: string;
  readonly state: string;
}

class RegionActs {
  readonly #region: Region;
  readonly #witness: Witness;

  constructor(region: Region, witness: Witness) {
    this.#region = region;
    this.#witness = witness;
  }

  // --- What is done -----------------------------------------------------------------------------------------------

  async patient(number: number): Promise<void> {
    const family = `Family${number}`;
    await this.#witness.act('patient', { family }, async () => ({ id: await this.#region.register(family) }));
    await this.#region.inStep();
  }

  /** A patient whose records the other clinic may read. */
  async share(number: number): Promise<string> {
    let consent = '';
    const family = `Shared${number}`;
    const patient = await this.#region.register(family);
    const input = {
      patient,
      recipient: chainOf(this.#region.mountain),
      categories: ['IDENTITY'],
      purpose: 'TREAT',
      starts: Date.now() - 1000,
      ends: Date.now() + 86_400_000,
      verification: 'in-person',
      language: 'en',
    };
    await this.#witness.act('share', { family, patient }, async () => {
      const { consentText } = await ask<{ consentText: { hash: string } }>(
        this.#region.harbour,
        'query Text($input: ConsentInput!) { consentText(input: $input) { hash } }',
        { input },
      );
      const { giveConsent } = await ask<{ giveConsent: Consent }>(
        this.#region.harbour,
        'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id state } }',
        { input, textHash: consentText.hash, passphrase: PASSPHRASE },
      );
      consent = giveConsent.id;
      return { consent };
    });
    await this.#region.inStep();
    return consent;
  }

  async withdraw(number: number): Promise<void> {
    const consent = await this.share(number);
    await this.#witness.act('withdraw', { family: `Shared${number}` }, async () => {
      await ask(
        this.#region.harbour,
        'mutation Withdraw($id: ID!, $passphrase: String!) { withdrawConsent(id: $id, passphrase: $passphrase) { state } }',
        { id: consent, passphrase: PASSPHRASE },
      );
      return {};
    });
    await this.#region.inStep();
  }

  /** Of a patient whom the other clinic knows: the erasure reaches its replica and the hub. */
  async erase(number: number): Promise<void> {
    await this.share(number);
    const family = `Shared${number}`;
    const patient = (await this.#region.patients(this.#region.harbour)).get(family)?.[0] ?? '';
    await this.#witness.act('erase', { family, patient }, async () => {
      await ask(
        this.#region.harbour,
        'mutation Erase($input: ErasureInput!, $passphrase: String!) { erase(input: $input, passphrase: $passphrase) { id } }',
        { input: { patient, ground: 'CONSENT_WITHDRAWN' }, passphrase: PASSPHRASE },
      );
      return {};
    });
    await this.#region.inStep();
  }

  async rotate(): Promise<void> {
    const key = toHex((await offerHubKey(this.#region.place('hub'))).publicKey);
    await this.#witness.act('rotate', { key }, async () => {
      await ask(this.#region.harbour, 'mutation { proposeHubKey }');
      await this.#region.inStep();
      return {};
    });
  }

  /** The hub is stopped, which brings its tiles up to date, and starts again. */
  async tiles(number: number): Promise<void> {
    await this.patient(number);
    await this.#region.stopHub();
    await this.#region.startHub();
  }

  // --- What must hold ---------------------------------------------------------------------------------------------

  async look(acts: readonly Act[]): Promise<void> {
    try {
      await this.#region.inStep();
    } catch (error) {
      const { code, message } = asFailure(error);
      this.#witness.fault('it can be done again', `syncing ended with ${code}: ${message}`);
      return;
    }
    const here = await this.#region.patients(this.#region.harbour);
    const there = await this.#region.patients(this.#region.mountain);
    for (const act of acts) {
      const { family = '', patient = '' } = act.about;
      const count = here.get(family)?.length ?? 0;
      const isErased = acts.some(
        ({ kind, about, state }) => kind === 'erase' && about.family === family && (state === 'done' || count === 0),
      );
      if (count > 1) this.#witness.fault('nothing is doubled', `${family} is there ${count} times`);
      if ((act.kind === 'patient' && act.state === 'done' && count === 0) || (act.kind === 'share' && count === 0 && !isErased))
        this.#witness.fault('nothing acknowledged is lost', `${family} is gone`);
      if (act.kind === 'share') await this.#lookAtConsent(act, patient, isErased, acts, there.get(family)?.length ?? 0);
      if (act.kind === 'erase' && act.state === 'done' && count > 0)
        this.#witness.fault('what was erased stays erased', `${family} is back`);
    }
    await this.#lookAtErasures();
    await this.#lookAtLedgers();
    await this.#lookAtHub(acts);
  }

  async #lookAtConsent(act: Act, patient: string, isErased: boolean, acts: readonly Act[], seen: number): Promise<void> {
    const { family = '' } = act.about;
    const consents = isErased ? [] : await this.#consents(patient);
    const active = consents.filter(({ state }) => state === 'ACTIVE').length;
    const withdrawals = acts.filter(({ kind, about }) => kind === 'withdraw' && about.family === family);
    if (consents.length > 1) this.#witness.fault('nothing is doubled', `${family} has ${consents.length} consents`);
    if (!isErased && act.state === 'done' && consents.length === 0)
      this.#witness.fault('nothing acknowledged is lost', `the consent of ${family} is gone`);
    if (act.state === 'done' && active === 0 && withdrawals.length === 0 && !isErased)
      this.#witness.fault('nothing acknowledged is lost', `the consent of ${family} is over`);
    if (active > 0 && withdrawals.some(({ state }) => state === 'done'))
      this.#witness.fault('nothing acknowledged is lost', `the consent of ${family} was withdrawn and is in force`);
    if (seen !== active && (await this.#seenThere(family, active)) !== active)
      this.#witness.fault('no half state', `${family}: ${active} consents in force, the other clinic knows ${seen}`);
  }

  async #lookAtErasures(): Promise<void> {
    const erasures = await this.#erasuresSettled();
    for (const { compartments, confirmations } of erasures) {
      for (const { party, at } of confirmations)
        if (at === null) this.#witness.fault('what was erased stays erased', `${party} has not confirmed an erasure`);
      for (const { handle } of compartments)
        for (const desk of [this.#region.harbour, this.#region.mountain]) {
          const [documents] = await desk.installation.database.read.all<{ left: number }>(
            'SELECT count(*) AS left FROM document WHERE handle = unhex(?)',
            [handle],
          );
          if (documents?.left)
            this.#witness.fault('what was erased stays erased', `${documents.left} documents of an erased compartment are here`);
        }
    }
  }

  async #lookAtLedgers(): Promise<void> {
    for (const desk of [this.#region.harbour, this.#region.mountain]) {
      const { faults } = await verifyReplica(desk.installation);
      for (const what of faults) this.#witness.fault('verify is clean', what);
      const alarms = (desk.sync?.alarms ?? []).filter(({ code }) => code.startsWith('sync.'));
      if (alarms.length > 0) this.#witness.fault('verify is clean', `the hub was accused: ${JSON.stringify(alarms[0])}`);
      const [twice] = await desk.installation.database.read.all<{ count: number }>(
        'SELECT count(*) AS count FROM own_block WHERE position IS NOT NULL AND position IN (SELECT position FROM own_block GROUP BY position HAVING count(*) > 1)',
      );
      if (twice?.count) this.#witness.fault('nothing is doubled', `${twice.count} blocks share a place`);
    }
    const sizes = [this.#region.harbour, this.#region.mountain].map((desk) => desk.sync?.replicaSize);
    if (sizes[0] !== sizes[1]) this.#witness.fault('no half state', `the replicas hold ${sizes.join(' and ')} blocks`);
  }

  async #lookAtHub(acts: readonly Act[]): Promise<void> {
    const { hubKey } = await readHubKeys(this.#region.place('hub'));
    const { regionPolicy } = await ask<{ regionPolicy: { hubKey: string } }>(this.#region.harbour, '{ regionPolicy { hubKey } }');
    if (regionPolicy.hubKey !== toHex(hubKey.publicKey))
      this.#witness.fault('no half state', 'the hub signs with another key than the region has given it');
    const rotated = acts.findLast(({ kind, state }) => kind === 'rotate' && state === 'done');
    const later = acts.some(({ kind, id }) => kind === 'rotate' && id > (rotated?.id ?? 0));
    if (rotated && !later && rotated.about.key !== regionPolicy.hubKey)
      this.#witness.fault('nothing acknowledged is lost', 'the key that the region gave the hub is not in force');
    await this.#lookAtTiles();
  }

  /** The hub goes on writing them meanwhile, and takes away what a newer checkpoint needs no more: only what lasts is a fault. */
  async #lookAtTiles(): Promise<void> {
    const tiles = join(this.#region.place('hub'), 'tiles');
    if (!existsSync(join(tiles, 'checkpoint'))) return;
    for (let left = TILE_LOOKS; ; left--) {
      try {
        await verifyTiles(tiles, undefined);
        return;
      } catch (error) {
        if (left === 1) this.#witness.fault('verify is clean', `tiles: ${asFailure(error).message}`);
        if (left === 1) return;
      }
    }
  }

  /** Everybody who is asked has had the time to confirm. */
  async #erasuresSettled(): Promise<Erasure[]> {
    const end = Date.now() + SETTLED_BY;
    for (;;) {
      const { erasures } = await ask<{ erasures: Erasure[] }>(
        this.#region.harbour,
        '{ erasures { compartments { handle } confirmations { party at } } }',
      );
      const isSettled = erasures.every(({ confirmations }) => confirmations.every(({ at }) => at !== null));
      if (isSettled || Date.now() > end) return erasures;
      this.#region.harbour.syncNow();
      this.#region.mountain.syncNow();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** What the other clinic knows of a patient once its vault has dealt with everything that arrived. */
  async #seenThere(family: string, expected: number): Promise<number> {
    const end = Date.now() + SETTLED_BY;
    for (;;) {
      const seen = (await this.#region.patients(this.#region.mountain)).get(family)?.length ?? 0;
      if (seen === expected || Date.now() > end) return seen;
      this.#region.harbour.syncNow();
      this.#region.mountain.syncNow();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #consents(patient: string): Promise<Consent[]> {
    const { consents } = await ask<{ consents: Consent[] }>(
      this.#region.harbour,
      'query Consents($patient: ID!) { consents(patient: $patient) { id state } }',
      { patient },
    );
    return consents;
  }
}

/**
 * A region in one process: its hub and two clinics' desks, over real TLS and each in its own folder, so that a death takes all of
 * them at once. What each then finds on its disk is what it would find had it died alone.
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { initHub, inviteToHub } from '../../../server/hub/administration.ts';
import { offerHubKey, readHubKeys } from '../../../server/hub/hub-keys.ts';
import { openHub, type RunningHub } from '../../../server/hub/hub-service.ts';
import { until } from '../../../server/workstation/demo/desk.ts';
import type { DeviceService } from '../../../server/workstation/device-service.ts';
import { Installation } from '../../../server/workstation/installation.ts';
import { verifyReplica } from '../../../server/workstation/verify-replica.ts';
import { verifyTiles } from '../../../server/workstation/verify-tiles.ts';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { ADMINISTRATOR, ask, openDesk, PASSPHRASE, unlock } from './desk.ts';
import { lookAtMark } from './desk-life.ts';
import type { Life, Witness } from './lives.ts';
import type { Act, Invariant, Task } from './task.ts';

const HOST = '127.0.0.1';
/** Milliseconds. */
const SETTLED_BY = 20_000;
const TILE_LOOKS = 3;
const NAMES = ['harbour', 'mountain'] as const;

export async function regionLife({ folder, fresh }: Task, witness: Witness): Promise<Life> {
  const place = (name: string): string => join(folder, name);
  const port = await freePort();
  if (!existsSync(place('hub'))) await foundRegion(place, port);
  else {
    if (!fresh) for (const name of NAMES) await lookAtMark(place(name), witness);
    // The hub may listen elsewhere than it did.
    for (const name of NAMES) await moveHub(place(name), port);
  }
  const hub = await openHub(place('hub'), { report: () => undefined });
  await hub.start(port, HOST);
  const [harbour, mountain] = await Promise.all(
    NAMES.map(async (name) => {
      const desk = await openDesk(place(name));
      await unlock(desk);
      return desk;
    }),
  );
  const region = new RegionActs(place('hub'), port, hub, harbour as DeviceService, mountain as DeviceService, witness);
  return {
    begin: async (number) => void (await region.share(number)),
    look: (acts) => region.look(acts),
    acts: {
      patient: (number) => region.patient(number),
      share: async (number) => void (await region.share(number)),
      withdraw: (number) => region.withdraw(number),
      erase: (number) => region.erase(number),
      rotate: () => region.rotate(),
      tiles: (number) => region.tiles(number),
    },
    close: () => region.close(),
  };
}

async function foundRegion(place: (name: string) => string, port: number): Promise<void> {
  const { invitation } = await initHub(place('hub'), 'Test region', `https://localhost:${port}`);
  const hub = await openHub(place('hub'));
  await hub.start(port, HOST);
  const [harbour, mountain] = await Promise.all(
    NAMES.map(async (name) => {
      const desk = await openDesk(place(name));
      await desk.createClinic({ name, kind: 'clinic', administrator: ADMINISTRATOR, passphrase: PASSPHRASE });
      return desk;
    }),
  );
  if (!harbour || !mountain) return;
  await harbour.joinRegion(invitation);
  await mountain.joinRegion((await inviteToHub(place('hub'), 'clinic', Date.now() + 3_600_000)).invitation);
  await until('the request arrives', async () => mountain.sync?.connection === 'ADMISSION_PENDING');
  await ask(harbour, 'mutation Approve($chain: ID!) { approveAdmission(chain: $chain) }', { chain: chainOf(mountain) });
  await until('both are in step', async () => mountain.sync?.connection === 'UP_TO_DATE');
  await ask(
    harbour,
    'mutation Set($passphrase: String!) { setRetention(jurisdiction: "NONE", years: 0, passphrase: $passphrase) { years } }',
    { passphrase: PASSPHRASE },
  );
  await Promise.all([harbour.close(), mountain.close()]);
  await hub.close();
}

async function moveHub(folder: string, port: number): Promise<void> {
  const installation = await Installation.open(folder);
  await installation.remember({ 'hub-address': `https://localhost:${port}` });
  await installation.close();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const chainOf = (desk: DeviceService): string => toHex(desk.installation.founding?.chain ?? new Uint8Array(0));

interface Erasure {
  readonly compartments: readonly { readonly handle: string }[];
  readonly confirmations: readonly { readonly party: string; readonly at: number | null }[];
}

interface Consent {
  readonly id: string;
  readonly state: string;
}

class RegionActs {
  readonly #hubFolder: string;
  readonly #port: number;
  #hub: RunningHub;
  readonly #harbour: DeviceService;
  readonly #mountain: DeviceService;
  readonly #witness: Witness;

  constructor(
    hubFolder: string,
    port: number,
    hub: RunningHub,
    harbour: DeviceService,
    mountain: DeviceService,
    witness: Witness,
  ) {
    this.#hubFolder = hubFolder;
    this.#port = port;
    this.#hub = hub;
    this.#harbour = harbour;
    this.#mountain = mountain;
    this.#witness = witness;
  }

  // --- What is done -----------------------------------------------------------------------------------------------

  async patient(number: number): Promise<void> {
    const family = `Family${number}`;
    await this.#witness.act('patient', { family }, async () => ({ id: await this.#register(family) }));
    await this.#inStep();
  }

  /** A patient whose records the other clinic may read. */
  async share(number: number): Promise<string> {
    let consent = '';
    const family = `Shared${number}`;
    const patient = await this.#register(family);
    const input = {
      patient,
      recipient: chainOf(this.#mountain),
      categories: ['IDENTITY'],
      purpose: 'TREAT',
      starts: Date.now() - 1000,
      ends: Date.now() + 86_400_000,
      verification: 'in-person',
      language: 'en',
    };
    await this.#witness.act('share', { family, patient }, async () => {
      const { consentText } = await ask<{ consentText: { hash: string } }>(
        this.#harbour,
        'query Text($input: ConsentInput!) { consentText(input: $input) { hash } }',
        { input },
      );
      const { grantConsent } = await ask<{ grantConsent: Consent }>(
        this.#harbour,
        'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { grantConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id state } }',
        { input, textHash: consentText.hash, passphrase: PASSPHRASE },
      );
      consent = grantConsent.id;
      return { consent };
    });
    await this.#inStep();
    return consent;
  }

  async withdraw(number: number): Promise<void> {
    const consent = await this.share(number);
    await this.#witness.act('withdraw', { family: `Shared${number}` }, async () => {
      await ask(
        this.#harbour,
        'mutation Withdraw($id: ID!, $passphrase: String!) { withdrawConsent(id: $id, passphrase: $passphrase) { state } }',
        { id: consent, passphrase: PASSPHRASE },
      );
      return {};
    });
    await this.#inStep();
  }

  /** Of a patient whom the other clinic knows: the erasure reaches its replica and the hub. */
  async erase(number: number): Promise<void> {
    await this.share(number);
    const family = `Shared${number}`;
    const patient = (await this.#patients(this.#harbour)).get(family)?.[0] ?? '';
    await this.#witness.act('erase', { family, patient }, async () => {
      await ask(
        this.#harbour,
        'mutation Erase($input: ErasureInput!, $passphrase: String!) { erase(input: $input, passphrase: $passphrase) { id } }',
        { input: { patient, ground: 'CONSENT_WITHDRAWN' }, passphrase: PASSPHRASE },
      );
      return {};
    });
    await this.#inStep();
  }

  async rotate(): Promise<void> {
    const key = toHex((await offerHubKey(this.#hubFolder)).publicKey);
    await this.#witness.act('rotate', { key }, async () => {
      await ask(this.#harbour, 'mutation { proposeHubKey }');
      await this.#inStep();
      return {};
    });
  }

  /** The hub is stopped, which brings its tiles up to date, and starts again. */
  async tiles(number: number): Promise<void> {
    await this.patient(number);
    await this.#hub.close();
    this.#hub = await openHub(this.#hubFolder, { report: () => undefined });
    await this.#hub.start(this.#port, HOST);
  }

  async close(): Promise<void> {
    await Promise.all([this.#harbour.close(), this.#mountain.close()]);
    await this.#hub.close();
  }

  // --- What must hold ---------------------------------------------------------------------------------------------

  async look(acts: readonly Act[]): Promise<void> {
    try {
      await this.#inStep();
    } catch (error) {
      const { code, message } = asFailure(error);
      this.#fault('it can be done again', `syncing ended with ${code}: ${message}`);
      return;
    }
    const here = await this.#patients(this.#harbour);
    const there = await this.#patients(this.#mountain);
    for (const act of acts) {
      const { family = '', patient = '' } = act.about;
      const count = here.get(family)?.length ?? 0;
      const isErased = acts.some(
        ({ kind, about, state }) => kind === 'erase' && about.family === family && (state === 'done' || count === 0),
      );
      if (count > 1) this.#fault('nothing is doubled', `${family} is there ${count} times`);
      if ((act.kind === 'patient' && act.state === 'done' && count === 0) || (act.kind === 'share' && count === 0 && !isErased))
        this.#fault('nothing acknowledged is lost', `${family} is gone`);
      if (act.kind === 'share') await this.#lookAtConsent(act, patient, isErased, acts, there.get(family)?.length ?? 0);
      if (act.kind === 'erase' && act.state === 'done' && count > 0)
        this.#fault('what was erased stays erased', `${family} is back`);
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
    if (consents.length > 1) this.#fault('nothing is doubled', `${family} has ${consents.length} consents`);
    if (!isErased && act.state === 'done' && consents.length === 0)
      this.#fault('nothing acknowledged is lost', `the consent of ${family} is gone`);
    if (act.state === 'done' && active === 0 && withdrawals.length === 0 && !isErased)
      this.#fault('nothing acknowledged is lost', `the consent of ${family} is over`);
    if (active > 0 && withdrawals.some(({ state }) => state === 'done'))
      this.#fault('nothing acknowledged is lost', `the consent of ${family} was withdrawn and is in force`);
    if (seen !== active && (await this.#seenThere(family, active)) !== active)
      this.#fault('no half state', `${family}: ${active} consents in force, the other clinic knows ${seen}`);
  }

  async #lookAtErasures(): Promise<void> {
    const erasures = await this.#erasuresSettled();
    for (const { compartments, confirmations } of erasures) {
      for (const { party, at } of confirmations)
        if (at === null) this.#fault('what was erased stays erased', `${party} has not confirmed an erasure`);
      for (const { handle } of compartments)
        for (const desk of [this.#harbour, this.#mountain]) {
          const [documents] = await desk.installation.database.read.all<{ left: number }>(
            'SELECT count(*) AS left FROM document WHERE handle = unhex(?)',
            [handle],
          );
          if (documents?.left)
            this.#fault('what was erased stays erased', `${documents.left} documents of an erased compartment are here`);
        }
    }
  }

  async #lookAtLedgers(): Promise<void> {
    for (const desk of [this.#harbour, this.#mountain]) {
      const { faults } = await verifyReplica(desk.installation);
      for (const what of faults) this.#fault('verify is clean', what);
      const alarms = desk.sync?.alarms ?? [];
      if (alarms.length > 0) this.#fault('verify is clean', `the hub was accused: ${JSON.stringify(alarms[0])}`);
      const [twice] = await desk.installation.database.read.all<{ count: number }>(
        'SELECT count(*) AS count FROM own_block WHERE position IS NOT NULL AND position IN (SELECT position FROM own_block GROUP BY position HAVING count(*) > 1)',
      );
      if (twice?.count) this.#fault('nothing is doubled', `${twice.count} blocks share a place`);
    }
    const sizes = [this.#harbour, this.#mountain].map((desk) => desk.sync?.replicaSize);
    if (sizes[0] !== sizes[1]) this.#fault('no half state', `the replicas hold ${sizes.join(' and ')} blocks`);
  }

  async #lookAtHub(acts: readonly Act[]): Promise<void> {
    const { hubKey } = await readHubKeys(this.#hubFolder);
    const { regionPolicy } = await ask<{ regionPolicy: { hubKey: string } }>(this.#harbour, '{ regionPolicy { hubKey } }');
    if (regionPolicy.hubKey !== toHex(hubKey.publicKey))
      this.#fault('no half state', 'the hub signs with another key than the region has given it');
    const rotated = acts.findLast(({ kind, state }) => kind === 'rotate' && state === 'done');
    const later = acts.some(({ kind, id }) => kind === 'rotate' && id > (rotated?.id ?? 0));
    if (rotated && !later && rotated.about.key !== regionPolicy.hubKey)
      this.#fault('nothing acknowledged is lost', 'the key that the region gave the hub is not in force');
    await this.#lookAtTiles();
  }

  /** The hub goes on writing them meanwhile, and takes away what a newer checkpoint needs no more: only what lasts is a fault. */
  async #lookAtTiles(): Promise<void> {
    const tiles = join(this.#hubFolder, 'tiles');
    if (!existsSync(join(tiles, 'checkpoint'))) return;
    for (let left = TILE_LOOKS; ; left--) {
      try {
        await verifyTiles(tiles, undefined);
        return;
      } catch (error) {
        if (left === 1) this.#fault('verify is clean', `tiles: ${asFailure(error).message}`);
        if (left === 1) return;
      }
    }
  }

  #fault(invariant: Invariant, what: string): void {
    this.#witness.fault(invariant, what);
  }

  /** Everybody who is asked has had the time to confirm. */
  async #erasuresSettled(): Promise<Erasure[]> {
    const end = Date.now() + SETTLED_BY;
    for (;;) {
      const { erasures } = await ask<{ erasures: Erasure[] }>(
        this.#harbour,
        '{ erasures { compartments { handle } confirmations { party at } } }',
      );
      const isSettled = erasures.every(({ confirmations }) => confirmations.every(({ at }) => at !== null));
      if (isSettled || Date.now() > end) return erasures;
      this.#harbour.syncNow();
      this.#mountain.syncNow();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** What the other clinic knows of a patient once its vault has dealt with everything that arrived. */
  async #seenThere(family: string, expected: number): Promise<number> {
    const end = Date.now() + SETTLED_BY;
    for (;;) {
      const seen = (await this.#patients(this.#mountain)).get(family)?.length ?? 0;
      if (seen === expected || Date.now() > end) return seen;
      this.#harbour.syncNow();
      this.#mountain.syncNow();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  // --- Questions --------------------------------------------------------------------------------------------------

  /** What one has to say the other has heard, and answered. */
  async #inStep(): Promise<void> {
    await this.#harbour.syncOnce();
    await this.#mountain.syncOnce();
    await until('both are in step', async () => {
      const states = [this.#harbour.sync, this.#mountain.sync];
      if (states.every((state) => state?.pendingEvents === 0) && states[0]?.replicaSize === states[1]?.replicaSize) return true;
      this.#harbour.syncNow();
      this.#mountain.syncNow();
      return undefined;
    });
    for (const desk of [this.#harbour, this.#mountain]) await ask(desk, '{ patients(search: "") { totalCount } }');
  }

  async #register(family: string): Promise<string> {
    const { registerPatient } = await ask<{ registerPatient: { patient: { id: string } } }>(
      this.#harbour,
      'mutation Register($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }',
      { input: { family, given: ['Ada'], birthDate: '1961-04-12' } },
    );
    return registerPatient.patient.id;
  }

  async #patients(desk: DeviceService): Promise<Map<string, string[]>> {
    const { patients } = await ask<{ patients: { edges: { node: { id: string; name: string; family: string | null } }[] } }>(
      desk,
      '{ patients(search: "", first: 200) { edges { node { id name family } } } }',
    );
    return new Map(
      [...Map.groupBy(patients.edges, ({ node }) => node.family ?? node.name)].map(([name, edges]) => [
        name,
        edges.map(({ node }) => node.id),
      ]),
    );
  }

  async #consents(patient: string): Promise<Consent[]> {
    const { consents } = await ask<{ consents: Consent[] }>(
      this.#harbour,
      'query Consents($patient: ID!) { consents(patient: $patient) { id state } }',
      { patient },
    );
    return consents;
  }
}

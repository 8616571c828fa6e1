/**
 * The desk of a hub administrator: the fleet as the hub tells it, and acts at the hub, each signed here with the person's own key. What an
 * act changes is what this desk has shown: an act that somebody else overtook is refused by the hub.
 */
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import type { ListedAct } from '../../shared/fleet/act-history.ts';
import { ACT_KINDS, ACT_REASONS, type ActReason, signAsk } from '../../shared/fleet/administration.ts';
import { compareVersions, needsOf, weightOf } from '../../shared/fleet/need.ts';
import { LAST_RING, offeredIn, WITHDRAWN } from '../../shared/fleet/rings.ts';
import { quorumOf } from '../../shared/ledger/checkpoint.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { FleetAnswer, FleetClinic, FleetDevice, HubTroubleAnswer, UpdatesAnswer } from '../../shared/sync/fleet-answer.ts';
import { LONGEST_INVITATION_MS, writeInvitation } from '../../shared/sync/wire.ts';
import type { HubActKind, HubActReason, HubStore } from '../graphql/generated/vault.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { sha256, sign } from '../vault/primitives.ts';
import { administration, wordOf } from './administration.ts';
import { RegionAnchors } from './anchors.ts';
import { fleetResolvers } from './fleet.resolvers.ts';
import { HubActs, type KnownRegion, knownRegion, type WantedHubAct } from './hub-acts.ts';

/** The newest: what stands is read from them, so they are many. */
const ACTS_SHOWN = 1000;
const HOUR_MS = 3_600_000;
const NO_CHAIN = new Uint8Array(32);

interface WantedAct {
  readonly kind: string;
  /** Hexadecimal. */
  readonly subject: string;
  readonly set: boolean;
  /** Of a ring which, of a release up to which or `WITHDRAWN`. */
  readonly figure?: number | null | undefined;
  readonly reason: string;
  readonly passphrase: string;
}

interface WantedInvitation {
  readonly hours: number;
  readonly reason: string;
  readonly passphrase: string;
}

export class FleetConsole {
  readonly anchors: RegionAnchors;
  readonly #context: VaultContext;
  readonly #acts: HubActs;

  constructor(context: VaultContext) {
    this.#context = context;
    this.#acts = new HubActs(context);
    this.anchors = new RegionAnchors(context);
  }

  /** @throws {Failure} `fleet.no-region`, `hub.no-administrator`, `fleet.acts-altered`; what the way to the hub throws. */
  async board() {
    const region = await knownRegion(this.#context);
    const fleet = await this.#ask(region);
    const acts = await this.#acts.list(region);
    // A hub of an earlier version knows nothing of releases.
    const updates = await this.#context.gateway.hubUpdates(this.#signedAsk(region)).catch(() => NO_UPDATES);
    const troubles = await this.#context.gateway.hubTroubles(this.#signedAsk(region));
    const clinics = new Map(fleet.clinics.map((clinic) => [clinic.chain, clinic]));
    const newest = fleet.devices.reduce(
      (best, { report }) => (report && compareVersions(report.version, best) > 0 ? report.version : best),
      '0.0.0',
    );
    const devices = fleet.devices.map((device) =>
      shown(device, clinics.get(device.chain), fleet, offerTo(device.chain, updates) ?? newest),
    );
    devices.sort(
      (one, other) =>
        Number(one.revoked || one.cut) - Number(other.revoked || other.cut) ||
        weightOf(other.needs) - weightOf(one.needs) ||
        one.clinic.localeCompare(other.clinic) ||
        one.device.localeCompare(other.device),
    );
    // A clinic stands where its device stands that needs most; one without devices comes last.
    const places = new Map(devices.toReversed().map(({ chain }, at) => [chain, devices.length - at]));
    const placeOf = ({ chain }: FleetClinic): number => places.get(chain) ?? devices.length + 1;
    return {
      size: fleet.size,
      now: fleet.now,
      clinics: fleet.clinics
        .map((clinic) => ({ ...clinic, ring: updates.releases.length > 0 ? ringOf(clinic.chain, updates) : null }))
        .sort((one, other) => placeOf(one) - placeOf(other) || one.name.localeCompare(other.name)),
      devices: devices.map((device) => ({ ...device, offered: waits(device, offerTo(device.chain, updates)) })),
      releases: updates.releases.map(({ id, version, ring, isWithdrawn }) => ({
        id,
        version,
        offered: isWithdrawn ? WITHDRAWN : ring,
      })),
      acts: acts
        .slice(-ACTS_SHOWN)
        .map((each) => shownAct(each, region))
        .reverse(),
      troubles: troubles.flatMap(({ store, ...trouble }) => (STORES[store] ? [{ ...trouble, store: STORES[store] }] : [])),
    };
  }

  /** What was done about the hub and by the quorum, as the ledger here has it. @throws {Failure} `fleet.no-region`. */
  history() {
    return administration(this.#context, this.#acts);
  }

  /** How the hub fares, as it says; and who has cosigned, as this desk has checked. @throws {Failure} as `board`. */
  async ledger() {
    const { gateway } = this.#context;
    const region = await knownRegion(this.#context);
    const { policy, cosigned } = await gateway.regionPapers();
    const { minutes, hours } = await gateway.hubSamples(this.#signedAsk(region));
    const disk = await gateway.hubDisk(this.#signedAsk(region));
    const names = new Map((await this.#ask(region)).clinics.map(({ chain, name }) => [chain, name]));
    const witnesses = policy.witnesses.map((witness) => {
      const who = witness.kind === 'outside' ? witness.name : toHex(witness.chain);
      return { who, clinic: names.get(who) ?? null, cosignedAt: cosigned.find((each) => each.who === who)?.time ?? null };
    });
    return {
      minutes: [...minutes],
      hours: [...hours],
      quorum: quorumOf(witnesses.length),
      witnesses,
      disk: disk ? { finishedAt: disk.finishedAt, faults: [...disk.faults] } : null,
    };
  }

  /**
   * @throws {Failure} as an unlock does when the passphrase is wrong; `vault.second-factor-needed`, `vault.code-needed`; `fleet.ring`;
   * `hub.act-stale` and what else the hub refuses.
   */
  async act({ kind: kindWord, subject, set, figure, reason: reasonWord, passphrase }: WantedAct): Promise<void> {
    const kind = ACT_KINDS.find((each) => wordOf(each) === kindWord);
    if (!kind)
      throw new Failure('fleet.kind', 'This kind of act belongs to a newer version of the program: update this computer first.');
    const reason = reasonOf(reasonWord);
    if (!/^[0-9a-f]{64}$/.test(subject))
      throw new Failure(
        'fleet.subject',
        'An id of a clinic, device, person or invitation has 64 hexadecimal digits. Copy it whole.',
      );
    if (kind === 'ring' && set && !(figure && figure < LAST_RING))
      throw new Failure('fleet.ring', `A clinic is put into ring 1 to ${LAST_RING - 1}; taken back, it is in the last one.`);
    if (kind === 'release' && set && !(figure && (figure <= LAST_RING || figure === WITHDRAWN)))
      throw new Failure('fleet.ring', `A release is offered up to ring 1 to ${LAST_RING}, or withdrawn.`);
    const isFigured = kind === 'ring' || kind === 'release';
    const wanted = { kind, subject: fromHex(subject), isSet: set, reason, ...(isFigured && { figure: figure ?? 0 }) };
    await this.#confirmed(passphrase, [kind, subject, String(isFigured && set ? figure : set), reason]);
    await this.#send(await knownRegion(this.#context), wanted);
  }

  /**
   * An invitation for one more clinic. Its secret is made here: the hub hears the hash alone.
   * @throws {Failure} as `act`; `fleet.invitation-hours`.
   */
  async invite({ hours, reason: reasonWord, passphrase }: WantedInvitation) {
    const { random, clock } = this.#context;
    if (!Number.isInteger(hours) || hours < 1 || hours * HOUR_MS >= LONGEST_INVITATION_MS)
      throw new Failure('fleet.invitation-hours', 'An invitation holds for one hour at least and for less than fourteen days.');
    const reason = reasonOf(reasonWord);
    await this.#confirmed(passphrase, ['invitation', String(hours), reason]);
    const region = await knownRegion(this.#context);
    const secret = random(16);
    const subject = sha256(secret);
    const expires = clock() + hours * HOUR_MS;
    await this.#send(region, { kind: 'invitation', subject, isSet: true, reason, figure: expires });
    const { id, authority, hubAddress: address } = region;
    const invitation = { kind: 'clinic', address, authority, region: id, chain: NO_CHAIN, secret, expires } as const;
    return { id: toHex(subject), text: writeInvitation(invitation), expires };
  }

  async #confirmed(passphrase: string, about: readonly string[]): Promise<void> {
    const { keyStore } = this.#context;
    await keyStore.confirm(passphrase);
    await keyStore.secondFactor.requireShown({ act: 'administer-hub', about: [...about] });
  }

  async #send(region: KnownRegion, wanted: WantedHubAct): Promise<void> {
    await this.#acts.act(region, wanted);
    this.#context.notify({ topics: ['fleet'] });
  }

  #ask(region: KnownRegion): Promise<FleetAnswer> {
    return this.#context.gateway.fleet(this.#signedAsk(region));
  }

  #signedAsk({ id }: KnownRegion): Uint8Array {
    const { keyStore, staff, clock } = this.#context;
    return signAsk({ region: id, time: clock(), author: staff.id }, (message) => sign(keyStore.signingKey, message));
  }
}

function shown(device: FleetDevice, clinic: FleetClinic | undefined, { size, now }: FleetAnswer, newest: string) {
  const { report, reportedAt } = device;
  const quarantined = clinic?.quarantined ?? false;
  return {
    ...device,
    clinic: clinic?.name ?? device.chain.slice(0, 12),
    quarantined,
    needs: needsOf(device, { size, now, newest, quarantined, rebaseline: clinic?.rebaseline ?? 0 }),
    report: report && {
      ...report,
      alarms: [...report.alarms],
      skew: report.clock - (reportedAt ?? report.clock),
      lag: Math.max(0, size - report.size),
      witnessedAt: report.witnessedAt || null,
    },
  };
}

/** A newer hub may name another, of which this program has no words. */
const STORES: Readonly<Partial<Record<HubTroubleAnswer['store'], HubStore>>> = {
  database: 'DATABASE',
  documents: 'DOCUMENTS',
  ledger: 'LEDGER',
  process: 'PROCESS',
};

const NO_UPDATES: UpdatesAnswer = { releases: [], rings: [] };

const ringOf = (chain: string, { rings }: UpdatesAnswer): number => rings.find((each) => each.chain === chain)?.ring ?? LAST_RING;

/** The version that devices of a clinic are offered. */
const offerTo = (chain: string, updates: UpdatesAnswer): string | undefined =>
  offeredIn(updates.releases, ringOf(chain, updates))?.version;

/** What is offered to a device and does not run there yet. */
const waits = (
  { report, revoked, cut }: { report: { version: string } | null; revoked: boolean; cut: boolean },
  offered: string | undefined,
): string | null => (offered === undefined || revoked || cut || report?.version === offered ? null : offered);

const reasonOf = (word: string): ActReason => ACT_REASONS.find((each) => wordOf(each) === word) ?? 'not-said';

function shownAct({ act }: ListedAct, { hubKeys }: KnownRegion) {
  const { kind, reason, subject, author, ...rest } = act;
  return {
    ...rest,
    kind: wordOf(kind) as HubActKind,
    reason: wordOf(reason) as HubActReason,
    subject: toHex(subject),
    author: toHex(author),
    atMachine: hubKeys.has(toHex(author)),
  };
}

/** What the registry of domains needs of this one. */
export const fleetDomain = { name: 'fleet', sdl: 'shared/fleet/fleet.graphql', resolvers: fleetResolvers };

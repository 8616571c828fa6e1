/**
 * The desk of a hub administrator: the fleet as the hub tells it, and acts at the hub, each signed here with the person's own key. What an
 * act changes is what this desk has shown: an act that somebody else overtook is refused by the hub.
 */
import { equalBytes, fromBase64, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import {
  ACT_KINDS,
  ACT_REASONS,
  type ActKind,
  type ActReason,
  type HubAct,
  nextValue,
  openAct,
  signAct,
  signAsk,
} from '../../shared/fleet/administration.ts';
import { compareVersions, needsOf, weightOf } from '../../shared/fleet/need.ts';
import { quorumOf } from '../../shared/ledger/checkpoint.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { FleetAnswer, FleetClinic, FleetDevice } from '../../shared/sync/fleet-answer.ts';
import type { VaultContext } from '../sync/vault-context.ts';
import { sha256, sign, verifySignature } from '../vault/primitives.ts';
import { fleetResolvers } from './fleet.resolvers.ts';

const NO_ACT = new Uint8Array(32);

export interface WantedAct {
  readonly kind: Uppercase<ActKind>;
  /** Hexadecimal. */
  readonly subject: string;
  readonly set: boolean;
  readonly reason: string;
  readonly passphrase: string;
}

interface OpenedAct {
  readonly act: HubAct;
  readonly bytes: Uint8Array;
}

export class FleetConsole {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  /** @throws {Failure} `fleet.no-region`, `hub.no-administrator`, `fleet.acts-altered`; what the way to the hub throws. */
  async board() {
    const { region, hubKey } = await this.#region();
    const fleet = await this.#ask(region);
    const acts = openActs(fleet, region);
    const clinics = new Map(fleet.clinics.map((clinic) => [clinic.chain, clinic]));
    const newest = fleet.devices.reduce(
      (best, { report }) => (report && compareVersions(report.version, best) > 0 ? report.version : best),
      '0.0.0',
    );
    const devices = fleet.devices.map((device) => shown(device, clinics.get(device.chain), fleet, newest));
    devices.sort(
      (one, other) =>
        Number(one.revoked || one.cut) - Number(other.revoked || other.cut) ||
        weightOf(other.needs) - weightOf(one.needs) ||
        one.clinic.localeCompare(other.clinic) ||
        one.device.localeCompare(other.device),
    );
    return {
      size: fleet.size,
      now: fleet.now,
      clinics: [...fleet.clinics].sort((one, other) => one.name.localeCompare(other.name)),
      devices,
      acts: acts.map(({ act }) => shownAct(act, hubKey)).reverse(),
    };
  }

  /** How the hub fares, as it says; and who has cosigned, as this desk has checked. @throws {Failure} as `board`. */
  async ledger() {
    const { gateway } = this.#context;
    const { region } = await this.#region();
    const { policy, cosigned } = await gateway.regionPapers();
    const { minutes, hours } = await gateway.hubSamples(this.#signedAsk(region));
    const names = new Map((await this.#ask(region)).clinics.map(({ chain, name }) => [chain, name]));
    const witnesses = policy.witnesses.map((witness) => {
      const who = witness.kind === 'outside' ? witness.name : toHex(witness.chain);
      return { who, clinic: names.get(who) ?? null, cosignedAt: cosigned.find((each) => each.who === who)?.time ?? null };
    });
    return { minutes: [...minutes], hours: [...hours], quorum: quorumOf(witnesses.length), witnesses };
  }

  /**
   * @throws {Failure} as an unlock does when the passphrase is wrong; `fleet.second-factor`, `vault.code-needed`; `hub.act-stale` and what
   * else the hub refuses.
   */
  async act({ kind: kindWord, subject, set, reason: reasonWord, passphrase }: WantedAct): Promise<void> {
    const { keyStore, gateway, staff, clock } = this.#context;
    const kind = ACT_KINDS.find((each) => each === kindWord.toLowerCase()) as ActKind;
    const reason = ACT_REASONS.find((each) => wordOf(each) === reasonWord) as ActReason;
    if (!/^[0-9a-f]{64}$/.test(subject))
      throw new Failure('fleet.subject', 'An id of a clinic, device or person has 64 hexadecimal digits. Copy it whole.');
    if (!(await keyStore.secondFactor.isEnrolled()))
      throw new Failure(
        'fleet.second-factor',
        'A hub administrator needs a second factor on this desk. Set one up first: it is in the menu of your name.',
      );
    await keyStore.confirm(passphrase);
    await keyStore.secondFactor.requireShown({ act: 'administer-hub', about: [kind, subject, String(set), reason] });
    const { region } = await this.#region();
    const fleet = await this.#ask(region);
    const newest = openActs(fleet, region).at(-1);
    const sequence = (newest?.act.sequence ?? 0) + 1;
    const act: HubAct = {
      region,
      sequence,
      previous: newest ? sha256(newest.bytes) : NO_ACT,
      kind,
      subject: fromHex(subject),
      before: standingIn(fleet, kind, subject),
      after: nextValue(kind, set, sequence),
      reason,
      time: clock(),
      author: staff.id,
    };
    await gateway.administer(signAct(act, (message) => sign(keyStore.signingKey, message)));
    this.#context.notify({ topics: ['fleet'] });
  }

  async #region(): Promise<{ region: Uint8Array; hubKey: Uint8Array }> {
    const { region } = await this.#context.gateway.identity();
    if (!region)
      throw new Failure(
        'fleet.no-region',
        'This desk has joined no region yet: there is no hub to administer. Join one under Sync.',
      );
    const { hubKey } = await this.#context.gateway.regionPapers();
    return { region, hubKey };
  }

  #ask(region: Uint8Array): Promise<FleetAnswer> {
    return this.#context.gateway.fleet(this.#signedAsk(region));
  }

  #signedAsk(region: Uint8Array): Uint8Array {
    const { keyStore, staff, clock } = this.#context;
    return signAsk({ region, time: clock(), author: staff.id }, (message) => sign(keyStore.signingKey, message));
  }
}

/** @throws {Failure} `fleet.acts-altered` unless each act holds and names the one before it. */
function openActs({ acts }: FleetAnswer, region: Uint8Array): OpenedAct[] {
  const opened: OpenedAct[] = [];
  for (const text of acts) {
    const bytes = fromBase64(text);
    const act = openAct(verifySignature, bytes);
    const before = opened.at(-1);
    const follows = !before || (act.sequence === before.act.sequence + 1 && equalBytes(act.previous, sha256(before.bytes)));
    if (!equalBytes(act.region, region) || !follows)
      throw new Failure(
        'fleet.acts-altered',
        'The hub’s list of its administrators’ acts is not whole: an act is missing or was altered. Do nothing at this hub before its machine was looked at.',
      );
    opened.push({ act, bytes });
  }
  return opened;
}

/** What stands now, as the hub said it last. */
function standingIn({ clinics, devices }: FleetAnswer, kind: ActKind, subject: string): number {
  const clinic = clinics.find(({ chain }) => chain === subject);
  if (kind === 'quarantine') return Number(clinic?.quarantined ?? false);
  if (kind === 'rebaseline') return clinic?.rebaseline ?? 0;
  if (kind === 'certificate') return Number(devices.find(({ device }) => device === subject)?.cut ?? false);
  return 0;
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

const wordOf = <Word extends string>(word: Word) => word.toUpperCase().replaceAll('-', '_');

function shownAct({ kind, reason, subject, author, ...act }: HubAct, hubKey: Uint8Array) {
  return {
    ...act,
    kind: kind.toUpperCase() as Uppercase<ActKind>,
    reason: wordOf(reason) as 'FAULT',
    subject: toHex(subject),
    author: toHex(author),
    atMachine: equalBytes(author, hubKey),
  };
}

/** What the registry of domains needs of this one. */
export const fleetDomain = { name: 'fleet', sdl: 'shared/fleet/fleet.graphql', resolvers: fleetResolvers };

/**
 * The device service of a kiosk: device tier only. It keeps ledger and sync going, has no key of the clinic, and starts one process for each
 * patient who checks in.
 */

import { readCardCode } from '../../../shared/care-card/card-code.ts';
import type { PepperKeeper } from '../../../shared/care-card/card-envelope.ts';
import { cardKey, cardRow } from '../../../shared/care-card/card-rules.ts';
import { GUARDIANS, guardianRow } from '../../../shared/care-card/guardian-rules.ts';
import { pinDigits } from '../../../shared/care-card/pin.ts';
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { PATIENT_ACTS } from '../../../shared/kiosk/patient-act-rules.ts';
import { encodeEvent } from '../../../shared/ledger/event.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import { cardIdOf } from '../../care-card/open-card.ts';
import type { GraphqlAnswer, GraphqlRequest } from '../../graphql/apollo.ts';
import type { DiskCheck } from '../../ledger/disk-check/disk-check.ts';
import { listState } from '../../ledger/state-rows.store.ts';
import { loadOverlaid } from '../../sync/own-acts/pending.ts';
import { Topic } from '../../sync/vault-context/topic.ts';
import type { SecretPlace } from '../../vault/keychain-secrets.ts';
import { knownAnswerTest } from '../../vault/known-answers.ts';
import type { ClinicLanState } from '../clinic-host/clinic-lan.ts';
import { ClinicSync } from '../device/clinic-sync.ts';
import { DeviceKeys } from '../device/device-keys.ts';
import { anchorReceipts, eventReceipts, type ReceiptGround } from '../device/receipts.ts';
import { Installation } from '../folder/installation.ts';
import { judgedTime } from '../folder/judged-time.ts';
import { pageGround } from '../page/page-certificate.ts';
import type { VaultProcess } from '../vault-process/vault-link.ts';
import { type DeskPart, deskDiskCheck } from '../verify/disk-check.ts';
import { askAtTheDoor, joinAsKiosk, kioskStanding } from './kiosk-joining.ts';
import { secretInFile } from './kiosk-keychain.ts';
import type { LanGround } from './lan-page.ts';
import { SessionLink } from './session-link.ts';
import type { PatientActs } from './session-verbs.ts';

const NOTHING = new Uint8Array(0);

interface KioskOptions {
  readonly folder: string;
  readonly keychain: SecretPlace;
  startSession(): Promise<VaultProcess>;
  readonly clock?: () => number;
  /** Seconds without a touch until the page asks, and that it then waits. */
  readonly idle?: { readonly seconds: number; readonly grace: number };
  /** Milliseconds after which a session whose page is gone ends, on top of those. */
  readonly pageIsGoneMs?: number;
}

/** S6: nobody's session outlives a minute without them. */
const IDLE = { seconds: 45, grace: 15 };
/** The page ends a session first; this is for when the page is gone. */
const PAGE_IS_GONE_MS = 10_000;
const NOBODY_ANSWERS: readonly string[] = ['sync.hub-unreachable', 'clinic-host.none'];

export class KioskService {
  readonly changed = new Topic<true>();
  readonly diskCheck: DiskCheck<DeskPart>;
  readonly #installation: Installation;
  readonly #keys: DeviceKeys;
  readonly #sync: ClinicSync;
  readonly #session: SessionLink;
  readonly #clock: () => number;
  readonly #idle: { readonly seconds: number; readonly grace: number };
  readonly #turns = new Turns();

  private constructor(options: KioskOptions, installation: Installation) {
    this.#installation = installation;
    this.#clock = options.clock ?? Date.now;
    this.#idle = options.idle ?? IDLE;
    const keychain = options.keychain.available ? options.keychain : secretInFile(installation.folder);
    this.#keys = new DeviceKeys(installation.deviceFile, keychain);
    this.#sync = new ClinicSync(installation, this.#keys, {
      clock: this.#clock,
      onChange: () => this.changed.publish(true),
      onArrived: () => undefined,
      onFolded: () => void this.#turns.take(() => this.#follow()).catch(() => undefined),
      isDiskAltered: () => this.diskCheck.isAltered,
    });
    this.diskCheck = deskDiskCheck({
      installation,
      rules: this.#sync.rules,
      clock: this.#clock,
      // The hub's administrators see it; a patient at the glass could do nothing about it.
      onChange: () => this.#sync.wake(),
    });
    const time = judgedTime(installation, this.#sync, this.#clock);
    this.#session = new SessionLink({
      start: () => options.startSession(),
      verbs: {
        askKeeper: ({ keeper, operation, variables }) => this.#askKeeper(keeper, operation, variables),
        askLinks: ({ operation, variables }) => this.#sync.askHub((client) => client.ask(operation, variables)),
        askCalls: ({ operation, variables }) => this.#sync.askHub((client) => client.ask(operation, variables)),
        record: (signed) => this.#record(signed),
        receipts: (wanted) => this.#onLedger((ground) => eventReceipts(ground, wanted)),
        anchorReceipts: (wanted) => this.#onLedger((ground) => anchorReceipts(ground, wanted)),
        time: () => time.now(),
      },
      changed: () => this.changed.publish(true),
      longestMs: (this.#idle.seconds + this.#idle.grace) * 1_000 + (options.pageIsGoneMs ?? PAGE_IS_GONE_MS),
    });
  }

  /** @throws {Failure} storage failures; `kiosk.workstation` when the folder is a workstation's. */
  static async open(options: KioskOptions): Promise<KioskService> {
    await knownAnswerTest();
    const installation = await Installation.open(options.folder);
    if (installation.chain && (await installation.text('kiosk-request')) === undefined) {
      await installation.close();
      throw new Failure(
        'kiosk.workstation',
        'This data folder is a workstation’s, with its clinic’s keys. A kiosk needs a folder of its own: name one with --data.',
      );
    }
    await installation.forgetUnusedKeys();
    const service = new KioskService(options, installation);
    await service.diskCheck.start();
    if (installation.chain) await service.#begin();
    return service;
  }

  async state() {
    const { tier } = this.#keys;
    const standing = await kioskStanding({ installation: this.#installation, device: tier?.signing.publicKey });
    return {
      state: this.#installation.chain ? (standing.isEnrolled ? this.#session.state : ('WAITING' as const)) : ('NEW' as const),
      clinic: standing.clinic,
      canCheckIn: this.#hasClinicHost || this.#sync.state?.connection !== 'OFFLINE',
      idleSeconds: this.#idle.seconds,
      graceSeconds: this.#idle.grace,
      device: tier ? toHex(tier.signing.publicKey) : '',
    };
  }

  /** How this kiosk and its clinic's host stand; undefined without a region. */
  get clinicHost(): ClinicLanState | undefined {
    return this.#sync.clinicHost;
  }

  /** @throws {Failure} as kiosk-joining.ts. */
  join(invitation: string): Promise<void> {
    return this.#turns.take(async () => {
      const joining = { installation: this.#installation, keys: this.#keys, clock: this.#clock };
      await joinAsKiosk(joining, invitation);
      await this.#begin();
      this.changed.publish(true);
    });
  }

  /**
   * @param card what the scanner typed, or the code that is printed on the card
   * @throws {Failure} `card.code-unreadable`, `card.unknown`; `card.no-keeper` when nobody who counts tries is in reach; as `openCard`.
   */
  async checkIn(card: string, pin: string): Promise<void> {
    const secret = readCardCode(card);
    const key = cardKey(toHex(cardIdOf(secret)));
    // A card that was issued while the hub is away is here by the clinic's host.
    const stored = (await loadOverlaid(this.#installation.database.read, [key])).get(key);
    if (!stored)
      throw new Failure(
        'card.unknown',
        'The region does not know this card yet. Try again in a few minutes, or ask at the desk.',
      );
    const row = decode(cardRow, stored);
    // Of a card of this clinic the host is asked even where it seemed away: there may be no other copy.
    const isOurs = equalBytes(row.custodian, this.#installation.chain ?? NOTHING);
    const others = isOurs ? (['hub', 'clinic'] as const) : (['hub'] as const);
    const keepers = this.#hasClinicHost ? (['clinic', 'hub'] as const) : others;
    await this.#session.checkIn({ secret, pin: pinDigits(pin), row, keepers });
  }

  get #hasClinicHost(): boolean {
    return this.#sync.clinicHost?.route?.connected === true;
  }

  /** What this kiosk's page on the clinic's network stands on. @throws {Failure} `kiosk.lan-not-enrolled`. */
  async lanGround(): Promise<LanGround> {
    const installation = this.#installation;
    const { tier } = this.#keys;
    const authority = await installation.text('authority');
    const { isEnrolled } = await kioskStanding({ installation, device: tier?.signing.publicKey });
    if (!tier || !authority || !isEnrolled)
      throw new Failure(
        'kiosk.lan-not-enrolled',
        'The clinic has not let this kiosk in yet. Start it without --lan, type the invitation, let it in at a workstation, then start it again with --lan.',
      );
    const device = toHex(tier.signing.publicKey);
    const { tlsKey } = tier.secrets;
    return {
      ...pageGround({ installation, device, tlsKey, authority, clock: this.#clock, askHub: (ask) => this.#sync.askHub(ask) }),
      folder: installation.folder,
      pairing: {
        read: () => installation.text('paired-browser'),
        write: (text) => installation.remember({ 'paired-browser': text }),
      },
      clock: this.#clock,
    };
  }

  /** Somebody is about to check in: as `SessionLink.prepare`. */
  prepare(): Promise<void> {
    return this.#session.prepare();
  }

  touch(): boolean {
    return this.#session.touch();
  }

  endSession(): Promise<void> {
    return this.#session.end();
  }

  /** @throws {Failure} `patient.no-session`. */
  execute(request: GraphqlRequest): Promise<GraphqlAnswer> {
    return this.#session.execute(request);
  }

  async close(): Promise<void> {
    await this.#session.end();
    await this.diskCheck.stop();
    await this.#turns.take(async () => {
      await this.#sync.close();
      await this.#installation.close();
    });
  }

  async #begin(): Promise<void> {
    await this.#keys.open(undefined);
    await this.#sync.open();
    await this.#follow();
  }

  /** Asks to be let in, and has what lies in the boxes of this clinic's living cards here before anybody comes. */
  async #follow(): Promise<void> {
    const { chain, database } = this.#installation;
    const { openLedger: ledger } = this.#sync;
    if (!chain || !ledger) return;
    await askAtTheDoor(this.#installation, ledger);
    const cards = (await listState(database.read, cardKey(''))).map(({ value }) => decode(cardRow, value));
    const boxes = cards.filter(({ custodian, ended }) => ended === 0 && equalBytes(custodian, chain)).map(({ box }) => box);
    for (const { key, value } of await listState(database.read, GUARDIANS)) {
      const card = cards.find((each) => toHex(each.card) === key.slice(GUARDIANS.length));
      if (!card || !equalBytes(card.custodian, chain)) continue;
      boxes.push(...decode(guardianRow, value).wards.flatMap(({ ended, box }) => (ended === 0 ? [box] : [])));
    }
    if (boxes.length > 0) await ledger.commit({ followHandles: boxes });
    this.#sync.wake();
    this.changed.publish(true);
  }

  /** The session's process says what the patient signed; that it is one of their acts and no other event is said here. */
  async #record({ acts, documents }: PatientActs): Promise<void> {
    const { tier } = this.#keys;
    if (!tier) throw new Failure('vault.device-tier-locked', 'The kiosk’s own keys are not open. Start it again.');
    if (!acts.every(({ type }) => PATIENT_ACTS.includes(type)))
      throw new Failure('patient.act-unknown', 'This is nothing that a patient signs. Nothing was changed; ask at the desk.');
    const time = this.#clock();
    const author = tier.signing.publicKey;
    const events = acts.map(({ type, handle, body }) => ({
      event: encodeEvent({ type, handle, body, author, time, commitment: NOTHING }),
      signature: NOTHING,
    }));
    await this.#sync.ledger.commit({ events, documents });
    this.#sync.wake();
  }

  /** Nothing before the first checkpoint. */
  async #onLedger<T>(read: (ground: ReceiptGround) => Promise<T[]>): Promise<T[]> {
    const { region, database } = this.#installation;
    const { checkpoint } = this.#sync;
    return region && checkpoint ? read({ read: database.read, region, checkpoint }) : [];
  }

  async #askKeeper(
    keeper: PepperKeeper,
    operation: 'CardPepper' | 'CardOpened',
    variables: Record<string, unknown>,
  ): Promise<unknown> {
    try {
      if (keeper === 'clinic') return await this.#sync.askClinicHost(operation, variables);
      return await this.#sync.askHub((client) => client.ask(operation, variables));
    } catch (error) {
      if (!(error instanceof Failure) || !NOBODY_ANSWERS.includes(error.code)) throw error;
      throw new Failure(
        'card.no-keeper',
        'Nobody can check in at this kiosk now: neither the clinic’s computer that checks PINs nor the region’s hub is in reach. Ask at the reception.',
        { retry: true, cause: error },
      );
    }
  }
}

/** Who is on the line and what that lets them ask: the one policy of the hub's schema, denying what it does not name. */
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { POLICY_KEY, policyOf, witnessClinics } from '../../../shared/ledger/policy.ts';
import { REGION_KEY } from '../../../shared/ledger/rows.ts';
import { PageView } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { Database } from '../../storage/database.ts';
import type { Administrators } from '../fleet/administrators.ts';
import { enrolledChain } from '../hub.store.ts';
import type { Roster } from '../roster.ts';

export interface Caller {
  /** Device id, hexadecimal, from the certificate. */
  readonly device: string;
  /** Chain id, hexadecimal: where the ledger has enrolled the device or, before that, for which its certificate was asked. */
  readonly chain: string;
  /** Whether the ledger has enrolled the device. */
  readonly enrolled: boolean;
  /** Whether the ledger has enrolled it as a kiosk. */
  readonly isKiosk?: boolean;
}

/**
 * What an operation asks of its caller: a certificate of this hub; a device in the ledger; one at which a clinic's people work, since a
 * kiosk stands where anybody can take it along; one not yet in the ledger; a witness clinic.
 */
type Standing = 'certified' | 'enrolled' | 'desk' | 'joining' | 'witness';

/** Every field of the roots; the test compares it with the schema. */
export const STANDING: Readonly<Record<string, Standing>> = {
  region: 'certified',
  checkpoint: 'certified',
  cosignedCheckpoints: 'certified',
  newest: 'certified',
  restoration: 'certified',
  equivocations: 'certified',
  blocks: 'certified',
  tiles: 'certified',
  snapshot: 'certified',
  snapshotPage: 'certified',
  packedBlocks: 'certified',
  inclusionProof: 'certified',
  consistencyProof: 'certified',
  policyActs: 'certified',
  messages: 'certified',
  caller: 'certified',
  sendMessages: 'certified',
  head: 'certified',
  documents: 'enrolled',
  clinicDocuments: 'enrolled',
  submit: 'enrolled',
  returnBlocks: 'enrolled',
  putDocuments: 'enrolled',
  excuseDocuments: 'enrolled',
  erased: 'enrolled',
  withdrawMessages: 'desk',
  inviteDevice: 'desk',
  certify: 'enrolled',
  escrow: 'desk',
  putEscrow: 'desk',
  deleteEscrow: 'desk',
  healthLinks: 'enrolled',
  putHealthLink: 'enrolled',
  endHealthLinks: 'enrolled',
  openCallRoom: 'desk',
  sendCallSignal: 'desk',
  callSignals: 'desk',
  callInvitation: 'enrolled',
  guestSignals: 'enrolled',
  closeCallRoom: 'desk',
  joinCall: 'enrolled',
  sendGuestSignal: 'enrolled',
  cardPepper: 'enrolled',
  cardOpened: 'enrolled',
  cardCounts: 'desk',
  report: 'enrolled',
  fleet: 'enrolled',
  samples: 'enrolled',
  hubDisk: 'enrolled',
  hubTroubles: 'enrolled',
  updates: 'enrolled',
  administer: 'enrolled',
  administratorActs: 'certified',
  requestAdmission: 'joining',
  policyPapers: 'desk',
  offerToWitness: 'desk',
  proposePolicy: 'witness',
  admissionRequests: 'witness',
  cosign: 'witness',
};

/** What the hub takes of no clinic in quarantine: all that brings something new. What ends or destroys something is always taken. */
const HELD_IN_QUARANTINE: ReadonlySet<string> = new Set([
  'submit',
  'putDocuments',
  'sendMessages',
  'inviteDevice',
  'putEscrow',
  'putHealthLink',
  'offerToWitness',
  'proposePolicy',
]);

export class Callers {
  readonly #database: Database;
  readonly #roster: Roster;
  readonly #administrators: Administrators;

  constructor(database: Database, roster: Roster, administrators: Administrators) {
    this.#database = database;
    this.#roster = roster;
    this.#administrators = administrators;
  }

  /**
   * The caller behind a device that TLS has verified, asked again for each request and each event of a subscription.
   * @throws {Failure} `hub.device-revoked`, `hub.device-cut`, `hub.device-unknown`.
   */
  async identify(device: string): Promise<Caller> {
    const known = this.#roster.find(device);
    if (known?.revoked)
      throw new Failure('hub.device-revoked', 'This device has been revoked by its clinic. Its administrator can enrol it anew.');
    if (this.#administrators.of('certificate', device) === 1) throw CUT;
    if (known) return { device, chain: known.chain, enrolled: true, isKiosk: known.kind === 'kiosk' };
    const chain = await enrolledChain(this.#database.read, fromHex(device));
    if (!chain) throw new Failure('hub.device-unknown', 'This hub has not enrolled the device. Ask for an invitation.');
    return { device, chain: toHex(chain), enrolled: false };
  }

  /** @throws {Failure} `hub.not-allowed` unless `caller` has the standing that `field` asks for; `hub.quarantined`. */
  async authorise(field: string, caller: Caller): Promise<void> {
    const standing = Object.hasOwn(STANDING, field) ? STANDING[field] : undefined;
    if (HELD_IN_QUARANTINE.has(field)) this.#administrators.refuseQuarantined(caller.chain);
    if (standing === 'certified') return;
    if (standing === 'enrolled' && caller.enrolled) return;
    if (standing === 'desk' && this.#roster.find(caller.device)?.kind === 'workstation') return;
    if (standing === 'joining' && !caller.enrolled) return;
    if (standing === 'witness' && caller.enrolled && (await this.isWitness(caller.chain))) return;
    throw new Failure('hub.not-allowed', 'This device may not ask the hub for that.');
  }

  /** Whether a clinic is in the witness set as it is now. */
  async isWitness(chain: string): Promise<boolean> {
    const policy = policyOf(new PageView(await loadState(this.#database.read, [REGION_KEY, POLICY_KEY])));
    return policy !== undefined && witnessClinics(policy).some((witness) => toHex(witness.chain) === chain);
  }
}

const CUT = new Failure(
  'hub.device-cut',
  'The hub’s administrators have this device not answered any more. What is written here waits; ask the region’s hub administrators.',
  { retry: true },
);

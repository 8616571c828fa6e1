/**
 * Enrolment: how a device gets its certificate with the one-time secret of an invitation, and how the region is founded.
 * A certificate says who is on the line and grants nothing in the ledger.
 */

import { facadeKey, facadeRow } from '../../shared/access/facade-rules.ts';
import { equalBytes, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { admissionMessage } from '../../shared/ledger/enrolment-rules.ts';
import { type Founding, openFounding, openGenesis, type Region } from '../../shared/ledger/founding.ts';
import { deviceRow } from '../../shared/ledger/rows.ts';
import { chainKey, deviceKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { checkPageNames } from '../../shared/sync/page-names.ts';
import { decodeAdmissionRequest, enrolmentProofMessage, LONGEST_INVITATION_MS } from '../../shared/sync/wire.ts';
import { type KeyAndCertificate, requestBytes, signPageRequest, signRequest } from '../identity/certificates.ts';
import { genesisPage } from '../ledger/fold.ts';
import { writePage } from '../ledger/ledger.store.ts';
import { loadState } from '../ledger/state-rows.store.ts';
import type { Database } from '../storage/database.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { sha256, verifySignature } from '../vault/primitives.ts';
import {
  addInvitation,
  enrolledChain,
  type InvitationRow,
  listAdmissionRequests,
  openInvitations,
  readGenesis,
  readInvitationRow,
  useInvitation,
  writeAdmissionRequest,
  writeGenesis,
} from './hub.store.ts';
import { base64, base64Bytes, hexBytes, wholeNumber } from './line/arguments.ts';
import type { Caller } from './line/callers.ts';

const SECRET_BYTES = 16;
const MAX_FOUNDING_BYTES = 2100;
const MAX_GENESIS_BYTES = 41_000;
const MAX_ADMISSION_BYTES = 4000;
/** Unused invitations that one clinic may have open for its own devices. */
const OPEN_INVITATIONS = 50;

interface EnrolmentOptions {
  readonly database: Database;
  readonly authority: KeyAndCertificate;
  /** SHA-256 of the authority's certificate. */
  readonly authorityFingerprint: Uint8Array;
  readonly hubKey: Uint8Array;
  /** The name or address under which devices reach the hub. */
  readonly host: string;
  readonly clock: () => number;
  /** The region, once it is founded. */
  region(): Region | undefined;
  onFounded(region: Region): Promise<void>;
}

interface EnrolRequest {
  /** 16 bytes, base64. */
  readonly secret: string;
  /** PKCS#10, PEM. */
  readonly request: string;
  readonly device: string;
  /** The device key's signature over `enrolmentProofMessage` of the request's DER, base64. */
  readonly proof: string;
  readonly founding?: string | null | undefined;
  readonly chain?: string | null | undefined;
}

export class Enrolment {
  readonly #options: EnrolmentOptions;

  constructor(options: EnrolmentOptions) {
    this.#options = options;
  }

  /**
   * Founds the region with the secret of the hub's founding invitation, which stays good for the founder's enrolment.
   * Founding again with the same genesis is harmless.
   * @throws {Failure} `hub.invitation-*`, `hub.genesis-of-another-hub`, `hub.founded-already`, and as `openGenesis`.
   */
  async found(secret: string, genesis: string): Promise<boolean> {
    const { database } = this.#options;
    const row = await this.#invitation(secretHashOf(secret));
    if (row.kind !== 'found') throw REFUSED;
    const bytes = base64Bytes(genesis, MAX_GENESIS_BYTES, 'genesis');
    const region = openGenesis(hashParts, verifySignature, bytes);
    this.#checkGenesis(region);
    const isNew = await database.write(async (transaction) => {
      const founded = await readGenesis(transaction);
      if (founded && !equalBytes(founded, bytes))
        throw new Failure(
          'hub.founded-already',
          'This hub serves a region already. Ask its administrator for an invitation to join it.',
        );
      if (founded) return false;
      await writeGenesis(transaction, bytes);
      await writePage(transaction, genesisPage(hashParts, region));
      return true;
    });
    if (isNew) await this.#options.onFounded(region);
    return true;
  }

  #checkGenesis({ genesis, founders }: Region): void {
    const ours =
      equalBytes(genesis.hubKey, this.#options.hubKey) && equalBytes(genesis.authority, this.#options.authorityFingerprint);
    if (!ours)
      throw new Failure(
        'hub.genesis-of-another-hub',
        "This genesis names another hub or authority. Found the region from this hub's invitation.",
      );
    const founding = new Set(founders.map(({ chain }) => toHex(chain)));
    const witnesses = genesis.witnesses.map(({ chain }) => toHex(chain));
    if (
      witnesses.length === 0 ||
      new Set(witnesses).size !== witnesses.length ||
      !witnesses.every((chain) => founding.has(chain))
    )
      throw new Failure(
        'hub.genesis-witnesses',
        'The witnesses of a new region are founders, each named once, and at least one.',
      );
  }

  /**
   * Certifies a device's TLS key. The secret's use is durable before the certificate leaves. The first answer may have been lost: the
   * same request with the same secret gets the same certificate again, and another request of the same device a new one.
   * @throws {Failure} `hub.invitation-*`, `hub.enrolment-*`, `identity.request-*`, `ledger.founding-forged`.
   */
  async enroll(request: EnrolRequest): Promise<{ certificate: string; expires: number }> {
    const { database, authority } = this.#options;
    const secretHash = secretHashOf(request.secret);
    const der = requestBytes(request.request);
    const requestHash = sha256(der);
    const device = hexBytes(request.device, 32, 'device');
    const row = await this.#invitation(secretHash, device);
    if (!verifySignature(device, enrolmentProofMessage(der), base64Bytes(request.proof, 64, 'proof')))
      throw new Failure('hub.enrolment-proof', 'The device key has not signed this certificate request.');
    const answer = row.request_hash && equalBytes(row.request_hash, requestHash) ? answerOf(row) : undefined;
    if (answer) return answer;
    const chain = await this.#chainOf(row, request, device);
    const enrolled = await enrolledChain(database.read, device);
    if (enrolled && !equalBytes(enrolled, chain))
      throw new Failure(
        'hub.enrolment-device-elsewhere',
        'This device key belongs to another clinic already. A device joins one clinic only.',
      );
    const certified = signRequest(authority, request.request, request.device);
    const used = await database.write((transaction) =>
      useInvitation(transaction, secretHash, { requestHash, device, chain, ...certified }),
    );
    if (!used) throw USED;
    return certified;
  }

  /** @throws {Failure} `hub.invitation-unknown`, `hub.invitation-used`, `hub.invitation-expired`. */
  async #invitation(secretHash: Uint8Array, device?: Uint8Array): Promise<InvitationRow> {
    const row = await readInvitationRow(this.#options.database.read, secretHash);
    if (!row)
      throw new Failure(
        'hub.invitation-unknown',
        'This hub has not given out that invitation. Ask who invited you for a new one.',
      );
    if (row.device && !(device && equalBytes(row.device, device))) throw USED;
    if (row.expires <= this.#options.clock())
      throw new Failure('hub.invitation-expired', 'This invitation has expired. Ask who invited you for a new one.');
    return row;
  }

  /** The chain for which a device may ask: its own founding's, or the one that invited it. */
  async #chainOf(row: InvitationRow, { founding, chain }: EnrolRequest, device: Uint8Array): Promise<Uint8Array> {
    const region = this.#options.region();
    if (!region)
      throw new Failure('hub.not-founded', 'This hub serves no region yet. Its first clinic has to found one.', { retry: true });
    if (row.kind === 'device') {
      if (!row.chain || chain !== toHex(row.chain)) throw REFUSED;
      return row.chain;
    }
    if (!founding) throw REFUSED;
    const opened: Founding = openFounding(hashParts, verifySignature, base64Bytes(founding, MAX_FOUNDING_BYTES, 'founding'));
    if (!equalBytes(opened.statement.deviceKey, device)) throw REFUSED;
    if (row.kind === 'found' && !region.founders.some((founder) => equalBytes(founder.chain, opened.chain))) throw REFUSED;
    return opened.chain;
  }

  /**
   * A new certificate for the calling device, before its old one ends; with `names`, the one under which it serves on its clinic's
   * network: a kiosk its page, a workstation the FHIR façade, where an administrator has said so on the ledger.
   * @throws {Failure} `identity.request-*`; `hub.page-names`, `hub.page-device`, `hub.page-reach`.
   */
  async certify(
    { device }: Caller,
    request: string,
    names: readonly string[],
  ): Promise<{ certificate: string; expires: number }> {
    const { authority, host, database } = this.#options;
    if (names.length === 0) return signRequest(authority, request, device);
    checkPageNames(names);
    if (names.includes(host))
      throw new Failure('hub.page-names', 'This is the hub’s own name. A computer of a clinic needs another.');
    const rows = await loadState(database.read, [deviceKey(device), facadeKey(device)]);
    const row = rows.get(deviceKey(device));
    const kind = row && decode(deviceRow, row).kind;
    if (kind !== 'kiosk' && kind !== 'workstation')
      throw new Failure('hub.page-device', 'Only kiosks and workstations serve on their clinic’s network.');
    const said = rows.get(facadeKey(device));
    if (kind === 'workstation' && (!said || decode(facadeRow, said).reach !== 'network'))
      throw new Failure(
        'hub.page-reach',
        'The ledger does not say yet that this computer answers programs of its clinic’s network. It is tried again.',
        { retry: true },
      );
    return signPageRequest(authority, request, device, names);
  }

  /** Lets one more device of the caller's clinic enrol with the secret of this SHA-256. */
  async inviteDevice(caller: Caller, secretHash: string, expires: number): Promise<boolean> {
    const { database, clock } = this.#options;
    const hash = hexBytes(secretHash, 32, 'secretHash');
    const chain = fromHex(caller.chain);
    const now = clock();
    if (wholeNumber(expires, 'expires') <= now || expires > now + LONGEST_INVITATION_MS)
      throw new Failure('hub.argument', 'An invitation holds for at most fourteen days from now.');
    await database.write(async (transaction) => {
      if ((await openInvitations(transaction, chain, now)) >= OPEN_INVITATIONS)
        throw new Failure(
          'hub.too-many',
          `At most ${OPEN_INVITATIONS} invitations of one clinic may be open. Wait until some are used or expire.`,
        );
      await addInvitation(transaction, hash, 'device', chain, expires);
    });
    return true;
  }

  /**
   * Keeps the wish of the caller's clinic to join until the ledger has admitted it; a later one replaces it.
   * @throws {Failure} `hub.admission-request` when it is not the caller's own, or not signed by the clinic.
   */
  async requestAdmission(caller: Caller, request: string): Promise<boolean> {
    const { database, clock } = this.#options;
    const bytes = base64Bytes(request, MAX_ADMISSION_BYTES, 'request');
    const wish = decodeAdmissionRequest(bytes);
    const { chain, statement } = openFounding(hashParts, verifySignature, wish.founding);
    const region = this.#options.region();
    const signed = verifySignature(statement.clinicKey, admissionMessage(wish, chain), wish.clinicSignature);
    if (!signed || !region || !equalBytes(region.id, wish.region) || toHex(chain) !== caller.chain)
      throw new Failure('hub.admission-request', 'This request to join is not one of the calling clinic for this region.');
    const rows = await loadState(database.read, [chainKey(caller.chain)]);
    if (rows.get(chainKey(caller.chain))) return true;
    await database.write((transaction) => writeAdmissionRequest(transaction, chain, bytes, clock()));
    return true;
  }

  async admissionRequests() {
    const rows = await listAdmissionRequests(this.#options.database.read);
    return rows.map(({ request, received_at }) => {
      const { chain, statement } = openFounding(hashParts, verifySignature, decodeAdmissionRequest(request).founding);
      return {
        chain: toHex(chain),
        name: statement.name,
        kind: statement.kind,
        request: base64(request),
        receivedAt: received_at,
      };
    });
  }
}

/** Only the hash of a secret is kept, so that a thief of the database cannot enrol. */
const secretHashOf = (secret: string): Uint8Array => sha256(base64Bytes(secret, SECRET_BYTES, 'secret'));

const answerOf = ({ certificate, certificate_expires }: InvitationRow): { certificate: string; expires: number } | undefined =>
  certificate === null || certificate_expires === null ? undefined : { certificate, expires: certificate_expires };

const USED = new Failure(
  'hub.invitation-used',
  'This invitation has been used. Each lets one device in; ask who invited you for a new one.',
);
const REFUSED = new Failure(
  'hub.invitation-refused',
  'This invitation is for another clinic, device or purpose. Ask who invited you for the right one.',
);

/** What hub and clinics exchange beside blocks and checkpoints: invitations, admission and enrolment requests. */
import { concat, fromBase64, toBase64 } from '../encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, opaque, struct, text, u8, u64 } from '../encoding/codec.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';

export const WIRE_VERSION = 1;

/** For how long an invitation may hold, in milliseconds. */
export const LONGEST_INVITATION_MS = 14 * 86_400_000;

/** Limits of the wire, on both sides. */
export const LIMITS = {
  blocksPerPage: 2000,
  blocksPerSubmission: 500,
  rangesPerCall: 64,
  documentBytes: 1_048_576,
  documentsPerCall: 500,
  /** Bytes of one request or answer body. */
  bodyBytes: 33_554_432,
  messageBytes: 262_144,
  messagesPerCall: 200,
} as const;

/** A sealed document on its way to the hub or the clinic's host: base64, its handle in hexadecimal. */
export interface DocumentUpload {
  readonly handle: string;
  readonly sealed: string;
  readonly wrap: string;
}

/** A sealed message: base64, recipients in hexadecimal. */
export interface MessageUpload {
  readonly recipientChain: string;
  readonly recipientDevice: string;
  readonly kind: string;
  readonly body: string;
}

const invitationCodec = struct({
  version: u8,
  kind: choice('found', 'clinic', 'device'),
  address: text(200),
  /** SHA-256 of the hub's authority certificate (DER). */
  authority: fixed(32),
  /** Region id; for `found` the SHA-256 of the hub's key, since no region exists yet. */
  region: fixed(32),
  /** Chain id for `device`, else zeroes. */
  chain: fixed(32),
  secret: fixed(16),
  expires: u64,
});
export type Invitation = Decoded<typeof invitationCodec>;

const INVITATION_PREFIX = 'careledger-invitation-1.';

/** An invitation as text that can be read out of a file, a message or a QR code. */
export function writeInvitation(invitation: Omit<Invitation, 'version'>): string {
  const code = toBase64(encode(invitationCodec, { version: WIRE_VERSION, ...invitation }));
  return INVITATION_PREFIX + code.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @throws {Failure} `sync.invitation-malformed`. Expiry is judged by the caller's clock, elsewhere. */
export function readInvitation(written: string): Invitation {
  const code = written.replaceAll(/\s/g, '');
  try {
    if (!code.startsWith(INVITATION_PREFIX)) throw new RangeError('prefix');
    if (!/^[A-Za-z0-9_-]*$/.test(code.slice(INVITATION_PREFIX.length))) throw new RangeError('alphabet');
    const body = code.slice(INVITATION_PREFIX.length).replaceAll('-', '+').replaceAll('_', '/');
    const invitation = decode(invitationCodec, fromBase64(body.padEnd(Math.ceil(body.length / 4) * 4, '=')));
    if (invitation.version !== WIRE_VERSION) throw new RangeError('version');
    return invitation;
  } catch (cause) {
    throw new Failure(
      'sync.invitation-malformed',
      'This is not a complete Careledger invitation. Copy it again, from its first to its last character.',
      { cause },
    );
  }
}

const admissionRequestCodec = struct({
  founding: opaque(2100),
  region: fixed(32),
  epoch: fixed(8),
  height: u64,
  head: fixed(32),
  clinicSignature: fixed(64),
});
/** A clinic's wish to join a region; `clinicSignature` is over `admissionMessage`. */
export type AdmissionRequest = Decoded<typeof admissionRequestCodec>;
export const encodeAdmissionRequest = (request: AdmissionRequest): Uint8Array => encode(admissionRequestCodec, request);
export const decodeAdmissionRequest = (bytes: Uint8Array): AdmissionRequest => decode(admissionRequestCodec, bytes);

/** What a device key signs to show that it stands behind a certificate request (PKCS#10, DER). */
export const enrolmentProofMessage = (request: Uint8Array): Uint8Array => concat(TAG.enrolment, request);

/** Rules of consent events: a grant opens one compartment to one clinic, for a purpose and a period, until withdrawn. */
import { patientCardKey } from '../care-card/card-rules.ts';
import { concat, fromHex, toHex } from '../encoding/bytes.ts';
import { choice, type Decoded, fixed, flag, struct, u64 } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, isErased } from '../ledger/rows.ts';
import { accepted, chainKey, clinicKeyOf, type EventRule, putRow, readRow, refused } from '../ledger/rules.ts';
import { TAG } from '../ledger/tags.ts';
import { PURPOSES, type Purpose } from './purpose.ts';

/**
 * `grant`: random id of this compartment's part of a consent; `agreement`: SHA-256 of the text that was signed;
 * `wrap`: SHA-256 of the HPKE message that carries the grant key; `starts`, `ends`: milliseconds, `ends` 0 = open end;
 * `attestation`: the clinic's signature beside the staff member's (docs/protocol.md, consent before cards).
 */
export const consentGrantedBody = struct({
  grant: fixed(16),
  recipient: fixed(32),
  purpose: choice(...PURPOSES),
  starts: u64,
  ends: u64,
  wrap: fixed(32),
  agreement: fixed(32),
  attestation: fixed(64),
});
export type ConsentGranted = Decoded<typeof consentGrantedBody>;

/** What the clinic signs to attest a consent that its staff member recorded. */
export function attestationMessage(
  chain: Uint8Array,
  handle: Uint8Array,
  body: Pick<ConsentGranted, 'grant' | 'recipient' | 'agreement'>,
): Uint8Array {
  return concat(TAG.attestation, chain, handle, body.grant, body.recipient, body.agreement);
}

/** Key `grant/<grant>`. By `wrap` and `agreement` the recipient knows the message with the key and the signed text for the true ones. */
export const grantRow = struct({
  custodian: fixed(32),
  handle: fixed(16),
  recipient: fixed(32),
  purpose: choice(...PURPOSES),
  starts: u64,
  ends: u64,
  wrap: fixed(32),
  agreement: fixed(32),
  withdrawn: flag,
});
export type GrantRow = Decoded<typeof grantRow>;
/** Prefix of the rows of grants. */
export const GRANTS = 'grant/';
export const grantKey = (grant: string): string => `${GRANTS}${grant}`;

/**
 * Key `confirmed/<grant>`, the grant of the part that opens the patient's identity: by which card the patient confirmed the consent, and when
 * (milliseconds, by the clock of the device that wrote it).
 */
export const confirmedRow = struct({ card: fixed(32), time: u64 });
export const confirmedKey = (grant: string): string => `confirmed/${grant}`;

/** Key `signed/<handle of identity>/<agreement>`: by which card the patient signed this text, and when (milliseconds). */
export const signedRow = struct({ card: fixed(32), time: u64 });
export const signedKey = (handle: string, agreement: string): string => `signed/${handle}/${agreement}`;

/** What staff may not attest for a patient who has a key of their own. */
export const needsOwnSignature = (purpose: Purpose): boolean => purpose === 'HRESCH';

/** Whether a grant opens its compartment at `time`; expiry is judged by the later of local and witnessed time. */
export const grantHolds = (grant: GrantRow, time: number): boolean =>
  !grant.withdrawn && time >= grant.starts && (grant.ends === 0 || time < grant.ends);

/** Whether a grant is over for good at `time`; one that has not begun is not. */
export const grantIsOver = (grant: GrantRow, time: number): boolean =>
  grant.withdrawn || (grant.ends !== 0 && time >= grant.ends);

const consentGranted: EventRule<ConsentGranted> = {
  type: 'consent.granted',
  kind: 'right',
  body: consentGrantedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ body, handle }, writer) => [
    grantKey(toHex(body.grant)),
    compartmentKey(handle),
    chainKey(toHex(body.recipient)),
    chainKey(writer.chain),
    patientCardKey(handle),
    signedKey(handle, toHex(body.agreement)),
  ],
  signatures: (view, { body, event }, writer) => {
    return [
      {
        key: clinicKeyOf(view, writer),
        message: attestationMessage(fromHex(writer.chain), event.handle, body),
        signature: body.attestation,
      },
    ];
  },
  judge: (view, { body, event, handle }, writer) => {
    const custodian = readRow(view, compartmentKey(handle), compartmentRow);
    if (custodian && isErased(custodian)) return refused('compartment-erased');
    if (!custodian || toHex(custodian.custodian) !== writer.chain) return refused('not-the-custodian');
    if (view.get(grantKey(toHex(body.grant)))) return refused('grant-id-used-before');
    if (!view.get(chainKey(toHex(body.recipient)))) return refused('recipient-unknown');
    if (toHex(body.recipient) === writer.chain) return refused('recipient-is-custodian');
    if (body.ends !== 0 && body.ends <= body.starts) return refused('period-empty');
    const { recipient, purpose, starts, ends, wrap, agreement } = body;
    const signed = readRow(view, signedKey(handle, toHex(agreement)), signedRow);
    // Only the compartment of identity says whose a consent is, so this is judged on that part of it.
    if (needsOwnSignature(purpose) && view.get(patientCardKey(handle)) && !signed) return refused('patient-signature-missing');
    return accepted(
      ...(signed ? [putRow(confirmedKey(toHex(body.grant)), confirmedRow, signed)] : []),
      putRow(grantKey(toHex(body.grant)), grantRow, {
        custodian: fromHex(writer.chain),
        handle: event.handle,
        recipient,
        purpose,
        starts,
        ends,
        wrap,
        agreement,
        withdrawn: false,
      }),
    );
  },
};

export const consentWithdrawnBody = struct({ grant: fixed(16) });
type ConsentWithdrawn = Decoded<typeof consentWithdrawnBody>;

const consentWithdrawn: EventRule<ConsentWithdrawn> = {
  type: 'consent.withdrawn',
  kind: 'right',
  body: consentWithdrawnBody,
  personal: 'required',
  handle: 'required',
  reads: ({ body }) => [grantKey(toHex(body.grant))],
  judge: (view, { body, handle }, writer) => {
    const grant = readRow(view, grantKey(toHex(body.grant)), grantRow);
    if (!grant || toHex(grant.handle) !== handle) return refused('grant-unknown');
    if (toHex(grant.custodian) !== writer.chain) return refused('not-the-custodian');
    return accepted(putRow(grantKey(toHex(body.grant)), grantRow, { ...grant, withdrawn: true }));
  },
};

export const consentRules: ReadonlyArray<EventRule<unknown>> = [consentGranted, consentWithdrawn];

/**
 * The certificate of an erasure: what went, on what ground, when, who has confirmed and who has not. Signed by who asked for it and
 * by the clinic; JSON with base64 bytes that `careledger verify` judges with nothing else. No personal data of the patient is in it.
 */
import { concat, equalBytes, fromBase64, toBase64 } from '../encoding/bytes.ts';
import {
  choice,
  type Decoded,
  decode,
  encode,
  fixed,
  flag,
  list,
  opaque,
  struct,
  text,
  u8,
  u32,
  u64,
} from '../encoding/codec.ts';
import { type Founding, openFounding, openGenesis, type Verify } from '../ledger/founding.ts';
import type { Hash } from '../ledger/merkle.ts';
import { PolicyBook, type StoredAct } from '../ledger/policy-book.ts';
import { isReceiptAct, type ReceiptAct } from '../ledger/receipt.ts';
import { ERASURE_GROUNDS } from '../ledger/rows.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';
import { type HubErasure, openHubErasure } from '../sync/erasure-statement.ts';

const SUITE = 1;
/** Times are milliseconds; 0 in a confirmation: not confirmed. `clinicKey` is the clinic's at that time. */
const statementCodec = struct({
  suite: u8,
  founding: opaque(2100),
  clinicKey: fixed(32),
  erasure: fixed(16),
  whole: flag,
  ground: choice(...ERASURE_GROUNDS),
  erasedAt: u64,
  erasedBy: fixed(32),
  compartments: list(struct({ handle: fixed(16), category: text(40), documents: u32 }), 1000),
  confirmations: list(
    struct({ party: choice('DESK', 'HUB', 'CLINIC'), device: opaque(32), clinic: text(200), at: u64, count: u32 }),
    1000,
  ),
  lastBackupDies: u64,
  issuedAt: u64,
  issuedBy: fixed(32),
  /** Signed genesis and the hub's signed word; empty without a region, or while the hub has said nothing. */
  genesis: opaque(80_000),
  hub: opaque(30_100),
});
type ErasureStatement = Omit<Decoded<typeof statementCodec>, 'suite'>;

interface Signatures {
  staff(message: Uint8Array): Uint8Array;
  clinic(message: Uint8Array): Uint8Array;
}

/** @param policies acts that gave the hub the key of its word, when it is not the genesis's */
export function writeCertificate(statement: ErasureStatement, sign: Signatures, policies: readonly StoredAct[] = []): string {
  const bytes = encode(statementCodec, { suite: SUITE, ...statement });
  const message = concat(TAG.erasureCertificate, bytes);
  const certificate = {
    careledger: 'erasure-certificate/1',
    statement: toBase64(bytes),
    staffSignature: toBase64(sign.staff(message)),
    clinicSignature: toBase64(sign.clinic(message)),
    ...(policies.length > 0 && { policies: policies.map((act) => ({ ...act, body: toBase64(act.body) })) }),
  };
  return `${JSON.stringify(certificate, null, 1)}\n`;
}

export const looksLikeCertificate = (text: string): boolean => /^\s*\{\s*"careledger"\s*:\s*"erasure-certificate\//.test(text);

interface VerifiedCertificate {
  readonly statement: ErasureStatement;
  readonly clinic: Founding;
  /** Whether the clinic signed with the key of its founding; with a later one the reader asks the ledger. */
  readonly foundingKey: boolean;
  readonly hub: HubErasure | undefined;
}

/**
 * @throws {Failure} `certificate.malformed`, `certificate.signature-invalid`, `certificate.contradicts-hub`, and what opening founding,
 * genesis or the hub's statement throws.
 */
export function verifyCertificate(hash: Hash, verify: Verify, json: string): VerifiedCertificate {
  const { statement: bytes, staffSignature, clinicSignature, policies } = parsed(json);
  const { suite, ...statement } = decode(statementCodec, bytes);
  if (suite !== SUITE) throw malformed();
  const clinic = openFounding(hash, verify, statement.founding);
  const message = concat(TAG.erasureCertificate, bytes);
  if (!verify(statement.issuedBy, message, staffSignature) || !verify(statement.clinicKey, message, clinicSignature))
    throw new Failure(
      'certificate.signature-invalid',
      'A signature on this certificate does not hold: it was altered, or is not of this clinic.',
    );
  return {
    statement,
    clinic,
    foundingKey: equalBytes(clinic.statement.clinicKey, statement.clinicKey),
    hub: hubsWord(verify, statement, policies, hash),
  };
}

/** The hub's word under the key that the quorum had given it by then: each act is proven from the genesis on. */
function hubsWord(
  verify: Verify,
  { genesis, hub, compartments }: ErasureStatement,
  policies: readonly StoredAct[],
  hash: Hash,
): HubErasure | undefined {
  if (hub.length === 0) return undefined;
  const region = openGenesis(hash, verify, genesis);
  const book = new PolicyBook(region);
  for (const act of policies) book.prove(verify, act);
  const said = openHubErasure(verify, book.current.activeHubKey, hub);
  const names = (handle: Uint8Array): boolean => said.compartments.some((other) => equalBytes(other.handle, handle));
  if (!equalBytes(said.region, region.id) || !compartments.every(({ handle }) => names(handle)))
    throw new Failure('certificate.contradicts-hub', "The hub's word in this certificate is about another erasure.");
  return said;
}

interface Parsed extends Record<'statement' | 'staffSignature' | 'clinicSignature', Uint8Array> {
  readonly policies: readonly StoredAct[];
}

function parsed(json: string): Parsed {
  try {
    const { policies = [], ...texts } = JSON.parse(json) as Record<string, string> & { policies?: readonly ReceiptAct[] };
    const { careledger, statement, staffSignature, clinicSignature } = texts as Record<string, string>;
    if (careledger !== 'erasure-certificate/1' || !policies.every(isReceiptAct)) throw malformed();
    return {
      statement: fromBase64(statement ?? ''),
      staffSignature: fromBase64(staffSignature ?? ''),
      clinicSignature: fromBase64(clinicSignature ?? ''),
      policies: policies.map((act) => ({ ...act, body: fromBase64(act.body) })),
    };
  } catch (cause) {
    throw malformed(cause);
  }
}

function malformed(cause?: unknown): Failure {
  return new Failure(
    'certificate.malformed',
    'This is not a certificate of erasure (version 1). Check that the whole file was copied.',
    { cause },
  );
}

/**
 * The certificate of a restore drill: what was restored from which backup, what was found, how long it took and who ran it. The text is
 * signed as it stands, by the person and by the clinic, and checked with nothing but this file (45 CFR 164.308(a)(7)(ii)(D)).
 */
import { concat, equalBytes, fromBase64, fromHex, toHex, utf8 } from '../encoding/bytes.ts';
import { openFounding } from '../ledger/founding.ts';
import { Failure } from '../outcome/failure.ts';
import { DRILL_TAG } from '../vault/vault-tags.ts';

/** Times in milliseconds since 1970, ids in hexadecimal. */
export interface DrillReport {
  readonly clinic: string;
  readonly chain: string;
  readonly device: string;
  readonly backup: string;
  readonly backupMade: number;
  /** `staff`: with the keys of this machine; `shares`: with recovery shares alone, as on a new machine. */
  readonly openedBy: 'staff' | 'shares';
  readonly started: number;
  readonly seconds: number;
  /** What a clinic promises: within 72 hours. */
  readonly withinHours: number;
  readonly blocks: number;
  readonly ownBlocks: number;
  readonly signatures: number;
  readonly documents: number;
  readonly records: number;
  readonly vaultRows: number;
  readonly keys: number;
  readonly people: number;
  readonly ranBy: string;
  readonly role: string;
  readonly program: string;
}

export interface DrillCertificate {
  readonly careledger: 'drill/1';
  /** A `DrillReport` as JSON: these characters are signed. */
  readonly report: string;
  readonly founding: string;
  readonly clinicKey: string;
  readonly clinicSignature: string;
  readonly staff: string;
  readonly staffSignature: string;
}

type Hash = (...parts: readonly Uint8Array[]) => Uint8Array;
type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** What person and clinic sign. */
export const drillMessage = (chain: Uint8Array, report: string): Uint8Array => concat(DRILL_TAG, chain, utf8(report));

export const isDrill = (value: unknown): value is DrillCertificate =>
  typeof value === 'object' && value !== null && (value as DrillCertificate).careledger === 'drill/1';

interface CheckedDrill {
  readonly report: DrillReport;
  /** False after the clinic has changed its key: the ledger says which one it had then. */
  readonly isFoundingKey: boolean;
}

/** @throws {Failure} `drill.malformed`, `drill.signature-invalid`; as `openFounding`. */
export function checkDrill(hash: Hash, verify: Verify, certificate: DrillCertificate): CheckedDrill {
  const { report: text, founding, clinicKey, clinicSignature, staff, staffSignature } = certificate;
  const read = <T>(take: () => T): T => {
    try {
      return take();
    } catch (cause) {
      if (cause instanceof Failure) throw cause;
      throw new Failure(
        'drill.malformed',
        'This is not a whole certificate of a restore drill. Check that all of the file was copied.',
        { cause },
      );
    }
  };
  const { chain, statement } = read(() => openFounding(hash, verify, fromBase64(founding)));
  const report = read(() => JSON.parse(text) as DrillReport);
  const message = drillMessage(chain, text);
  const holds =
    report.chain === read(() => toHex(chain)) &&
    read(() => verify(fromHex(clinicKey), message, fromBase64(clinicSignature))) &&
    read(() => verify(fromHex(staff), message, fromBase64(staffSignature)));
  if (!holds)
    throw new Failure(
      'drill.signature-invalid',
      'This certificate was altered, or was not signed by the clinic and the person that it names.',
    );
  return { report, isFoundingKey: equalBytes(fromHex(clinicKey), statement.clinicKey) };
}

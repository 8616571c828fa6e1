/** SMART Health Links (HL7 SMART Health Cards and Links, STU 1): what a QR code says, and what hub and kiosk have to agree on. Pure. */
import { concat, toBase64url, utf8 } from '../encoding/bytes.ts';
import type { Hash } from '../ledger/merkle.ts';

/** Wrong passcodes over a link's whole life. */
export const MOST_PASSCODE_TRIES = 10;
export const LONGEST_LINK_MS = 30 * 86_400_000;
/** Characters of the encrypted file. */
export const MOST_LINK_BODY = 1_000_000;
export const LINK_HOURS = [1, 24, 168, 720] as const;

const PASSCODE = utf8('careledger/v1/health-link-passcode\n');

/** What the hub compares: whoever steals it guesses six digits in no time, and has ciphertext then. */
export const passcodeHash = (hash: Hash, link: Uint8Array, passcode: string): Uint8Array =>
  hash(concat(PASSCODE, link, utf8(passcode)));

/** Under the hub's address for links: where a reader asks for the manifest. */
export const manifestUrl = (address: string, link: Uint8Array): string => `${address}/m/${toBase64url(link)}`;

interface LinkToShow {
  readonly url: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** Milliseconds since 1970. */
  readonly ends: number;
  readonly hasPasscode: boolean;
  /** At most 80 characters. */
  readonly label: string;
}

/** The text of the QR code: the only place in which the key stands. */
export function shlink({ url, key, ends, hasPasscode, label }: LinkToShow): string {
  const payload = {
    url,
    key: toBase64url(key),
    exp: Math.floor(ends / 1000),
    ...(hasPasscode ? { flag: 'P' } : {}),
    label: label.slice(0, 80),
    v: 1,
  };
  return `shlink:/${toBase64url(utf8(JSON.stringify(payload)))}`;
}

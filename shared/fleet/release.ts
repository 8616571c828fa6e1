/**
 * A release of the workstation's program, as its makers sign it, and whether a computer may put it in the place of its own. The hub decides
 * when a clinic gets which release; it can neither make one nor send a computer back.
 *
 *     signed release = release ‖ Ed25519(release key, tag 'release' ‖ release)
 */
import { concat, toBase64 } from '../encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, list, opaque, struct, text, u8, u16, u32, u64 } from '../encoding/codec.ts';
import type { Verify } from '../ledger/founding.ts';
import type { Hash } from '../ledger/merkle.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';
import { compareVersions } from './need.ts';

/** What a file installs on; the names of the feeds follow electron-updater. */
const TARGETS = ['windows', 'mac', 'linux', 'linux-arm64'] as const;
export type Target = (typeof TARGETS)[number];

/** Bytes of the longest signed release. */
export const MAX_RELEASE_BYTES = 65_536;
/** Bytes of the largest file: an Electron program has about a tenth. */
const MAX_FILE_BYTES = 2 ** 31;
/** A name that is a plain file in every system, and needs no quoting in a path of HTTP. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const FORM = 1;
/** Of the hash in a subject: with six bytes of version it fills what acts have for a subject. */
const HASH_BYTES = 26;

const numbers = struct({ major: u16, minor: u16, patch: u16 });
const releaseCodec = struct({
  form: u8,
  version: numbers,
  /** When it was signed, milliseconds since 1970. */
  time: u64,
  /** Wire versions that it speaks. */
  wire: struct({ oldest: u16, newest: u16 }),
  /** The newest rules of the ledger that it knows. */
  rules: u32,
  /** How many steps its databases on a clinic's computer have been through; steps are only ever added. */
  schema: u32,
  /** Newer versions whose place it may take: it was signed to take them back. */
  replaces: list(numbers, 16),
  /** What changes, in a language each (BCP 47). */
  notes: list(struct({ language: text(8), text: text(2000) }), 16),
  files: list(struct({ name: text(100), target: choice(...TARGETS), bytes: u64, sha512: fixed(64) }), 16),
});
type Numbers = Decoded<typeof numbers>;
type Encoded = Decoded<typeof releaseCodec>;

export interface Release extends Omit<Encoded, 'form' | 'version' | 'replaces'> {
  /** `1.4.0`. */
  readonly version: string;
  readonly replaces: readonly string[];
}
export type ReleaseFile = Release['files'][number];

const signedCodec = struct({ bytes: opaque(MAX_RELEASE_BYTES - 80), signature: fixed(64) });

/** @throws {Failure} `release.malformed`. */
export function signRelease(release: Release, sign: (message: Uint8Array) => Uint8Array): Uint8Array {
  const { version, replaces, ...rest } = release;
  const encoded: Encoded = { form: FORM, version: numbersOf(version), replaces: replaces.map(numbersOf), ...rest };
  checkFiles(encoded);
  const bytes = encode(releaseCodec, encoded);
  return encode(signedCodec, { bytes, signature: sign(concat(TAG.release, bytes)) });
}

/** @throws {Failure} `release.forged`, `release.form-unknown`, `release.malformed`, `encoding.malformed`. */
export function openRelease(verify: Verify, releaseKey: Uint8Array, signed: Uint8Array): Release {
  const { bytes, signature } = decode(signedCodec, signed);
  // Before anything in it is looked at.
  if (!verify(releaseKey, concat(TAG.release, bytes), signature))
    throw new Failure(
      'release.forged',
      'This update is not signed by the makers of this program. Nothing of it was used. Tell the administrator of the hub.',
    );
  if (bytes[0] !== FORM)
    throw new Failure(
      'release.form-unknown',
      'This update is described in a form that this version does not know. Install it by hand.',
    );
  const { version, replaces, form, ...rest } = decode(releaseCodec, bytes);
  checkFiles(rest);
  return { version: textOf(version), replaces: replaces.map(textOf), ...rest };
}

function checkFiles({ files }: Pick<Encoded, 'files'>): void {
  const names = new Set(files.map(({ name }) => name));
  const targets = new Set(files.map(({ target }) => target));
  const areGood = files.every(({ name, bytes }) => FILE_NAME.test(name) && bytes > 0 && bytes <= MAX_FILE_BYTES);
  if (areGood && names.size === files.length && targets.size === files.length && files.length > 0) return;
  throw new Failure('release.malformed', 'A release names one file for each system, each with a plain name of its own.');
}

/**
 * What an administrator's act names a release by: its version, readable by whoever has the act alone, and the beginning of the hash of
 * what was signed.
 *
 *     subject[32] = major u16 ‖ minor u16 ‖ patch u16 ‖ first 26 bytes of SHA-256(signed release)
 */
export function releaseSubject(hash: Hash, version: string, signed: Uint8Array): Uint8Array {
  return concat(encode(numbers, numbersOf(version)), hash(signed).subarray(0, HASH_BYTES));
}

/** The version that such a subject names. */
export const versionOfSubject = (subject: Uint8Array): string => textOf(decode(numbers, subject.subarray(0, -HASH_BYTES)));

/** How a computer stands when an update is offered to it. */
export interface OwnProgram {
  readonly version: string;
  /** How many steps its databases have been through. */
  readonly schema: number;
  /** The rules that its region has in force. */
  readonly rules: number;
  readonly target: Target | undefined;
}

/** Why this release may not take the place of the program that runs; undefined when it may. */
export function refusalOf(release: Release, own: OwnProgram): Failure | undefined {
  const { version, replaces, schema, rules, files } = release;
  const refused = (code: string, why: string): Failure => new Failure(code, `Version ${version} is not installed here: ${why}`);
  if (compareVersions(version, own.version) < 0 && !replaces.includes(own.version))
    return refused('release.downgrade', `it is older than ${own.version}, and was not signed to take that back.`);
  if (rules < own.rules)
    return refused('release.rules', `this region follows rules ${own.rules} of the ledger, and it knows ${rules}.`);
  if (schema < own.schema)
    return refused(
      'release.schema',
      'it does not know the tables that this computer has by now. Restore a backup of before instead.',
    );
  if (!files.some(({ target }) => target === own.target)) return refused('release.target', 'it has no file for this system.');
  return undefined;
}

/** The names of the feeds that electron-updater's generic provider asks for. */
export const FEEDS: Readonly<Record<string, Target>> = {
  'latest.yml': 'windows',
  'latest-mac.yml': 'mac',
  'latest-linux.yml': 'linux',
  'latest-linux-arm64.yml': 'linux-arm64',
};

/** A feed as electron-updater reads it; JSON is YAML. Files stand under the feed's own address. */
export function feedText({ version, time, notes }: Release, { name, bytes, sha512 }: ReleaseFile): string {
  const hash = toBase64(sha512);
  const releaseNotes = notes.find(({ language }) => language === 'en')?.text ?? '';
  const feed = {
    version,
    files: [{ url: `${version}/${name}`, sha512: hash, size: bytes }],
    path: `${version}/${name}`,
    sha512: hash,
    releaseDate: new Date(time).toISOString(),
    releaseNotes,
  };
  return `${JSON.stringify(feed, null, 1)}\n`;
}

/** @throws {Failure} `release.version`. */
function numbersOf(version: string): Numbers {
  const [, major, minor, patch] = /^(\d{1,4})\.(\d{1,4})\.(\d{1,4})$/.exec(version) ?? [];
  if (patch === undefined) throw new Failure('release.version', `"${version}" is no version: three numbers, such as 1.4.0.`);
  return { major: Number(major), minor: Number(minor), patch: Number(patch) };
}

const textOf = ({ major, minor, patch }: Numbers): string => `${major}.${minor}.${patch}`;

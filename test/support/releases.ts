/** Releases of a program that does not exist, signed with a key of the tests. */
import { createHash } from 'node:crypto';
import { actAtHub } from '../../server/hub/commands/fleet-administration.ts';
import { Releases } from '../../server/hub/fleet/releases.ts';
import { openHubDatabase } from '../../server/hub/hub-database.ts';
import { type SigningKey, sha256, sign, signingKeyFromSeed } from '../../server/vault/primitives.ts';
import type { HubAct } from '../../shared/fleet/administration.ts';
import { type Release, signRelease } from '../../shared/fleet/release.ts';

export const releaseKey = signingKeyFromSeed(sha256(Buffer.from('release key of the tests')));

const sha512 = (bytes: Buffer): Buffer => createHash('sha512').update(bytes).digest();

/** The package of a version: name, bytes and their hash in hexadecimal, always the same. */
export function packageOf(version: string): { name: string; bytes: Buffer; sha512: string } {
  const bytes = Buffer.concat(Array.from({ length: 2048 }, (_, at) => sha256(Buffer.from(`${version} ${at}`))));
  return { name: `careledger-${version}.AppImage`, bytes, sha512: sha512(bytes).toString('hex') };
}

export function signedRelease(
  version: string,
  { key = releaseKey, ...more }: Partial<Release> & { key?: SigningKey } = {},
): Uint8Array {
  const { name, bytes } = packageOf(version);
  const release: Release = {
    version,
    time: Date.UTC(2026, 10, 28),
    wire: { oldest: 1, newest: 1 },
    rules: 1,
    schema: 10_000,
    replaces: [],
    notes: [
      { language: 'en', text: 'Charts open faster.' },
      { language: 'de', text: 'Akten öffnen sich schneller.' },
    ],
    files: [{ name, target: 'linux', bytes: bytes.length, sha512: sha512(bytes) }],
    ...more,
  };
  return signRelease(release, (message) => sign(key, message));
}

interface ReleasesBeside {
  readonly releases: Releases;
  /** At the hub's machine, as `hub update ring` and `hub update withdraw` do it: up to which ring, 0 for none, or `WITHDRAWN`. */
  readonly offer: (version: string, figure: number) => Promise<HubAct>;
  readonly close: () => Promise<void>;
}

/** Beside a running hub, as `careledger hub update` looks at its releases. */
export async function releasesBeside(folder: string): Promise<ReleasesBeside> {
  const database = await openHubDatabase(folder);
  const releases = new Releases({ database, folder, releaseKey: releaseKey.publicKey });
  const offer = async (version: string, figure: number): Promise<HubAct> => {
    const subject = await releases.subjectOf(version);
    return actAtHub(folder, { kind: 'release', subject, isSet: figure > 0, figure, reason: 'maintenance' }, Date.now);
  };
  return { releases, offer, close: () => database.close() };
}

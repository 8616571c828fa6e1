/** The key with which the makers of this program sign its releases: `careledger.releaseKey` of package.json, set where a build is made. */
import manifest from '../../package.json' with { type: 'json' };
import { fromHex } from '../../shared/encoding/bytes.ts';

/** Undefined in a build that names none: it takes no updates. */
export function builtInReleaseKey(): Uint8Array | undefined {
  const { releaseKey } = manifest.careledger;
  return /^[0-9a-f]{64}$/.test(releaseKey) ? fromHex(releaseKey) : undefined;
}

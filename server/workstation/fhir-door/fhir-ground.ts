/** What answering programs of the clinic's network stands on at a desk: the region's certificate, and an administrator's word on the ledger. */
import { facadeKey, facadeRow } from '../../../shared/access/facade-rules.ts';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { HubClient } from '../../sync/hub-client.ts';
import { loadOverlaid } from '../../sync/own-acts/pending.ts';
import type { DeviceKeys } from '../device/device-keys.ts';
import type { Installation } from '../folder/installation.ts';
import { type PageGround, pageGround } from '../page/page-certificate.ts';

interface FhirGroundParts {
  readonly installation: Installation;
  readonly keys: DeviceKeys;
  readonly clock: () => number;
  askHub<T>(ask: (client: HubClient) => Promise<T>): Promise<T>;
}

export interface FhirGround {
  /** @throws {Failure} `fhir-api.no-region`. */
  ground(): Promise<PageGround>;
  /** Whether the ledger says that this computer answers its clinic's network. */
  isNetworkSaid(): Promise<boolean>;
}

export const fhirGround = ({ installation, keys, clock, askHub }: FhirGroundParts): FhirGround => ({
  async ground() {
    const authority = await installation.text('authority');
    const { tier } = keys;
    if (!authority || !tier || !installation.region)
      throw new Failure(
        'fhir-api.no-region',
        'Programs of the network are answered under a certificate of the region, and this clinic belongs to none yet. Join one first.',
      );
    const device = toHex(tier.signing.publicKey);
    return pageGround({ installation, device, tlsKey: tier.secrets.tlsKey, authority, clock, askHub });
  },
  async isNetworkSaid() {
    const { tier } = keys;
    if (!tier) return false;
    const key = facadeKey(toHex(tier.signing.publicKey));
    const row = (await loadOverlaid(installation.database.read, [key])).get(key);
    return row !== undefined && decode(facadeRow, row).reach === 'network';
  },
});

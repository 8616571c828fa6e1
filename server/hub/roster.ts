/** Which devices the ledger has enrolled, kept in memory because every request asks. */
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { type DeviceRow, deviceRow } from '../../shared/ledger/rows.ts';

interface EnrolledDevice {
  /** Chain id, hexadecimal. */
  readonly chain: string;
  readonly kind: DeviceRow['kind'];
  readonly revoked: boolean;
}

const PREFIX = 'device/';

export class Roster {
  readonly #devices = new Map<string, EnrolledDevice>();
  /** Hears of each device (hexadecimal) whose revocation has entered the ledger. */
  onRevoked: (device: string) => void = () => undefined;

  /** Takes in state rows that were written. */
  apply(changes: Iterable<readonly [key: string, value: Uint8Array | undefined]>): void {
    for (const [key, value] of changes) {
      if (!key.startsWith(PREFIX) || value === undefined) continue;
      const device = key.slice(PREFIX.length);
      const { chain, kind, revoked } = decode(deviceRow, value);
      const before = this.#devices.get(device);
      this.#devices.set(device, { chain: toHex(chain), kind, revoked });
      if (revoked && !before?.revoked) this.onRevoked(device);
    }
  }

  /** Undefined for a device that the ledger does not know. */
  find(device: string): EnrolledDevice | undefined {
    return this.#devices.get(device);
  }
}

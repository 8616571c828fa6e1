/** Rules of the access log: devices anchor the root and count of their sealed access lines on a fixed cadence. */
import { equalBytes } from '../encoding/bytes.ts';
import { type Decoded, fixed, struct, u64 } from '../encoding/codec.ts';
import { accepted, disputed, type EventRule, putRow, readRow } from '../ledger/rules.ts';

/** `root`: RFC 9162 root over the entries (salted hashes) of this device's access lines so far; `count`: how many there are. */
export const accessSealedBody = struct({ root: fixed(32), count: u64 });
type AccessSealed = Decoded<typeof accessSealedBody>;

/** Key `access/<device>`. */
export const accessRow = accessSealedBody;
export const accessKey = (device: string): string => `access/${device}`;

const accessSealed: EventRule<AccessSealed> = {
  type: 'access.sealed',
  kind: 'fact',
  body: accessSealedBody,
  personal: 'optional',
  handle: 'none',
  reads: (_, writer) => [accessKey(writer.device)],
  judge: (view, { body }, writer) => {
    const before = readRow(view, accessKey(writer.device), accessRow);
    // A log that shrinks has lost lines; the anchor that stands keeps showing it.
    if (before && body.count < before.count) return disputed('access-log-shrank');
    if (before && body.count === before.count && !equalBytes(body.root, before.root)) return disputed('access-log-changed');
    return accepted(putRow(accessKey(writer.device), accessRow, body));
  },
};

export const accessRules: ReadonlyArray<EventRule<unknown>> = [accessSealed];

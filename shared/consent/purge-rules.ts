/** Rules of purging: a device of the clinic that could read under a grant says that what it held is destroyed. */
import { toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, struct, u32, u64 } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, isErased } from '../ledger/rows.ts';
import { accepted, disputed, type EventRule, putRow, readRow } from '../ledger/rules.ts';
import { grantKey, grantRow } from './consent-rules.ts';

/** `count`: sealed documents that were destroyed. */
export const accessPurgedBody = struct({ grant: fixed(16), count: u32 });
type AccessPurged = Decoded<typeof accessPurgedBody>;

/** Key `access-purged/<grant>/<device>`. `time` is the event's. */
export const accessPurgedRow = struct({ count: u32, time: u64 });
export const ACCESS_PURGED = 'access-purged/';
export const accessPurgedKey = (grant: string, device: string): string => `${ACCESS_PURGED}${grant}/${device}`;

/**
 * Only the grant's recipient, each device for itself and once, and only after the grant has ended: withdrawn, erased, or over by
 * the event's own time. What a device says of itself cannot be checked by others; that it said so can.
 */
const accessPurged: EventRule<AccessPurged> = {
  type: 'access.purged',
  kind: 'fact',
  body: accessPurgedBody,
  personal: 'optional',
  handle: 'required',
  reads: ({ body, handle }, writer) => [
    grantKey(toHex(body.grant)),
    compartmentKey(handle),
    accessPurgedKey(toHex(body.grant), writer.device),
  ],
  judge: (view, { body, event, handle }, writer) => {
    const grant = readRow(view, grantKey(toHex(body.grant)), grantRow);
    if (!grant || toHex(grant.handle) !== handle) return disputed('grant-unknown');
    if (toHex(grant.recipient) !== writer.chain) return disputed('not-the-recipient');
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    const isOver = grant.withdrawn || (compartment && isErased(compartment)) || (grant.ends !== 0 && event.time >= grant.ends);
    if (!isOver) return disputed('grant-not-ended');
    const key = accessPurgedKey(toHex(body.grant), writer.device);
    if (view.get(key)) return disputed('purged-already');
    return accepted(putRow(key, accessPurgedRow, { count: body.count, time: event.time }));
  },
};

export const purgeRules: ReadonlyArray<EventRule<unknown>> = [accessPurged];

/**
 * Rules of erasure: the custodian's tombstone ends a compartment for good, and each desk of the custodian says that it has
 * destroyed what it held. The ledger keeps handles, hashes and times; what they stood for is gone with keys and salts.
 */
import { fromHex, toHex } from '../encoding/bytes.ts';
import { choice, type Decoded, struct, u32, u64 } from '../encoding/codec.ts';
import {
  compartmentKey,
  compartmentRow,
  ERASURE_GROUNDS,
  erasedKey,
  erasedRow,
  NO_CUSTODIAN,
  type Role,
  staffRow,
} from '../ledger/rows.ts';
import { accepted, disputed, type EventRule, putRow, readRow, refused, staffKey } from '../ledger/rules.ts';

export const compartmentErasedBody = struct({ ground: choice(...ERASURE_GROUNDS) });
type CompartmentErased = Decoded<typeof compartmentErasedBody>;

const MAY_ERASE: ReadonlySet<Role> = new Set(['administrator', 'privacy-officer']);

/** Every grant of the compartment ends with it: no clinic is its custodian any more, so nothing can be put, shared or joined there. */
const compartmentErased: EventRule<CompartmentErased> = {
  type: 'compartment.erased',
  kind: 'right',
  body: compartmentErasedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ handle }) => [compartmentKey(handle), erasedKey(handle)],
  judge: (view, { body, event, handle, author }, writer) => {
    const staff = readRow(view, staffKey(author), staffRow);
    if (!staff || !MAY_ERASE.has(staff.role)) return refused('not-a-privacy-officer');
    if (view.get(erasedKey(handle))) return refused('erased-already');
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    if (!compartment || toHex(compartment.custodian) !== writer.chain) return refused('not-the-custodian');
    return accepted(
      putRow(compartmentKey(handle), compartmentRow, { custodian: NO_CUSTODIAN }),
      putRow(erasedKey(handle), erasedRow, { custodian: fromHex(writer.chain), ground: body.ground, time: event.time }),
    );
  },
};

/** `count`: sealed documents that were destroyed on this device. */
export const compartmentPurgedBody = struct({ count: u32 });
type CompartmentPurged = Decoded<typeof compartmentPurgedBody>;

/** Key `purged/<handle>/<device>`. `time` is the event's. */
export const purgedRow = struct({ count: u32, time: u64 });
const PURGED = 'purged/';
export const purgedKey = (handle: string, device: string): string => `${PURGED}${handle}/${device}`;

/** Each desk of the clinic that was the custodian, for itself and once. */
const compartmentPurged: EventRule<CompartmentPurged> = {
  type: 'compartment.purged',
  kind: 'fact',
  body: compartmentPurgedBody,
  personal: 'optional',
  handle: 'required',
  reads: ({ handle }, writer) => [erasedKey(handle), purgedKey(handle, writer.device)],
  judge: (view, { body, event, handle }, writer) => {
    const erased = readRow(view, erasedKey(handle), erasedRow);
    if (!erased) return disputed('not-erased');
    if (toHex(erased.custodian) !== writer.chain) return disputed('not-the-custodian');
    const key = purgedKey(handle, writer.device);
    if (view.get(key)) return disputed('purged-already');
    return accepted(putRow(key, purgedRow, { count: body.count, time: event.time }));
  },
};

export const erasureRules: ReadonlyArray<EventRule<unknown>> = [compartmentErased, compartmentPurged];

/**
 * Rules of amendments between clinics: who may read a record may propose a version of it, and the custodian takes it over or
 * declines. A proposal waits where late versions wait; `record.merged` takes it over. Once admitted they are at worst disputed.
 */
import { grantHolds, grantKey, grantRow } from '../consent/consent-rules.ts';
import type { Purpose } from '../consent/purpose.ts';
import { equalBytes, fromHex, toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, flag, opaque, struct, u32 } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, deviceRow, isErased } from '../ledger/rows.ts';
import {
  accepted,
  deviceKey,
  disputed,
  type EventRule,
  type Judgement,
  putRow,
  readRow,
  type StateView,
} from '../ledger/rules.ts';
import { conflictKey, conflictRow } from './conflict-rows.ts';
import { recordKey, recordRow } from './record-rules.ts';

/**
 * `grant` opens the compartment to the clinic that proposes; `previous` is the document that it read, empty for a new record, and
 * `version` the next one; `proposal` is the SHA-256 of the sealed message that says what is proposed.
 */
export const amendmentProposedBody = struct({
  grant: fixed(16),
  record: fixed(16),
  version: u32,
  previous: opaque(32),
  proposal: fixed(32),
});
type AmendmentProposed = Decoded<typeof amendmentProposedBody>;

/** Purposes for which a record may be amended: who treats the patient has something to add. */
const TREATS: ReadonlySet<Purpose> = new Set(['TREAT', 'ETREAT']);
const NOTHING = new Uint8Array(0);

const proposed: EventRule<AmendmentProposed> = {
  type: 'record.amendment.proposed',
  kind: 'fact',
  body: amendmentProposedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ handle, body }) => [
    compartmentKey(handle),
    grantKey(toHex(body.grant)),
    recordKey(handle, toHex(body.record)),
    conflictKey(handle, toHex(body.record), toHex(body.proposal)),
  ],
  judge: (view, { body, event, handle }, writer): Judgement => {
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    if (!compartment || isErased(compartment)) return disputed('compartment-erased');
    const grant = readRow(view, grantKey(toHex(body.grant)), grantRow);
    const isOurs = grant && toHex(grant.handle) === handle && toHex(grant.recipient) === writer.chain;
    if (!isOurs || !TREATS.has(grant.purpose) || !grantHolds(grant, event.time)) return disputed('no-matching-consent');
    if (!mayFollow(view, handle, body)) return disputed('version-unknown');
    const key = conflictKey(handle, toHex(body.record), toHex(body.proposal));
    if (view.get(key)) return disputed('proposed-already');
    const { version } = body;
    const row = { version, device: fromHex(writer.device), author: event.author, time: event.time, settled: NOTHING };
    return accepted(putRow(key, conflictRow, row));
  },
};

/** A new record where there is none; else a version after the newest or after an older one: who proposes may have been away. */
function mayFollow(view: StateView, handle: string, { record, version, previous }: AmendmentProposed): boolean {
  const newest = readRow(view, recordKey(handle, toHex(record)), recordRow);
  if (!newest) return version === 1 && previous.length === 0;
  if (version < 2 || version > newest.version + 1 || previous.length === 0) return false;
  return version <= newest.version || equalBytes(previous, newest.document);
}

/**
 * `device` proposed it, and is of another clinic: a late version of one's own is never declined, only merged. `answer` is the
 * SHA-256 of the sealed message that says why; with `reopens` the proposal waits again.
 */
export const amendmentDeclinedBody = struct({
  record: fixed(16),
  proposal: fixed(32),
  device: fixed(32),
  answer: opaque(32),
  reopens: flag,
});
type AmendmentDeclined = Decoded<typeof amendmentDeclinedBody>;

const declined: EventRule<AmendmentDeclined> = {
  type: 'record.amendment.declined',
  kind: 'fact',
  body: amendmentDeclinedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ handle, body }) => [
    compartmentKey(handle),
    deviceKey(toHex(body.device)),
    conflictKey(handle, toHex(body.record), toHex(body.proposal)),
  ],
  judge: (view, { body, handle }, writer): Judgement => {
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    if (!compartment || toHex(compartment.custodian) !== writer.chain) return disputed('not-the-custodian');
    const key = conflictKey(handle, toHex(body.record), toHex(body.proposal));
    const row = readRow(view, key, conflictRow);
    const device = readRow(view, deviceKey(toHex(body.device)), deviceRow);
    const isTheirs = row && device && equalBytes(row.device, body.device) && toHex(device.chain) !== writer.chain;
    if (!isTheirs) return disputed('no-such-proposal');
    if (body.reopens ? !isDeclined(body.proposal, row.settled) : row.settled.length > 0) return disputed('nothing-to-settle');
    return accepted(putRow(key, conflictRow, { ...row, settled: body.reopens ? NOTHING : body.proposal }));
  },
};

/** A proposal that was declined is settled by itself; one that was taken over, by the version that did. */
export const isDeclined = (proposal: Uint8Array, settled: Uint8Array): boolean => equalBytes(proposal, settled);

export const amendmentRules: ReadonlyArray<EventRule<unknown>> = [proposed, declined];

/** Rules of record events: a sealed document became a version of a record. Once admitted they are at worst disputed. */
import { equalBytes, fromHex, toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, opaque, readAs, struct, u32 } from '../encoding/codec.ts';
import { idText, pairKeysOf } from '../ledger/known-ids.ts';
import { compartmentKey, compartmentRow, isErased } from '../ledger/rows.ts';
import {
  accepted,
  type BlockWriter,
  disputed,
  type EventRule,
  type Judgement,
  putRow,
  readKeptRow,
  readRow,
  type StateView,
  type TypedEvent,
} from '../ledger/rules.ts';
import { conflictKey, conflictRow } from './conflict-rows.ts';

/** `document` is the SHA-256 of the sealed bytes; `previous` names the version before, empty for the first. */
export const recordPutBody = readAs(
  struct({ record: fixed(16), version: u32, previous: opaque(32), document: fixed(32) }),
  (input) => ({ record: input.raw(16), version: input.uint(4), previous: input.opaque(1, 32), document: input.raw(32) }),
);
export type RecordPut = Decoded<typeof recordPutBody>;

/** Key `record/<handle>/<record>`: the newest accepted version. */
export const recordRow = readAs(struct({ version: u32, document: fixed(32) }), (input) => ({
  version: input.uint(4),
  document: input.raw(32),
}));

const NOTHING = new Uint8Array(0);

export const recordKey = (handle: string, record: string): string => `record/${handle}/${record}`;
/** The same for a record's bytes, the text kept for when the block that was opened is judged. */
const recordKeyOf = pairKeysOf('record/');

/** The rows that any event which puts a version of a record reads. */
export function recordReads({ handle, body }: TypedEvent<RecordPut>): string[] {
  const reads = [compartmentKey(handle), recordKeyOf(handle, body.record)];
  if (body.previous.length > 0) reads.push(conflictKey(handle, toHex(body.record), toHex(body.previous)));
  return reads;
}

/**
 * The first event of a compartment makes its clinic the custodian; after that only the custodian writes in it. A version
 * that does not follow the newest one is a conflict: both stay, and the clinic's inbox shows it until a merge settles it.
 */
export function judgeRecordPut(view: StateView, typed: TypedEvent<RecordPut>, writer: BlockWriter): Judgement {
  const { handle, body } = typed;
  const compartment = readKeptRow(view, compartmentKey(handle), compartmentRow);
  if (compartment && isErased(compartment)) return disputed('compartment-erased');
  if (compartment && idText(compartment.custodian) !== writer.chain) return disputed('not-the-custodian');
  const key = recordKeyOf(handle, body.record);
  const newest = readRow(view, key, recordRow);
  if (!follows(newest, body)) return compartment ? conflicting(view, typed, writer) : disputed('version-conflict');
  const put = putRow(key, recordRow, { version: body.version, document: body.document });
  return compartment
    ? accepted(put)
    : accepted(putRow(compartmentKey(handle), compartmentRow, { custodian: fromHex(writer.chain) }), put);
}

/** The late version stands in the inbox; one that goes on from another late one takes its place there. */
function conflicting(view: StateView, { handle, body, event }: TypedEvent<RecordPut>, writer: BlockWriter): Judgement {
  const record = toHex(body.record);
  const { version, document, previous } = body;
  const before = conflictKey(handle, record, toHex(previous));
  const put = putRow(conflictKey(handle, record, toHex(document)), conflictRow, {
    version,
    device: fromHex(writer.device),
    author: event.author,
    time: event.time,
    settled: NOTHING,
  });
  const continues = previous.length > 0 && view.get(before) !== undefined;
  return continues ? disputed('version-conflict', [before, undefined], put) : disputed('version-conflict', put);
}

function follows(newest: Decoded<typeof recordRow> | undefined, body: RecordPut): boolean {
  if (!newest) return body.version === 1 && body.previous.length === 0;
  return body.version === newest.version + 1 && equalBytes(body.previous, newest.document);
}

const recordPut: EventRule<RecordPut> = {
  type: 'record.put',
  kind: 'fact',
  body: recordPutBody,
  personal: 'optional',
  handle: 'required',
  reads: recordReads,
  judge: judgeRecordPut,
};

export const recordRules: ReadonlyArray<EventRule<unknown>> = [recordPut];

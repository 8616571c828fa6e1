/** Rules of merges: a version that settles late ones, or takes that back. Once admitted it is at worst disputed. */
import { toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, flag, list, opaque, struct, u32 } from '../encoding/codec.ts';
import {
  type BlockWriter,
  disputed,
  type EventRule,
  type Judgement,
  putRow,
  readRow,
  type StateView,
  type TypedEvent,
} from '../ledger/rules.ts';
import { conflictKey, conflictRow } from './conflict-rows.ts';
import { judgeRecordPut, recordReads } from './record-rules.ts';

/** Late versions that one merge may settle. */
const MOST_SETTLED = 16;

/** A version of a record as in `record.put`; `settles` names late versions by document; with `reopens` they wait again. */
export const recordMergedBody = struct({
  record: fixed(16),
  version: u32,
  previous: opaque(32),
  document: fixed(32),
  settles: list(fixed(32), MOST_SETTLED),
  reopens: flag,
});
type RecordMerged = Decoded<typeof recordMergedBody>;

const keysOf = ({ handle, body }: TypedEvent<RecordMerged>): string[] =>
  body.settles.map((document) => conflictKey(handle, toHex(body.record), toHex(document)));

/** A merge that comes too late is a late version itself and settles nothing. */
function judge(view: StateView, typed: TypedEvent<RecordMerged>, writer: BlockWriter): Judgement {
  const { settles, reopens, document } = typed.body;
  const keys = keysOf(typed);
  const rows = keys.map((key) => readRow(view, key, conflictRow));
  const isOpen = (row: (typeof rows)[number]): boolean | undefined => row && row.settled.length === 0;
  const put = judgeRecordPut(view, typed, writer);
  if (put.verdict !== 'accepted') return put;
  if (settles.length === 0 || new Set(keys).size < keys.length || rows.some((row) => isOpen(row) !== !reopens))
    return disputed('nothing-to-settle');
  const settled = reopens ? new Uint8Array(0) : document;
  const effects = rows.flatMap((row, at) => (row ? [putRow(keys[at] as string, conflictRow, { ...row, settled })] : []));
  return { ...put, effects: [...(put.effects ?? []), ...effects] };
}

const recordMerged: EventRule<RecordMerged> = {
  type: 'record.merged',
  kind: 'fact',
  body: recordMergedBody,
  personal: 'optional',
  handle: 'required',
  reads: (typed) => [...recordReads(typed), ...keysOf(typed)],
  judge,
};

export const mergeRules: ReadonlyArray<EventRule<unknown>> = [recordMerged];

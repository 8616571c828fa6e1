/** Rules of signed notes: a record version that a person answers for. */
import type { EventRule } from '../ledger/rules.ts';
import { judgeRecordPut, type RecordPut, recordPutBody, recordReads } from '../records/record-rules.ts';

const noteSigned: EventRule<RecordPut> = {
  type: 'note.signed',
  kind: 'fact',
  body: recordPutBody,
  personal: 'required',
  handle: 'required',
  reads: recordReads,
  judge: judgeRecordPut,
};

export const noteRules: ReadonlyArray<EventRule<unknown>> = [noteSigned];

/**
 * Rules version 2: what no person signs is the word of a desk. A kiosk stands where anybody can carry it away, keys and all, and a gateway
 * hangs on a wall; they write what a patient does there, and nothing else.
 */
import { deviceRow } from '../ledger/rows.ts';
import { deviceKey, type EventRule, readKeptRow, refused } from '../ledger/rules.ts';
import { PATIENT_ACTS } from './patient-act-rules.ts';

const DONE_BY_PATIENTS: ReadonlySet<string> = new Set(PATIENT_ACTS);

/**
 * The rule of version 1 as version 2 has it. Nothing changes for what a person has to sign anyway, for what a patient does at a kiosk, and
 * for what a desk writes. Its bodies, and what it asks of rows, stay as they are.
 */
export function byDeskOrPerson(rule: EventRule<unknown>): EventRule<unknown> {
  if (rule.personal === 'required' || DONE_BY_PATIENTS.has(rule.type)) return rule;
  return {
    ...rule,
    judge(view, typed, writer) {
      // Admission has asked for this row: it is at hand with every block.
      const device = typed.signed ? undefined : readKeptRow(view, deviceKey(writer.device), deviceRow);
      if (device && device.kind !== 'workstation') return refused('not-a-desk');
      return rule.judge(view, typed, writer);
    },
  };
}

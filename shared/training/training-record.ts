/**
 * The competency record of a training clinic (45 CFR 164.308(a)(5)): who did which task, with how many points, signed with the key that
 * they have there. It is carried out as a file, and vouched for in the real clinic by the person themselves. Pure.
 */
import { concat, fromBase64, toBase64 } from '../encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, list, struct, text, u8, u16, u64 } from '../encoding/codec.ts';
import type { Verify } from '../ledger/founding.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';
import { TRAINING_TASKS } from './training-tasks.ts';

const SUITE = 1;
const FORMAT = 'training-record/1';
/** Bytes of a file that is looked at. */
const LARGEST_TRAINING_RECORD = 20_000;
export const LONGEST_NAME = 120;

/** Times in milliseconds since 1970; `done` is 0 for what was not done. `key` signed it: the trainee's, of the training clinic. */
const statementCodec = struct({
  suite: u8,
  clinic: text(400),
  name: text(LONGEST_NAME * 4),
  key: fixed(32),
  began: u64,
  signed: u64,
  tasks: list(struct({ task: choice(...TRAINING_TASKS), points: u8, mistakes: u16, done: u64 }), 50),
});
export type TrainingStatement = Omit<Decoded<typeof statementCodec>, 'suite'>;

/** The file, as it is handed out. */
export function writeTrainingRecord(statement: TrainingStatement, sign: (message: Uint8Array) => Uint8Array): string {
  const bytes = encode(statementCodec, { suite: SUITE, ...statement });
  const record = { careledger: FORMAT, statement: toBase64(bytes), signature: toBase64(sign(concat(TAG.trainingRecord, bytes))) };
  return `${JSON.stringify(record, null, 1)}\n`;
}

/** @throws {Failure} `training.record-malformed`, `training.record-altered`. */
export function verifyTrainingRecord(verify: Verify, file: string): TrainingStatement {
  const { bytes, signature } = parsed(file);
  const { suite, ...statement } = decoded(bytes);
  if (suite !== SUITE) throw malformed();
  if (!verify(statement.key, concat(TAG.trainingRecord, bytes), signature))
    throw new Failure('training.record-altered', 'The signature on this competency record does not hold: it was altered.');
  return statement;
}

function parsed(file: string): { bytes: Uint8Array; signature: Uint8Array } {
  if (file.length > LARGEST_TRAINING_RECORD) throw malformed();
  try {
    const { careledger, statement, signature } = JSON.parse(file) as Record<string, string>;
    if (careledger !== FORMAT) throw malformed();
    return { bytes: fromBase64(statement ?? ''), signature: fromBase64(signature ?? '') };
  } catch (cause) {
    throw malformed(cause);
  }
}

function decoded(bytes: Uint8Array): Decoded<typeof statementCodec> {
  try {
    return decode(statementCodec, bytes);
  } catch (cause) {
    throw malformed(cause);
  }
}

const malformed = (cause?: unknown): Failure =>
  new Failure('training.record-malformed', 'This file is no competency record. Choose the file that the training clinic saved.', {
    cause,
  });

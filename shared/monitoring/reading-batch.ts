/**
 * Batches of readings, signed by a gateway: a program beside the devices, which holds no key of the clinic and sees no record. A batch
 * says whom it is for, its place in the gateway's sequence, and when it was made. Pure; the bytes: docs/protocol.md, section 34.
 */
import { concat, equalBytes, fromBase64, toBase64 } from '../encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, list, struct, text, u8, u64 } from '../encoding/codec.ts';
import type { Verify } from '../ledger/founding.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';
import { measurementNames } from './measurements.ts';

/** Of the names of files that hold a batch. */
export const BATCH_ENDING = '.batch.json';

const SUITE = 1;
const FORMAT = 'reading-batch/1';
export const MOST_READINGS = 200;
/** Characters, all of them ASCII. */
export const LARGEST_BATCH = 200_000;
const MINUTE = 60_000;
/** What waited for longer says nothing that a watch could use: bring it as an import. */
const OLDEST_BATCH = 7 * 24 * 60 * MINUTE;
const MOST_AHEAD = 5 * MINUTE;

/** Decimals as measured, in the measurement's unit (shared/monitoring/measurements.ts). */
export const READING_VALUE = /^-?\d{1,6}(\.\d{1,6})?$/;
/** FHIR's dates end with the year 9999. */
export const END_OF_TIME = Date.UTC(10_000, 0);

/** `patient` is a medical record number or another identifier; times in milliseconds since 1970. */
const batchCodec = struct({
  suite: u8,
  clinic: fixed(32),
  gateway: fixed(32),
  sequence: u64,
  made: u64,
  readings: list(
    struct({ patient: text(200), measurement: choice(...measurementNames), value: text(40), measured: u64 }),
    MOST_READINGS,
  ),
});
export type ReadingBatch = Omit<Decoded<typeof batchCodec>, 'suite'>;
export type BatchReading = ReadingBatch['readings'][number];

/** The file that goes to the desk. */
export function writeBatch(batch: ReadingBatch, sign: (message: Uint8Array) => Uint8Array): string {
  const bytes = encode(batchCodec, { suite: SUITE, ...batch });
  return `${JSON.stringify({ careledger: FORMAT, batch: toBase64(bytes), signature: toBase64(sign(concat(TAG.readingBatch, bytes))) })}\n`;
}

/** A gateway as the clinic enrolled it. */
interface EnrolledGateway {
  readonly key: Uint8Array;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly revokedAt: number | undefined;
}

interface Judge {
  readonly verify: Verify;
  /** The chain of the clinic that takes it in. */
  readonly clinic: Uint8Array;
  readonly gatewayOf: (key: Uint8Array) => EnrolledGateway | undefined;
  /** Milliseconds since 1970, by the receiving clock. */
  readonly now: number;
}

/**
 * Whether a batch may be taken in at all; that it was not taken in before, the receiver knows.
 * @throws {Failure} `gateway.malformed`, `gateway.unknown`, `gateway.forged`, `gateway.revoked`, `gateway.other-clinic`, `gateway.late`, `gateway.ahead`.
 */
export function judgeBatch(
  { verify, clinic, gatewayOf, now }: Judge,
  file: string,
): { batch: ReadingBatch; gateway: EnrolledGateway } {
  const { batch, bytes, signature } = opened(file);
  const gateway = gatewayOf(batch.gateway);
  if (!gateway)
    throw new Failure(
      'gateway.unknown',
      'No gateway with this key was enrolled here. Enrol it under “Monitoring”, or ask whose it is.',
    );
  if (!verify(batch.gateway, concat(TAG.readingBatch, bytes), signature))
    throw new Failure('gateway.forged', `The signature does not hold: this batch is not of “${gateway.name}”, or was altered.`);
  if (gateway.revokedAt !== undefined)
    throw new Failure('gateway.revoked', `“${gateway.name}” was shut out. Nothing of it is taken in any more.`);
  if (!equalBytes(batch.clinic, clinic)) throw new Failure('gateway.other-clinic', 'This batch is for another clinic.');
  if (now - batch.made > OLDEST_BATCH)
    throw new Failure('gateway.late', 'This batch was made more than seven days ago. Take its readings in as an import.');
  if (batch.made - now > MOST_AHEAD)
    throw new Failure(
      'gateway.ahead',
      `The clock of “${gateway.name}” is ahead of this computer's. Set it, and send the batch anew.`,
    );
  return { batch, gateway };
}

function opened(file: string): { batch: ReadingBatch; bytes: Uint8Array; signature: Uint8Array } {
  if (file.length > LARGEST_BATCH) throw malformed();
  try {
    const { careledger, batch: written, signature } = JSON.parse(file) as Record<string, string>;
    const bytes = fromBase64(written ?? '');
    const { suite, ...batch } = decode(batchCodec, bytes);
    if (careledger !== FORMAT || suite !== SUITE || !batch.readings.every(isReading)) throw malformed();
    return { batch, bytes, signature: fromBase64(signature ?? '') };
  } catch (cause) {
    throw malformed(cause);
  }
}

/** A value is put into the record as it stands: what is no number could say something else there. */
const isReading = ({ value, measured }: BatchReading): boolean => READING_VALUE.test(value) && measured < END_OF_TIME;

const malformed = (cause?: unknown): Failure =>
  new Failure('gateway.malformed', 'This file is no batch of readings, or was cut off.', { cause });

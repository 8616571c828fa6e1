/** Bytes that a page sends inside of a question. */
import { fromBase64 } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';

/** @param text base64, RFC 4648 section 4, strict. @throws {Failure} `records.bytes`. */
export function sentBytes(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw new Failure(
      'records.bytes',
      'These bytes did not arrive as they were sent: their text is not base64. Choose the file again; if it stays, the program that sent them is at fault.',
      { cause },
    );
  }
}

/** Signed notes after C2SP signed-note: text, an empty line, signature lines. The grammar is strict. */
import { concat, equalBytes, fromBase64, toBase64, utf8 } from '../encoding/bytes.ts';
import { Failure } from '../outcome/failure.ts';
import type { Verify } from './founding.ts';
import type { Hash } from './merkle.ts';

export const MAX_NOTE_BYTES = 16_384;
const MAX_NOTE_SIGNATURES = 32;

/** Signature types of C2SP signed-note and tlog-cosignature. */
export const NOTE_ED25519 = 0x01;
const NOTE_COSIGNATURE = 0x04;

interface NoteSignature {
  readonly name: string;
  /** The first four bytes of the key's hash. */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Note {
  /** Ends with a line feed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const malformed = (why: string): Failure => new Failure('ledger.note-malformed', `This signed note breaks its grammar: ${why}.`);

/** SHA-256(name ‖ LF ‖ type ‖ key), first four bytes. */
export function noteKeyId(hash: Hash, name: string, type: number, key: Uint8Array): Uint8Array {
  return hash(utf8(name), Uint8Array.of(0x0a, type), key).slice(0, 4);
}

export function noteLine(name: string, keyId: Uint8Array, signature: Uint8Array): string {
  return `— ${name} ${toBase64(concat(keyId, signature))}\n`;
}

/** @throws {Failure} `ledger.note-malformed`. */
export function parseNote(note: string): Note {
  if (note.length > MAX_NOTE_BYTES) throw malformed(`more than ${MAX_NOTE_BYTES} characters`);
  if (!note.isWellFormed()) throw malformed('it is not well-formed Unicode');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the grammar forbids them
  if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(note)) throw malformed('control characters');
  const split = note.lastIndexOf('\n\n');
  if (split < 0) throw malformed('no empty line before the signatures');
  const lines = note.slice(split + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) throw malformed('it does not end with a signature line');
  if (lines.length > MAX_NOTE_SIGNATURES) throw malformed(`more than ${MAX_NOTE_SIGNATURES} signatures`);
  const signatures = lines.map((line) => {
    const parts = /^— ([^\s+]+) (\S+)$/u.exec(line);
    if (!parts) throw malformed('a signature line has another form');
    let bytes: Uint8Array;
    try {
      bytes = fromBase64(parts[2] as string);
    } catch {
      throw malformed('a signature is not base64');
    }
    if (bytes.length < 5) throw malformed('a signature is too short');
    return { name: parts[1] as string, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
  });
  return { text: note.slice(0, split + 1), signatures };
}

/** Whether the note carries a valid plain Ed25519 signature of `key` under `name`. */
export function noteSignedBy(hash: Hash, verify: Verify, note: Note, name: string, key: Uint8Array): boolean {
  const keyId = noteKeyId(hash, name, NOTE_ED25519, key);
  return note.signatures.some(
    (line) =>
      line.name === name &&
      equalBytes(line.keyId, keyId) &&
      line.signature.length === 64 &&
      verify(key, utf8(note.text), line.signature),
  );
}

/** What a cosigner signs (C2SP tlog-cosignature, cosignature/v1); `time` in whole seconds since 1970. */
export function cosignatureMessage(time: number, text: string): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}

export function cosignatureLine(hash: Hash, name: string, key: Uint8Array, time: number, signature: Uint8Array): string {
  return noteLine(name, noteKeyId(hash, name, NOTE_COSIGNATURE, key), concat(secondsBytes(time), signature));
}

/** The time, in seconds, of a valid cosignature of `key` under `name` on `note`; undefined when there is none. */
export function cosignedAt(hash: Hash, verify: Verify, note: Note, name: string, key: Uint8Array): number | undefined {
  const keyId = noteKeyId(hash, name, NOTE_COSIGNATURE, key);
  for (const line of note.signatures) {
    if (line.name !== name || !equalBytes(line.keyId, keyId) || line.signature.length !== 72) continue;
    const view = new DataView(line.signature.buffer, line.signature.byteOffset, 8);
    const time = view.getUint32(0) * 2 ** 32 + view.getUint32(4);
    if (Number.isSafeInteger(time) && verify(key, cosignatureMessage(time, note.text), line.signature.subarray(8))) return time;
  }
  return undefined;
}

function secondsBytes(time: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(time / 2 ** 32));
  view.setUint32(4, time >>> 0);
  return bytes;
}

/**
 * Consults between clinics by letter: a question with chosen parts of a record and pictures, and the answer. Each is signed by the person
 * who wrote it; both go as sealed mail and may take days (docs/protocol.md, section 30). Pure.
 */
import { concat, utf8 } from '../encoding/bytes.ts';
import { fixed, opaque, struct, text, u8, u16 } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';

/** Kinds of messages. */
export const CONSULT_MESSAGE = 'consult';
export const CONSULT_ANSWER_MESSAGE = 'consult-answer';
export const CONSULT_CONTEXT = utf8('careledger/v1/consult\n');
const ASKED = utf8('careledger/v1/consult-asked\n');
const ANSWERED = utf8('careledger/v1/consult-answered\n');

/** Bytes of one letter of a case: a message holds 262,144 with all that is around. */
export const PIECE_BYTES = 150_000;
export const MOST_CASE_BYTES = 6_000_000;
const MOST_QUESTION = 8_000;
const MOST_PICTURES = 8;
const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;

/** A picture as it is shown. */
export interface ConsultPicture {
  readonly name: string;
  readonly type: string;
  /** Base64. */
  readonly data: string;
}

/** A record that goes along: as its list shows it, and as it was written. */
export interface ConsultPart {
  readonly section: string;
  readonly title: string;
  readonly date: string;
  readonly value: string;
  /** FHIR R4 JSON. */
  readonly json: string;
}

/** What is asked: the JSON of this is cut into letters. */
export interface ConsultCase {
  readonly version: 1;
  readonly patient: { readonly name: string; readonly birthDate: string; readonly gender: string };
  readonly question: string;
  readonly parts: readonly ConsultPart[];
  readonly pictures: readonly ConsultPicture[];
  readonly askedBy: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

/** One letter of a case. `hash` is SHA-256 of the whole; author and signature stand in each. */
export const pieceBody = struct({
  suite: u8,
  consult: fixed(16),
  hash: fixed(32),
  author: fixed(32),
  signature: fixed(64),
  index: u16,
  count: u16,
  bytes: opaque(PIECE_BYTES),
});

/** `hash` is the case's: an answer is to these words and pictures, and to no others. */
export const answerLetter = struct({
  suite: u8,
  consult: fixed(16),
  hash: fixed(32),
  author: fixed(32),
  authorName: text(200),
  signature: fixed(64),
  answer: text(MOST_QUESTION * 4),
});

export const CONSULT_SUITE = 1;

interface Parties {
  /** Chains, 32 bytes. */
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly consult: Uint8Array;
  /** SHA-256 of the case. */
  readonly hash: Uint8Array;
}

/** What who asks signs. */
export const askedMessage = ({ from, to, consult, hash }: Parties): Uint8Array => concat(ASKED, from, to, consult, hash);

/** What who answers signs. */
export const answeredMessage = ({ from, to, consult, hash }: Parties, authorName: string, answer: string): Uint8Array =>
  concat(ANSWERED, from, to, consult, hash, utf8(`${authorName}\n${answer}`));

/** @throws {Failure} `consult.no-words`, `consult.too-long`. */
export function checkedWords(words: string): string {
  const said = words.replaceAll(/\r\n?/g, '\n').trim();
  if (said === '') throw new Failure('consult.no-words', 'Write what you ask or answer first.');
  if (said.length > MOST_QUESTION || !said.isWellFormed() || /[^\P{Cc}\n\t]/u.test(said))
    throw new Failure('consult.too-long', `A consult has at most ${MOST_QUESTION} characters of plain text. Shorten it.`);
  return said;
}

/** @throws {Failure} `consult.pictures`. */
export function checkedPictures(pictures: readonly ConsultPicture[]): readonly ConsultPicture[] {
  const areRight =
    pictures.length <= MOST_PICTURES &&
    pictures.every(
      ({ name, type, data }) =>
        isText(name) &&
        name.length <= 200 &&
        PICTURE_TYPES.some((known) => known === type) &&
        isText(data) &&
        /^[A-Za-z0-9+/]+=*$/.test(data),
    );
  if (areRight) return pictures;
  throw new Failure('consult.pictures', `Choose at most ${MOST_PICTURES} pictures, as JPEG, PNG or WebP.`);
}

/** The case that bytes of another clinic are; undefined when they are none. */
export function readCase(json: string): ConsultCase | undefined {
  try {
    const value = JSON.parse(json) as ConsultCase;
    const isCase =
      value.version === 1 &&
      [value.question, value.askedBy, value.patient.name, value.patient.birthDate, value.patient.gender].every(isText) &&
      typeof value.askedAt === 'number' &&
      value.parts.every((part) => [part.section, part.title, part.date, part.value, part.json].every(isText));
    checkedPictures(value.pictures);
    return isCase ? value : undefined;
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string';

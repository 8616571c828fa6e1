/**
 * HL7 version 2 as text: messages in a file, their segments by line, escapes and moments (HL7 v2.5.1, chapters 2.7 and 2.A). The taking apart of
 * segments into fields, repetitions and components is the library's.
 */
import { Hl7Message, type Hl7Segment } from '@medplum/core';
import { fromHex } from '../encoding/bytes.ts';
import { Failure } from '../outcome/failure.ts';

/** A segment, and the line of the file that it is. */
export interface PlacedSegment {
  readonly segment: Hl7Segment;
  readonly line: number;
}

export interface FoundMessage {
  /** As it was written, segments ended by a carriage return. */
  readonly text: string;
  /** The line of its header, from 1. */
  readonly line: number;
  readonly segments: readonly PlacedSegment[];
}

/** Offset from UTC, `+01:00`, of a moment (`2026-01-05T10:30:00`) that says none. */
export type ZoneOf = (local: string) => string;

export interface Hl7Options {
  readonly zone: ZoneOf;
  /** A logical id, the same for the same text: up to 64 letters and digits. */
  readonly name: (text: string) => string;
  /** Whether this is a code of UCUM. */
  readonly knowsUnit: (unit: string) => boolean;
}

/** What frames messages on a line or in a file, and belongs to none (MLLP): no text of a message has control characters but tabs. */
const FRAME = /[^\P{Cc}\t]/gu;
const BATCH = /^(?:FHS|BHS|BTS|FTS)/;
/** A line takes some hundred bytes of memory, however short it is. */
const MOST_LINES = 2_000_000;
/** Of one message: its segments are taken apart together. */
const MOST_SEGMENTS = 100_000;

/**
 * The messages of a file, taken apart one by one. It is UTF-8, or what its first header says in MSH-18.
 * @throws {Failure} `hl7.no-message`, `hl7.encoding`, `hl7.too-many-lines`, `hl7.message-too-long`: all before the first message.
 */
export function* messagesOf(bytes: Uint8Array): Generator<FoundMessage> {
  refuseEndless(bytes);
  const lines = textOf(bytes)
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll(FRAME, ''));
  const messages: Array<{ line: number; lines: Array<{ text: string; line: number }> }> = [];
  for (const [at, text] of lines.entries()) {
    if (text.trim() === '' || BATCH.test(text)) continue;
    if (text.startsWith('MSH')) messages.push({ line: at + 1, lines: [] });
    const message = messages.at(-1);
    if (!message) throw notHl7(at + 1);
    message.lines.push({ text, line: at + 1 });
  }
  if (messages.length === 0) throw notHl7(1);
  for (const { line, lines: own } of messages) {
    if (!/^MSH[^A-Za-z0-9\s]{4,5}/.test(own[0]?.text ?? '')) throw notHl7(line);
    if (own.length > MOST_SEGMENTS) throw tooLongMessage(line);
  }
  for (const { line, lines: own } of messages) {
    const text = `${own.map((each) => each.text).join('\r')}\r`;
    const { segments } = Hl7Message.parse(text);
    yield { text, line, segments: own.map((each, at) => ({ segment: segments[at] as Hl7Segment, line: each.line })) };
  }
}

/** @throws {Failure} `hl7.too-many-lines`. */
function refuseEndless(bytes: Uint8Array): void {
  const [cr, lf] = [0x0d, 0x0a];
  let ends = 0;
  for (const byte of bytes) if ((byte === cr || byte === lf) && ++ends > 2 * MOST_LINES) throw tooManyLines();
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    // Latin letters stand in the same places in all of these, so the header can be read before its encoding is known.
    const text = new TextDecoder('latin1').decode(bytes);
    const [header = ''] = text
      .replaceAll(FRAME, '\r')
      .split('\r')
      .filter((line) => line.startsWith('MSH'));
    const named = header.split(header[3] ?? '|')[17] ?? '';
    if (/^8859\/1(?!\d)/.test(named)) return text;
    if (named.trim() === '') throw encodingUnsaid(cause);
    throw new Failure(
      'hl7.encoding',
      `This file is not UTF-8, and its header (MSH-18) says “${named}”. Export it as UTF-8, or as 8859/1 with MSH-18 saying so.`,
      { cause },
    );
  }
}

const encodingUnsaid = (cause: unknown): Failure =>
  new Failure(
    'hl7.encoding-unsaid',
    'This file is not UTF-8, and its header (MSH-18) does not say what else it is. Export it as UTF-8, or as 8859/1 with MSH-18 saying so.',
    { cause },
  );

function tooManyLines(): Failure {
  return new Failure(
    'hl7.too-many-lines',
    'This file has more lines than are read at once (two million). Export the messages in several files.',
  );
}

function tooLongMessage(line: number): Failure {
  return new Failure(
    'hl7.message-too-long',
    `A message of this file has more than ${MOST_SEGMENTS} segments. Have its sender send it in parts; nothing of the file was taken in.`,
    { details: { line, most: MOST_SEGMENTS } },
  );
}

function notHl7(line: number): Failure {
  return new Failure('hl7.no-message', 'This is no HL7 version 2 message: it does not begin with MSH and its separators.', {
    details: { line },
  });
}

/** A component as a person reads it: `''` for what is missing or deleted (`""`). Numbers from 1, as the standard counts. */
export function component(segment: Hl7Segment, field: number, part = 1, repetition = 0, subpart = 0): string {
  const raw = segment.getField(field)?.getComponent(part, subpart, repetition) ?? '';
  return raw === '""' ? '' : unescaped(raw).trim();
}

/** How many repetitions a field has; 0 when it is empty. */
export function repetitions(segment: Hl7Segment, field: number): number {
  const components = segment.getField(field)?.components ?? [];
  return components.length === 1 && components[0]?.join('') === '' ? 0 : components.length;
}

const ESCAPES: Readonly<Record<string, string>> = { F: '|', S: '^', T: '&', R: '~', E: '\\', '.br': '\n' };

/** Escape sequences (2.7); those of fonts, highlighting and indents go, others stay as they are. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\([^\\]{0,64})\\/g, (whole, name: string) => {
    if (Object.hasOwn(ESCAPES, name)) return ESCAPES[name] as string;
    if (name === 'H' || name === 'N' || /^\.(?:in|ti|fi|nf)/.test(name)) return '';
    const [, command, count = '1'] = /^\.(sp|sk|ce)\s*\+?(\d{1,2})?$/.exec(name) ?? [];
    if (command) return (command === 'sk' ? ' ' : '\n').repeat(command === 'ce' ? 1 : Number(count));
    const bytes = /^X((?:[0-9A-F]{2})+)$/i.exec(name)?.[1];
    return bytes ? lettersOf(fromHex(bytes.toLowerCase())) : whole;
  });
}

/** Bytes that a message names one by one: letters of UTF-8, or of Latin-1 where they are none of it. */
function lettersOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

const MOMENT = /^(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)?(?:(\d\d)(?:\.(\d{1,4}))?)?)?([+-]\d{4})?$/;

/**
 * A time stamp (TS, DTM) as a FHIR dateTime, no more exact than it was written; '' for none.
 * @throws {Failure} `hl7.moment`.
 */
export function momentOf(written: string, zone: ZoneOf): string {
  if (written === '') return '';
  const [, year, month, day, hour, minute = '00', second = '00', , offset] = MOMENT.exec(written) ?? [];
  if (year === undefined) throw badMoment(written);
  const date = [year, month, day].filter((part) => part !== undefined).join('-');
  const first = `${date}-01-01`.slice(0, 10);
  if (hour === undefined) {
    if (!isInCalendar(`${first}T00:00:00`)) throw badMoment(written);
    return date;
  }
  const local = `${date}T${hour}:${minute}:${second}`;
  if (!isInCalendar(local)) throw badMoment(written);
  return local + (offset ? `${offset.slice(0, 3)}:${offset.slice(3)}` : zone(local));
}

/** What the calendar does not have, 31 February or 24:00, would be turned into another day. */
function isInCalendar(moment: string): boolean {
  const read = new Date(`${moment}Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(moment);
}

/** @throws {Failure} `hl7.moment`. */
export function dateOf(written: string): string {
  return momentOf(written.slice(0, 8), () => '');
}

function badMoment(written: string): Failure {
  return new Failure(
    'hl7.moment',
    `“${written.slice(0, 30)}” is no date or time that exists, written as HL7 does (YYYYMMDD[HHMM[SS]][±ZZZZ]).`,
  );
}

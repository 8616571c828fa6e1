/**
 * Files in a chart: cut into pieces, each sealed as a document of its own, and held together by a FHIR DocumentReference that names them
 * all. So a file of any size needs the memory of one piece, goes on where a line broke off, and stands under the same commitment as its
 * record (docs/protocol.md, section 31). Pure.
 */
import { concat, fromBase64, fromHex, toBase64, toHex } from '../encoding/bytes.ts';
import type { FhirResource } from '../fhir/fhir-resource.ts';
import { sliceAt } from '../fhir/json-cursor.ts';
import { Failure } from '../outcome/failure.ts';

/** Bytes of a piece: with its envelope it fills a bucket of 786,432, and a document has at most 1,048,576. */
export const ATTACHMENT_PIECE = 786_000;
/** Bytes of the largest file: 500 MiB, shown as 524.3 MB. */
export const MOST_ATTACHMENT = 500 * 1024 * 1024;
export const ATTACHMENT_KIND = 'attachment';
const ADDRESS = 'urn:careledger:attachment:';
const PIECES = 'urn:careledger:attachment-pieces';
const NAME_BYTES = 32;

export interface AttachmentFile {
  readonly name: string;
  /** Media type, as the system said. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

export interface Attachment extends AttachmentFile {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Names of the sealed documents, hexadecimal, in order. */
  readonly pieces: readonly string[];
}

/** Whether the `url` of an attachment names a file that lies in the chart. */
export const isInChart = (url: unknown): boolean => typeof url === 'string' && url.startsWith(ADDRESS);

export const piecesOf = (size: number): number => Math.max(1, Math.ceil(size / ATTACHMENT_PIECE));

/** How many bytes the piece at `index` has. */
export const pieceLength = (size: number, index: number): number => Math.min(ATTACHMENT_PIECE, size - index * ATTACHMENT_PIECE);

/** @throws {Failure} `attachment.size`. */
export function checkedSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 1 || size > MOST_ATTACHMENT)
    throw new Failure('attachment.size', 'A file has at least one byte and at most 524 MB.');
}

/** @throws {Failure} `attachment.name`, `attachment.type`, `attachment.size`. */
export function checkedFile({ name, type, size }: AttachmentFile): AttachmentFile {
  const plain = name.normalize('NFC').trim();
  if (plain === '' || plain.length > 200 || /[\p{Cc}\p{Cf}/\\]/u.test(plain) || !plain.isWellFormed())
    throw new Failure('attachment.name', 'Give the file a plain name of at most 200 characters.');
  const known = type.toLowerCase();
  if (!/^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,60}$/.test(known))
    throw new Failure(
      'attachment.type',
      'This computer does not say what kind of file this is. Give its name an ending such as .pdf or .jpg.',
    );
  checkedSize(size);
  return { name: plain, type: known, size };
}

/** @param at FHIR instant */
export function writeAttachment(
  { id, name, type, size, pieces }: Attachment,
  patient: string,
  title: string,
  at: string,
): FhirResource {
  return {
    resourceType: 'DocumentReference',
    status: 'current',
    description: title,
    subject: { reference: `Patient/${patient}` },
    date: at,
    content: [{ attachment: attachmentOf({ id, name, type, size, pieces }) }],
  };
}

/** The attachment of a DocumentReference (FHIR R4) whose file lies in the chart. */
export function attachmentOf({ id, name, type, size, pieces }: Attachment) {
  return {
    extension: [{ url: PIECES, valueBase64Binary: toBase64(concat(...pieces.map(fromHex))) }],
    contentType: type,
    url: `${ADDRESS}${id}`,
    size,
    title: name,
  };
}

/** Undefined for a DocumentReference whose file does not lie here. */
export function readAttachment(value: unknown): Attachment | undefined {
  const { content } = value as { content?: ReadonlyArray<{ attachment?: Record<string, unknown> }> };
  const { extension, contentType, url, size, title } = content?.[0]?.attachment ?? {};
  const [pieces] = Array.isArray(extension) ? (extension as Array<{ url?: unknown; valueBase64Binary?: unknown }>) : [];
  if (typeof url !== 'string' || !isInChart(url) || pieces?.url !== PIECES) return undefined;
  const id = url.slice(ADDRESS.length);
  const isRight =
    /^[0-9a-f]{32}$/.test(id) && typeof size === 'number' && typeof contentType === 'string' && typeof title === 'string';
  if (!isRight) return undefined;
  const names = namesIn(String(pieces.valueBase64Binary));
  const file = { name: title, type: contentType, size };
  return isFile(file) && names?.length === piecesOf(size) ? { id, ...file, pieces: names } : undefined;
}

/** The text of a record of which `readAttachment` reads a file, naming other pieces; all else stays byte for byte. */
export function withPieces(text: string, pieces: readonly string[]): string {
  const place = sliceAt(text, 'content[0].attachment.extension[0].valueBase64Binary');
  if (!place) return text;
  return `${text.slice(0, place.start)}${JSON.stringify(toBase64(concat(...pieces.map(fromHex))))}${text.slice(place.end)}`;
}

/** Records come from other clinics too: a name goes to the disk of who saves the file. */
function isFile(file: AttachmentFile): boolean {
  try {
    checkedFile(file);
    return true;
  } catch {
    return false;
  }
}

function namesIn(text: string): string[] | undefined {
  try {
    const bytes = fromBase64(text);
    if (bytes.length % NAME_BYTES !== 0) return undefined;
    return Array.from({ length: bytes.length / NAME_BYTES }, (_, at) =>
      toHex(bytes.slice(at * NAME_BYTES, (at + 1) * NAME_BYTES)),
    );
  } catch {
    return undefined;
  }
}

const ENDINGS: Readonly<Record<string, string>> = {
  'application/xml': '.xml',
  'application/pdf': '.pdf',
  'text/plain': '.txt',
  'text/html': '.html',
};

/** The media type that a file is kept under, of one that a sender gave. */
export function fileTypeOf(given: string): string {
  const [type = ''] = given.toLowerCase().split(';');
  return isFile({ name: 'x', type: type.trim(), size: 1 }) ? type.trim() : 'application/octet-stream';
}

/** A plain name of a file, of a title that a sender gave. */
export function fileNameOf(title: string, type: string): string {
  const plain = title
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}/\\]+/gu, ' ')
    .trim()
    .slice(0, 180)
    .trim();
  return `${plain || 'file'}${ENDINGS[type] ?? ''}`;
}

/** What a page shows by itself: nothing in these runs. */
export const SHOWN_PICTURES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/bmp',
]);

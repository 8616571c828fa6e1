/**
 * The file that a DocumentReference carries inside itself, in base64: what makes it longer than one record holds, and can lie beside it as
 * a file of the chart instead. By the text as it was written, so that nothing else of the resource changes.
 */
import { memberAt, type Slice, sliceAt } from './json-cursor.ts';

interface InlineFile {
  /** Of the resource's text, the attachment's object. */
  readonly place: Slice;
  /** The members of the attachment beside its data. */
  readonly attachment: Readonly<Record<string, unknown>>;
  /** Base64. */
  readonly data: string;
}

/** Bytes of base64 that a resource may carry: a file of 12 MiB. */
const MAX_INLINE_DATA = 16 * 1024 * 1024;

/** Undefined for any other resource, for one whose file has an address of its own, and for one without data. */
export function inlineFileOf(text: string, resource: { readonly resourceType: string }): InlineFile | undefined {
  if (resource.resourceType !== 'DocumentReference') return undefined;
  const place = sliceAt(text, 'content[0].attachment');
  const data = place && memberAt(text, place.start, 'data');
  if (!place || !data) return undefined;
  const { data: held, ...attachment } = JSON.parse(text.slice(place.start, place.end)) as Record<string, unknown>;
  if (typeof held !== 'string' || held.length > MAX_INLINE_DATA || 'url' in attachment) return undefined;
  return { place, attachment, data: held };
}

/** Words that a FHIR R4 resource carries inside: a note of a DocumentReference, the presented form of a DiagnosticReport. */
import { isJsonObject, type JsonValue, readStrictJson } from '../../../shared/fhir/strict-json.ts';

interface WrittenWords {
  /** What the attachment calls itself; '' for nothing. */
  readonly title: string;
  readonly words: string;
}

/** Attachments of plain text, decoded; what is of another kind, or does not decode, is left to the exact text. */
export function writtenWordsOf(resource: string): WrittenWords[] {
  const { value } = readStrictJson(resource, { fhir: false });
  if (!isJsonObject(value)) return [];
  const content = listed(value.content).flatMap((each) => (isJsonObject(each) ? [each.attachment] : []));
  return [...content, ...listed(value.presentedForm)].flatMap((attachment) => {
    if (!isJsonObject(attachment)) return [];
    const { contentType, data, title } = attachment;
    const words = typeof contentType === 'string' && typeof data === 'string' ? plainText(contentType, data) : undefined;
    return words === undefined ? [] : [{ title: typeof title === 'string' ? title : '', words }];
  });
}

const listed = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

/** @param contentType RFC 6838, such as `text/plain; charset=utf-8` @param data base64 */
function plainText(contentType: string, data: string): string | undefined {
  const [, type = '', charset = 'utf-8'] = /^\s*([\w/+.-]+)(?:.*?;\s*charset="?([\w-]+)"?)?/i.exec(contentType) ?? [];
  if (!['text/plain', 'text/markdown'].includes(type.toLowerCase())) return undefined;
  try {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    return new TextDecoder(charset, { fatal: true }).decode(bytes).trim() || undefined;
  } catch {
    // No base64, a charset that nobody knows, or bytes that are not of it.
    return undefined;
  }
}

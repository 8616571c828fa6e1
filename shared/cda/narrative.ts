/** What a section says to people (CDA R2, narrative block) as plain text: paragraphs, lists and tables keep their lines. */
import { attribute, elementsIn, type XmlElement } from './cda-xml.ts';

const OWN_LINES: ReadonlySet<string> = new Set([
  'paragraph',
  'list',
  'item',
  'table',
  'tr',
  'caption',
  'thead',
  'tbody',
  'br',
  'text',
]);

export function narrativeText(element: XmlElement): string {
  return written(element)
    .split('\n')
    .map((line) =>
      line
        .replaceAll(/\s+/g, ' ')
        .trim()
        .replace(/(?: ?\|)+$/, ''),
    )
    .filter((line) => line !== '')
    .join('\n');
}

function written(element: XmlElement): string {
  const inner = element.content.map((each) => (typeof each === 'string' ? each.replaceAll(/\s+/g, ' ') : written(each))).join('');
  if (element.name === 'td' || element.name === 'th') return `${inner.replaceAll('\n', ' ').trim()} | `;
  if (element.name === 'item') return `\n- ${inner.trim()}\n`;
  return OWN_LINES.has(element.name) ? `\n${inner}\n` : inner;
}

/** The parts of a narrative that entries refer to (`<reference value="#id"/>`). */
export function partsById(
  element: XmlElement | undefined,
  parts = new Map<string, XmlElement>(),
): ReadonlyMap<string, XmlElement> {
  if (!element) return parts;
  const id = attribute(element, 'ID');
  if (id !== '' && !parts.has(id)) parts.set(id, element);
  for (const each of elementsIn(element)) partsById(each, parts);
  return parts;
}

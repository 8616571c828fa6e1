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
    .map((line) => withoutEmptyEnd(line.replaceAll(/\s+/g, ' ').trim()))
    .filter((line) => line !== '')
    .join('\n');
}

/** A line of a table without the cells at its end in which nothing stands, however many there are. */
function withoutEmptyEnd(line: string): string {
  let end = line.length;
  while (line[end - 1] === '|') end -= line[end - 2] === ' ' ? 2 : 1;
  return line.slice(0, end);
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

/** Plain text as the `div` of a FHIR narrative, one paragraph per line, and back. */
const OPEN = '<div xmlns="http://www.w3.org/1999/xhtml">';
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const MEANS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ESCAPES).map(([plain, escaped]) => [escaped, plain]),
);

export function divOfText(text: string): string {
  const paragraphs = text.split('\n').map((each) => `<p>${each.replaceAll(/[&<>"]/g, (one) => ESCAPES[one] as string)}</p>`);
  return `${OPEN}${paragraphs.join('')}</div>`;
}

/** The text that `divOfText` was given; '' for any other div. */
export function textOfDiv(div: unknown): string {
  if (typeof div !== 'string') return '';
  const paragraphs = /^<div xmlns="http:\/\/www\.w3\.org\/1999\/xhtml">((?:<p>[^<]*<\/p>)+)<\/div>$/.exec(div)?.[1];
  if (paragraphs === undefined) return '';
  const inner = paragraphs.slice('<p>'.length, -'</p>'.length).split('</p><p>');
  return inner.map((each) => each.replaceAll(/&(?:amp|lt|gt|quot);/g, (one) => MEANS[one] as string)).join('\n');
}

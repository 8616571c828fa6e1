/**
 * Looks through the XHTML of a narrative for what must never come near a screen (R4 narrative.html, txt-1; threat S1).
 * It fails closed: what it cannot follow counts as active. The screen cleans again, by its own allow-list.
 */

const ALLOWED_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'a abbr acronym address b bdo big blockquote br caption cite code col colgroup dd del dfn div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ' +
    'ins kbd li map area ol p pre q samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var center dir menu s'
  ).split(' '),
);
/** Elements that run, load or ask; the others outside the list above are only out of place. */
const ACTIVE_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'script iframe frame frameset object embed applet form input button select textarea option link meta base style svg math video audio ' +
    'source track template noscript html head body title portal param layer xml import isindex marquee bgsound foreignobject animate set use'
  ).split(' '),
);
const ADDRESS_ATTRIBUTES: ReadonlySet<string> = new Set([
  'href',
  'src',
  'longdesc',
  'cite',
  'usemap',
  'background',
  'action',
  'data',
  'xlink:href',
]);
const NAMED: Readonly<Record<string, string>> = {
  colon: ':',
  tab: '\t',
  newline: '\n',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

interface NarrativeFault {
  readonly active: boolean;
  /** What was met, in words; never the text of the narrative. */
  readonly what: string;
}

/** The first active piece of `div`, or else the first piece that does not belong in a narrative, or undefined. */
export function narrativeFault(div: string): NarrativeFault | undefined {
  let outOfPlace: NarrativeFault | undefined;
  for (let at = div.indexOf('<'); at >= 0; at = div.indexOf('<', at)) {
    const next = div[at + 1];
    if (next === '!') {
      const end = div.startsWith('<!--', at) ? div.indexOf('-->', at + 4) : -1;
      if (end < 0) return { active: true, what: 'a declaration' };
      at = end + 3;
      continue;
    }
    const tag = readTag(div, at);
    if (tag === undefined) return { active: true, what: 'a tag that cannot be read' };
    if (ACTIVE_ELEMENTS.has(tag.name)) return { active: true, what: `the element ${tag.name}` };
    for (const [name, value] of tag.attributes) {
      const what = activeAttribute(name, value);
      if (what !== undefined) return { active: true, what };
    }
    if (!ALLOWED_ELEMENTS.has(tag.name)) outOfPlace ??= { active: false, what: 'an element that narratives do not have' };
    at = tag.end;
  }
  return outOfPlace;
}

/** True for addresses that run something when they are followed. */
export function isActiveAddress(address: string): boolean {
  return /^(?:javascript|vbscript|livescript|data:(?!image\/(?:png|jpeg|gif|webp)[;,])|filesystem|blob|file):?/i.test(
    squeezed(address),
  );
}

/** White space and control characters removed, as browsers do before they look at a scheme. */
function squeezed(address: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return address.replace(/[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufeff]/g, '');
}

function activeAttribute(name: string, value: string): string | undefined {
  if (name.startsWith('on')) return `the attribute ${name.slice(0, 32)}`;
  if (name === 'srcdoc' || name === 'formaction' || name === 'xml:base') return `the attribute ${name}`;
  const plain = decoded(value);
  if (ADDRESS_ATTRIBUTES.has(name) && isActiveAddress(plain)) return `an address that runs code in ${name}`;
  if (
    name === 'style' &&
    /expression\(|javascript:|behaviou?r:|-moz-binding|@import|url\(/i.test(withoutComments(squeezed(plain)).replaceAll('\\', ''))
  ) {
    return 'a style that loads or runs something';
  }
  return undefined;
}

/** A style without what CSS passes over, so that nothing hides in the middle of a word; in one pass, however many comments begin. */
function withoutComments(style: string): string {
  let kept = '';
  let at = 0;
  for (let start = style.indexOf('/*'); start >= 0; start = style.indexOf('/*', at)) {
    const end = style.indexOf('*/', start + 2);
    if (end < 0) break;
    kept += style.slice(at, start);
    at = end + 2;
  }
  return kept + style.slice(at);
}

function decoded(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{1,8}));?/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[(name as string).toLowerCase()] ?? whole;
    const point = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });
}

interface Tag {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  /** The place after the closing angle bracket. */
  readonly end: number;
}

const TAG_NAME = /<\/?([A-Za-z][A-Za-z0-9:._-]*)/y;
const ATTRIBUTE = /\s+([A-Za-z_:][A-Za-z0-9:._-]*)(?:\s*=\s*(?:"([^"<]*)"|'([^'<]*)'))?/y;
const TAG_END = /\s*\/?>/y;

function readTag(div: string, start: number): Tag | undefined {
  const name = matchAt(TAG_NAME, div, start)?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  let at = TAG_NAME.lastIndex;
  const attributes: [string, string][] = [];
  for (let part = matchAt(ATTRIBUTE, div, at); part !== null; part = matchAt(ATTRIBUTE, div, at)) {
    attributes.push([(part[1] as string).toLowerCase(), part[2] ?? part[3] ?? '']);
    at = ATTRIBUTE.lastIndex;
  }
  if (matchAt(TAG_END, div, at) === null) return undefined;
  return { name, attributes, end: TAG_END.lastIndex };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * An XML document as a tree whose elements know their line and their XPath. Reading is the library's, strictly; document type definitions are
 * refused and no entity is ever resolved but XML's own five, so nothing outside of the file is read and nothing in it grows.
 */
import sax, { type QualifiedTag } from 'sax';
import { Failure } from '../outcome/failure.ts';

export interface XmlElement {
  /** Without its prefix, which is the writer's choice. */
  readonly name: string;
  readonly namespace: string;
  /** By local name: CDA has none of the same name in two namespaces. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Elements and text as they follow each other. */
  readonly content: readonly (XmlElement | string)[];
  /** Of the file, from 1. */
  readonly line: number;
  /** `/ClinicalDocument/component/structuredBody/component[3]/section`. */
  readonly path: string;
}

const DEEPEST = 100;
const MOST_ELEMENTS = 1_000_000;
/** Declarations of namespaces that hold at one place; the library goes through them at the end of each element. */
const MOST_NAMESPACES = 100;
/** More than one document of XML needs for an address or a drawing: what is longer is no attribute. */
const LONGEST_ATTRIBUTE = 64 * 1024;

/** Characters of one start tag, with all its attributes: the library compares each of them with all before it. */
const LONGEST_TAG = 128 * 1024;
/** So much is given to the library at a time. */
const PIECE = 64 * 1024;
// It would take a text of more than a piece apart, and refuse a longer comment.
Object.assign(sax, { MAX_BUFFER_LENGTH: Number.POSITIVE_INFINITY });

/** @throws {Failure} `cda.encoding`, `cda.xml`, `cda.document-type`, `cda.too-deep`, `cda.too-many`; `details.line` says where. */
export function xmlIn(bytes: Uint8Array): XmlElement {
  const reader = new TreeReader();
  reader.read(textOf(bytes));
  return reader.root();
}

type Growing = XmlElement & {
  readonly content: (XmlElement | string)[];
  readonly attributes: Map<string, string>;
  readonly counts: Map<string, number>;
};

class TreeReader {
  readonly #parser = sax.parser(true, { xmlns: true, position: true, strictEntities: true } as sax.SAXOptions);
  readonly #open: Growing[] = [];
  #root: XmlElement | undefined;
  #line = 1;
  #elements = 0;
  /** Where the start tag under way began; undefined between tags. */
  #tagBegan: number | undefined;
  readonly #names = new Set<string>();
  /** Namespaces that each open element declares, the one under way last. */
  readonly #declared: number[] = [];

  constructor() {
    const parser = this.#parser;
    parser.onerror = (error) => this.#fault('cda.xml', `This is no well-formed XML: ${error.message.split('\n')[0]}.`);
    parser.ondoctype = () =>
      this.#fault(
        'cda.document-type',
        'This file declares a document type. Clinical documents have none, and what one declares is not read. Export the file again without it.',
      );
    parser.onopentagstart = () => {
      this.#line = parser.line + 1;
      this.#tagBegan = parser.position;
      this.#names.clear();
      this.#declared.push(0);
    };
    parser.onattribute = ({ name, value }) => {
      if (this.#names.has(name))
        this.#fault('cda.xml', `This is no well-formed XML: the attribute ${name.slice(0, 40)} stands there twice.`);
      if (value.length > LONGEST_ATTRIBUTE) this.#fault('cda.xml', `The attribute ${name.slice(0, 40)} is too long.`);
      this.#names.add(name);
      if (name === 'xmlns' || name.startsWith('xmlns:')) this.#declare();
    };
    parser.onopentag = (tag) => this.#begin(tag as QualifiedTag);
    parser.onclosetag = () => {
      this.#open.pop();
      this.#declared.pop();
    };
    parser.ontext = (text) => this.#text(text);
    parser.oncdata = (text) => this.#text(text);
  }

  read(text: string): void {
    for (let at = 0; at < text.length; at += PIECE) {
      this.#parser.write(text.slice(at, at + PIECE));
      if (this.#tagBegan !== undefined && this.#parser.position - this.#tagBegan > LONGEST_TAG)
        this.#fault('cda.too-many', 'An element has more attributes than any of a clinical document.');
    }
    this.#parser.close();
  }

  root(): XmlElement {
    if (!this.#root) throw new Failure('cda.xml', 'This file is empty, or has no XML element.', { details: { line: 1 } });
    return this.#root;
  }

  #begin({ local, uri, attributes }: QualifiedTag): void {
    this.#tagBegan = undefined;
    const parent = this.#open.at(-1);
    if (!parent && this.#root) this.#fault('cda.xml', 'This is no well-formed XML: it has more than one outermost element.');
    if (this.#open.length >= DEEPEST) this.#fault('cda.too-deep', `Elements lie inside each other deeper than ${DEEPEST}.`);
    if (++this.#elements > MOST_ELEMENTS) this.#fault('cda.too-many', `This file has more than ${MOST_ELEMENTS} elements.`);
    const before = parent?.counts.get(local) ?? 0;
    parent?.counts.set(local, before + 1);
    const element: Growing = {
      name: local,
      namespace: uri,
      attributes: new Map(Object.values(attributes).map((each) => [each.local, each.value])),
      content: [],
      counts: new Map(),
      line: this.#line,
      path: `${parent?.path ?? ''}/${local}${before > 0 ? `[${before + 1}]` : ''}`,
    };
    if (parent) parent.content.push(element);
    else this.#root = element;
    this.#open.push(element);
  }

  #declare(): void {
    this.#declared.push((this.#declared.pop() ?? 0) + 1);
    const inForce = this.#declared.reduce((sum, count) => sum + count, 0);
    if (inForce > MOST_NAMESPACES)
      this.#fault('cda.too-many', `More than ${MOST_NAMESPACES} namespaces are declared at one place.`);
  }

  #text(text: string): void {
    if (hasControls(text)) this.#fault('cda.xml', 'This is no well-formed XML: there is a control character in a text.');
    this.#open.at(-1)?.content.push(text);
  }

  #fault(code: string, message: string): never {
    throw new Failure(code, message, { details: { line: this.#parser.line + 1 } });
  }
}

/** XML 1.0, 2.2. */
function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text);
}

const ENCODINGS: ReadonlySet<string> = new Set(['utf-8', 'us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252', 'utf-16']);

/** By its byte order mark, or what its first line says (XML 1.0, appendix F). */
function textOf(bytes: Uint8Array): string {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const said =
    /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
  if (!ENCODINGS.has(said)) throw badEncoding(said);
  try {
    return new TextDecoder(marked ?? said, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw badEncoding(said, cause);
  }
}

function badEncoding(said: string, cause?: unknown): Failure {
  return new Failure(
    'cda.encoding',
    `This file is not written in the encoding “${said.slice(0, 40)}” as it says, or that one is not known here. Export it as UTF-8.`,
    { cause, details: { line: 1 } },
  );
}

/** The elements inside by this name. */
export function all(element: XmlElement | undefined, name: string): XmlElement[] {
  return elementsIn(element).filter((each) => each.name === name);
}

export function elementsIn(element: XmlElement | undefined): XmlElement[] {
  return element ? element.content.filter((each): each is XmlElement => typeof each !== 'string') : [];
}

/** The first of these, one inside the other. */
export function at(element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined {
  return names.reduce<XmlElement | undefined>((inner, name) => elementsIn(inner).find((each) => each.name === name), element);
}

export const attribute = (element: XmlElement | undefined, name: string): string => element?.attributes.get(name)?.trim() ?? '';

/** All text inside, white space as one space. */
export function plainText(element: XmlElement | undefined): string {
  return flat(element).replaceAll(/\s+/g, ' ').trim();
}

function flat(element: XmlElement | undefined): string {
  return element?.content.map((each) => (typeof each === 'string' ? each : flat(each))).join('') ?? '';
}

/**
 * The grammar of RFC 8259, kept to the letter over one text, with what `JSON.parse` forgives refused: a key twice in one
 * object, an escaped half of a surrogate pair, nesting without end. It makes no values; it finds faults and says where.
 */
import { Failure } from '../outcome/failure.ts';

interface ScanRules {
  /** How many objects and arrays may lie inside each other. */
  readonly maxDepth: number;
  /** FHIR's own additions (R4, section 2.6.2): nothing empty, and null only as a member of an array. */
  readonly fhir: boolean;
}

/** Number literals that a binary double does not give back (`1.500`, 18 digits), by the path of the number. */
export type ExactNumbers = ReadonlyMap<string, string>;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LONGEST_NAME_IN_A_PATH = 64;
/** Up to this many keys of one object are compared one by one; beyond it a set is quicker. */
const FEW_KEYS = 24;

/** `name[0].given[1]`, from the names and places that lead to a value. */
export function pathText(trail: readonly (string | number)[]): string {
  let path = '';
  for (const step of trail) {
    if (typeof step === 'number') path += `[${step}]`;
    else
      path += `${path === '' ? '' : '.'}${step.length > LONGEST_NAME_IN_A_PATH ? `${step.slice(0, LONGEST_NAME_IN_A_PATH)}…` : step}`;
  }
  return path;
}

/**
 * Reads `text` from end to end.
 * @throws {Failure} `fhir.json-…` with `path` and `offset` (in UTF-16 units) of the first fault.
 */
export function scanJson(text: string, rules: ScanRules): ExactNumbers {
  return new Scanner(text, rules).run();
}

class Scanner {
  readonly #text: string;
  readonly #rules: ScanRules;
  readonly #trail: (string | number)[] = [];
  readonly #keys: string[] = [];
  readonly #exact = new Map<string, string>();
  #at = 0;
  #depth = 0;
  #rootType = '';

  constructor(text: string, rules: ScanRules) {
    this.#text = text;
    this.#rules = rules;
  }

  run(): ExactNumbers {
    this.#space();
    this.#value(false);
    this.#space();
    if (this.#at < this.#text.length) throw this.#fault('trailing', 'Something follows the end of the JSON value.');
    return this.#exact;
  }

  #fault(reason: string, sentence: string, at = this.#at): Failure {
    const path = pathText(this.#rootType === '' ? this.#trail : [this.#rootType, ...this.#trail]);
    return new Failure(`fhir.json-${reason}`, `${sentence} Mend it at this place and try again.`, {
      details: { path, offset: at },
    });
  }

  #unexpected(wanted: string): Failure {
    if (this.#at >= this.#text.length) return this.#fault('truncated', `The JSON text ends where ${wanted} belongs.`);
    return this.#fault('syntax', `This is not JSON: ${wanted} belongs here.`);
  }

  #space(): void {
    const text = this.#text;
    let at = this.#at;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    }
    this.#at = at;
  }

  #value(inArray: boolean): void {
    const code = this.#text.charCodeAt(this.#at);
    if (code === QUOTE) {
      const start = this.#at;
      this.#string();
      if (this.#at === start + 2 && this.#rules.fhir) throw this.#fault('empty', 'FHIR allows no empty text.', start);
    } else if (code === 0x7b) this.#object();
    else if (code === 0x5b) this.#array();
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) this.#number();
    else if (code === 0x74) this.#word('true');
    else if (code === 0x66) this.#word('false');
    else if (code === 0x6e) {
      const start = this.#at;
      this.#word('null');
      if (this.#rules.fhir && !inArray) {
        throw this.#fault('null', 'FHIR allows null only in an array of simple values, to hold a place.', start);
      }
    } else throw this.#unexpected('a value');
  }

  #word(word: string): void {
    if (!this.#text.startsWith(word, this.#at)) throw this.#unexpected('a value');
    this.#at += word.length;
  }

  #deeper(): void {
    this.#depth++;
    if (this.#depth > this.#rules.maxDepth) {
      throw this.#fault('too-deep', `Values lie inside each other more than ${this.#rules.maxDepth} deep.`);
    }
  }

  #object(): void {
    this.#deeper();
    const text = this.#text;
    const keys = this.#keys;
    const trail = this.#trail;
    const base = keys.length;
    const start = this.#at++;
    let many: Set<string> | undefined;
    this.#space();
    if (text.charCodeAt(this.#at) === 0x7d) {
      if (this.#rules.fhir) throw this.#fault('empty', 'FHIR allows no empty object.', start);
      this.#at++;
      this.#depth--;
      return;
    }
    const place = trail.length;
    trail.push('');
    for (;;) {
      if (text.charCodeAt(this.#at) !== QUOTE) throw this.#unexpected('a name in double quotes');
      const from = this.#at;
      const escaped = this.#string();
      const key = escaped ? (JSON.parse(text.slice(from, this.#at)) as string) : text.slice(from + 1, this.#at - 1);
      trail[place] = key;
      if (many === undefined) {
        for (let index = base; index < keys.length; index++) if (keys[index] === key) throw this.#twice(from);
        keys.push(key);
        if (keys.length - base > FEW_KEYS) many = new Set(keys.slice(base));
      } else {
        if (many.has(key)) throw this.#twice(from);
        many.add(key);
      }
      this.#space();
      if (text.charCodeAt(this.#at) !== 0x3a) throw this.#unexpected('a colon');
      this.#at++;
      this.#space();
      const valueAt = this.#at;
      this.#value(false);
      if (this.#depth === 1 && key === 'resourceType') this.#noteRootType(valueAt);
      this.#space();
      const code = text.charCodeAt(this.#at);
      if (code === 0x7d) break;
      if (code !== COMMA) throw this.#unexpected('a comma or a closing brace');
      this.#at++;
      this.#space();
    }
    this.#at++;
    this.#depth--;
    trail.pop();
    keys.length = base;
  }

  #twice(from: number): Failure {
    return this.#fault('duplicate-key', 'This name stands twice in one object, so its value is not certain.', from);
  }

  #noteRootType(from: number): void {
    const literal = this.#text.slice(from + 1, this.#at - 1);
    if (/^[A-Za-z]{1,64}$/.test(literal)) this.#rootType = literal;
  }

  #array(): void {
    this.#deeper();
    const text = this.#text;
    const trail = this.#trail;
    const start = this.#at++;
    this.#space();
    if (text.charCodeAt(this.#at) === 0x5d) {
      if (this.#rules.fhir) throw this.#fault('empty', 'FHIR allows no empty list.', start);
      this.#at++;
      this.#depth--;
      return;
    }
    const place = trail.length;
    for (let index = 0; ; index++) {
      trail[place] = index;
      this.#value(true);
      this.#space();
      const code = text.charCodeAt(this.#at);
      if (code === 0x5d) break;
      if (code !== COMMA) throw this.#unexpected('a comma or a closing bracket');
      this.#at++;
      this.#space();
    }
    this.#at++;
    this.#depth--;
    trail.pop();
  }

  /** Leaves the position after the closing quote; true when the text holds an escape. */
  #string(): boolean {
    const text = this.#text;
    let at = this.#at + 1;
    let escaped = false;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        escaped = true;
        this.#at = at;
        at = this.#escape(at);
      } else if (code >= 0x20) at++;
      else {
        this.#at = at;
        if (at >= text.length) throw this.#unexpected('a closing quote');
        throw this.#fault('syntax', 'A control character stands unescaped in a text.');
      }
    }
    this.#at = at + 1;
    return escaped;
  }

  /** The position after the escape that begins at `at`. */
  #escape(at: number): number {
    const kind = this.#text[at + 1];
    if (kind === undefined) throw this.#unexpected('an escape');
    if (kind !== 'u') {
      if (!'"\\/bfnrt'.includes(kind)) throw this.#fault('syntax', 'This escape does not exist in JSON.', at);
      return at + 2;
    }
    const unit = this.#unit(at);
    if (unit >= 0xdc00 && unit <= 0xdfff) throw this.#loneSurrogate(at);
    if (unit < 0xd800 || unit > 0xdbff) return at + 6;
    if (!this.#text.startsWith('\\u', at + 6)) throw this.#loneSurrogate(at);
    const low = this.#unit(at + 6);
    if (low < 0xdc00 || low > 0xdfff) throw this.#loneSurrogate(at);
    return at + 12;
  }

  #loneSurrogate(at: number): Failure {
    return this.#fault('lone-surrogate', 'Half of a surrogate pair stands alone: it is no character.', at);
  }

  #unit(at: number): number {
    const digits = this.#text.slice(at + 2, at + 6);
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) throw this.#fault('syntax', 'Four hexadecimal digits belong after \\u.', at);
    return Number.parseInt(digits, 16);
  }

  #number(): void {
    const text = this.#text;
    const start = this.#at;
    let simple = true;
    if (text.charCodeAt(this.#at) === 0x2d) {
      this.#at++;
      simple = false;
    }
    if (text.charCodeAt(this.#at) === 0x30) this.#at++;
    else this.#digits();
    if (text.charCodeAt(this.#at) === 0x2e) {
      this.#at++;
      this.#digits();
      simple = false;
    }
    const code = text.charCodeAt(this.#at);
    if (code === 0x65 || code === 0x45) {
      this.#at++;
      const sign = text.charCodeAt(this.#at);
      if (sign === 0x2b || sign === 0x2d) this.#at++;
      this.#digits();
      simple = false;
    }
    if (simple && this.#at - start <= 15) return;
    const literal = text.slice(start, this.#at);
    if (String(Number(literal)) !== literal) this.#exact.set(pathText(this.#trail), literal);
  }

  #digits(): void {
    const text = this.#text;
    const start = this.#at;
    for (let code = text.charCodeAt(this.#at); code >= 0x30 && code <= 0x39; code = text.charCodeAt(this.#at)) this.#at++;
    if (this.#at === start) throw this.#unexpected('a digit');
  }
}

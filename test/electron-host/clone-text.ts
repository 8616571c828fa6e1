/**
 * Structured-clone-like values as text, for the bridge between a page and this process, which carries only text.
 * It runs in Node and, as source text, in pages: so it is one function that uses nothing outside itself.
 */
interface CloneText {
  /** @throws {Error} for what structured clone refuses (functions, promises, symbols), and for cycles, which are not emulated. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/** What JSON cannot say, tagged by its kind. */
type Tagged =
  | { $: 'undefined' }
  | { $: 'number' | 'bigint'; text: string }
  | { $: 'date'; time: number }
  | { $: 'map'; entries: [unknown, unknown][] }
  | { $: 'set'; items: unknown[] }
  | { $: 'expression'; source: string; flags: string }
  | { $: 'error'; name: string; message: string; stack: string | undefined }
  | { $: 'bytes'; view: string | undefined; base64: string }
  | { $: 'object'; entries: [string, unknown][] };

export function makeCloneText(): CloneText {
  const toBase64 = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  };
  const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

  const pack = (value: unknown, parents: unknown[]): unknown => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      if (Number.isFinite(value) && !Object.is(value, -0)) return value;
      return { $: 'number', text: Object.is(value, -0) ? '-0' : String(value) } satisfies Tagged;
    }
    if (value === undefined) return { $: 'undefined' } satisfies Tagged;
    if (typeof value === 'bigint') return { $: 'bigint', text: String(value) } satisfies Tagged;
    if (typeof value !== 'object' || value instanceof Promise) throw new Error('An object could not be cloned.');
    if (parents.includes(value)) throw new Error('stand-in: cyclic values are not emulated');
    const within = [...parents, value];
    if (Array.isArray(value)) return Array.from(value, (item) => pack(item, within));
    if (value instanceof Date) return { $: 'date', time: value.getTime() } satisfies Tagged;
    if (value instanceof Map) {
      return { $: 'map', entries: [...value].map(([key, item]) => [pack(key, within), pack(item, within)]) } satisfies Tagged;
    }
    if (value instanceof Set) return { $: 'set', items: [...value].map((item) => pack(item, within)) } satisfies Tagged;
    if (value instanceof RegExp) return { $: 'expression', source: value.source, flags: value.flags } satisfies Tagged;
    if (value instanceof Error) {
      return { $: 'error', name: value.name, message: value.message, stack: value.stack } satisfies Tagged;
    }
    if (value instanceof ArrayBuffer) {
      return { $: 'bytes', view: undefined, base64: toBase64(new Uint8Array(value)) } satisfies Tagged;
    }
    if (ArrayBuffer.isView(value)) {
      const name = value.constructor.name === 'Buffer' ? 'Uint8Array' : value.constructor.name;
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return { $: 'bytes', view: name, base64: toBase64(bytes) } satisfies Tagged;
    }
    return { $: 'object', entries: Object.entries(value).map(([key, item]) => [key, pack(item, within)]) } satisfies Tagged;
  };

  const unpack = (packed: unknown): unknown => {
    if (Array.isArray(packed)) return packed.map(unpack);
    if (packed === null || typeof packed !== 'object') return packed;
    const tagged = packed as Tagged;
    switch (tagged.$) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(tagged.text);
      case 'bigint':
        return BigInt(tagged.text);
      case 'date':
        return new Date(tagged.time);
      case 'map':
        return new Map(tagged.entries.map(([key, item]) => [unpack(key), unpack(item)]));
      case 'set':
        return new Set(tagged.items.map(unpack));
      case 'expression':
        return new RegExp(tagged.source, tagged.flags);
      case 'error':
        return Object.assign(new Error(tagged.message), { name: tagged.name, stack: tagged.stack });
      case 'bytes': {
        const bytes = fromBase64(tagged.base64);
        if (tagged.view === undefined) return bytes.buffer;
        if (tagged.view === 'Uint8Array') return bytes;
        const View = Reflect.get(globalThis, tagged.view) as new (buffer: ArrayBuffer) => unknown;
        return new View(bytes.buffer);
      }
      case 'object':
        return Object.fromEntries(tagged.entries.map(([key, item]) => [key, unpack(item)]));
    }
  };

  return { encode: (value) => JSON.stringify(pack(value, [])), decode: (text) => unpack(JSON.parse(text)) };
}

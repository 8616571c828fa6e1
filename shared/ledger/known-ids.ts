/**
 * The texts of ids that come back with every block: chains, devices, people, handles. Folding a page asks for the same few again
 * and again, and a text that is kept is also one string for each map that it is a key of.
 */
import { equalBytes, toHex } from '../encoding/bytes.ts';
import { textOf } from '../encoding/codec.ts';

/** Ids whose low bits agree take each other's place, so that this never grows. */
const PLACES = 8192;
const known: Array<{ readonly id: Uint8Array; readonly text: string } | undefined> = new Array(PLACES).fill(undefined);

const placeOf = (id: Uint8Array): number => (((id[0] ?? 0) << 8) | (id[1] ?? 0)) % PLACES;

/** As `toHex`. */
export function idText(id: Uint8Array): string {
  const place = placeOf(id);
  const there = known[place];
  if (there && equalBytes(there.id, id)) return there.text;
  const text = toHex(id);
  known[place] = { id: id.slice(), text };
  return text;
}

const knownTypes: typeof known = new Array(PLACES).fill(undefined);

/** The text of an event's type, as `textOf`: of types there are some hundred, and each event names one. */
export function typeText(bytes: Uint8Array): string {
  const place = (((bytes[0] ?? 0) << 8) ^ ((bytes[bytes.length - 1] ?? 0) << 5) ^ bytes.length) % PLACES;
  const there = knownTypes[place];
  if (there && equalBytes(there.id, bytes)) return there.text;
  const text = textOf(bytes);
  knownTypes[place] = { id: bytes.slice(), text };
  return text;
}

/**
 * The state keys of one kind that name two ids: `prefix`, the first's text, a stroke, the second's. A block's keys are asked for when
 * it is opened and again when it is judged.
 */
export function pairKeysOf(prefix: string): (first: string, second: Uint8Array) => string {
  const keys: Array<{ readonly first: string; readonly second: Uint8Array; readonly key: string } | undefined> = new Array(
    PLACES,
  ).fill(undefined);
  return (first, second) => {
    const place = placeOf(second);
    const there = keys[place];
    if (there && there.first === first && equalBytes(there.second, second)) return there.key;
    const key = `${prefix}${first}/${toHex(second)}`;
    keys[place] = { first, second: second.slice(), key };
    return key;
  };
}

/** The state keys of one kind: `prefix` with an id's text behind it. */
export function keysOf(prefix: string): (id: string) => string {
  const keys = new Map<string, string>();
  return (id) => {
    let key = keys.get(id);
    if (key === undefined) {
      if (keys.size === PLACES) keys.clear();
      key = prefix + id;
      keys.set(id, key);
    }
    return key;
  };
}

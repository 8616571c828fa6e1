/** While a world runs, nothing from outside it may enter: the clock on the wall, real timers and real chance are stopped. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';

/** What stands for the outside where a program may reach for it: this world's own time and chance. */
export interface Inside {
  random(length: number): Uint8Array;
  /** Gives what calls it off. */
  later(milliseconds: number, then: () => void): () => void;
}

type Slot = { readonly owner: object; readonly name: string; readonly stand: unknown };

/**
 * Runs `body` with the outside shut off. `performance.now`, which only says how long something took, stands still.
 * @param onUse hears what was reached for; the caller gets a harmless value.
 * @param inside given: chance and timers are this world's, and reaching for them is no fault
 */
export async function withoutOutside<T>(onUse: (what: string) => void, body: () => Promise<T>, inside?: Inside): Promise<T> {
  const used =
    (what: string, value: unknown) =>
    (...given: readonly unknown[]): unknown => {
      onUse(what);
      return typeof value === 'function' ? (value as (...given: readonly unknown[]) => unknown)(...given) : value;
    };
  class StoppedDate extends Date {
    constructor(...given: readonly unknown[]) {
      if (given.length === 0) onUse('new Date()');
      super(...((given.length === 0 ? [0] : given) as [number]));
    }
    static override now(): number {
      onUse('Date.now()');
      return 0;
    }
  }
  const slots: Slot[] = [
    { owner: globalThis, name: 'Date', stand: StoppedDate },
    { owner: Math, name: 'random', stand: used('Math.random()', 0.5) },
    { owner: performance, name: 'now', stand: () => 0 },
    { owner: globalThis, name: 'setTimeout', stand: used('setTimeout()', globalThis.setTimeout) },
    { owner: globalThis, name: 'clearTimeout', stand: globalThis.clearTimeout },
    { owner: globalThis, name: 'setInterval', stand: used('setInterval()', globalThis.setInterval) },
    { owner: timers, name: 'setTimeout', stand: used('setTimeout()', timers.setTimeout) },
    { owner: crypto, name: 'randomBytes', stand: used('randomBytes()', (length: number) => Buffer.alloc(length)) },
    { owner: crypto, name: 'randomUUID', stand: used('randomUUID()', '00000000-0000-4000-8000-000000000000') },
    { owner: crypto, name: 'randomInt', stand: used('randomInt()', 0) },
    { owner: crypto, name: 'randomFillSync', stand: used('randomFillSync()', (bytes: Uint8Array) => bytes.fill(0)) },
    {
      owner: Object.getPrototypeOf(globalThis.crypto),
      name: 'getRandomValues',
      stand: used('getRandomValues()', (bytes: Uint8Array) => bytes.fill(0)),
    },
  ];
  if (inside) replace(slots, standIns(inside));
  const before = slots.map(({ owner, name }) => Object.getOwnPropertyDescriptor(owner, name));
  for (const { owner, name, stand } of slots)
    Object.defineProperty(owner, name, { value: stand, writable: true, configurable: true, enumerable: true });
  syncBuiltinESMExports();
  try {
    return await body();
  } finally {
    slots.forEach(({ owner, name }, at) => {
      const descriptor = before[at];
      if (descriptor) Object.defineProperty(owner, name, descriptor);
      else Reflect.deleteProperty(owner, name);
    });
    syncBuiltinESMExports();
  }
}

function replace(slots: Slot[], stands: Readonly<Record<string, unknown>>): void {
  for (const [at, slot] of slots.entries()) if (slot.name in stands) slots[at] = { ...slot, stand: stands[slot.name] };
}

/** By the names of what they stand for. */
function standIns({ random, later }: Inside): Readonly<Record<string, unknown>> {
  return {
    randomBytes: (length: number) => Buffer.from(random(length)),
    randomFillSync: <Bytes extends Uint8Array>(bytes: Bytes): Bytes => {
      bytes.set(random(bytes.length));
      return bytes;
    },
    setTimeout: (then: () => void, milliseconds = 0) => {
      const cancel = later(milliseconds, then);
      return { cancel, unref: () => undefined };
    },
    clearTimeout: (timer?: { cancel?(): void }) => timer?.cancel?.(),
  };
}

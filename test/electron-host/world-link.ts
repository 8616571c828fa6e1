/**
 * How the preload's world and the page's world call each other. They share the document only: both hold one detached
 * element and dispatch events on it, which arrive at once, so a call and its return value are synchronous where Electron's
 * are. Values are cloned by the event; functions and promises travel as numbers.
 * It runs, as source text, in both worlds: one function that uses nothing outside itself.
 */
interface WorldLink {
  /** A value of this world in a form that an event can carry. */
  lend(value: unknown): unknown;
  /** The other world's value in a form that this world can use. */
  borrow(lent: unknown): unknown;
}

type Signal =
  | { kind: 'call'; call: number; target: number; args: unknown[] }
  | { kind: 'returned'; call: number; value: unknown }
  | { kind: 'threw'; call: number; error: unknown }
  | { kind: 'resolved'; promise: number; value: unknown }
  | { kind: 'rejected'; promise: number; error: unknown };

export function linkWorlds(meeting: Element, incoming: string, outgoing: string): WorldLink {
  // Taken before the page's own scripts run, so that a page which replaces them cannot listen in.
  const dispatch = meeting.dispatchEvent.bind(meeting);
  const SignalEvent = CustomEvent;
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, PromiseWithResolvers<unknown>>();
  const replies = new Map<number, { value?: unknown; error?: unknown; threw?: boolean }>();
  let count = 0;

  const signal = (detail: Signal): void => void dispatch(new SignalEvent(outgoing, { detail }));
  const isPlain = (value: object): boolean => {
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || prototype === Object.prototype;
  };
  const mapValues = (value: object, change: (item: unknown) => unknown): object =>
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));

  const lend = (value: unknown): unknown => {
    if (typeof value === 'function') {
      functions.set(++count, value as (...args: unknown[]) => unknown);
      return { standInFunction: count };
    }
    if (value instanceof Promise) {
      const promise = ++count;
      value.then(
        (settled) => signal({ kind: 'resolved', promise, value: lend(settled) }),
        (error) => signal({ kind: 'rejected', promise, error }),
      );
      return { standInPromise: promise };
    }
    if (Array.isArray(value)) return value.map(lend);
    return value && typeof value === 'object' && isPlain(value) ? mapValues(value, lend) : value;
  };

  const borrow = (lent: unknown): unknown => {
    if (Array.isArray(lent)) return lent.map(borrow);
    if (!lent || typeof lent !== 'object' || !isPlain(lent)) return lent;
    if ('standInFunction' in lent) {
      const target = lent.standInFunction as number;
      return (...args: unknown[]) => call(target, args);
    }
    if ('standInPromise' in lent) {
      const settling = Promise.withResolvers<unknown>();
      promises.set(lent.standInPromise as number, settling);
      return settling.promise;
    }
    return mapValues(lent, borrow);
  };

  const call = (target: number, args: unknown[]): unknown => {
    const id = ++count;
    const reply: { value?: unknown; error?: unknown; threw?: boolean } = {};
    replies.set(id, reply);
    signal({ kind: 'call', call: id, target, args: args.map(lend) });
    replies.delete(id);
    if (reply.threw) throw reply.error;
    return borrow(reply.value);
  };

  const answer = (message: { call: number; target: number; args: unknown[] }): void => {
    try {
      const value = lend(functions.get(message.target)?.(...message.args.map(borrow)));
      signal({ kind: 'returned', call: message.call, value });
    } catch (error) {
      signal({ kind: 'threw', call: message.call, error });
    }
  };

  meeting.addEventListener(incoming, (event) => {
    const message = (event as CustomEvent<Signal>).detail;
    if (message.kind === 'call') answer(message);
    else if (message.kind === 'resolved') promises.get(message.promise)?.resolve(borrow(message.value));
    else if (message.kind === 'rejected') promises.get(message.promise)?.reject(message.error);
    else if (message.kind === 'returned') Object.assign(replies.get(message.call) ?? {}, { value: message.value });
    else Object.assign(replies.get(message.call) ?? {}, { error: message.error, threw: true });
  });
  return { lend, borrow };
}

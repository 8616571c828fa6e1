/**
 * Calls between the device service and the vault process over a message port: named verbs with one argument and one
 * answer, and streams for subscriptions. Failures cross as failures; anything else crosses masked.
 */
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';

/** What both Electron's ports and Node's offer. */
export interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** Verbs by name: each takes one value that can be cloned and gives another. */
type Verbs = { readonly [verb: string]: (argument: never) => unknown };
type Argument<V> = V extends (argument: infer A) => unknown ? A : never;
type Answer<V> = V extends (...all: never[]) => infer R ? Awaited<R> : never;

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly verb: string; readonly argument: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: ReturnType<Failure['toJSON']> }
  | { readonly kind: 'next'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'stop'; readonly id: number };

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (failure: Failure) => void;
  readonly next?: ((value: unknown) => void) | undefined;
}

/** One end of a port: calls `Theirs` at the other end, and answers what it calls here. */
export class RemoteCalls<Theirs extends Verbs> {
  readonly #port: Port;
  readonly #own: Verbs;
  readonly #waiting = new Map<number, Waiting>();
  readonly #streams = new Map<number, AsyncIterator<unknown>>();
  readonly #unforeseen: (verb: string, error: unknown) => void;
  #next = 1;
  #ended = false;

  /** @param unforeseen hears of errors that nobody foresaw and that the other end gets masked. */
  constructor(port: Port, own: Verbs, unforeseen: (verb: string, error: unknown) => void = () => undefined) {
    this.#port = port;
    this.#unforeseen = unforeseen;
    this.#own = own;
    port.on('message', (message) => this.#hear(message as Message));
    port.onClose(() => this.#end());
  }

  call<V extends keyof Theirs & string>(verb: V, argument: Argument<Theirs[V]>): Promise<Answer<Theirs[V]>> {
    return this.#send(verb, argument) as Promise<Answer<Theirs[V]>>;
  }

  /** Calls a verb that answers an async iterator; `next` hears each item. The returned function ends it early. */
  stream<V extends keyof Theirs & string>(
    verb: V,
    argument: Argument<Theirs[V]>,
    next: (value: unknown) => void,
  ): { done: Promise<void>; stop(): void } {
    const id = this.#next;
    const done = this.#send(verb, argument, next).then(() => undefined);
    return { done, stop: () => this.#port.postMessage({ kind: 'stop', id } satisfies Message) };
  }

  close(): void {
    this.#port.close();
    this.#end();
  }

  #send(verb: string, argument: unknown, next?: (value: unknown) => void): Promise<unknown> {
    if (this.#ended) return Promise.reject(ended());
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, next });
      this.#port.postMessage({ kind: 'call', id, verb, argument } satisfies Message);
    });
  }

  #end(): void {
    this.#ended = true;
    for (const waiting of this.#waiting.values()) waiting.reject(ended());
    this.#waiting.clear();
    for (const stream of this.#streams.values()) void stream.return?.();
    this.#streams.clear();
  }

  #hear(message: Message): void {
    switch (message.kind) {
      case 'call':
        void this.#answer(message.id, message.verb, message.argument);
        return;
      case 'next':
        this.#waiting.get(message.id)?.next?.(message.value);
        return;
      case 'answer':
        this.#waiting.get(message.id)?.resolve(message.value);
        this.#waiting.delete(message.id);
        return;
      case 'failure': {
        const { code, message: text, retry, details } = message.failure;
        this.#waiting.get(message.id)?.reject(new Failure(code, text, { retry, details: { ...details } }));
        this.#waiting.delete(message.id);
        return;
      }
      case 'stop':
        void this.#streams.get(message.id)?.return?.();
        return;
    }
  }

  async #answer(id: number, verb: string, argument: unknown): Promise<void> {
    try {
      const own = Object.hasOwn(this.#own, verb) ? this.#own[verb] : undefined;
      if (!own) throw new Failure('internal.verb-unknown', `There is no verb "${verb}" here.`);
      const value = await own(argument as never);
      if (isIterator(value)) await this.#pump(id, value);
      else this.#post({ kind: 'answer', id, value });
    } catch (error) {
      if (!(error instanceof Failure)) this.#unforeseen(verb, error);
      this.#post({ kind: 'failure', id, failure: asFailure(error).toJSON() });
    }
  }

  async #pump(id: number, iterator: AsyncIterator<unknown>): Promise<void> {
    this.#streams.set(id, iterator);
    for (;;) {
      const { done, value } = await iterator.next();
      if (done) break;
      this.#post({ kind: 'next', id, value });
    }
    this.#streams.delete(id);
    this.#post({ kind: 'answer', id, value: undefined });
  }

  #post(message: Message): void {
    if (!this.#ended) this.#port.postMessage(message);
  }
}

const isIterator = (value: unknown): value is AsyncIterator<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;

const ended = (): Failure =>
  new Failure('vault.ended', 'The vault was locked before this was done. Unlock and try again.', { retry: true });

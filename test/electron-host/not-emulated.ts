/** What the stand-in does not know must fail loudly: a test may never pass because a call silently did nothing. */
import { EventEmitter } from 'node:events';

/** Names that the language, the inspector or a test runner look up on any object. */
const PROBED = new Set(['then', 'toJSON', 'domain', 'nodeType', 'asymmetricMatch', '$$typeof']);

/** `target`, of which reading any member that it does not have throws an Error with the member's full name. */
export function onlyEmulated<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      if (typeof key === 'string' && !(key in object) && !PROBED.has(key)) {
        throw new Error(`stand-in: ${name}.${key} is not emulated`);
      }
      return Reflect.get(object, key, receiver);
    },
  });
}

/** An event emitter that is `onlyEmulated`; the private fields of its subclasses live on the proxy itself. */
export class Emulated extends EventEmitter {
  constructor(name: string) {
    super();
    // biome-ignore lint/correctness/noConstructorReturn: the proxy has to be the `this` of every subclass
    return onlyEmulated(name, this);
  }
}

/** The event object of Electron's cancellable events. */
export class CancellableEvent {
  defaultPrevented = false;

  preventDefault = (): void => {
    this.defaultPrevented = true;
  };
}

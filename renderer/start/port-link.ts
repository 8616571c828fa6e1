import { ApolloLink } from '@apollo/client';
import { OperationTypeNode, print } from 'graphql';
import { Observable, type Subscriber } from 'rxjs';
import { ServiceError } from '../parts/words/service-error.ts';
import { operationType, serviceOf } from './service-of.ts';

/** What the services send over the port. */
type Answer =
  | { id: number; kind: 'next'; payload: ApolloLink.Result }
  | { id: number; kind: 'done' }
  | { id: number; kind: 'fail'; error: { code: string; message: string } };

interface Running {
  readonly start: object;
  readonly type: OperationTypeNode;
  readonly observer: Subscriber<ApolloLink.Result>;
}

/**
 * GraphQL over the port that the shell brokers to the device service. Each operation has a number; the port's messages are
 * `{id, kind: 'start' | 'stop'}` out and `{id, kind: 'next' | 'done' | 'fail'}` in.
 */
export class PortLink extends ApolloLink {
  readonly #connect: () => Promise<MessagePort>;
  readonly #running = new Map<number, Running>();
  #port: Promise<MessagePort>;
  #last = 0;

  /** @param connect asks for a new port, each time it is called. */
  constructor(connect: () => Promise<MessagePort>) {
    super();
    this.#connect = connect;
    this.#port = this.#open();
  }

  override request(operation: ApolloLink.Operation): Observable<ApolloLink.Result> {
    const { query, variables, operationName } = operation;
    return new Observable((observer) => {
      this.#last += 1;
      const id = this.#last;
      const start = {
        id,
        kind: 'start',
        tier: serviceOf(query),
        operation: { query: print(query), variables, operationName },
      };
      this.#running.set(id, { start, observer, type: operationType(query) });
      this.#send(start);
      return () => {
        if (this.#running.delete(id)) this.#send({ id, kind: 'stop' });
      };
    });
  }

  /** After the service started again: reading goes on over a new port; a change that was under way may or may not have happened. */
  reconnect(): void {
    this.#port = this.#open();
    for (const [id, { start, type, observer }] of [...this.#running]) {
      if (type !== OperationTypeNode.MUTATION) {
        this.#send(start);
        continue;
      }
      this.#running.delete(id);
      observer.error(
        new ServiceError(
          'shell.restarted',
          'The service started again while it worked on this. Look whether it was done, then try again.',
        ),
      );
    }
  }

  async #open(): Promise<MessagePort> {
    const port = await this.#connect();
    port.onmessage = ({ data }: MessageEvent<Answer>) => this.#receive(data);
    return port;
  }

  #send(message: object): void {
    this.#port.then(
      (port) => port.postMessage(message),
      (error: unknown) => this.#failAll(error),
    );
  }

  #failAll(error: unknown): void {
    const failed = [...this.#running.values()];
    this.#running.clear();
    for (const { observer } of failed) observer.error(error);
  }

  #receive(answer: Answer): void {
    const running = this.#running.get(answer.id);
    if (!running) return;
    if (answer.kind === 'next') {
      running.observer.next(answer.payload);
      return;
    }
    this.#running.delete(answer.id);
    if (answer.kind === 'done') running.observer.complete();
    else running.observer.error(new ServiceError(answer.error.code, answer.error.message));
  }
}

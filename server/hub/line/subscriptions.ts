/** Subscriptions over graphql-ws on a line for devices: nothing else is answered there. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type ExecutionArgs, type ExecutionResult, type FormattedExecutionResult, GraphQLError, parse } from 'graphql';
import { useServer as carry } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { toldElsewhere } from '../../../shared/sync/hub-store.ts';
import { HUB_OPERATIONS } from '../../../shared/sync/operations.ts';
import { answeredOperations } from '../../../shared/sync/released-operations.ts';
import type { GraphqlRequest, GraphqlService } from '../../graphql/apollo.ts';

const MESSAGE_BYTES = 65_536;
const INITIALISE_MS = 5_000;
const SUBSCRIPTIONS_OF_SOCKET = 4;

/** Names of operations by their texts, of today and of earlier releases. */
const OPERATIONS = answeredOperations('hub', HUB_OPERATIONS);

export class Subscriptions<Context extends object> {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES, perMessageDeflate: false });
  readonly #devices = new WeakMap<IncomingMessage, string>();
  readonly #deviceOfLine = new WeakMap<WebSocket, string>();

  constructor(graphql: GraphqlService<Context>, identify: (device: string) => Promise<Context>) {
    carry(
      {
        connectionInitWaitTimeout: INITIALISE_MS,
        onSubscribe: async (line, _, payload) => {
          const device = this.#devices.get(line.extra.request);
          try {
            if (device === undefined || OPERATIONS.get(payload.query ?? '') !== 'Head') throw HEAD_ONLY;
            // The one that is asked for counts already.
            if (Object.keys(line.subscriptions).length > SUBSCRIPTIONS_OF_SOCKET) throw BUSY;
            const context = await identify(device);
            const request: GraphqlRequest = { query: payload.query };
            const start = (): Promise<unknown> => graphql.subscribe(request, context);
            return { schema: graphql.schema, document: parse(payload.query), contextValue: start } satisfies ExecutionArgs;
          } catch (error) {
            const { message, code, retry } = toldElsewhere(asFailure(error));
            return [new GraphQLError(message, { extensions: { code, retry } })];
          }
        },
        // The service validates, subscribes and masks; the protocol around it only carries.
        subscribe: (args: ExecutionArgs) => (args.contextValue as () => Promise<ExecutionResult>)(),
        onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
      },
      this.#server,
    );
  }

  /** Takes over the socket of a device that TLS has verified. */
  accept(device: string, request: IncomingMessage, socket: Socket, head: Buffer): void {
    this.#devices.set(request, device);
    this.#server.handleUpgrade(request, socket, head, (line) => {
      this.#deviceOfLine.set(line, device);
      this.#server.emit('connection', line, request);
      // The library under the protocol closes a line whose frames break the rules; the one above would write each into the hub's log.
      line.removeAllListeners('error').on('error', () => undefined);
    });
  }

  /** Ends the lines of a device so that nothing is said on them any more: words to a socket that was taken away are an error in the log. */
  cut(device: string): void {
    for (const line of this.#server.clients) if (this.#deviceOfLine.get(line) === device) line.terminate();
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }
}

const BUSY = new Failure(
  'hub.busy',
  `A line carries ${SUBSCRIPTIONS_OF_SOCKET} subscriptions at most. End one of them before the next begins.`,
  { retry: true },
);
const HEAD_ONLY = new Failure('graphql.operation-unknown', 'This line carries the subscription to the newest head only.');

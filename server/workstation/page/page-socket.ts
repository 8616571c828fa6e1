/** Subscriptions of the browser host: graphql-transport-ws, answered by the page's GraphQL. */
import type { WebSocket } from 'ws';
import type { GraphqlAnswer } from '../../graphql/apollo.ts';
import type { PageDoor, Tier } from './page-door.ts';

const MOST_FOLLOWED = 50;

interface ClientMessage {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly payload?:
    | { readonly query?: unknown; readonly variables?: Record<string, unknown>; readonly operationName?: string }
    | undefined;
}

/** Serves one socket (protocol graphql-transport-ws, subscriptions only) until it closes. */
export function serveSocket(socket: WebSocket, tier: Tier, graphql: PageDoor): void {
  const following = new Map<string, () => void>();
  const send = (message: object): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  socket.on('message', (data) => {
    const message = parse(String(data));
    if (!message) return socket.close(4400, 'malformed');
    const id = typeof message.id === 'string' ? message.id : '';
    if (message.type === 'connection_init') send({ type: 'connection_ack' });
    else if (message.type === 'ping') send({ type: 'pong' });
    else if (message.type === 'complete') {
      following.get(id)?.();
      following.delete(id);
    } else if (message.type === 'subscribe' && id && typeof message.payload?.query === 'string') {
      if (following.has(id)) return socket.close(4409, 'this id is in use');
      if (following.size >= MOST_FOLLOWED) return socket.close(4429, 'too many');
      const { query, variables, operationName } = message.payload;
      const { done, stop } = graphql.follow(tier, { query: String(query), variables, operationName }, (payload: GraphqlAnswer) =>
        send({ id, type: 'next', payload }),
      );
      following.set(id, stop);
      void done.then(() => {
        if (following.delete(id)) send({ id, type: 'complete' });
      });
    }
  });
  socket.on('close', () => {
    for (const stop of following.values()) stop();
    following.clear();
  });
  socket.on('error', () => socket.terminate());
}

function parse(text: string): ClientMessage | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as ClientMessage) : undefined;
  } catch {
    return undefined;
  }
}

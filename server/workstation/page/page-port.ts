/** A page's port: starts and stops of GraphQL operations in, answers out (docs/architecture.md, the page's port). */
import type { GraphqlRequest } from '../../graphql/apollo.ts';
import type { Port } from '../vault-process/remote-calls.ts';
import { isTier, type PageDoor, type Tier } from './page-door.ts';

type FromPage =
  | { readonly id: number; readonly kind: 'start'; readonly tier: Tier; readonly operation: GraphqlRequest }
  | { readonly id: number; readonly kind: 'stop' };

/** Serves one page until its port closes. What does not have the agreed form is not answered. */
export function servePagePort(port: Port, graphql: PageDoor): void {
  const following = new Map<number, () => void>();
  port.on('message', (data) => {
    const message = fromPage(data);
    if (!message) return;
    if (message.kind === 'stop') {
      following.get(message.id)?.();
      following.delete(message.id);
      return;
    }
    const { id, tier, operation } = message;
    if (/^\s*subscription\b/.test(operation.query)) {
      const { done, stop } = graphql.follow(tier, operation, (payload) => port.postMessage({ id, kind: 'next', payload }));
      following.set(id, stop);
      void done.then(() => {
        following.delete(id);
        port.postMessage({ id, kind: 'done' });
      });
    } else {
      void graphql.execute(tier, operation).then((payload) => {
        port.postMessage({ id, kind: 'next', payload });
        port.postMessage({ id, kind: 'done' });
      });
    }
  });
  port.onClose(() => {
    for (const stop of following.values()) stop();
    following.clear();
  });
}

function fromPage(data: unknown): FromPage | undefined {
  const message = data as Partial<Record<string, unknown>> | null;
  if (typeof message !== 'object' || message === null || !Number.isSafeInteger(message.id)) return undefined;
  if (message.kind === 'stop') return { id: message.id as number, kind: 'stop' };
  const operation = message.operation as Partial<GraphqlRequest> | undefined;
  if (message.kind !== 'start' || !isTier(message.tier) || typeof operation?.query !== 'string') return undefined;
  const { query, variables, operationName } = operation;
  return { id: message.id as number, kind: 'start', tier: message.tier, operation: { query, variables, operationName } };
}

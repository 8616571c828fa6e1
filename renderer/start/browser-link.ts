import { ApolloLink, HttpLink } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { ServiceError } from '../parts/words/service-error.ts';
import { operationType, SERVICES, type Service, serviceOf } from './service-of.ts';

/** As `fetch`. @throws {ServiceError} `page.service-away` when nobody answers. */
async function reach(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(input, init);
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw new ServiceError(
      'page.service-away',
      'Careledger’s program on this computer does not answer. If it was closed, start it again; then try once more.',
    );
  }
}

/** `GET /session`: whether this browser already holds the cookie that a one-time code gives. */
export async function hasSession(): Promise<boolean> {
  return (await reach('/session', { credentials: 'same-origin', cache: 'no-store' })).status === 204;
}

/** `POST /session` with the one-time code of the terminal; the answer sets the cookie. */
export async function openSession(code: string): Promise<void> {
  const response = await reach('/session', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  if (response.status === 204) return;
  const refusal = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
  throw new ServiceError(refusal.code ?? `http.${response.status}`, refusal.message ?? response.statusText);
}

function subscriptions(service: Service): GraphQLWsLink {
  const url = new URL(`/subscriptions/${service}`, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new GraphQLWsLink(
    createClient({ url: url.href, lazy: true, retryAttempts: Number.POSITIVE_INFINITY, shouldRetry: () => true }),
  );
}

/**
 * GraphQL over HTTP and web sockets of the host that served this page.
 * @param onSessionEnd called when the host no longer knows this browser.
 */
export function browserLink(onSessionEnd: () => void): ApolloLink {
  // A socket opens with the first subscription to its service.
  const sockets = Object.fromEntries(SERVICES.map((service) => [service, subscriptions(service)])) as Record<
    Service,
    GraphQLWsLink
  >;
  const http = new HttpLink({
    uri: ({ query }) => `/graphql/${serviceOf(query)}`,
    credentials: 'same-origin',
    fetch: async (input, init) => {
      const response = await reach(input, init);
      if (response.status === 401) onSessionEnd();
      return response;
    },
  });
  const live = new ApolloLink((operation) => sockets[serviceOf(operation.query)].request(operation));
  return ApolloLink.split(({ query }) => operationType(query) === OperationTypeNode.SUBSCRIPTION, live, http);
}

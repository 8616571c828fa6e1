import { ApolloClient, type ApolloLink } from '@apollo/client';
import { makeCache } from './cache.ts';

/** The page's one client. Nothing it holds is written to disk. */
export function makeClient(link: ApolloLink): ApolloClient {
  return new ApolloClient({
    link,
    cache: makeCache(),
    defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' } },
  });
}

import { ApolloClient, ApolloLink } from '@apollo/client';
import i18next from 'i18next';
import { makeCache } from './cache.ts';
import { codeLink } from './code-link.ts';
import { newestFirst } from './newest-first.ts';

/** The page's one client. Nothing it holds is written to disk. */
export function makeClient(link: ApolloLink): ApolloClient {
  return new ApolloClient({
    link: ApolloLink.from([newestFirst(), codeLink(), link]),
    cache: makeCache(() => i18next.t('patients.nameless')),
    // Who asks after a change must not be given the answer to a question from before it, because that was still on its way.
    queryDeduplication: false,
    // They keep the variables of every change, a file's bytes among them, and show them to whatever asks.
    devtools: { enabled: false },
    defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' } },
  });
}

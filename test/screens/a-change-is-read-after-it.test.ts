import { ApolloLink, gql } from '@apollo/client';
import { Subject } from 'rxjs';
import { expect, test } from 'vitest';
import { makeClient } from '../../renderer/start/client.ts';

test('given an answer on its way, when something changes and is read again, then the screen shows the change', async () => {
  const asked: Subject<ApolloLink.Result>[] = [];
  const client = makeClient(
    new ApolloLink(() => {
      const answer = new Subject<ApolloLink.Result>();
      asked.push(answer);
      return answer;
    }),
  );
  const answer = (at: number, drafts: readonly string[]): void => {
    asked[at]?.next({ data: { drafts } });
    asked[at]?.complete();
  };
  const query = gql('query Drafts { drafts }');
  const shown: unknown[] = [];
  const listing = client.watchQuery({ query, fetchPolicy: 'network-only' });
  listing.subscribe(({ data }) => shown.push((data as { drafts?: string[] } | undefined)?.drafts));
  answer(0, []);

  void listing.refetch().catch(() => undefined);
  const after = client.refetchQueries({ include: [query] });
  answer(1, []);
  answer(2, ['Prescribe']);
  await after;
  expect(shown.at(-1)).toEqual(['Prescribe']);
});

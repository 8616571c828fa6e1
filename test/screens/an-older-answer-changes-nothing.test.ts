import { ApolloLink, execute, gql } from '@apollo/client';
import { firstValueFrom, of } from 'rxjs';
import { expect, test } from 'vitest';
import { makeClient } from '../../renderer/start/client.ts';
import { newestFirst } from '../../renderer/start/newest-first.ts';

interface Said {
  readonly run?: string;
  readonly revision: number;
  readonly [field: string]: unknown;
}

/** What a screen is given of each of these, in the order in which they arrive. */
async function shown(...arrivals: Said[]): Promise<unknown[]> {
  const waiting = [...arrivals];
  const said = new ApolloLink(() => of({ data: { syncState: { __typename: 'SyncState', run: 'one', ...waiting.shift() } } }));
  const link = newestFirst().concat(said);
  const client = makeClient(link);
  const given: unknown[] = [];
  for (const _ of arrivals) {
    const { data } = await firstValueFrom(execute(link, { query: gql('{ syncState { run revision } }') }, { client }));
    const { __typename, run, revision, ...fields } = (data as { syncState: Said }).syncState;
    given.push(fields);
  }
  return given;
}

test('an answer that was made before what is known already does not put the screen back', async () => {
  const given = await shown(
    { revision: 1, connection: 'OFFLINE' },
    { revision: 5, connection: 'UP_TO_DATE' },
    { revision: 3, connection: 'CONNECTING' },
    { revision: 6, connection: 'UPLOADING' },
  );
  expect(given).toEqual(['OFFLINE', 'UP_TO_DATE', 'UP_TO_DATE', 'UPLOADING'].map((connection) => ({ connection })));
});

test('what only the older answer says is taken from it', async () => {
  const given = await shown(
    { revision: 5, connection: 'UP_TO_DATE' },
    { revision: 4, connection: 'OFFLINE', alarms: ['split view'] },
  );
  expect(given[1]).toEqual({ connection: 'UP_TO_DATE', alarms: ['split view'] });
});

test('a service that was started again is believed, whatever it has counted to', async () => {
  const given = await shown({ revision: 900, connection: 'UP_TO_DATE' }, { run: 'two', revision: 1, connection: 'OFFLINE' });
  expect(given[1]).toEqual({ connection: 'OFFLINE' });
});

import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildGraphql, type GraphqlAnswer, type GraphqlService } from '../../server/graphql/apollo.ts';
import { RequestReader } from '../../server/graphql/json-request.ts';
import { wireSchema } from '../../server/graphql/wire-schemas.ts';
import { OPERATION_LIMITS } from '../../server/hub/hub-service.ts';
import { MOST_PARTS } from '../../server/hub/line/device-line.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import { hostileBodies, hostileDocuments, hostileRequests, nearlyAllowed } from './hostile-documents.ts';
import { HubBench, type Line } from './hub-bench.ts';

/** What an answer must not give away: the schema, our files, a stack. */
const TELLING =
  /did you mean|node_modules|\bat file|\.ts:\d|Cannot query|Expected (?:type|Name)|Syntax Error|Unknown (?:type|argument)|SQLITE/i;
/** Processor time of this thread: what others do on the machine does not count. */
const P99_MS = 50;
const HELD_MS = 200;

const spent: number[] = [];
/** Runs one refusal and notes how long it held the thread. */
async function timed<T>(act: () => Promise<T>): Promise<T> {
  const before = process.threadCpuUsage();
  const answer = await act();
  const { user, system } = process.threadCpuUsage(before);
  spent.push((user + system) / 1000);
  return answer;
}

function expectRefused(answer: GraphqlAnswer, code: string): void {
  expect(answer.data ?? null).toBeNull();
  const said = new Set(answer.errors?.map(({ extensions }) => extensions?.code));
  expect([...said]).toEqual([code]);
  expect(JSON.stringify(answer)).not.toMatch(TELLING);
}

describe('a hundred and fifty attacks', () => {
  let listed: GraphqlService<object>;
  let open: GraphqlService<object>;
  beforeAll(async () => {
    const options = {
      typeDefs: wireSchema('hub'),
      resolvers: {},
      limits: OPERATION_LIMITS,
      report: () => undefined,
    };
    listed = await buildGraphql<object>({ ...options, operations: Object.values(HUB_OPERATIONS) });
    open = await buildGraphql<object>(options);
  });
  afterAll(async () => {
    await Promise.all([listed.stop(), open.stop()]);
    const sorted = spent.toSorted((one, other) => one - other);
    const p99 = sorted[Math.floor(0.99 * sorted.length)] ?? 0;
    expect(p99, 'p99 of processor time of a refusal, ms').toBeLessThan(P99_MS);
    expect(sorted.at(-1), 'the longest that the event loop was held, ms').toBeLessThan(HELD_MS);
  });

  test('are that many', () => {
    const all = [...hostileDocuments, ...nearlyAllowed, ...hostileBodies, ...hostileRequests];
    expect(hostileDocuments.length + hostileBodies.length + hostileRequests.length).toBeGreaterThanOrEqual(150);
    expect(new Set(hostileDocuments.map(({ query, variables }) => JSON.stringify([query, variables]))).size).toBeGreaterThan(120);
    expect(all.every(({ name }) => name.length > 0)).toBe(true);
  });

  test.each(hostileDocuments)(
    '$name: refused by the list, and where there were none by the limits',
    async ({ name: _, ...asked }) => {
      expectRefused(await timed(() => listed.execute(asked, {})), 'graphql.operation-unknown');
      expectRefused(await timed(() => open.execute(asked, {})), 'graphql.operation-refused');
    },
  );

  test.each(nearlyAllowed)('$name: no operation of the list', async ({ name: _, ...asked }) => {
    expectRefused(await timed(() => listed.execute(asked, {})), 'graphql.operation-unknown');
  });

  test.each(hostileBodies)('a body of $name comes to no operation', async ({ body }) => {
    const message = Object.assign(Readable.from([Buffer.from(body)]), { headers: {} }) as unknown as IncomingMessage;
    const code = await timed(() =>
      new RequestReader(MOST_PARTS).read(message, LIMITS.bodyBytes).then(
        () => 'read',
        (error: unknown) => asFailure(error).code,
      ),
    );
    expect(['http.body-malformed', 'http.body-overdone']).toContain(code);
  });

  test('what a device honestly sends at most is read', async () => {
    const documents = Array.from({ length: LIMITS.documentsPerCall }, () => ({
      handle: 'a'.repeat(32),
      sealed: 'b'.repeat(400),
      wrap: 'c'.repeat(100),
    }));
    const text = JSON.stringify({ query: HUB_OPERATIONS.PutDocuments, variables: { documents } });
    const message = Object.assign(Readable.from([Buffer.from(text)]), { headers: {} }) as unknown as IncomingMessage;
    await expect(new RequestReader(MOST_PARTS).read(message, LIMITS.bodyBytes)).resolves.toMatchObject({
      query: HUB_OPERATIONS.PutDocuments,
    });
  });
});

describe('whole requests that are wrong in one thing', () => {
  let bench: HubBench;
  let line: Line;
  beforeAll(async () => {
    bench = await HubBench.open();
    line = await bench.join(bench.founder);
  });
  afterAll(() => bench.close());

  test.each(hostileRequests)('$name', async ({ name: _, ...asked }) => {
    const refused = await line.http(asked).catch((error: NodeJS.ErrnoException) => error);
    // Node answers some of them itself, without a body, or closes the line.
    if (refused instanceof Error) expect(refused.message).toMatch(/no JSON, status 4|socket|ECONNRESET|EPIPE|Parse/);
    else {
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(refused.body.data ?? null).toBeNull();
      expect(JSON.stringify(refused.body)).not.toMatch(TELLING);
    }
  });

  test('and the hub answers who asks rightly as before', async () => {
    await expect(line.ask('Checkpoint')).resolves.toHaveProperty('checkpoint');
  });
});

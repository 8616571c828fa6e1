import { request as httpsRequest } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { type GraphQLInputType, type GraphQLSchema, getOperationAST, type NamedTypeNode, parse, typeFromAST } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildGraphql, type GraphqlService, type Incident } from '../../server/graphql/apollo.ts';
import { wireSchema } from '../../server/graphql/wire-schemas.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { ENROLMENT_OPERATIONS, HUB_OPERATIONS, HUB_PATHS } from '../../shared/sync/operations.ts';
import { type Nonsense, nonsenseFor } from '../access/nonsense.ts';
import { CanarySearch } from '../support/canary-search.ts';
import { HubBench, type Line } from './hub-bench.ts';

const QUICK_MS = 2000;

/** A value for each variable of an operation, `word` for each text. */
function nonsenseVariables(schema: GraphQLSchema, query: string, word: string): Record<string, unknown> {
  const how: Nonsense = { real: {}, lists: 'full', optional: 'given', word, number: 1 };
  const { variableDefinitions = [] } = getOperationAST(parse(query)) ?? {};
  return Object.fromEntries(
    variableDefinitions.map(({ variable: { name }, type }) => [
      name.value,
      nonsenseFor(typeFromAST(schema, type as NamedTypeNode) as GraphQLInputType, name.value, how),
    ]),
  );
}

/** Twenty fragments, each spread twice in the one before: a million fields when written out. */
const DOUBLING = Array.from(
  { length: 20 },
  (_, at) => `fragment F${at} on Node { a: node { ...F${at + 1} } b: node { ...F${at + 1} } }`,
).join(' ');

describe('what the hub is not asked for is refused quickly, with a code and nothing else', () => {
  let bench: HubBench;
  let line: Line;
  beforeAll(async () => {
    bench = await HubBench.open();
    line = await bench.join(bench.founder);
  });
  afterAll(() => bench.close());

  const json = (query: string) => JSON.stringify({ query });
  const many = (count: number) => Array.from({ length: count }, (_, at) => `a${at}: checkpoint`).join(' ');
  const cases: ReadonlyArray<readonly [string, object, number, string]> = [
    ['introspection', { body: json('{ __schema { types { name } } }') }, 200, 'graphql.operation-unknown'],
    ['an operation of nobody', { body: json('{ checkpoint }') }, 200, 'graphql.operation-unknown'],
    ['a name that is nearly right', { body: json('{ chekpoint }') }, 200, 'graphql.operation-unknown'],
    ['thousands of aliases', { body: json(`{ ${many(3000)} }`) }, 200, 'graphql.operation-unknown'],
    ['a query of 60 KB', { body: json(`{ ${'checkpoint '.repeat(5500)} }`) }, 200, 'graphql.operation-unknown'],
    ['deep nesting', { body: json(`${'{ region '.repeat(5000)}{ id }${'}'.repeat(5000)}`) }, 200, 'graphql.operation-unknown'],
    ['two operations', { body: json(`${HUB_OPERATIONS.Checkpoint} ${HUB_OPERATIONS.Region}`) }, 200, 'graphql.operation-unknown'],
    ['a list of operations', { body: `[${json(HUB_OPERATIONS.Checkpoint)}]` }, 400, 'http.body-malformed'],
    ['a field that nobody knows', { body: '{"query":"","__proto__":{"admin":true}}' }, 400, 'http.body-malformed'],
    ['JSON nested a million deep', { body: `{"query":"","variables":${'['.repeat(1_000_000)}` }, 413, 'http.body-overdone'],
    ['bytes that are not UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }, 400, 'http.body-malformed'],
    ['GET', { method: 'GET', path: `${HUB_PATHS.graphql}` }, 405, 'http.post-only'],
    ['GET with a query', { method: 'GET', path: `${HUB_PATHS.graphql}?query={checkpoint}` }, 404, 'http.not-found'],
    ['text/plain', { headers: { 'content-type': 'text/plain' }, body: json(HUB_OPERATIONS.Checkpoint) }, 415, 'http.json-only'],
    ['another charset', { headers: { 'content-type': 'application/json; charset=utf-16' }, body: '{}' }, 415, 'http.json-only'],
    ['a foreign Host', { headers: { host: 'evil.example' }, body: json(HUB_OPERATIONS.Checkpoint) }, 421, 'http.host-unknown'],
    ['a path of nobody', { path: '/', body: json(HUB_OPERATIONS.Checkpoint) }, 404, 'http.not-found'],
    ['a body over the limit of enrolment', { path: HUB_PATHS.enrolment, body: ' '.repeat(200_000) }, 413, 'http.body-too-large'],
  ];

  test.each(cases)('%s', async (_, request, status, code) => {
    const start = performance.now();
    const answer = await line.http(request);
    expect(performance.now() - start).toBeLessThan(QUICK_MS);
    expect(answer.status).toBe(status);
    expect(answer.body.data ?? null).toBeNull();
    expect(answer.body.errors).toHaveLength(1);
    expect(answer.body.errors?.[0]?.extensions.code).toBe(code);
    expect(JSON.stringify(answer.body)).not.toMatch(/did you mean|node_modules|at file/i);
  });

  test('arguments outside their forms are refused by name', async () => {
    const refused = async (name: keyof typeof HUB_OPERATIONS, variables: object) => {
      const { body } = await line.graphql(HUB_OPERATIONS[name], variables);
      return body.errors?.[0]?.extensions.code;
    };
    expect(await refused('Blocks', { from: -1, limit: 5 })).toBe('hub.argument');
    expect(await refused('Blocks', { from: 0.5, limit: 5 })).toBe('hub.argument');
    expect(await refused('Blocks', { from: 0, limit: 5000 })).toBe('hub.argument');
    expect(await refused('Blocks', { from: 'x', limit: 5 })).toBe('graphql.operation-refused');
    expect(await refused('InclusionProof', { index: 5, size: 0 })).toBe('ledger.proof-range');
    expect(await refused('Submit', { blocks: ['***'] })).toBe('hub.argument');
    expect(await refused('Submit', { blocks: ['QQ=='.repeat(1)].concat(Array(600).fill('QQ==')) })).toBe('hub.too-many');
    expect(await refused('Documents', { handle: "' OR 1=1 --", after: 0, limit: 10 })).toBe('hub.argument');
  });

  test('what a device says wrongly stands in no answer, in nothing that is logged, and in nothing that the hub keeps', async () => {
    const canary = 'Zqvornam Quillfeather';
    const search = new CanarySearch([canary]);
    const logged = vi.spyOn(process.stderr, 'write');
    const told: string[] = [];
    for (const word of [canary, Buffer.from(canary).toString('base64')])
      for (const [path, operations, kind] of [
        [HUB_PATHS.graphql, HUB_OPERATIONS, 'hub'],
        [HUB_PATHS.enrolment, ENROLMENT_OPERATIONS, 'enrolment'],
      ] as const) {
        const schema = makeExecutableSchema({ typeDefs: [...wireSchema(kind)] });
        for (const [name, query] of Object.entries(operations)) {
          const answer = await line.graphql(query, nonsenseVariables(schema, query, word), path);
          const { data } = answer.body;
          if (data && Object.values(data).some((value) => value !== null)) continue;
          if (search.in(JSON.stringify(answer.body)).length > 0) told.push(`${name}: ${JSON.stringify(answer.body)}`);
        }
      }
    expect(told).toEqual([]);
    expect(search.in(logged.mock.calls.join(''))).toEqual([]);
    expect(search.below(bench.folder)).toEqual([]);
    logged.mockRestore();
  });

  test('a request with two lengths, as smugglers send it, is not read', async () => {
    const answer = await new Promise<number>((resolve, reject) => {
      const request = httpsRequest(
        {
          agent: line.agent,
          host: '127.0.0.1',
          port: bench.port,
          path: HUB_PATHS.graphql,
          method: 'POST',
          headers: {
            host: `localhost:${bench.port}`,
            'content-type': 'application/json',
            'content-length': '5',
            'transfer-encoding': 'chunked',
          },
        },
        (response) => resolve(response.statusCode ?? 0),
      );
      request.on('error', reject);
      request.end('{}');
    });
    expect(answer).toBe(400);
  });
});

/** Announces a body and sends no more of it than its beginning, like somebody with all the time in the world. */
function dawdle(bench: HubBench): Promise<TLSSocket> {
  const head = `POST ${HUB_PATHS.enrolment} HTTP/1.1\r\nHost: localhost:${bench.port}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{`;
  return new Promise((resolve, reject) => {
    const socket = connect({ port: bench.port, host: '127.0.0.1', servername: 'localhost', ca: bench.authority }, () =>
      socket.write(head, () => resolve(socket)),
    );
    socket.on('error', reject);
  });
}

test('strangers who send their bodies slowly keep nobody from enrolling', async () => {
  const bench = await HubBench.open();
  const slow = await Promise.all(Array.from({ length: 12 }, () => dawdle(bench)));
  try {
    // Whoever asked after them is answered while they still send.
    const { hub } = await bench.line().enrolment<{ hub: { name: string } }>('Hub');
    expect(hub.name).toBe('Region under test');
    expect(slow.every(({ destroyed }) => !destroyed)).toBe(true);
  } finally {
    for (const socket of slow) socket.destroy();
    await bench.close();
  }
}, 20_000);

describe('where any operation is answered, the limits hold', () => {
  interface Context {
    readonly fail: unknown;
  }
  let service: GraphqlService<Context>;
  const incidents: Incident[] = [];
  beforeAll(async () => {
    service = await buildGraphql<Context>({
      typeDefs: 'type Query { node: Node nodes: [Node!]! broken: String } type Node { id: ID node: Node nodes: [Node!]! }',
      resolvers: {
        Query: {
          node: () => ({ id: '1' }),
          nodes: () => [],
          broken: (_: unknown, __: unknown, context: Context) => {
            throw context.fail;
          },
        },
      },
      limits: { characters: 20_000, tokens: 2000, depth: 6, aliases: 5, cost: 500 },
      report: (incident) => incidents.push(incident),
    });
  });
  afterAll(() => service.stop());

  const code = async (query: string): Promise<unknown> => {
    const start = performance.now();
    const { errors } = await service.execute({ query }, { fail: undefined });
    expect(performance.now() - start).toBeLessThan(QUICK_MS);
    return errors?.[0]?.extensions?.code ?? 'answered';
  };

  test.each([
    ['depth', `${'{ node '.repeat(7)} { id } ${'}'.repeat(7)}`],
    ['aliases', '{ a: node { id } b: node { id } c: node { id } d: node { id } e: node { id } f: node { id } }'],
    ['lists in lists', '{ nodes { nodes { nodes { id } } } }'],
    ['tokens', `{ ${'node { id } '.repeat(900)} }`],
    ['characters', `{ node { id } } #${'x'.repeat(30_000)}`],
    ['introspection', '{ __schema { queryType { name } } }'],
    ['a fragment that doubles at each step', `{ node { ...F0 } } fragment F20 on Node { id } ${DOUBLING}`],
    ['a fragment in itself', 'fragment A on Node { node { ...B } } fragment B on Node { node { ...A } } { node { ...A } }'],
    ['unknown fields, without a suggestion', '{ nod { id } }'],
  ])('%s', async (_, query) => {
    expect(await code(query)).toBe('graphql.operation-refused');
  });

  test('what is within the limits is answered', async () => {
    expect(await code('{ node { id node { id } } nodes { id } }')).toBe('answered');
  });

  test('an unforeseen error is an incident without its message; a failure keeps its code', async () => {
    const secret = 'Anna Example at C:\\private\\path';
    const masked = await service.execute({ query: '{ broken }' }, { fail: new Error(secret) });
    expect(masked.errors?.[0]?.extensions).toMatchObject({ code: 'internal.unexpected', incident: incidents[0]?.id });
    expect(JSON.stringify([masked, incidents])).not.toContain('Anna');
    const failed = await service.execute(
      { query: '{ broken }' },
      { fail: new Failure('test.reason', 'Do this.', { retry: true }) },
    );
    expect(failed.errors?.[0]).toMatchObject({ message: 'Do this.', extensions: { code: 'test.reason', retry: true } });
  });
});

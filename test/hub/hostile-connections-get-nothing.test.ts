/** Raw bytes on a TLS connection with a device's own certificate: who is enrolled is not trusted either. */
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { HUB_OPERATIONS, HUB_PATHS } from '../../shared/sync/operations.ts';
import { foundClinic } from '../support/ledger-builder.ts';
import { hostileConnections, hostileMessages, hostileUpgrades, rightRequest } from './hostile-connections.ts';
import { HubBench, type Line } from './hub-bench.ts';

const WAITING = { timeout: 20_000 };
/** What no answer gives away. */
const TELLING = /node_modules|\.ts:\d|Error:|did you mean|SQLITE|"data":\{/i;

let bench: HubBench;
let north: Line;
let east: Line;

beforeAll(async () => {
  const other = foundClinic('East');
  bench = await HubBench.open({ others: [other] });
  north = await bench.join(bench.founder);
  east = await bench.join(other);
});
afterAll(() => bench.close());

const trusted = () => {
  const { ca, key, cert } = north.agent.options;
  return { ca, key, cert, servername: 'localhost', host: '127.0.0.1', port: bench.port } as const;
};

/** What the hub says until it closes the line; nothing more comes from here, or the line stays open on this side. */
function said(bytes: string, isOpen = false): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ ...trusted(), ALPNProtocols: ['http/1.1'] });
    let answer = '';
    socket.setEncoding('latin1').on('data', (part: string) => {
      answer += part;
    });
    // A hub that has refused reads no more of what still comes.
    socket.on('error', () => undefined).once('close', () => resolve(answer));
    socket.write(bytes.replaceAll('HOST', `localhost:${bench.port}`), 'latin1');
    if (!isOpen) socket.end();
  });
}

const statuses = (answer: string): number[] => [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

describe('a connection that breaks the rules of HTTP is refused, and says nothing of the hub', () => {
  test.each(hostileConnections)('$name', async ({ bytes }) => {
    const answer = await said(bytes);
    expect(
      statuses(answer).every((status) => status >= 400 && status < 500),
      answer.slice(0, 200),
    ).toBe(true);
    expect(answer).not.toMatch(TELLING);
  });

  test.each(hostileConnections)('$name: what is written behind it is not read as another request', async ({ bytes }) => {
    expect(await said(bytes + rightRequest(true), true)).not.toMatch(TELLING);
  });

  test('requests in one piece are answered each once, in their order', async () => {
    const answer = await said(rightRequest(false).repeat(9) + rightRequest(true), true);
    expect(statuses(answer)).toEqual(Array.from({ length: 10 }, () => 200));
  });

  test('more of them than a device may ask at once are answered until it is enough, and the line ends', async () => {
    const answered = statuses(await said(rightRequest(false).repeat(500), true));
    expect(answered.length).toBeLessThan(500);
    expect(answered.every((status) => status === 200 || status === 429)).toBe(true);
  });
});

describe('a body that does not come', () => {
  const asked = (): Promise<unknown> => north.ask('Checkpoint').catch((error: Error) => error.message);
  /** As many requests of one device as the hub takes, none of them whole. */
  async function begunOnly() {
    const begun = `POST ${HUB_PATHS.graphql} HTTP/1.1\r\nHost: localhost:${bench.port}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`;
    const slow = Array.from({ length: 16 }, () => connect(trusted()));
    await Promise.all(
      slow.map(
        (socket) => new Promise<void>((resolve) => socket.once('secureConnect', () => socket.write(begun, () => resolve()))),
      ),
    );
    await expect.poll(asked, WAITING).toBe('hub.busy');
    return slow;
  }

  test('holds up its own device alone, and nobody else', async () => {
    const slow = await begunOnly();
    await expect(east.ask('Checkpoint')).resolves.toHaveProperty('checkpoint');
    for (const socket of slow) socket.destroy();
    await expect.poll(asked, WAITING).toHaveProperty('checkpoint');
  });

  test.each(['GET', 'POST'])('leaves its device no turn for a %s that is refused by its head either', async (method) => {
    const slow = await begunOnly();
    const refused: string[] = [];
    const nothing = async (line: Line, name: string): Promise<void> => {
      expect((await line.http({ method, path: '/nothing' })).status).toBe(404);
      refused.push(name);
    };
    const waiting = nothing(north, 'north');
    await nothing(east, 'east');
    expect(refused).toEqual(['east']);
    for (const socket of slow) socket.destroy();
    await waiting;
  });
});

describe('a WebSocket', () => {
  test.each(hostileUpgrades)('$name: none is opened', async ({ bytes }) => {
    const answer = await said(bytes);
    expect(
      statuses(answer).every((status) => status >= 400 && status < 500),
      answer.slice(0, 200),
    ).toBe(true);
    expect(answer).not.toMatch(/101 Switching/);
  });

  const opened = (protocol = 'graphql-transport-ws'): Promise<WebSocket> =>
    new Promise((resolve, reject) => {
      const { ca, key, cert, servername } = trusted();
      const headers = { host: `localhost:${bench.port}` };
      const options = { ca, key, cert, servername, headers };
      const socket = new WebSocket(`wss://127.0.0.1:${bench.port}${HUB_PATHS.subscriptions}`, protocol, options);
      socket.once('open', () => resolve(socket)).once('error', reject);
    });

  test.each(hostileMessages)('$name: the line ends', async ({ messages, code }) => {
    const socket = await opened();
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    for (const message of messages) socket.send(message);
    expect(await closed).toBe(code);
  });

  test.each([
    ['a query', HUB_OPERATIONS.Checkpoint],
    ['a mutation', HUB_OPERATIONS.Submit],
    ['introspection', '{ __schema { types { name } } }'],
    ['a subscription of nobody', 'subscription { head { checkpoint messages } secrets }'],
  ])('%s is no subscription to the head', async (_, query) => {
    const socket = await opened();
    const answer = new Promise<string>((resolve) => {
      socket.on('message', (data) => {
        const text = data.toString();
        if (text.includes('connection_ack')) socket.send(JSON.stringify({ type: 'subscribe', id: 'a', payload: { query } }));
        else resolve(text);
      });
    });
    socket.send('{"type":"connection_init"}');
    expect(JSON.parse(await answer)).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'graphql.operation-unknown' } }],
    });
    socket.close();
  });

  test('a line carries four subscriptions, refuses a fifth, and takes another once one of them has ended', async () => {
    const socket = await opened();
    const heard: Array<{ type: string; id: string; payload: unknown }> = [];
    socket.on('message', (data) => heard.push(JSON.parse(data.toString())));
    const send = (type: string, id?: string): void =>
      socket.send(JSON.stringify({ type, id, payload: type === 'subscribe' ? { query: HUB_OPERATIONS.Head } : undefined }));
    const of = (type: string): string[] => [...new Set(heard.filter((each) => each.type === type).map(({ id }) => id))].sort();
    send('connection_init');
    await expect.poll(() => of('connection_ack'), WAITING).toHaveLength(1);
    for (const id of ['a', 'b', 'c', 'd', 'e']) send('subscribe', id);
    await expect.poll(() => of('next'), WAITING).toEqual(['a', 'b', 'c', 'd']);
    expect(of('error')).toEqual(['e']);
    expect(heard.find(({ id }) => id === 'e')?.payload).toMatchObject([{ extensions: { code: 'hub.busy', retry: true } }]);
    send('complete', 'b');
    send('subscribe', 'f');
    await expect.poll(() => of('next'), WAITING).toEqual(['a', 'b', 'c', 'd', 'f']);
    expect(of('error')).toEqual(['e']);
    socket.close();
  });
});

describe('variables of operations that the hub does answer', () => {
  const refusal = async (name: keyof typeof HUB_OPERATIONS, variables: unknown): Promise<string> => {
    const { body } = await north.http({ body: JSON.stringify({ query: HUB_OPERATIONS[name], variables }) });
    if (body.errors) expect(JSON.stringify(body)).not.toMatch(TELLING);
    return body.errors?.[0]?.extensions.code ?? 'answered';
  };
  const nestedList = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

  test.each([
    ['a list in a thousand lists', 'Erased', { handles: nestedList(1000) }, 'graphql.operation-refused'],
    ['a list in lists for a number', 'Blocks', { from: nestedList(20), limit: 1 }, 'graphql.operation-refused'],
    ['an object for a text', 'Newest', { seen: { $ne: '' } }, 'graphql.operation-refused'],
    ['a field of nobody in an object', 'PutHealthLink', { link: { admin: true } }, 'graphql.operation-refused'],
    ['a text of a megabyte for an id', 'Newest', { seen: 'a'.repeat(1_000_000) }, 'hub.argument'],
    ['handles without end', 'Erased', { handles: Array.from({ length: 15_000 }, () => 'a'.repeat(32)) }, 'hub.too-many'],
    ['nothing for a number', 'Blocks', { from: null, limit: 1 }, 'graphql.operation-refused'],
    ['a number beyond numbers', 'Blocks', { from: 1e300, limit: 1 }, 'hub.argument'],
    ['a list of variables', 'Blocks', [0, 1], 'http.body-malformed'],
  ] as const)('%s', async (_, name, variables, code) => {
    expect(await refusal(name, variables)).toBe(code);
  });
});

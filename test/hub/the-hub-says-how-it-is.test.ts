import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settingsOf } from '../../server/hub/commands/hub-settings.ts';
import { TroubleLog } from '../../server/hub/relay/trouble-log.ts';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { act, bytesFor } from '../support/ledger-builder.ts';
import { HubBench, Line, temporaryFolder } from './hub-bench.ts';
import { serveInProcess } from './hub-process.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

function ask(port: number, path: string, { method = 'GET', host = `127.0.0.1:${port}` } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    asked.on('error', reject).end();
  });
}

describe('a hub says how it is to who keeps it running', () => {
  let bench: HubBench;
  let north: Line;
  let port: number;
  beforeAll(async () => {
    bench = await HubBench.open();
    north = await bench.join(bench.founder);
    await bench.submit(
      north,
      bench.founder.desk.write(act(bench.founder, 'access.sealed', { root: bytesFor('root'), count: 1 })),
    );
    await north.graphql('{ nobody }');
    await north.http({ headers: { host: 'evil.example' }, body: '{}' });
    port = await bench.hub.startOperations(0, '127.0.0.1');
  });
  afterAll(() => bench.close());

  test('it lives, is ready, and a page shows it, read only', async () => {
    expect(await ask(port, '/health')).toMatchObject({ status: 200, body: 'alive\n' });
    expect(await ask(port, '/ready')).toMatchObject({ status: 200, body: 'ready\n' });
    const page = await ask(port, '/');
    expect(page.body).toContain('Takes and orders blocks');
    expect(page.body).toContain('Region under test');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.body).not.toMatch(/<script|<form|<a /);
  });

  test('metrics count operations by name and code', async () => {
    const { body, headers } = await ask(port, '/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toContain('careledger_hub_operations_total{schema="hub",operation="Submit",code="ok"} 1');
    expect(body).toContain('operation="unknown",code="graphql.operation-unknown"} 1');
    expect(body).toContain('careledger_hub_requests_refused_total{code="http.host-unknown"} 1');
    expect(body).toContain('careledger_hub_ledger_blocks 1');
    expect(body).toContain('careledger_hub_ready 1');
    expect(body).toContain('nodejs_eventloop_lag_seconds');
    expect(Number(/^careledger_hub_turn_processor_seconds (\S+)$/m.exec(body)?.[1])).toBeGreaterThan(0);
  });

  test('neither metrics nor page hold an id or a name of a clinic, device or person', async () => {
    const { founder } = bench;
    const ids = [founder.id, founder.desk.id, toHex(founder.administrator.publicKey), 'Clinic North'];
    for (const path of ['/metrics', '/', '/ready']) {
      const { body } = await ask(port, path);
      for (const id of ids) expect(body).not.toContain(id);
    }
  });

  test.each([
    ['another name, as a page of a browser would come', '/metrics', { host: 'evil.example' }, 421],
    ['no port in the name', '/metrics', { host: 'localhost' }, 421],
    ['writing', '/health', { method: 'POST' }, 405],
    ['deleting', '/', { method: 'DELETE' }, 405],
    ['a path of nobody', '/metrics/../etc', {}, 404],
    ['a question', '/health?x=1', {}, 404],
  ])('%s is refused', async (_, path, options, status) => {
    expect((await ask(port, path, options)).status).toBe(status);
  });

  test('a request keeps its trace, and one that brings nonsense gets its own', async () => {
    const traceOf = (traceparent: string) =>
      new Promise<unknown>((resolve, reject) => {
        const body = JSON.stringify({ query: HUB_OPERATIONS.Checkpoint });
        const headers = { traceparent, 'content-type': 'application/json' };
        north.http({ headers, body }).then(resolve, reject);
      });
    await expect(traceOf('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')).resolves.toMatchObject({
      status: 200,
      headers: { 'x-careledger-trace': '0af7651916cd43dd8448eb211c80319c' },
    });
    await expect(traceOf('Jane Doe')).resolves.toMatchObject({
      headers: { 'x-careledger-trace': expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
  });

  test.runIf(process.platform === 'linux')(
    'when its disk takes nothing more it is not ready, and is again by itself',
    async () => {
      const operations = await freePort();
      await bench.hub.close();
      const hub = await serveInProcess(bench.folder, 0, undefined, { CARELEDGER_HUB_OPERATIONS: String(operations) });
      const { key, cert } = north.agent.options as { key: string; cert: string };
      const line = new Line(hub.port, bench.authority, { privateKey: key, certificate: cert });
      const block = bench.founder.desk.write(act(bench.founder, 'access.sealed', { root: bytesFor('root'), count: 2 }));
      hub.limitFiles(1);
      expect(await bench.submit(line, block)).toMatchObject([{ refusal: { code: 'hub.store-away' } }]);
      expect(await ask(operations, '/ready')).toMatchObject({ status: 503, body: 'storage.io-error\n' });
      expect((await ask(operations, '/')).body).toContain('Orders nothing now (storage.io-error)');
      hub.limitFiles('unlimited');
      expect(await bench.submit(line, block)).toMatchObject([{ refusal: null }]);
      expect(await ask(operations, '/ready')).toMatchObject({ status: 200, body: 'ready\n' });
      line.close();
      await hub.end('SIGTERM');
    },
  );
});

describe('settings of the hub', () => {
  test('the command line counts before the environment, and that before the file', async () => {
    const path = join(await temporaryFolder('settings'), 'hub.json');
    await writeFile(path, JSON.stringify({ data: '/srv/careledger', port: 7443, host: '::', operations: '9464' }));
    const environment = { CARELEDGER_HUB_CONFIG: path, CARELEDGER_HUB_PORT: '8443', CARELEDGER_HUB_HOST: '10.0.0.1' };
    expect(await settingsOf({ port: '9443' }, environment)).toEqual({
      data: '/srv/careledger',
      port: '9443',
      host: '10.0.0.1',
      operations: '9464',
    });
  });

  test('a file with a setting that does not exist, or that is none, is refused by name', async () => {
    const folder = await temporaryFolder('settings');
    const refused = async (text: string) => {
      const path = join(folder, 'hub.json');
      await writeFile(path, text);
      return settingsOf({ config: path }, {}).catch((error: Error) => error.message);
    };
    expect(await refused('{"prot": 7443}')).toContain('"prot"');
    expect(await refused('{"port": {}}')).toContain('"port"');
    expect(await refused('[]')).toContain('not one JSON object');
    expect(await refused('port = 7443')).toContain('no JSON');
    expect(await settingsOf({}, { CARELEDGER_HUB_CONFIG: '' })).toEqual({});
  });
});

test('the log names what is wrong with a store once, and when it is over', () => {
  const said: string[] = [];
  const log = new TroubleLog(() => 1_000);
  log.warn = ({ code }) => said.push(code);
  const [away, refused] = ['relay.store-away', 'relay.store-refused'].map((code) => new Failure(code, 'The store fails.'));
  for (const failure of [undefined, away, away, refused, undefined, undefined]) log.note('documents', failure);
  log.note('database', new Failure('storage.unreachable', 'The database fails.'));
  expect(said).toEqual(['relay.store-away', 'relay.store-refused', 'hub.trouble-over', 'storage.unreachable']);
});

/** What other programs and pages of the same computer get from the page on which a browser asks a key. The vault's part: test/staff/a-passkey-confirms-one-act. */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PasskeyDoor, type PasskeyVault } from '../../server/workstation/page/passkey-door.ts';
import { Failure } from '../../shared/outcome/failure.ts';

const asked: object[] = [];
const vault: PasskeyVault = {
  task: async (task) => {
    asked.push(task);
    if (task.ticket !== 'good') throw new Failure('vault.passkey-ended', 'It is over.');
    return { answerTo: 'a', kind: 'confirm', act: 'revoke-staff', ceremony: '00', options: {} };
  },
  answer: async (answer) => void asked.push(answer),
};
const door = new PasskeyDoor(vault);
let port = 0;

beforeAll(async () => {
  port = await door.open();
});
afterAll(() => door.close());

interface Sent {
  readonly path?: string;
  readonly address?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

function send({
  path = '/task',
  address = '127.0.0.1',
  headers = {},
  body = '{"ticket":"good"}',
}: Sent = {}): Promise<[status: number, code: string]> {
  const host = `localhost:${port}`;
  const right = { host, origin: `http://${host}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request({ host: address, port, path, method: 'POST', headers: { ...right, ...headers } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve([response.statusCode ?? 0, String((JSON.parse(text) as { code?: string }).code ?? '')]));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

test('its own page is served, at both addresses of localhost, and the vault hears where from', async () => {
  expect(await door.open()).toBe(port);
  for (const address of ['127.0.0.1', '::1'])
    expect(await send({ address }).catch((error: { code: string }) => error.code)).toEqual([200, '']);
  expect(asked.at(-1)).toEqual({ ticket: 'good', origin: `http://localhost:${port}` });
  expect(await send({ path: '/answer', body: '{"answerTo":"a","origin":"http://elsewhere","response":{"id":"b"}}' })).toEqual([
    200,
    '',
  ]);
  expect(asked.at(-1)).toEqual({ answerTo: 'a', origin: `http://localhost:${port}`, response: { id: 'b' } });
});

test.each<[string, Sent, string]>([
  ['by its number', { headers: { host: '127.0.0.1:1' } }, 'host.misdirected'],
  ['under a name of the web', { headers: { host: 'careledger.example' } }, 'host.misdirected'],
  ['by a page of another port', { headers: { origin: 'http://localhost:1' } }, 'host.foreign-origin'],
  ['by a page of nowhere', { headers: { origin: 'null' } }, 'host.foreign-origin'],
  ['as a form', { headers: { 'content-type': 'text/plain' } }, 'host.method'],
  ['for something else', { path: '/graphql/vault' }, 'host.method'],
  ['with far too much', { body: 'x'.repeat(70_000) }, 'http.body-too-large'],
  ['with nonsense', { body: '[' }, 'vault.passkey-ended'],
  ['with a ticket that is over', { body: '{"ticket":"old"}' }, 'vault.passkey-ended'],
])('asked %s it refuses', async (_, sent, code) => {
  expect(await send(sent)).toEqual([400, code]);
});

test('closed, it is gone', async () => {
  await door.close();
  await expect(send()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

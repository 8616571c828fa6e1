import { ApolloClient, type ApolloLink, execute, InMemoryCache } from '@apollo/client';
import { type DocumentNode, parse } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { PortLink } from '../../renderer/start/port-link.ts';
import { plainTextOnly } from '../../renderer/start/trusted-types.ts';

type Message = { id: number; kind: string; tier?: string; operation?: { query: string } };

/** The service's end of the newest port, and what it was sent. */
class Service {
  readonly heard: Message[] = [];
  readonly ports: MessagePort[] = [];
  #waiting: (() => void) | undefined;

  connect = async (): Promise<MessagePort> => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Message>) => {
      this.heard.push(data);
      this.#waiting?.();
    };
    this.ports.push(port1, port2);
    return port2;
  };

  answer(message: object): void {
    this.ports.at(-2)?.postMessage(message);
  }

  async nth(count: number): Promise<Message> {
    while (this.heard.length < count) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    return this.heard[count - 1] as Message;
  }

  close(): void {
    for (const port of this.ports) port.close();
  }
}

const marked = (text: string, tier: string): DocumentNode => Object.assign(parse(text), { __meta__: { tier } });

let service: Service;
afterEach(() => service.close());

function start(): { link: PortLink; client: ApolloClient } {
  service = new Service();
  const link = new PortLink(service.connect);
  return { link, client: new ApolloClient({ link: link as ApolloLink, cache: new InMemoryCache() }) };
}

test('a query reaches the service that its document names, and its answer comes back', async () => {
  const { client } = start();
  const asked = client.query({ query: marked('query Now { syncState { connection } }', 'device') });
  const { id, kind, tier, operation } = await service.nth(1);
  expect([kind, tier]).toEqual(['start', 'device']);
  expect(operation?.query).toContain('syncState');
  service.answer({ id, kind: 'next', payload: { data: { syncState: { __typename: 'SyncState', connection: 'ALONE' } } } });
  service.answer({ id, kind: 'done' });
  expect((await asked).data).toMatchObject({ syncState: { connection: 'ALONE' } });
});

test('a refusal arrives with its stable code', async () => {
  const { client } = start();
  const asked = client.query({ query: marked('{ me { id } }', 'vault') });
  const { id } = await service.nth(1);
  service.answer({ id, kind: 'fail', error: { code: 'vault.locked', message: 'Locked.' } });
  await expect(asked).rejects.toMatchObject({ code: 'vault.locked', message: 'Locked.' });
});

test('a subscription ends at the service when nobody listens any more', async () => {
  const { link, client } = start();
  const query = marked('subscription S { syncChanged { connection } }', 'device');
  const listening = execute(link, { query }, { client }).subscribe(() => undefined);
  const { id } = await service.nth(1);
  listening.unsubscribe();
  expect(await service.nth(2)).toEqual({ id, kind: 'stop' });
});

test('when the service starts again, listening goes on over the new port and a change is not sent twice', async () => {
  const { link, client } = start();
  const heard: unknown[] = [];
  execute(link, { query: marked('subscription S { syncChanged { connection } }', 'device') }, { client }).subscribe((value) =>
    heard.push(value),
  );
  const changing = client.mutate({ mutation: marked('mutation M { lock { state } }', 'device') });
  await service.nth(2);
  link.reconnect();
  await expect(changing).rejects.toMatchObject({ code: 'shell.restarted' });
  const again = await service.nth(3);
  expect(again.operation?.query).toContain('subscription');
  expect(service.heard.filter(({ operation }) => operation?.query.includes('mutation'))).toHaveLength(1);
});

test('no text that could be markup becomes markup', () => {
  expect(plainTextOnly('.a { color: red } .a > .b { margin: 0 }')).toContain('color');
  for (const text of ['<img src=x onerror=alert(1)>', '&lt;b&gt;', 'a</style>'])
    expect(() => plainTextOnly(text)).toThrow(TypeError);
});

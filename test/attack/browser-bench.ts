/** The browser host of a new workstation, and a client that sends exactly the bytes it is told to. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noKeychain } from '../../server/identity/keychain.ts';
import { ReadablePaths } from '../../server/sync/vault-context/readable-paths.ts';
import { PageGraphql } from '../../server/workstation/device/device-graphql.ts';
import { DeviceService } from '../../server/workstation/device/device-service.ts';
import { type BrowserHost, startBrowserHost } from '../../server/workstation/page/browser-host.ts';
import { builtVault } from '../support/built-processes.ts';

export const OUTSIDE = 'what lies outside the pages';

export interface BrowserBench {
  readonly folder: string;
  readonly port: number;
  readonly host: BrowserHost;
  readonly service: DeviceService;
  readonly readable: ReadablePaths;
  /** Sends bytes as they are; the whole answer as text, '' when the line was cut. */
  raw(bytes: string | Buffer, waitMs?: number): Promise<string>;
  /** A request of these parts, with the right Host unless headers say otherwise. */
  send(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<Answer>;
  /** The cookie of the one session, opened at the first call. */
  cookie(): Promise<string>;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

export const JSON_TYPE = { 'content-type': 'application/json' };

export async function openBrowserBench(): Promise<BrowserBench> {
  const folder = await mkdtemp(join(tmpdir(), 'careledger-browser-'));
  const pages = join(folder, 'pages');
  await mkdir(join(pages, '.hidden'), { recursive: true });
  await writeFile(join(pages, 'index.html'), '<!doctype html><meta name="style-nonce" content="__STYLE_NONCE__">');
  await writeFile(join(pages, '.hidden', 'file.json'), OUTSIDE);
  await writeFile(join(folder, 'outside.json'), OUTSIDE);
  await mkdir(`${pages}-beside`);
  await writeFile(join(`${pages}-beside`, 'outside.json'), OUTSIDE);
  const data = join(folder, 'data');
  const service = await DeviceService.open({ folder: data, keychain: noKeychain, startVault: builtVault(data) });
  const readable = new ReadablePaths();
  const graphql = await PageGraphql.open(service, () => undefined, readable);
  const host = await startBrowserHost(graphql, pages, 0);
  const port = Number(new URL(host.address).port);

  const raw = (bytes: string | Buffer, waitMs = 5_000): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      const end = (): void => {
        clearTimeout(timer);
        socket.destroy();
        resolve(text);
      };
      const timer = setTimeout(end, waitMs);
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
      });
      socket.on('close', end);
      socket.on('error', end);
      socket.write(bytes);
    });

  const send = async (method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> => {
    const all = { host: `127.0.0.1:${port}`, connection: 'close', 'content-length': String(Buffer.byteLength(body)), ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    const text = await raw(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
    const end = text.indexOf('\r\n\r\n');
    return { status: Number(text.slice(9, 12)), head: text.slice(0, end), body: text.slice(end + 4) };
  };

  let opened: Promise<string> | undefined;
  const openSession = async (): Promise<string> => {
    const { head } = await send('POST', '/session', JSON_TYPE, JSON.stringify({ code: host.code }));
    const given = /set-cookie: ([^;\r]+)/i.exec(head)?.[1];
    if (!given) throw new Error('the session did not open');
    return given;
  };
  return {
    folder,
    port,
    host,
    service,
    readable,
    raw,
    send,
    cookie: () => {
      opened ??= openSession();
      return opened;
    },
    async close() {
      await host.close();
      await graphql.stop();
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

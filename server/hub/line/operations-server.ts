/**
 * What the people and programs ask who keep a hub running: whether it lives, whether it is ready, its metrics, and a page to look at. Over
 * HTTP on the machine itself, read only, and without an id or a name of anybody.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { counted } from '../../../shared/outcome/counted.ts';
import { diskWords, type HubDiskState } from '../fleet/disk.ts';
import type { HubMetrics } from '../fleet/hub-metrics.ts';
import { listening } from './listening.ts';

const HEADERS_MS = 5_000;
const SOCKETS = 64;

/** How a hub is, in numbers. */
export interface HubHealth {
  readonly region: string;
  /** Why it orders nothing now, as a code; undefined when it does. */
  readonly notReady: string | undefined;
  /** Why documents neither come nor go now, as a code; undefined when they do. */
  readonly documentTrouble: string | undefined;
  readonly blocks: number;
  readonly clinics: number;
  readonly quarantined: number;
  readonly devices: number;
  readonly connected: number;
  /** Witnesses that have cosigned the newest checkpoint, how many there are, and how many it needs. */
  readonly cosigned: number;
  readonly witnesses: number;
  readonly quorum: number;
  readonly disk: HubDiskState;
}

interface OperationsOptions {
  /** Why requests had better not come here now, as a code. */
  unfit(): Promise<string | undefined>;
  /** What is wrong with the store of documents, as a code. */
  documentTrouble(): Promise<string | undefined>;
  health(): Promise<HubHealth>;
  readonly metrics: HubMetrics;
}

type Answer = { readonly status: number; readonly type: string; readonly body: string };

export class OperationsServer {
  readonly #options: OperationsOptions;
  readonly #server: Server;
  #hosts = new Set<string>();

  constructor(options: OperationsOptions) {
    this.#options = options;
    this.#server = createServer({
      headersTimeout: HEADERS_MS,
      requestTimeout: HEADERS_MS,
      connectionsCheckingInterval: HEADERS_MS,
      keepAliveTimeout: HEADERS_MS,
      maxHeaderSize: 8192,
    });
    this.#server.maxConnections = SOCKETS;
    this.#server.on('request', (request, response) => void this.#answer(request, response));
  }

  /** Listens, and gives the port; `port` 0 takes a free one. */
  async listen(port: number, host: string): Promise<number> {
    const bound = await listening(this.#server, port, host);
    // A page of a browser on this machine must not get here under a name of its own.
    this.#hosts = new Set(
      ['localhost', '127.0.0.1', '[::1]', host.includes(':') ? `[${host}]` : host].map((name) => `${name}:${bound}`),
    );
    return bound;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, type, body } = await this.#asked(request).catch(
      (): Answer => ({ status: 503, type: 'text/plain', body: 'the hub cannot read its database\n' }),
    );
    response.writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'referrer-policy': 'no-referrer',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #asked(request: IncomingMessage): Promise<Answer> {
    const plain = (status: number, body: string): Answer => ({ status, type: 'text/plain; charset=utf-8', body: `${body}\n` });
    if (!this.#hosts.has(request.headers.host ?? '')) return plain(421, 'not under this name');
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'read only');
    // Lives as long as it answers at all: a database that is away is no reason to start it anew.
    if (request.url === '/health') return plain(200, 'alive');
    if (request.url === '/ready') {
      const unfit = await this.#options.unfit();
      if (unfit !== undefined) return plain(503, unfit);
      // Consents, withdrawals and mail need no document: a store that is away takes no hub out of a balancer.
      const trouble = await this.#options.documentTrouble();
      return plain(200, trouble === undefined ? 'ready' : `ready, but documents neither come nor go: ${trouble}`);
    }
    if (request.url === '/metrics') {
      const { metrics } = this.#options;
      return { status: 200, type: metrics.contentType, body: await metrics.text() };
    }
    if (request.url === '/')
      return { status: 200, type: 'text/html; charset=utf-8', body: statusPage(await this.#options.health()) };
    return plain(404, 'nothing here');
  }
}

function statusPage(health: HubHealth): string {
  const rows: ReadonlyArray<readonly [string, string | number]> = [
    ...(health.documentTrouble === undefined
      ? []
      : [['Documents', `neither come nor go now (${health.documentTrouble}); the store has to be looked after`] as const]),
    ['Region', health.region],
    ['Blocks in the ledger', health.blocks],
    [
      'Newest checkpoint',
      `cosigned by ${health.cosigned} of ${counted(health.witnesses, 'witness', 'witnesses')}, ${health.quorum} make it final`,
    ],
    ['Clinics', health.quarantined > 0 ? `${health.clinics}, ${health.quarantined} in quarantine` : health.clinics],
    ['Devices', `${health.devices}, ${health.connected} on the line`],
    ['Disk', diskWords(health.disk)],
  ];
  const isWell = health.notReady === undefined && health.disk.faults.length === 0;
  const state = health.notReady === undefined ? 'Takes and orders blocks' : `Orders nothing now (${health.notReady})`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="10">
<title>Careledger hub</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }
p.state { border-left: 0.4rem solid ${isWell ? '#1d7a4f' : '#b4551b'}; padding-left: 0.8rem; font-weight: 600; }
th { text-align: left; font-weight: 600; padding: 0.3rem 1.5rem 0.3rem 0; vertical-align: top; }
</style>
</head>
<body>
<h1>Careledger hub</h1>
<p class="state" role="status">${escaped(state)}</p>
<table>
${rows.map(([label, value]) => `<tr><th scope="row">${label}</th><td>${escaped(String(value))}</td></tr>`).join('\n')}
</table>
<p>This page only shows. Clinics and devices one by one, and what can be done about them, are on the Fleet screen of a hub administrator.</p>
</body>
</html>
`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

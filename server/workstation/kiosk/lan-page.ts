/**
 * A kiosk's page in a browser on the clinic's network: HTTPS with TLS 1.3 and a certificate of the region's authority, for the one browser
 * that is paired. Plain HTTP is not answered.
 */
import { createServer } from 'node:https';
import { join } from 'node:path';
import { listenAt } from '../../../shared/sync/clinic-host.ts';
import { writeFileDurably } from '../../storage/durable-file.ts';
import { bracketed, localNames } from '../page/lan-names.ts';
import type { PageGround } from '../page/page-certificate.ts';
import type { PageDoor } from '../page/page-door.ts';
import { PageServer, SERVER_LIMITS } from '../page/page-server.ts';
import { PairedBrowser, type PairingStore } from './paired-browser.ts';

/** What the kiosk lends its page. */
export interface LanGround extends PageGround {
  readonly folder: string;
  readonly pairing: PairingStore;
  readonly clock: () => number;
}

interface LanPageOptions {
  readonly graphql: PageDoor;
  readonly pages: string;
  /** Where to listen, as `address:port`. */
  readonly listen: string;
  /** Names of the local network under which browsers find this computer, beside its address. */
  readonly names: readonly string[];
  /** Forgets the browser that is paired. */
  readonly pairAnew: boolean;
  /** What could not be renewed; the page goes on with what it has. */
  report(problem: unknown): void;
}

export interface LanPage {
  /** What the browser is pointed at. */
  readonly addresses: readonly string[];
  /** Undefined while a browser is paired. */
  readonly code: string | undefined;
  /** The file with the authority that the browser has to trust. */
  readonly authorityFile: string;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 3_600_000;
const HEADERS = { 'strict-transport-security': 'max-age=31536000' };

/** @throws {Failure} `clinic-host.address`, `lan.names`, `host.port-taken`; as `pageCertificate`. */
export async function startLanPage(ground: LanGround, options: LanPageOptions): Promise<LanPage> {
  const { host, port } = listenAt(options.listen);
  const names = (): string[] => localNames(host, options.names);
  let served = names();
  const tls = async () => {
    const { privateKey, certificate } = await ground.certificate(served);
    return { key: privateKey, cert: certificate, minVersion: 'TLSv1.3' as const };
  };
  const admission = await PairedBrowser.open(ground.pairing, ground.device, ground.clock, options.pairAnew);
  const https = createServer({ ...SERVER_LIMITS, ...(await tls()), handshakeTimeout: 10_000 });
  // What does not speak TLS, or another version of it, is nobody.
  https.on('tlsClientError', (_, socket) => socket.destroy());
  const { graphql, pages } = options;
  const server = new PageServer(https, { graphql, pages, page: 'kiosk.html', admission, scheme: 'https', headers: HEADERS });
  const bound = await server.listen(port, host);
  const hosts = (): string[] => served.map((name) => new URL(`https://${bracketed(name)}:${bound}`).host);
  server.allow(hosts());

  const look = async (): Promise<void> => {
    served = names();
    https.setSecureContext(await tls());
    server.allow(hosts());
  };
  const looking = setInterval(() => void look().catch(options.report), LOOK_EVERY_MS).unref();

  const authorityFile = join(ground.folder, 'region-authority.crt');
  await writeFileDurably(authorityFile, Buffer.from(ground.authority));
  return {
    addresses: hosts().map((at) => `https://${at}/`),
    get code() {
      return admission.code;
    },
    authorityFile,
    close: () => {
      clearInterval(looking);
      return server.close();
    },
  };
}

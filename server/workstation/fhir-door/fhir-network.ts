/**
 * The FHIR façade on the clinic's network: HTTPS with TLS 1.3 and a certificate of the region's authority, so much a second for each
 * address, and a list of who has asked. Plain HTTP is not answered.
 */
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { type FhirAnswer, type FhirRequest, GO_ON } from '../../../shared/fhir-api/exchange.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { listenAt } from '../../../shared/sync/clinic-host.ts';
import { subnetOf } from '../../hub/line/subnet.ts';
import { bracketed, localNames } from '../page/lan-names.ts';
import type { PageGround } from '../page/page-certificate.ts';
import { RateLimit } from '../page/rate-limit.ts';
import { addressOf, answerFhir, BASE, closed, FHIR_SERVER, listen } from './fhir-host.ts';

/** What an administrator chose. */
export interface NetworkChoice {
  /** Where to listen, as `address:port`. */
  readonly listen: string;
  /** Names of the local network under which programs find this computer, beside its addresses. */
  readonly names: readonly string[];
}

/** Who has asked over the network. */
export interface FhirCaller {
  readonly address: string;
  /** As its token names it; '' for who has shown none that is known. */
  readonly program: string;
  /** The last time, milliseconds since 1970. */
  readonly at: number;
  /** Whether it was refused then. */
  readonly refused: boolean;
}

export interface NetworkHost {
  /** What programs are pointed at, one for each name. */
  readonly addresses: readonly string[];
  close(): Promise<void>;
}

interface NetworkEdges {
  readonly clock: () => number;
  answer(request: FhirRequest): Promise<FhirAnswer>;
  asked(caller: FhirCaller): void;
  /** A certificate that could not be renewed; it goes on with what it has. */
  report(problem: unknown): void;
}

const LOOK_EVERY_MS = 3_600_000;
/** Of one address, and of one /64 of IPv6; more are closed as they come. */
const CONNECTIONS_EACH = 16;
const CONNECTIONS_SUBNET = 32;
const REQUESTS = { perSecond: 100, atOnce: 400 };
/** Of one /64 together: a computer that takes a new address for each request is stopped by it, a clinic's network of several programs is not. */
const SUBNET_REQUESTS = { perSecond: 400, atOnce: 1_600 };
/** What a token that is not known costs besides: ten at once, then five in two seconds. */
const WRONG_TOKEN = 40;

/** @throws {Failure} `clinic-host.address`, `lan.names`. */
export function checkNetwork({ listen: typed, names }: NetworkChoice): void {
  localNames(listenAt(typed).host, names);
}

/** @throws {Failure} as `checkNetwork`, `pageCertificate`; `host.port-taken`. */
export async function startNetworkHost(ground: PageGround, choice: NetworkChoice, edges: NetworkEdges): Promise<NetworkHost> {
  const { host, port } = listenAt(choice.listen);
  const names = (): string[] => localNames(host, choice.names);
  let served = names();
  let allowed = new Set<string>();
  const tls = async () => {
    const { privateKey, certificate } = await ground.certificate(served);
    return { key: privateKey, cert: certificate, minVersion: 'TLSv1.3' as const };
  };
  const server = createServer({ ...FHIR_SERVER, ...(await tls()), handshakeTimeout: 10_000 });
  // What does not speak TLS, or another version of it, is nobody.
  server.on('tlsClientError', (_, socket) => socket.destroy());
  limitConnections(server);
  const limits = new AskerLimits();
  answerFhir(server, {
    scheme: 'https',
    isHere: (asked) => allowed.has(asked.toLowerCase()),
    admit: (from) => limits.admit(from),
    answer: async (request) => {
      const from = request.from ?? '';
      const { program = '', ...answer } = await edges.answer(request);
      if (answer.status === GO_ON.status) return answer;
      if (answer.status === 401) limits.charge(from, WRONG_TOKEN);
      edges.asked({ address: from, program, at: edges.clock(), refused: answer.status === 401 || answer.status === 403 });
      return answer;
    },
  });
  const bound = await listen(server, port, host);
  const hosts = (): string[] => served.map((name) => new URL(`https://${bracketed(name)}:${bound}`).host);
  allowed = new Set(hosts());
  const look = async (): Promise<void> => {
    served = names();
    server.setSecureContext(await tls());
    allowed = new Set(hosts());
  };
  const looking = setInterval(() => void look().catch(edges.report), LOOK_EVERY_MS).unref();
  return {
    get addresses() {
      return hosts().map((at) => `https://${at}${BASE}`);
    },
    close: () => {
      clearInterval(looking);
      return closed(server);
    },
  };
}

/** One address keeps no others out by holding every connection. */
function limitConnections(server: ReturnType<typeof createServer>): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const from = addressOf({ socket });
    const subnet = subnetOf(from);
    const countOf = (asker: string): number => open.get(asker) ?? 0;
    if (countOf(from) >= CONNECTIONS_EACH || (subnet && countOf(subnet) >= CONNECTIONS_SUBNET)) return void socket.destroy();
    const askers = subnet ? [from, subnet] : [from];
    for (const asker of askers) open.set(asker, countOf(asker) + 1);
    socket.once('close', () => {
      for (const asker of askers) {
        const left = countOf(asker) - 1;
        if (left > 0) open.set(asker, left);
        else open.delete(asker);
      }
    });
  });
}

/** What an address may ask, and what all of its /64 may ask together. */
export class AskerLimits {
  readonly #each: RateLimit;
  readonly #subnets: RateLimit;

  /** @param now milliseconds, monotonic */
  constructor(now?: () => number) {
    this.#each = new RateLimit(REQUESTS, now);
    this.#subnets = new RateLimit(SUBNET_REQUESTS, now);
  }

  /** @throws {Failure} `fhir-api.too-many`. */
  admit(from: string): void {
    const subnet = subnetOf(from);
    if (!this.#each.take(from)) throw tooMany(this.#each.wait(from));
    if (subnet && !this.#subnets.take(subnet)) throw tooMany(this.#subnets.wait(subnet));
  }

  /** What was asked has cost more than its asking. */
  charge(from: string, cost: number): void {
    const subnet = subnetOf(from);
    this.#each.take(from, cost);
    if (subnet) this.#subnets.take(subnet, cost);
  }
}

const tooMany = (wait: number): Failure =>
  new Failure('fhir-api.too-many', 'This address asks more often than it may. Wait and go on more slowly.', {
    retry: true,
    details: { seconds: Math.max(1, Math.ceil(wait / 1000)) },
  });

/**
 * The hub's line to the world (device-line.ts). Under one path a device without a certificate enrols; everything else needs a certificate
 * of this hub's authority.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Failure } from '../../../shared/outcome/failure.ts';
import { HUB_PATHS, STATIC_PATH } from '../../../shared/sync/operations.ts';
import type { WireRange } from '../../../shared/sync/wire-range.ts';
import type { GraphqlService } from '../../graphql/apollo.ts';
import { Releases } from '../fleet/releases.ts';
import type { EnrolmentContext, HubContext } from '../hub.resolvers.ts';
import type { Hub } from '../hub.ts';
import { type HubKeys, hostOf, portOf } from '../hub-keys.ts';
import { DeviceLine, NOT_FOUND, POST_ONLY } from './device-line.ts';

export interface HubServices {
  readonly graphql: GraphqlService<HubContext>;
  readonly enrolment: GraphqlService<EnrolmentContext>;
}

const ENROLMENT_BODY_BYTES = 131_072;

/** @param wire the versions that this hub speaks */
export function hubLine(
  hub: Hub,
  { graphql, enrolment }: HubServices,
  onRefused: (failure: Failure) => void,
  wire?: WireRange,
): DeviceLine<HubContext> {
  const line = new DeviceLine<HubContext>({
    credentials: credentialsOf(hub.keys),
    graphql,
    identify: async (device) => {
      await hub.current();
      return { hub, caller: await hub.callers.identify(device) };
    },
    clinicOf: ({ caller }) => caller.chain,
    hosts: (port) => hostsOf(hub.keys.address, port),
    open: {
      path: HUB_PATHS.enrolment,
      bytes: ENROLMENT_BODY_BYTES,
      execute: (request) => hub.current().then(() => enrolment.execute(request, { hub })),
    },
    file: (request, response, device) => answerFile(hub, request, response, device),
    onRefused,
    wire,
  });
  hub.roster.onRevoked = (device) => line.cut(device);
  hub.administrators.onCut = (device) => line.cut(device);
  return line;
}

/** With the authority, so that a joiner finds the one whose fingerprint its invitation names. */
export const credentialsOf = ({ server, authority }: Pick<HubKeys, 'server' | 'authority'>) => ({
  privateKey: server.privateKey,
  certificate: server.certificate + authority.certificate,
  authority: authority.certificate,
});

function hostsOf(address: string, bound: number): Set<string> {
  const names = ['localhost', '127.0.0.1', '[::1]', bracketed(hostOf(address))];
  const hosts = new Set(names.flatMap((name) => [`${name}:${bound}`, `${name}:${portOf(address)}`]));
  // The default port of https is left out of Host.
  for (const name of names) if (hosts.has(`${name}:443`)) hosts.add(name);
  return hosts;
}

/** Static tiles and updates of the program, for a device with a certificate. */
async function answerFile(hub: Hub, request: IncomingMessage, response: ServerResponse, device: () => string): Promise<void> {
  const path = request.url ?? '';
  if (Releases.isPath(path)) {
    await hub.current();
    const { chain } = await hub.callers.identify(device());
    if (await hub.releases?.answer(request, response, chain)) return;
    throw NOT_FOUND;
  }
  if (!STATIC_PATH.test(path)) throw path === HUB_PATHS.graphql || path === HUB_PATHS.enrolment ? POST_ONLY : NOT_FOUND;
  await hub.current();
  await hub.callers.identify(device());
  const file = await hub.region.tiles?.read(path.slice(1));
  if (!file) throw NOT_FOUND;
  response.writeHead(200, {
    'content-type': path === '/checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream',
    'content-length': file.bytes.length,
    'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(file.bytes);
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

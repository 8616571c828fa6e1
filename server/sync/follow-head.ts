/** The subscription to the hub's head: each new checkpoint or message wakes the engine. Losing it costs only promptness. */
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { HUB_OPERATIONS, HUB_PATHS } from '../../shared/sync/operations.ts';
import { CLINIC_HOST_NAME, type HubTrust, hostName, peerCheck } from './hub-client.ts';

/** Follows until the signal aborts or the returned function is called; reconnects by itself. */
export function followHead(address: string, trust: HubTrust, onHead: () => void, signal: AbortSignal): () => void {
  const url = new URL(HUB_PATHS.subscriptions, address);
  url.protocol = 'wss:';
  const tls = {
    ca: trust.authority,
    cert: trust.device?.certificate,
    key: trust.device?.privateKey,
    minVersion: 'TLSv1.3' as const,
    servername: trust.standsThere ? CLINIC_HOST_NAME : hostName(url),
    ...peerCheck(trust),
    ...(trust.standsThere && { headers: { host: CLINIC_HOST_NAME } }),
  };
  class HubSocket extends WebSocket {
    constructor(place: string | URL, protocols?: string | string[]) {
      super(place, protocols, { ...tls, handshakeTimeout: 10_000, maxPayload: 65_536 });
    }
  }
  const client = createClient({
    url: url.toString(),
    webSocketImpl: HubSocket,
    lazy: false,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => !signal.aborted,
    keepAlive: 20_000,
    onNonLazyError: () => undefined,
  });
  const end = client.subscribe(
    { query: HUB_OPERATIONS.Head, operationName: 'Head' },
    { next: onHead, error: () => undefined, complete: () => undefined },
  );
  const stop = (): void => {
    end();
    // It waits for a connection that is just being made, which may fail.
    Promise.resolve(client.dispose()).catch(() => undefined);
  };
  signal.addEventListener('abort', stop, { once: true });
  return stop;
}

/** A subscription to the hub's head over graphql-ws, as a device makes it. */
import { createClient } from 'graphql-ws';
import { type ClientOptions, WebSocket } from 'ws';
import { HUB_OPERATIONS, HUB_PATHS } from '../../shared/sync/operations.ts';
import type { HubBench } from './hub-bench.ts';

interface Head {
  checkpoint: string;
  messages: number;
}

interface HeadSubscription {
  next(): Promise<Head>;
  /** Resolves when the hub has ended the line. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

export async function subscribeToHead(
  bench: Pick<HubBench, 'authority' | 'port'>,
  device: { privateKey: string; certificate: string },
): Promise<HeadSubscription> {
  const trust = { ca: bench.authority, key: device.privateKey, cert: device.certificate, servername: 'localhost' };
  class DeviceSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      const options: ClientOptions = { ...trust, headers: { host: `localhost:${bench.port}` } };
      super(address, protocols, options);
    }
  }
  let ended = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const client = createClient({
    url: `wss://127.0.0.1:${bench.port}${HUB_PATHS.subscriptions}`,
    webSocketImpl: DeviceSocket,
    retryAttempts: 0,
    on: { closed: () => ended() },
  });
  const heads = client.iterate<{ head: Head }>({ query: HUB_OPERATIONS.Head });
  return {
    closed,
    next: async () => {
      const { value } = await heads.next();
      if (!value?.data) throw new Error(value?.errors?.[0]?.message ?? 'the subscription ended');
      return value.data.head;
    },
    stop: async () => {
      await heads.return?.();
      await client.dispose();
    },
  };
}

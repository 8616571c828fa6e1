import type { AddressInfo, Server } from 'node:net';

/** Has `server` listen, and gives the port that it got; `port` 0 takes a free one. @throws {Error} what keeps it from listening. */
export async function listening(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

import { createServer } from 'node:net';

const LOWEST = 20_000;
/** Systems lend the ports from here on to any connection that goes out: one that was free a moment ago is then taken. */
const LENT_FROM = 32_768;

/** A loopback port that nobody listens on, and that stays free while a hub on it is stopped and started again. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (LENT_FROM - LOWEST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}

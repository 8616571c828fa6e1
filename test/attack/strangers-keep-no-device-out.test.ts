/** Who shows no certificate opens lines to a hub without end, over real TCP and TLS: devices come in, and stay. */
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { StrangerLines } from '../../server/hub/line/stranger-lines.ts';
import { HUB_PATHS } from '../../shared/sync/operations.ts';
import { HubBench, type Line } from '../hub/hub-bench.ts';

const WAITING = { timeout: 20_000 };

/** Settles once the line stands, or was refused. */
function settled(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> {
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.once(event, () => resolve(socket)).once('close', () => resolve(socket));
    socket.resume();
  });
}

describe('a hub', () => {
  let bench: HubBench;
  let line: Line;
  beforeAll(async () => {
    bench = await HubBench.open();
    line = await bench.join(bench.founder);
  }, 60_000);
  afterAll(() => bench.close());

  const strangers = (count: number): Promise<Socket[]> =>
    Promise.all(Array.from({ length: count }, () => settled(connect(bench.port, '127.0.0.1'), 'connect')));
  const open = (lines: readonly Socket[]): number => lines.filter(({ destroyed }) => !destroyed).length;

  test('answers a device while a stranger takes every line that it gives', async () => {
    const before = bench.line();
    const held = await strangers(2_100);
    onTestFinished(() => {
      for (const socket of held) socket.destroy();
    });
    // One that was there, and one that comes now.
    await expect(line.ask('Checkpoint')).resolves.toHaveProperty('checkpoint');
    const late = await bench.join(bench.founder);
    await expect(late.ask('Checkpoint')).resolves.toHaveProperty('checkpoint');
    expect(await before.enrolment('Hub')).toHaveProperty('hub');
    await expect.poll(() => open(held), WAITING).toBeLessThanOrEqual(1_000);
  }, 60_000);

  test('lets a device that opens lines and says nothing keep no more than its share of those for devices', async () => {
    const { ca, key, cert } = line.agent.options;
    const secure = (): Socket => connectTls({ ca, key, cert, servername: 'localhost', host: '127.0.0.1', port: bench.port });
    const own = await Promise.all(Array.from({ length: 60 }, () => settled(secure(), 'secureConnect')));
    onTestFinished(() => {
      for (const socket of own) socket.destroy();
    });
    // What it has beyond its share counts among strangers, of whom one address holds only so many.
    const held = await strangers(1_000);
    onTestFinished(() => {
      for (const socket of held) socket.destroy();
    });
    await expect.poll(() => open(own), WAITING).toBeLessThanOrEqual(32);
  }, 60_000);

  test('cuts what a stranger has begun to ask on a line that goes', async () => {
    const begun = await settled(
      connectTls({ ca: bench.authority, servername: 'localhost', host: '127.0.0.1', port: bench.port }),
      'secureConnect',
    );
    begun.write(`POST ${HUB_PATHS.enrolment} HTTP/1.1\r\nHost: localhost:${bench.port}\r\n`);
    const held = await strangers(1_000);
    onTestFinished(() => {
      for (const socket of held) socket.destroy();
    });
    await expect.poll(() => begun.destroyed, WAITING).toBe(true);
  }, 60_000);
});

describe('of lines of strangers', () => {
  interface Told {
    readonly socket: Socket;
    readonly close: () => void;
    readonly isCut: () => boolean;
  }
  let port = 0;
  const from = (remoteAddress: string): Told => {
    port += 1;
    let isCut = false;
    let close = (): void => undefined;
    const socket = {
      remoteAddress,
      remotePort: port,
      once: (_: string, listener: () => void) => {
        close = listener;
      },
      destroy: () => {
        isCut = true;
      },
    } as unknown as Socket;
    return { socket, close: () => close(), isCut: () => isCut };
  };
  const taken = (lines: StrangerLines, addresses: readonly string[]): Told[] =>
    addresses.map((address) => {
      const told = from(address);
      lines.take(told.socket);
      return told;
    });
  const cut = (all: readonly Told[]): number[] => all.flatMap((each, at) => (each.isCut() ? [at] : []));

  test('the oldest goes of the address that has most of them; of IPv6, of its /64', () => {
    const lines = new StrangerLines(4);
    expect(cut(taken(lines, ['10.0.0.1', '10.0.0.2', '10.0.0.2', '10.0.0.3', '10.0.0.4']))).toEqual([1]);
    const v6 = ['2001:db8::1', '2001:db8::2', '2001:db8:0:1::1', '10.0.0.1', '2001:db8:0:2::1', '2001:db8:0:3::1'];
    expect(cut(taken(new StrangerLines(4), v6))).toEqual([0, 1]);
  });

  test('who has shown who they are, and who has gone, counts no more', () => {
    const lines = new StrangerLines(2);
    const [known, gone] = taken(lines, ['10.0.0.1', '10.0.0.1']) as [Told, Told];
    lines.know(known.socket);
    gone.close();
    // Its far end may come again, and then goes by itself.
    gone.close();
    const next = taken(lines, ['10.0.0.1', '10.0.0.1']);
    expect(cut([known, gone, ...next])).toEqual([]);
    expect(cut([known, gone, ...next, ...taken(lines, ['10.0.0.9'])])).toEqual([2]);
  });
});

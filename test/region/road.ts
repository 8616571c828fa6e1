/** The road from desks to their hub, as a TCP balancer in front of its processes: whoever answers is taken in turn. It can be cut, or lead elsewhere. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export class Road {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #ends: readonly number[] = [];
  #turn = 0;

  private constructor() {
    this.#server = createServer((socket) => this.#lead(socket));
  }

  static async open(port: number, host: string): Promise<Road> {
    const road = new Road();
    await new Promise<void>((done, fail) => road.#server.once('error', fail).listen(port, host, done));
    return road;
  }

  /** From now on it leads to these ports, to none of them when there is none; `anew`: who is on it has to set out again. */
  leadsTo(ports: readonly number[], anew = false): void {
    this.#ends = ports;
    if (anew) for (const socket of this.#open) socket.destroy();
  }

  async close(): Promise<void> {
    this.leadsTo([], true);
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  #lead(socket: Socket): void {
    this.#keep(socket);
    const first = this.#turn++;
    const ends = this.#ends;
    const tryNext = (at: number): void => {
      const port = ends[(first + at) % ends.length];
      if (port === undefined || at === ends.length) return void socket.destroy();
      const onward = connect(port, '127.0.0.1');
      onward.once('error', () => tryNext(at + 1));
      onward.once('connect', () => {
        onward.removeAllListeners('error');
        this.#keep(onward);
        socket.once('close', () => onward.destroy());
        onward.once('close', () => socket.destroy());
        socket.pipe(onward).pipe(socket);
      });
    };
    tryNext(0);
  }

  #keep(socket: Socket): void {
    this.#open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#open.delete(socket));
  }
}

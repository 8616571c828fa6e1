/**
 * Lines of who has not shown yet who they are: not more than so many. When one more comes, the oldest goes of the address that holds most of
 * them. So whoever opens them without end shuts out themselves, and where all come from one address, as behind a balancer, who has said
 * nothing for longest.
 */
import type { Socket } from 'node:net';
import { subnetOf } from './subnet.ts';

type Ends = Pick<Socket, 'remoteAddress' | 'remotePort'>;

export class StrangerLines {
  readonly #most: number;
  /** By address, and of IPv6 by /64: the lines by their far end, the oldest first. */
  readonly #askers = new Map<string, Map<string, Socket>>();
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** @param socket that came just now */
  take(socket: Socket): void {
    const asker = askerOf(socket);
    const end = endOf(socket);
    const lines = this.#askers.get(asker) ?? new Map<string, Socket>();
    this.#askers.set(asker, lines.set(end, socket));
    this.#count += 1;
    socket.once('close', () => {
      // Its far end may be another's by now.
      if (this.#askers.get(asker)?.get(end) === socket) this.#forget(asker, end);
    });
    if (this.#count > this.#most) this.#closeOne();
  }

  /** Who is behind a line has shown it. @param socket the line itself, or what is spoken over it */
  know(socket: Ends): void {
    this.#forget(askerOf(socket), endOf(socket));
  }

  #forget(asker: string, end: string): void {
    const lines = this.#askers.get(asker);
    if (!lines?.delete(end)) return;
    this.#count -= 1;
    if (lines.size === 0) this.#askers.delete(asker);
  }

  #closeOne(): void {
    let fullest = '';
    let held: ReadonlyMap<string, Socket> = new Map();
    for (const [asker, lines] of this.#askers) if (lines.size > held.size) [fullest, held] = [asker, lines];
    const [oldest] = held;
    if (!oldest) return;
    const [end, socket] = oldest;
    // Before it has closed: the next one that comes must not find it among them.
    this.#forget(fullest, end);
    socket.destroy();
  }
}

const endOf = ({ remoteAddress = '', remotePort = 0 }: Ends): string => `${remoteAddress} ${remotePort}`;
const askerOf = ({ remoteAddress = '' }: Ends): string => subnetOf(remoteAddress) ?? remoteAddress;

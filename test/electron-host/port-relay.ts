/**
 * Message ports across a boundary that carries only plain frames: to a child process or into a page. Both sides run one
 * relay; a port that is given away on one side comes out on the other as a real MessagePort, and ports sent through such
 * ports come out too. It runs in Node and, as source text, in pages: one function that uses nothing outside itself.
 */
export type PortFrame = { port: string; kind: 'message'; data: unknown; ports: string[] } | { port: string; kind: 'close' };

export interface PortRelay {
  /** Hands our port to the other side; the name is what its `take` needs. */
  give(port: MessagePort): string;
  /** The port that the other side gave under this name. */
  take(name: string): MessagePort;
  /** A frame that the other side sent. */
  receive(frame: PortFrame): void;
  /** The other side has gone: every port that was carried closes. */
  closeAll(): void;
}

/** @param side a name that the other side's relay does not have, so that both can name ports. */
export function makePortRelay(side: string, send: (frame: PortFrame) => void): PortRelay {
  const carried = new Map<string, MessagePort>();
  let count = 0;

  const carry = (name: string, port: MessagePort): void => {
    carried.set(name, port);
    port.addEventListener('message', (event) =>
      send({ port: name, kind: 'message', data: event.data, ports: [...event.ports].map(give) }),
    );
    port.addEventListener('close', () => {
      if (carried.delete(name)) send({ port: name, kind: 'close' });
    });
    port.start();
  };
  const give = (port: MessagePort): string => {
    const name = `${side}${++count}`;
    carry(name, port);
    return name;
  };
  const take = (name: string): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    carry(name, port1);
    return port2;
  };
  return {
    give,
    take,
    receive(frame) {
      const port = carried.get(frame.port);
      if (frame.kind === 'message') {
        port?.postMessage(frame.data, frame.ports.map(take));
      } else {
        carried.delete(frame.port);
        port?.close();
      }
    },
    closeAll() {
      const ports = [...carried.values()];
      carried.clear();
      for (const port of ports) port.close();
    },
  };
}

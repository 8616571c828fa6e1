import { ServiceError } from '../parts/words/service-error.ts';
import { PortLink } from './port-link.ts';
import { shell } from './shell.ts';

const PORT_MESSAGE = 'careledger:port';

/** Asks the shell for a port; it comes as a message that the preload posts to this window. */
async function nextPort(connect: NonNullable<typeof shell>['connect']): Promise<MessagePort> {
  const port = new Promise<MessagePort>((resolve) => {
    const heard = (event: MessageEvent<{ kind?: string } | undefined>): void => {
      const [received] = event.ports;
      if (event.source !== window || event.data?.kind !== PORT_MESSAGE || !received) return;
      window.removeEventListener('message', heard);
      resolve(received);
    };
    window.addEventListener('message', heard);
  });
  const outcome = await connect();
  if (!outcome.ok) throw new ServiceError(outcome.failure.code, outcome.failure.message);
  return port;
}

/** The link over the shell's port, which follows the service when it starts again; undefined in a browser. */
export function shellLink(): PortLink | undefined {
  if (!shell) return undefined;
  const { connect } = shell;
  const link = new PortLink(() => nextPort(connect));
  shell.onRestarted(() => link.reconnect());
  return link;
}

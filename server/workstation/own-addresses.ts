/** Under which addresses this computer is reached. */
import { networkInterfaces } from 'node:os';

/** The address that was named, or each one of this computer when it listens at all of them. */
export function ownAddresses(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host];
  const found = Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  );
  return found.length > 0 ? found : ['127.0.0.1'];
}

/** An address as it stands in front of a port. */
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

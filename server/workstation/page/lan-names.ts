/** Under which addresses and names this computer is reached. */
import { networkInterfaces } from 'node:os';
import { Failure } from '../../../shared/outcome/failure.ts';
import { isPageName } from '../../../shared/sync/page-names.ts';

/** The address that was named, or each one of this computer when it listens at all of them. */
export function ownAddresses(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host];
  const found = Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  );
  return found.length > 0 ? found : ['127.0.0.1'];
}

/**
 * The computer's addresses and the names that were given, as far as it may be certified for them.
 * @throws {Failure} `lan.names`.
 */
export function localNames(host: string, given: readonly string[]): string[] {
  const wrong = given.find((name) => !isPageName(name));
  const names = [...new Set([...given, ...ownAddresses(host)])].filter(isPageName);
  if (wrong === undefined && names.length > 0) return names;
  throw new Failure(
    'lan.names',
    `This is served on a local network only, and ${wrong ?? host} is no address or name of one. Name an address such as 192.168.1.20, or a name that ends with .local, .lan, .internal or .home.arpa.`,
    { details: { name: wrong ?? host } },
  );
}

/** An address as it stands in front of a port. */
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

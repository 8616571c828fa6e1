/**
 * Names under which the region's authority certifies what a computer serves on its clinic's network: those of such a network and no
 * others, so that no certificate of a clinic's computer ever stands for a place on the internet.
 */
import { Failure } from '../outcome/failure.ts';

const MOST_PAGE_NAMES = 8;

/** RFC 1918, RFC 3927, and this computer itself. */
const LOCAL_IPV4 = /^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}(?:\.\d{1,3}){0,2}$/;
/** RFC 4193. */
const LOCAL_IPV6 = /^f[cd][0-9a-f]{2}:[0-9a-f:]+$/;
/** One word, or below a domain that only local networks use (RFC 6762, RFC 8375, ICANN's `internal`, and the custom `lan`). */
const LOCAL_NAME =
  /^(?=.{1,63}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*(?:local|lan|internal|home\.arpa)$|^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether `name` is an address or a name of a local network, written as a browser writes it: lower case, IPv6 without brackets. */
export function isPageName(name: string): boolean {
  if (LOCAL_NAME.test(name)) return true;
  if (LOCAL_IPV4.test(name)) return URL.parse(`https://${name}/`)?.hostname === name;
  return LOCAL_IPV6.test(name) && URL.parse(`https://[${name}]/`)?.hostname === `[${name}]`;
}

/** @throws {Failure} `hub.page-names`. */
export function checkPageNames(names: readonly string[]): void {
  if (names.length <= MOST_PAGE_NAMES && names.every(isPageName)) return;
  throw new Failure(
    'hub.page-names',
    `A computer of a clinic is certified for at most ${MOST_PAGE_NAMES} addresses and names of a local network: 10.…, 172.16.… to 172.31.…, 192.168.…, one word, or a name that ends with .local, .lan, .internal or .home.arpa.`,
  );
}

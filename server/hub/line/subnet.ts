/** The part of an address that one computer can change at will, left out. */
import { isIPv6 } from 'node:net';

/**
 * The /64 of an IPv6 address, `2001:db8:0:1::/64`: what one computer can give itself addresses from at will. Undefined for IPv4, and for
 * addresses of the link alone, of which all computers there share one.
 */
export function subnetOf(address: string): string | undefined {
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain) || /^fe[89ab]/i.test(plain)) return undefined;
  const [before = '', after] = plain.split('::');
  const parts = (text: string | undefined): string[] => (text ? text.split(':') : []);
  const head = parts(before);
  const gap = after === undefined ? 0 : 8 - head.length - parts(after).length;
  const groups = [...head, ...Array.from({ length: Math.max(0, gap) }, () => '0'), ...parts(after)].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/**
 * Chromium cannot be taught a scheme over DevTools: a page of `name://host/path` is really at
 * `https://host.name.standin.test/path`, which no name server knows and every request of which is intercepted.
 */
const custom = new Set<string>();

export function addScheme(scheme: string): void {
  custom.add(scheme);
}

/** The address that Chromium is given. */
export function toChromium(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i, (all, scheme: string, host: string) =>
    custom.has(scheme) ? `https://${host || '-'}.${scheme}.standin.test` : all,
  );
}

/** The address that the app is told. */
export function fromChromium(url: string): string {
  return url.replace(
    /^https:\/\/([^/?#]*?)\.([a-z0-9+-]+)\.standin\.test/i,
    (_all, host: string, scheme: string) => `${scheme}://${host === '-' ? '' : host}`,
  );
}

/** The origin of an address as the app is told it: Node's URL gives `null` for schemes it does not know. */
export function originOf(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*:)\/\/([^/?#]*)/i.exec(url);
  return match ? `${match[1]}//${match[2]}` : 'null';
}

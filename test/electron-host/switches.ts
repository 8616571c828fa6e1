/** The command line switches given before the app's path: the wrapper script hands them over in STANDIN_SWITCHES, one per line. */

const all = new Map<string, string>();
for (const text of (process.env.STANDIN_SWITCHES ?? '').split('\n').filter(Boolean)) {
  const [name = '', ...value] = text.replace(/^--/, '').split('=');
  all.set(name, value.join('='));
}
delete process.env.STANDIN_SWITCHES;

/** Switches that the stand-in itself answers to; Chromium gets its own values of them. */
const OURS = new Set(['user-data-dir', 'remote-debugging-port', 'password-store', 'r']);

export const switches = {
  has: (name: string): boolean => all.has(name),
  value: (name: string): string => all.get(name) ?? '',
  set: (name: string, value = ''): void => void all.set(name, value),
  remove: (name: string): void => void all.delete(name),
  /** What Chromium is started with. */
  forChromium: (): string[] =>
    [...all].filter(([name]) => !OURS.has(name)).map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`)),
};

/**
 * Where a setting of `hub serve`, and folder and database of `hub init`, come from: the command line, else the environment
 * (`CARELEDGER_HUB_LINKS_PORT` for `--links-port`), else the file that `--config` or `CARELEDGER_HUB_CONFIG` names: one JSON object with the
 * same names. docs/administrators.md lists them.
 */
import { readFile } from 'node:fs/promises';
import { Failure } from '../../../shared/outcome/failure.ts';

const SETTINGS = [
  'data',
  'port',
  'host',
  'database',
  'documents',
  'documents-region',
  'documents-keys',
  'links',
  'links-port',
  'turn',
  'turn-secret',
  'operations',
  'process',
] as const;
type SettingName = (typeof SETTINGS)[number];
export type Settings = Partial<Record<SettingName, string>>;

const variableOf = (name: string): string => `CARELEDGER_HUB_${name.toUpperCase().replaceAll('-', '_')}`;

/** @throws {Failure} `hub.settings` when the file is none, or names a setting that does not exist. */
export async function settingsOf(
  given: Settings & { readonly config?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Settings> {
  const path = given.config ?? environment[variableOf('config')];
  const file = path ? await fileSettings(path) : {};
  const settings: Settings = {};
  for (const name of SETTINGS) {
    const value = given[name] ?? environment[variableOf(name)] ?? file[name];
    if (value !== undefined && value !== '') settings[name] = value;
  }
  return settings;
}

/**
 * What an administrator is told whose command line has a URL with a password in it: every account of a machine may read what its programs
 * were called with. The environment and a file with rights of its own are for one account.
 */
export function warningOf({ database }: Settings): Failure | undefined {
  if (database === undefined || !URL.canParse(database)) return undefined;
  const { password, searchParams } = new URL(database);
  return password || searchParams.get('password') ? PASSWORD_SHOWN : undefined;
}

const PASSWORD_SHOWN = new Failure(
  'hub.password-shown',
  'The password of the database stands in the command line, where every account of this machine can read it. Name the URL in CARELEDGER_HUB_DATABASE or in the file of --config, or leave the password to PGPASSFILE, and change it at the server.',
);

async function fileSettings(path: string): Promise<Settings> {
  return settingsIn(await readFile(path, 'utf8').catch((cause: unknown) => Promise.reject(unreadable(path, cause))), path);
}

/** What the text of a file sets. @throws {Failure} `hub.settings`. */
export function settingsIn(text: string, path: string): Settings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Failure(
      'hub.settings',
      `The settings in ${path} are not one JSON object. Mend the file: deploy/hub.example.json shows one.`,
    );
  const settings: Settings = {};
  for (const [name, setting] of Object.entries(value)) {
    const known = SETTINGS.find((each) => each === name);
    if (!known || (typeof setting !== 'string' && typeof setting !== 'number'))
      throw new Failure(
        'hub.settings',
        `The setting "${name}" in ${path} is none, or no text and no number. There are: ${SETTINGS.join(', ')}.`,
      );
    settings[known] = String(setting);
  }
  return settings;
}

/** The text of the file that a setting names. @throws {Failure} `hub.settings`. */
export async function textOf(path: string, setting: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Failure('hub.settings', `The file of "${setting}", ${path}, cannot be read.`, { cause });
  });
}

const unreadable = (path: string, cause: unknown): Failure =>
  new Failure('hub.settings', `The settings in ${path} cannot be read: the file is missing or no JSON.`, { cause });

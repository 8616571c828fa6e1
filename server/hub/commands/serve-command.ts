/** `careledger hub serve`: runs the hub until it is asked to stop. */
import { isIPv6 } from 'node:net';
import { parseArgs } from 'node:util';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type CommandIo, FLAG, required, TEXT, WrongUsage, wholeNumber } from '../../command-line/command-line.ts';
import { keepDatabaseUrl } from '../hub-database.ts';
import { hostOf, portOf, readHubKeys } from '../hub-keys.ts';
import { openHub, type RunningHub } from '../hub-service.ts';
import { TurnServer } from '../patients/turn.ts';
import { S3Documents, s3Place } from '../relay/document-store.ts';
import { type Settings, settingsOf, textOf, warningOf } from './hub-settings.ts';

const SERVE_OPTIONS = {
  data: TEXT,
  port: TEXT,
  host: TEXT,
  database: TEXT,
  documents: TEXT,
  'documents-region': TEXT,
  'documents-keys': TEXT,
  links: TEXT,
  'links-port': TEXT,
  turn: TEXT,
  'turn-secret': TEXT,
  operations: TEXT,
  process: TEXT,
  config: TEXT,
  json: FLAG,
} as const;

/** Where a hub listens, and what it works with beside its folder. */
async function placesToServe(values: Settings, address: string) {
  return {
    port: values.port === undefined ? portOf(address) : wholeNumber(values.port, '--port', 0, 65_535),
    host: values.host ?? (isLoopback(hostOf(address)) ? '127.0.0.1' : '::'),
    links: linksIn(values.links, values['links-port']),
    turn: values.turn ? await turnIn(values.turn, required(values['turn-secret'], '--turn-secret')) : undefined,
    operations: values.operations === undefined ? undefined : operationsIn(values.operations),
    documents: await documentsIn(values),
    process: values.process === undefined ? undefined : processIn(values.process),
  };
}

type Places = Awaited<ReturnType<typeof placesToServe>>;

/** @returns the port of the devices' line @throws {Failure} for a port that cannot be had. */
async function listen(hub: RunningHub, { port, host, links, turn, operations }: Places): Promise<number> {
  const on = <T>(wanted: number, start: Promise<T>): Promise<T> =>
    start.catch((cause: NodeJS.ErrnoException) => {
      throw cannotListen(cause, wanted);
    });
  const bound = await on(port, hub.start(port, host));
  if (links) await on(links.port, hub.startLinks(links.port, '127.0.0.1', links.address, turn));
  if (operations) await on(operations.port, hub.startOperations(operations.port, operations.host));
  return bound;
}

export async function serve(args: string[], io: CommandIo): Promise<void> {
  const { json: asJson, ...given } = parseArgs({ args, options: SERVE_OPTIONS }).values;
  const values = await settingsOf(given, process.env);
  const folder = required(values.data, '--data');
  const { address } = await readHubKeys(folder);
  if (values.database !== undefined) await keepDatabaseUrl(folder, values.database);
  const places = await placesToServe(values, address);
  const log = logTo(io);
  const shown = warningOf(given);
  if (shown) log('warn', 'warning', { warning: shown });
  const stopped = askedToStop();
  const hub = await openHub(folder, {
    report: (incident) => log('error', 'incident', { incident }),
    warn: (warning) => log('warn', 'warning', { warning }),
    documents: places.documents,
    process: places.process,
  });
  try {
    const bound = await listen(hub, places);
    log('info', 'listening', { port: bound, ...(places.operations && { operations: places.operations.port }) });
    const reached = `https://${isIPv6(hostOf(address)) ? `[${hostOf(address)}]` : hostOf(address)}:${bound}`;
    io.out(
      asJson ? `${JSON.stringify({ address: reached, port: bound })}\n` : `The hub answers at ${reached}. Ctrl-C ends it.\n`,
    );
    await stopped;
    log('info', 'stopping');
  } finally {
    await hub.close();
  }
  log('info', 'stopped');
}

/** One line of JSON for each thing that happened: no id of a clinic or device, no name, no address. */
function logTo(io: CommandIo): (level: 'info' | 'warn' | 'error', event: string, fields?: object) => void {
  return (level, event, fields = {}) =>
    io.err(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
}

/** `127.0.0.1:9464`, or the port alone. */
function operationsIn(place: string): { host: string; port: number } {
  const [, host = '127.0.0.1', port = ''] = /^(?:(.+):)?([0-9]+)$/.exec(place) ?? [];
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: wholeNumber(port, '--operations', 0, 65_535) };
}

/** What the process is called on consoles: nothing else has to be said in so few letters. */
function processIn(name: string): string {
  if (!/^[\w.:-]{1,64}$/.test(name))
    throw new WrongUsage('--process is a name of at most 64 letters, digits and . : _ -, such as hub-2.');
  return name;
}

/** Where readers of health links ask, and the port behind it. */
function linksIn(address: string | undefined, port: string | undefined): { address: string; port: number } | undefined {
  if (address === undefined && port === undefined) return undefined;
  const wanted = (address ?? '').replace(/\/+$/, '');
  // The whole link has at most 128 characters (SMART Health Links).
  if (!/^https:\/\/[^\s?#]+$/.test(wanted) || wanted.length > 80)
    throw new WrongUsage('--links is an https address of at most 80 characters, such as https://links.example.org.');
  return { address: wanted, port: wholeNumber(port ?? '', '--links-port', 0, 65_535) };
}

async function turnIn(addresses: string, secretFile: string): Promise<TurnServer> {
  return new TurnServer(addresses, await textOf(secretFile, 'turn-secret'));
}

/** The store outside in which documents lie; undefined where they lie in the database. */
async function documentsIn(values: Settings): Promise<S3Documents | undefined> {
  if (values.documents === undefined) return undefined;
  const keys = await textOf(required(values['documents-keys'], '--documents-keys'), 'documents-keys');
  return new S3Documents(s3Place(values.documents, values['documents-region'] ?? 'auto', keys));
}

/** Ends when the process is told to. From the first signal on; a second one ends the process as ever. */
function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGTERM', stop);
      process.off('SIGINT', stop);
      resolve();
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

function cannotListen(cause: NodeJS.ErrnoException, port: number): Failure {
  if (cause.code === 'EADDRINUSE')
    return new Failure('hub.port-in-use', `Something else listens on port ${port}. End it, or choose another with --port.`, {
      cause,
    });
  return new Failure(
    'hub.cannot-listen',
    `The hub cannot listen on port ${port}. Check --host and --port, and whether this account may use them.`,
    {
      cause,
    },
  );
}

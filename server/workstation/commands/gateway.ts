/**
 * `careledger gateway init | send`: readings of devices, signed and left in a folder for a desk. It holds a key of its own and none of the
 * clinic, needs no network, and goes on where it stopped.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { fromHex, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { BATCH_ENDING, MOST_READINGS, writeBatch } from '../../../shared/monitoring/reading-batch.ts';
import { readReadingLines } from '../../../shared/monitoring/reading-lines.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type CommandIo, FLAG, required, TEXT, WrongUsage } from '../../command-line/command-line.ts';
import { writeFileDurably } from '../../storage/durable-file.ts';
import { newSigningKey, sign, signingKeyFromSeed } from '../../vault/primitives.ts';

/** What a gateway remembers, in one file that is replaced as a whole. */
interface GatewayFile {
  readonly format: 'careledger-gateway/1';
  /** Hexadecimal: 32 bytes of its Ed25519 key. Readable by its account alone. */
  readonly seed: string;
  /** Chain of the clinic, hexadecimal. */
  readonly clinic: string;
  /** Of the next batch. */
  readonly sequence: number;
  /** Lines of each file that were sent, by its path. */
  readonly sent: Readonly<Record<string, number>>;
  /** A batch that was signed and may not lie in the folder yet: it is never signed twice. */
  readonly pending?: { readonly name: string; readonly file: string } | undefined;
}

const OPTIONS = { data: TEXT, clinic: TEXT, to: TEXT, json: FLAG } as const;

export async function gateway(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [verb, source] = positionals;
  const place = join(resolve(required(values.data, '--data')), 'gateway.json');
  if (verb === 'init') await init(place, required(values.clinic, '--clinic'), values.json === true, io);
  else if (verb === 'send') await send(place, resolve(required(values.to, '--to')), source ?? '-', values.json === true, io);
  else throw new WrongUsage('Say careledger gateway init, or careledger gateway send.');
}

async function init(place: string, clinic: string, asJson: boolean, io: CommandIo): Promise<void> {
  if (!/^[0-9a-f]{64}$/.test(clinic)) throw new WrongUsage('--clinic is the 64 digits that the screen “Monitoring” shows.');
  if (await readFile(place).catch(() => undefined))
    throw new Failure('gateway.exists', `There is a gateway in ${place} already. Choose another folder.`);
  const { seed, publicKey } = newSigningKey();
  await mkdir(join(place, '..'), { recursive: true, mode: 0o700 });
  await write(place, { format: 'careledger-gateway/1', seed: toHex(seed), clinic, sequence: 1, sent: {} });
  const key = toHex(publicKey);
  io.out(
    asJson
      ? `${JSON.stringify({ key })}\n`
      : `Key of this gateway: ${key}\nEnrol it at a desk of the clinic, under Monitoring.\n`,
  );
}

/** @param source a file of lines, or `-` for standard input until it ends */
async function send(place: string, to: string, source: string, asJson: boolean, io: CommandIo): Promise<void> {
  let state = await read(place);
  await mkdir(to, { recursive: true });
  // What a run that broke off had signed goes first, byte for byte.
  state = await delivered(place, to, state);
  const path = source === '-' ? '' : resolve(source);
  const lines = wholeLines(path === '' ? await textOf(process.stdin) : await fileText(path), path === '');
  const from = path === '' ? 0 : (state.sent[path] ?? 0);
  const counts = { batches: 0, readings: 0, refused: [] as { line: number; why: string }[] };
  const key = signingKeyFromSeed(fromHex(state.seed));
  for (let at = from; at < lines.length; at += MOST_READINGS) {
    const part = lines.slice(at, at + MOST_READINGS);
    const { readings, refused } = readReadingLines(part, at + 1);
    counts.refused.push(...refused);
    const sent = path === '' ? state.sent : { ...state.sent, [path]: at + part.length };
    if (readings.length === 0) {
      state = await write(place, { ...state, sent });
      continue;
    }
    const { sequence } = state;
    const batch = { clinic: fromHex(state.clinic), gateway: key.publicKey, sequence, made: Date.now(), readings: [...readings] };
    const file = writeBatch(batch, (message) => sign(key, message));
    const name = `${toHex(key.publicKey).slice(0, 8)}-${String(sequence).padStart(10, '0')}${BATCH_ENDING}`;
    state = await write(place, { ...state, sequence: sequence + 1, sent, pending: { name, file } });
    state = await delivered(place, to, state);
    counts.batches += 1;
    counts.readings += readings.length;
  }
  for (const { line, why } of counts.refused) io.err(`Line ${line} ${why} It was left out.\n`);
  io.out(
    asJson
      ? `${JSON.stringify(counts)}\n`
      : `${counted(counts.readings, 'reading')} in ${counted(counts.batches, 'batch', 'batches')}, ${counted(counts.refused.length, 'line')} left out.\n`,
  );
}

/** A last line without its end may still be being written: it waits, unless the input has ended for good. */
function wholeLines(written: string, hasEnded: boolean): string[] {
  const lines = written.split(/\r?\n/);
  const last = lines.pop() ?? '';
  return hasEnded && last !== '' ? [...lines, last] : lines;
}

async function delivered(place: string, to: string, state: GatewayFile): Promise<GatewayFile> {
  if (!state.pending) return state;
  await writeFileDurably(join(to, state.pending.name), utf8(state.pending.file));
  return write(place, { ...state, pending: undefined });
}

async function write(place: string, state: GatewayFile): Promise<GatewayFile> {
  await writeFileDurably(place, utf8(`${JSON.stringify(state, null, 1)}\n`));
  return state;
}

/** @throws {Failure} `gateway.none`, `gateway.damaged`. */
async function read(place: string): Promise<GatewayFile> {
  const written = await readFile(place, 'utf8').catch((cause: unknown) => {
    throw new Failure('gateway.none', `There is no gateway in ${place}. Make one with “careledger gateway init”.`, { cause });
  });
  try {
    const state = JSON.parse(written) as GatewayFile;
    if (state.format === 'careledger-gateway/1' && /^[0-9a-f]{64}$/.test(state.seed)) return state;
  } catch {
    // Said below.
  }
  throw new Failure(
    'gateway.damaged',
    `${place} does not hold a gateway any more. Restore the file, or make a new gateway and enrol it.`,
  );
}

const fileText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Failure(
      'gateway.source',
      `The file ${path} cannot be read. Look at its path, and whether this account may read it.`,
      { cause },
    );
  });

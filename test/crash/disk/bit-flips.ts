/**
 * One bit turned over in a file at rest: the database, the key file, the device's own keys, a backup, the hub's static files. Each is
 * found by `careledger verify` or by whoever opens the file, or it lies in bytes that nobody reads; and patients, charts, records,
 * logs and consents of a damaged folder are shown as they were, or refused by name.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportTiles } from '../../../server/hub/commands/administration.ts';
import { openReader } from '../../../server/storage/database.ts';
import { readDeviceTier } from '../../../server/vault/device-tier.ts';
import { KeyStore } from '../../../server/vault/key-store.ts';
import { checkBackup } from '../../../server/workstation/backup/open-backup.ts';
import { Installation } from '../../../server/workstation/folder/installation.ts';
import { verifyTiles } from '../../../server/workstation/verify/verify-tiles.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { Random } from '../../simulate/random.ts';
import { PASSPHRASE } from '../../workstation/further-device-bench.ts';
import type { CrashFailure, CrashOptions, CrashReport } from '../crash-part.ts';
import { type Captured, capture, copyFolder, openKeys } from './captured.ts';
import { contentByTable } from './fingerprint.ts';
import { backgroundFaults, deskFaults } from './opens-whole.ts';
import { REFUSED, Reader, type Shown } from './shown.ts';

const CASES = 2_000;
/** Of a hundred cases, so many in each place. */
const PLACES = { database: 55, keys: 10, device: 5, backup: 12, tiles: 18 } as const;
/**
 * Counters, addresses and marks of what was sent: wrong ones make the desk ask or send again, or not reach the hub. Of mail it is only
 * what has been sent that nobody names: what waits is whole and for somebody known, or `verify` says so.
 */
const SHOWS_NOTHING = new Set([
  'setting',
  'document',
  'own_block',
  'evidence',
  'followed_handle',
  'schema_migration',
  'incoming_message',
  'outgoing_message',
]);
type Place = keyof typeof PLACES;

/** `found`: named by verify or by opening. `unused`: nothing that anybody reads is different. `unnoticed`: something is, and is not shown. */
type Outcome = 'found' | 'unused' | 'unnoticed';

interface Verdict {
  readonly outcome: Outcome;
  /** What was shown wrong, or is different and was not named. */
  readonly wrong?: string | undefined;
  readonly inBackground?: boolean;
}

export async function bitFlips({ rounds = CASES, seed, say }: CrashOptions): Promise<CrashReport> {
  const flips = await Flips.open(seed);
  const failures: CrashFailure[] = [];
  const counts = { found: 0, unused: 0, unnoticed: 0 };
  let behind = 0;
  try {
    for (let at = 0; at < rounds; at++) {
      const { place, file, offset, bit } = flips.choose();
      const { outcome, wrong, inBackground } = await flips.turn(place, file, offset, bit);
      counts[outcome] += 1;
      if (inBackground) behind += 1;
      if (wrong)
        failures.push({
          at: `bit ${bit} of byte ${offset} of ${file}`,
          what: wrong,
          again: `--only flips --seed ${seed} --rounds ${rounds}`,
        });
      if (at % 100 === 99) say(`${at + 1} of ${rounds}: ${JSON.stringify(counts)}`);
    }
  } finally {
    await flips.close();
  }
  return {
    tried: rounds,
    figures: `${counts.found} found (${behind} in the database by the check in the background, without a key), ${counts.unused} in unused bytes, ${counts.unnoticed} unnoticed in columns that show nothing`,
    failures,
  };
}

class Flips {
  readonly #captured: Captured;
  readonly #keys: Awaited<ReturnType<typeof openKeys>>;
  readonly #reader: Reader;
  readonly #random: Random;
  readonly #truth: Shown;
  readonly #content: ReadonlyMap<string, string>;
  readonly #deviceKeys: string;
  readonly #work: string;

  private constructor(parts: {
    captured: Captured;
    keys: Awaited<ReturnType<typeof openKeys>>;
    reader: Reader;
    random: Random;
    truth: Shown;
    content: ReadonlyMap<string, string>;
    deviceKeys: string;
  }) {
    this.#captured = parts.captured;
    this.#keys = parts.keys;
    this.#reader = parts.reader;
    this.#random = parts.random;
    this.#truth = parts.truth;
    this.#content = parts.content;
    this.#deviceKeys = parts.deviceKeys;
    this.#work = join(parts.captured.root, 'flipped');
  }

  static async open(seed: number): Promise<Flips> {
    const captured = await capture();
    const { desk, root } = captured;
    // At rest: what the logs hold is written back.
    await (await Installation.open(desk)).close();
    await (await KeyStore.open(join(desk, 'keys.db'))).close();
    await exportTiles(captured.hub, join(root, 'tiles'));
    const keys = await openKeys(captured);
    const reader = await Reader.open(keys.keyStore);
    copyFolder(desk, join(root, 'truth'));
    const truth = await reader.look(join(root, 'truth'));
    const refused = [...truth].find(([, answer]) => answer.startsWith(REFUSED));
    if (refused) throw new Error(`The undamaged folder refuses ${refused.join(': ')}`);
    const content = await contentAt(join(desk, 'clinic.db'));
    const deviceKeys = await deviceKeysOf(join(desk, 'device.sealed'), keys.keyStore);
    return new Flips({ captured, keys, reader, random: new Random(seed), truth, content, deviceKeys });
  }

  async close(): Promise<void> {
    await this.#reader.close();
    await this.#keys.close();
    this.#captured.remove();
  }

  /** A bit anywhere in the files of a place, each byte as likely as another. */
  choose(): { place: Place; file: string; offset: number; bit: number } {
    const place = this.#random.weighted(PLACES);
    const files = this.#filesOf(place).map((file) => ({ file, size: statSync(file).size }));
    let left = this.#random.below(files.reduce((sum, { size }) => sum + size, 0));
    const bit = this.#random.below(8);
    for (const { file, size } of files) {
      if (left < size) return { place, file, offset: left, bit };
      left -= size;
    }
    throw new RangeError('no files');
  }

  #filesOf(place: Place): string[] {
    const { desk, root, backup } = this.#captured;
    if (place === 'database') return [join(desk, 'clinic.db')];
    if (place === 'keys') return [join(desk, 'keys.db')];
    if (place === 'device') return [join(desk, 'device.sealed')];
    const folder = place === 'backup' ? backup : join(root, 'tiles');
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .sort();
  }

  /** Turns the bit in a copy of what the file belongs to, and has it checked and read. */
  async turn(place: Place, file: string, offset: number, bit: number): Promise<Verdict> {
    const { desk, root, backup } = this.#captured;
    const whole = place === 'backup' ? backup : place === 'tiles' ? join(root, 'tiles') : desk;
    rmSync(this.#work, { recursive: true, force: true });
    mkdirSync(this.#work);
    copyFolder(whole, this.#work);
    const bytes = readFileSync(file);
    bytes[offset] = (bytes[offset] as number) ^ (1 << bit);
    writeFileSync(join(this.#work, file.slice(whole.length + 1)), bytes);
    if (place === 'database') return this.#database();
    if (place === 'keys') return this.#keyFile();
    if (place === 'device') return this.#device();
    return foundIf(() => (place === 'backup' ? this.#backup() : verifyTiles(this.#work, undefined)));
  }

  async #database(): Promise<Verdict> {
    const { keyStore } = this.#keys;
    const fault = await deskFaults(this.#work, keyStore);
    const content = await contentAt(join(this.#work, 'clinic.db')).catch(() => new Map<string, string>());
    const shown = await this.#reader.look(this.#work, this.#truth);
    const wrong = [...this.#truth].find(([name, answer]) => isWrong(answer, shown.get(name)));
    const changed = [...this.#content].filter(([table, hash]) => content.get(table) !== hash).map(([table]) => table);
    const outcome = fault ? 'found' : changed.length > 0 ? 'unnoticed' : 'unused';
    const inBackground = (changed.length > 0 || wrong !== undefined) && (await backgroundFaults(this.#work)) > 0;
    if (wrong && !(isOfTheLedger(wrong, shown) && inBackground))
      return { outcome, wrong: `${wrong[0]} is shown wrong; changed: ${changed.join(', ')}; verify: ${fault ?? 'nothing'}` };
    const isSilent = outcome === 'unnoticed' && !changed.every((table) => SHOWS_NOTHING.has(table));
    return { outcome, inBackground, wrong: isSilent ? `nobody names what has changed in ${changed.join(', ')}` : undefined };
  }

  async #keyFile(): Promise<Verdict> {
    try {
      const keys = await KeyStore.open(join(this.#work, 'keys.db'));
      try {
        const [slot] = await keys.slots([]);
        const keyStore = await keys.unlock(slot?.staff ?? new Uint8Array(32), PASSPHRASE, []);
        const fault = await deskFaults(this.#work, keyStore);
        keyStore.lock();
        return { outcome: fault ? 'found' : 'unused' };
      } finally {
        await keys.close();
      }
    } catch (error) {
      return named(error);
    }
  }

  async #device(): Promise<Verdict> {
    try {
      const same = (await deviceKeysOf(join(this.#work, 'device.sealed'), this.#keys.keyStore)) === this.#deviceKeys;
      return same ? { outcome: 'unused' } : { outcome: 'unnoticed', wrong: 'other keys came out of device.sealed' };
    } catch (error) {
      return named(error);
    }
  }

  #backup(): Promise<unknown> {
    const { chain, backupKeys } = this.#captured;
    return checkBackup(this.#work, chain, backupKeys, () => undefined);
  }
}

const isWrong = (truth: string, shown: string | undefined): boolean =>
  shown !== undefined && shown !== truth && !shown.startsWith(REFUSED);

/**
 * How far an act has got has no seal of its own: it is shown until it is looked at behind. So long a row of the state or a verdict is
 * missing whose key was altered.
 */
function isOfTheLedger([name, truth]: [string, string], shown: Shown): boolean {
  if (['clinics', 'devices', 'ledger'].includes(name)) return true;
  const withoutProgress = (answer = ''): string => answer.replace(/"(?:progress|position|dispute)":(?:"[^"]*"|\d+|null)/g, '');
  return withoutProgress(truth) === withoutProgress(shown.get(name));
}

async function foundIf(check: () => Promise<unknown>): Promise<Verdict> {
  try {
    await check();
    return { outcome: 'unused' };
  } catch (error) {
    return named(error);
  }
}

/** Refused: with a code of ours and a sentence for a person, or that is a finding itself. */
function named(error: unknown): Verdict {
  const { code, message } = asFailure(error);
  const isOurs = error instanceof Error && error.constructor.name === 'Failure' && message.length > 20;
  return { outcome: 'found', wrong: isOurs ? undefined : `refused without a name: ${code} ${message}` };
}

async function contentAt(path: string): Promise<Map<string, string>> {
  const reader = await openReader(path);
  try {
    return await contentByTable(reader.read);
  } finally {
    await reader.close();
  }
}

async function deviceKeysOf(file: string, keyStore: { deviceTierKey(): unknown }): Promise<string> {
  const half = keyStore.deviceTierKey() as Parameters<typeof readDeviceTier>[1]['half'] & object;
  const secrets = await readDeviceTier(file, { secrets: [], half });
  return JSON.stringify(Object.entries(secrets).map(([name, value]) => [name, value instanceof Uint8Array ? [...value] : value]));
}

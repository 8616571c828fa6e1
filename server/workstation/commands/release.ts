/** `careledger release key | sign`: for who makes the program, on the machine that holds the release key. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { type Release, signRelease, type Target } from '../../../shared/fleet/release.ts';
import { RULES_VERSION } from '../../../shared/ledger/event.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { WIRE_RANGE } from '../../../shared/sync/wire-range.ts';
import { type CommandIo, FLAG, required, TEXT, WrongUsage } from '../../command-line/command-line.ts';
import { careledgerRules } from '../../rules-registry.ts';
import { sha512OfFile } from '../../storage/file-hash.ts';
import { randomBytes, sign, signingKeyFromSeed } from '../../vault/primitives.ts';
import { schemaSteps } from '../folder/installation.ts';
import { readProgramVersion } from '../updates/program-version.ts';

const MANY = { type: 'string', multiple: true } as const;
/** What electron-builder.yml makes of the program. */
const TARGET_OF: ReadonlyArray<readonly [RegExp, Target]> = [
  [/\.exe$/, 'windows'],
  [/\.zip$/, 'mac'],
  [/arm64\.AppImage$/, 'linux-arm64'],
  [/\.AppImage$/, 'linux'],
];

export async function release([verb, ...args]: string[], io: CommandIo): Promise<void> {
  if (verb === 'key') await makeKey(args, io);
  else if (verb === 'sign') await signFiles(args, io);
  else throw new WrongUsage('"release" is followed by "key" or "sign".');
}

async function makeKey(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { to: TEXT, json: FLAG } });
  const seed = randomBytes(32);
  await writeFile(required(values.to, '--to'), `${toHex(seed)}\n`, { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
    throw new Failure('release.key-file', `${values.to} cannot be written, or is there already. Nothing was made.`, { cause });
  });
  const releaseKey = toHex(signingKeyFromSeed(seed).publicKey);
  io.out(
    values.json
      ? `${JSON.stringify({ releaseKey })}\n`
      : `The key is in ${values.to}: keep it off every network. This stands in package.json, "careledger.releaseKey":\n\n${releaseKey}\n`,
  );
}

/** Describes and signs files that lie in one folder; `release.signed` is put beside them. */
async function signFiles(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { key: TEXT, version: TEXT, replaces: MANY, notes: MANY, json: FLAG },
  });
  const [first] = positionals;
  if (first === undefined) throw new WrongUsage('Name the files of the release.');
  const seed = (await readFile(required(values.key, '--key'), 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/.test(seed))
    throw new Failure('release.key-file', `${values.key} holds no release key. "release key" makes one.`);
  const described: Release = {
    version: values.version ?? (await readProgramVersion()),
    time: Date.now(),
    wire: WIRE_RANGE,
    rules: Math.max(RULES_VERSION, careledgerRules().version),
    schema: schemaSteps(),
    replaces: values.replaces ?? [],
    notes: await Promise.all((values.notes ?? []).map(noteIn)),
    files: await Promise.all(positionals.map(fileIn)),
  };
  const signed = signRelease(described, (message) => sign(signingKeyFromSeed(fromHex(seed)), message));
  const to = join(dirname(first), 'release.signed');
  await writeFile(to, signed);
  io.out(
    values.json
      ? `${JSON.stringify({ version: described.version, release: to })}\n`
      : `Release ${described.version} is described and signed in ${to}. Hand it to hubs with its files.\n`,
  );
}

async function fileIn(path: string): Promise<Release['files'][number]> {
  const name = basename(path);
  const target = TARGET_OF.find(([pattern]) => pattern.test(name))?.[1];
  if (!target)
    throw new WrongUsage(`${name} is no package that can update itself: .exe (Windows), .zip (macOS) or .AppImage (Linux).`);
  return { name, target, ...(await sha512OfFile(path)) };
}

/** `de=FILE`. */
async function noteIn(text: string): Promise<Release['notes'][number]> {
  const [, language = '', path = ''] = /^([a-z]{2,3}(?:-[A-Za-z]{2,4})?)=(.+)$/.exec(text) ?? [];
  if (path === '') throw new WrongUsage('--notes is a language and a file: en=FILE.');
  return { language, text: (await readFile(path, 'utf8')).trim() };
}

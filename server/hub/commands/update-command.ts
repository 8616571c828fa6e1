/** `careledger hub update …`: releases of the workstation's program, and who is offered them when. */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { LAST_RING, WITHDRAWN } from '../../../shared/fleet/rings.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type CommandIo, FLAG, required, TEXT, WrongUsage, wholeNumber } from '../../command-line/command-line.ts';
import { builtInReleaseKey } from '../../identity/release-key.ts';
import { subjectOf, type WantedAct } from '../fleet/administrators.ts';
import { Releases } from '../fleet/releases.ts';
import { openHubDatabase } from '../hub-database.ts';
import { readHubKeys } from '../hub-keys.ts';
import { actAtHub } from './fleet-administration.ts';
import { reasonIn } from './fleet-command.ts';

export const UPDATE_USAGE = `  hub update add --data DIR --release FILE
             takes a release that the makers of the program signed, with its files beside it; it is offered to nobody yet
  hub update ring --data DIR --version V --ring 0…${LAST_RING} [--reason WORD]
             offers it to the clinics of that ring and of those before it; 0: to none
  hub update clinic --data DIR --clinic CHAIN --ring 1…${LAST_RING} [--reason WORD]
             puts a clinic into a ring; without this it is in ring ${LAST_RING}, the last
  hub update withdraw --data DIR --version V [--reason WORD]
             offers it to nobody any more; a release that was signed to take it back then brings its computers back
  hub update list --data DIR
             releases with their rings, and clinics in earlier rings; all of these also while the hub runs. What
             ring, clinic and withdraw do are acts that stand on the ledger
`;

const OPTIONS = {
  data: TEXT,
  release: TEXT,
  version: TEXT,
  clinic: TEXT,
  ring: TEXT,
  reason: TEXT,
  json: FLAG,
} as const;

type Values = Partial<Record<Exclude<keyof typeof OPTIONS, 'json'>, string>>;

interface Update {
  readonly values: Values;
  readonly folder: string;
  readonly releases: Releases;
  /** Says what was done: as JSON, or as this line. */
  readonly done: (fields: object, line: string) => void;
}

const VERBS: Readonly<Record<string, (update: Update) => Promise<void>>> = {
  add: async ({ values, releases, done }) => {
    const path = required(values.release, '--release');
    const signed = await readFile(path).catch((cause: unknown) => {
      throw new Failure(
        'release.file-missing',
        `The release ${path} cannot be read. Look at its path, and whether the hub’s account may read it.`,
        { cause },
      );
    });
    const { version, files } = await releases.add(signed, dirname(path));
    done(
      { version, files: files.length },
      `Release ${version} is here with ${counted(files.length, 'file')}. Offer it with "hub update ring".`,
    );
  },
  ring: async (update) => {
    const ring = ringIn(update.values.ring, 0);
    await offer(update, ring, ring === 0 ? 'offered to nobody' : `offered up to ring ${ring}`);
  },
  withdraw: (update) => offer(update, WITHDRAWN, 'offered to nobody any more'),
  clinic: async ({ values, folder, done }) => {
    const chain = required(values.clinic, '--clinic');
    const ring = ringIn(values.ring, 1);
    const wanted: WantedAct = {
      kind: 'ring',
      subject: subjectOf(chain),
      isSet: ring < LAST_RING,
      figure: ring,
      reason: reasonFor(values),
    };
    const { sequence, before } = await actAtHub(folder, wanted, Date.now);
    done({ sequence, chain, before: before || LAST_RING, ring }, `The clinic is in ring ${ring}. ${signedAs(sequence)}`);
  },
};

const LIST = 'list';

/** How far a release is offered, as an act that stands on the ledger. @param figure a ring, 0 or `WITHDRAWN` */
async function offer({ values, folder, releases, done }: Update, figure: number, words: string): Promise<void> {
  const version = required(values.version, '--version');
  const subject = await releases.subjectOf(version);
  const wanted: WantedAct = { kind: 'release', subject, isSet: figure > 0, figure, reason: reasonFor(values) };
  const { sequence, before, after } = await actAtHub(folder, wanted, Date.now);
  done({ sequence, version, before, after }, `${version} is ${words}. ${signedAs(sequence)}`);
}

const reasonFor = ({ reason = 'maintenance' }: Values) => reasonIn(reason);
const signedAs = (sequence: number): string => `Act ${sequence}, signed with the hub's key.`;

export async function updateCommand([verb = '', ...args]: string[], io: CommandIo): Promise<void> {
  if (verb !== LIST && !Object.hasOwn(VERBS, verb))
    throw new WrongUsage(`Say behind "hub update" what to do: ${[...Object.keys(VERBS), LIST].join(', ')}.`);
  const { values } = parseArgs({ args, options: OPTIONS });
  const { json, ...texts } = values;
  const folder = required(values.data, '--data');
  await readHubKeys(folder);
  const database = await openHubDatabase(folder);
  try {
    const releases = new Releases({ database, folder, releaseKey: builtInReleaseKey() });
    const done = (fields: object, line: string): void => io.out(json ? `${JSON.stringify(fields)}\n` : `${line}\n`);
    if (verb === LIST) list(await releases.state(), json, io);
    else await VERBS[verb]?.({ values: texts, folder, releases, done });
  } finally {
    await database.close();
  }
}

function list(state: Awaited<ReturnType<Releases['state']>>, asJson: boolean | undefined, io: CommandIo): void {
  if (asJson) {
    io.out(`${JSON.stringify(state)}\n`);
    return;
  }
  if (state.releases.length === 0) io.out('There are no releases here.\n');
  for (const { version, ring, isWithdrawn } of state.releases)
    io.out(`${version}: ${isWithdrawn ? 'withdrawn' : ring === 0 ? 'offered to nobody' : `offered up to ring ${ring}`}\n`);
  for (const { chain, ring } of state.rings) io.out(`clinic ${chain}: ring ${ring}\n`);
}

function ringIn(text: string | undefined, least: number): number {
  return wholeNumber(required(text, '--ring'), '--ring', least, LAST_RING);
}

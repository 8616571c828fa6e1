/** `careledger hub status | acts | administrator | quarantine | release | rebaseline | revoke | verify`. */
import { parseArgs } from 'node:util';
import { ACT_REASONS, type ActKind, type ActReason, type HubAct, isNewer } from '../../../shared/fleet/administration.ts';
import { LAST_RING, WITHDRAWN } from '../../../shared/fleet/rings.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import {
  type CommandIo,
  FLAG,
  notBoth,
  required,
  stepsTo,
  TEXT,
  WrongUsage,
  wholeNumber,
} from '../../command-line/command-line.ts';
import { subjectOf, type WantedAct } from '../fleet/administrators.ts';
import { diskWords } from '../fleet/disk.ts';
import { actAtHub, hubActs, hubStatus, verifyHub } from './fleet-administration.ts';

export const FLEET_USAGE = `  hub status --data DIR
             region, ledger, and each clinic and device as it was heard last, also while the hub runs
  hub administrator --data DIR --add PERSON | --remove PERSON
             who may administer this hub from their own desk: the id that their console shows
  hub quarantine --data DIR --clinic CHAIN [--reason WORD]
             the hub takes nothing new of that clinic, whose work goes on and waits; others notice nothing
  hub release --data DIR --clinic CHAIN | --device DEVICE [--reason WORD]
             takes a quarantine back, or answers a device again
  hub rebaseline --data DIR --clinic CHAIN [--reason WORD]
             has that clinic's devices make state and tree of their replicas anew out of the ledger's blocks
  hub revoke --data DIR --device DEVICE [--reason WORD]
             the hub does not answer that device any more, and cuts its lines within seconds
  hub acts --data DIR [--after N]
             what administrators did: of whom, old and new value, why, when and by whom, also while the hub runs
  hub verify --data DIR
             checks every block, the state and each administrator's act, also while the hub runs
             WORD: ${ACT_REASONS.join(', ')}
`;

const ACT_OPTIONS = { data: TEXT, clinic: TEXT, device: TEXT, add: TEXT, remove: TEXT, reason: TEXT, json: FLAG } as const;
type ActValues = Partial<Record<'clinic' | 'device' | 'add' | 'remove', string>>;

/** What each verb asks for: of whom, and whether it is set or taken back. */
const WANTED: Readonly<Record<string, (values: ActValues) => [kind: ActKind, subject: string, isSet: boolean]>> = {
  quarantine: ({ clinic }) => ['quarantine', required(clinic, '--clinic'), true],
  rebaseline: ({ clinic }) => ['rebaseline', required(clinic, '--clinic'), true],
  revoke: ({ device }) => ['certificate', required(device, '--device'), true],
  release: ({ clinic, device }) =>
    device ? ['certificate', device, false] : ['quarantine', required(clinic, '--clinic or --device'), false],
  administrator: ({ add, remove }) =>
    add ? ['administrator', add, true] : ['administrator', required(remove, '--add or --remove'), false],
};

/** Runs `verb` when it is one of these; false when it is not. */
export async function fleetCommand(verb: string, args: string[], io: CommandIo): Promise<boolean> {
  if (verb === 'status') await status(args, io);
  else if (verb === 'verify') await verify(args, io);
  else if (verb === 'acts') await acts(args, io);
  else if (Object.hasOwn(WANTED, verb)) await act(verb, args, io);
  else return false;
  return true;
}

async function act(verb: string, args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: ACT_OPTIONS });
  const data = required(values.data, '--data');
  notBoth(values, 'add', 'remove');
  notBoth(values, 'clinic', 'device');
  const [kind, subject, isSet] = (WANTED[verb] as (values: ActValues) => [ActKind, string, boolean])(values);
  const reason = reasonIn(values.reason);
  const wanted: WantedAct = { kind, subject: subjectOf(subject), isSet, reason };
  const { sequence, before, after } = await actAtHub(data, wanted, Date.now);
  io.out(
    values.json
      ? `${JSON.stringify({ sequence, kind, subject, before, after, reason })}\n`
      : `Done: ${kind} of ${subject}, before: ${valueWords(kind, before)}, now: ${valueWords(kind, after)}. Act ${sequence}, signed with the hub's key; a running hub follows within a second.\n`,
  );
}

const until = (time: number): string => new Date(time).toISOString();

/** What the numbers of an act mean. */
const VALUES: Readonly<Record<ActKind, (value: number) => string>> = {
  quarantine: (value) => (value === 0 ? 'free' : 'in quarantine'),
  rebaseline: (value) => (value === 0 ? 'no order' : `order ${value}`),
  certificate: (value) => (value === 0 ? 'answered' : 'not answered'),
  administrator: (value) => (value === 0 ? 'no' : 'yes'),
  invitation: (value) => (value === 0 ? 'none' : `good until ${until(value)}`),
  'hub-key': (value) => (value === 0 ? 'not offered' : 'offered'),
  restoration: (value) => (value === 0 ? 'never' : `with ${counted(value, 'block')}`),
  ring: (value) => `ring ${value || LAST_RING}`,
  release: (value) => (value === WITHDRAWN ? 'withdrawn' : value === 0 ? 'offered to nobody' : `offered up to ring ${value}`),
};

/** A value as a person reads it; of an act of a newer version the number. */
const valueWords = (kind: HubAct['kind'], value: number): string => (isNewer(kind) ? String(value) : VALUES[kind](value));

/** @throws {WrongUsage} unless it is one of the list. */
export function reasonIn(word = 'not-said'): ActReason {
  const reason = ACT_REASONS.find((each) => each === word);
  if (reason) return reason;
  throw new WrongUsage(`--reason is one of: ${ACT_REASONS.join(', ')}.`);
}

async function acts(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { data: TEXT, after: TEXT, json: FLAG } });
  const after = wholeNumber(values.after ?? '0', '--after', 0, Number.MAX_SAFE_INTEGER);
  const found = await hubActs(required(values.data, '--data'), after);
  if (values.json) io.out(`${JSON.stringify(found)}\n`);
  else
    for (const { sequence, time, kind, subject, before, after, reason, by } of found)
      io.out(
        `${sequence}  ${new Date(time).toISOString()}  ${kind} ${subject}: ${valueWords(kind, before)} → ${valueWords(kind, after)} (${reason}), by ${by}\n`,
      );
}

const RECOVERING =
  'It was restored and orders nothing yet: it waits until the witness clinics have confirmed what it has. "hub restore --go-on" ends that.\n';

function processWords({ name, heard, troubles }: Awaited<ReturnType<typeof hubStatus>>['processes'][number]): string {
  const wrong = troubles.map(({ store, code, since }) => `, ${store} ${code} since ${new Date(since).toISOString()}`);
  return `process ${name}: heard ${new Date(heard).toISOString()}${wrong.join('')}\n`;
}

async function status(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { data: TEXT, json: FLAG } });
  const found = await hubStatus(required(values.data, '--data'), Date.now);
  if (values.json) {
    io.out(`${JSON.stringify(found)}\n`);
    return;
  }
  io.out(
    `${found.name}: ${counted(found.blocks, 'block')}, ${counted(found.witnesses, 'witness', 'witnesses')}, ${counted(found.administrators.length, 'administrator')}\nregion ${found.region}\nhub key ${found.hubKey}\ndisk ${diskWords(found.disk)}\n${found.processes.map(processWords).join('')}${found.recovering ? RECOVERING : ''}\n`,
  );
  for (const { chain, name, quarantined } of found.clinics) {
    io.out(`${name}${quarantined ? ' (in quarantine)' : ''}\n  clinic ${chain}\n`);
    for (const { device, kind, reportedAt, report, revoked, cut } of found.devices.filter((each) => each.chain === chain)) {
      const heard = reportedAt === null ? 'never heard' : `heard ${new Date(reportedAt).toISOString()}`;
      const numbers = report ? `, ${found.blocks - report.size} behind, ${report.events} waiting, version ${report.version}` : '';
      const alarms = report && report.alarms.length > 0 ? `, alarms: ${report.alarms.join(' ')}` : '';
      io.out(`  ${kind} ${device}: ${revoked ? 'revoked' : cut ? 'not answered' : heard}${numbers}${alarms}\n`);
    }
  }
}

async function verify(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { data: TEXT, json: FLAG } });
  const found = await verifyHub(required(values.data, '--data'), stepsTo(io));
  io.out(
    values.json
      ? `${JSON.stringify(found)}\n`
      : `All holds: ${counted(found.blocks, 'block')}, ${counted(found.acts, 'act')} of administrators.\n`,
  );
}

/** `careledger hub …`: the hub on the command line, for people and scripts. */
import { parseArgs } from 'node:util';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { LONGEST_INVITATION_MS } from '../../../shared/sync/wire.ts';
import {
  type CommandIo,
  endRefused,
  FLAG,
  notBoth,
  required,
  stepsTo,
  TEXT,
  WrongUsage,
  wholeNumber,
} from '../../command-line/command-line.ts';
import { announceRestored, backUpHub, backupCode, goOnWithout, restoreHub } from '../backup/hub-backup.ts';
import { subjectOf } from '../fleet/administrators.ts';
import { exportTiles, type InvitationPaper, initHub, inviteToHub, witnessPlace } from './administration.ts';
import { actAtHub, offerNewHubKey, withdrawHubKey } from './fleet-administration.ts';
import { FLEET_USAGE, fleetCommand, reasonIn } from './fleet-command.ts';
import { settingsOf, textOf, warningOf } from './hub-settings.ts';
import { serve } from './serve-command.ts';
import { UPDATE_USAGE, updateCommand } from './update-command.ts';

export const HUB_USAGE = `careledger hub: the region's sequencer and relay. It sees no record.

  hub init   --data DIR --name NAME [--address https://HOST:PORT] [--database postgres://USER@HOST/NAME] [--config FILE]
             makes a hub in an empty folder and prints the invitation of the region's founder; --database: what it keeps lies in
             that empty PostgreSQL database (15 or later) instead of a file. With a password in it the URL stands better in
             CARELEDGER_HUB_DATABASE or in the file of --config, as everybody on a machine sees what its programs were called
             with; or leave the password to PGPASSFILE
  hub serve  --data DIR [--port N] [--host ADDRESS] [--database URL] [--links https://ADDRESS --links-port N]
             [--turn ADDRESS,… --turn-secret FILE]
             runs until it is asked to stop (SIGTERM, Ctrl-C); --port 0 takes a free port. --links: patients may make SMART Health
             Links and join video visits; they reach that address, which a web server with a public certificate hands on to
             127.0.0.1:N. --turn: the TURN server beside the hub (coturn with use-auth-secret), and the file with the secret of both
             [--documents https://HOST/BUCKET --documents-keys FILE --documents-region NAME]: the sealed bytes of documents lie in
             that S3-compatible store instead of the database; the file has the access key id and the secret, a line each
             --operations [HOST:]PORT: health, readiness, metrics (Prometheus) and a page to look at, on 127.0.0.1 unless told
             otherwise. --process NAME: how administrators see this process among those of one hub; machine and port unless
             told otherwise. --config FILE: these settings as JSON; CARELEDGER_HUB_PORT and its like set them too
  hub invite --data DIR [--expires-hours N] [--found] [--reason WORD]
             prints an invitation for one more clinic, also while the hub runs; --found: for the founder
  hub invite --data DIR --withdraw ID [--reason WORD]
             takes an invitation back that has let nobody in yet, by the id that was printed with it
  hub export-tiles --data DIR --to DIR
             writes the whole ledger as static files (C2SP tlog-tiles), or brings such a folder up to date, also while the
             hub runs; "careledger verify tiles DIR" checks it with nothing else
  hub rotate --data DIR
             makes the key with which this hub offers to sign from now on, also while it runs, and prints its
             fingerprint; it signs once the quorum of the witness clinics has approved it on their screens
  hub rotate --data DIR --withdraw
             destroys the offered key, as long as the clinics have not taken it
  hub backup --data DIR --to DIR [--show-code]
             copies the hub into a new folder, also while it runs, and opens the copy in a clean place; it is sealed under
             a code, which is printed the first time and with --show-code: keep it apart from the backups
  hub restore --data DIR --from BACKUP --code-file FILE
             makes the hub of a backup in an empty folder; started, it takes back from clinics what it lost
  hub restore --data DIR
             says the same of a folder that was put back in another way (a copy, a snapshot of the machine), before it is started
  hub restore --data DIR --go-on
             has a restored hub order again without what no clinic has brought back, also while it runs
${FLEET_USAGE}${UPDATE_USAGE}  hub witness --data DIR
             prints how a witness from outside the region is started

  --json     one JSON document on standard output
  The hub runs unattended: its keys lie in the data folder, readable by its account alone.

Examples
  careledger hub init --data /srv/careledger --name "North region" --address https://hub.example.org:7443
  careledger hub serve --data /srv/careledger
  careledger hub invite --data /srv/careledger --expires-hours 48
`;

const DEFAULT_ADDRESS = 'https://localhost:7443';
const DEFAULT_HOURS = '72';
const HOUR_MS = 3_600_000;

/** @param args what follows `hub`. Answers the exit code: 0 done, 1 refused with the reason printed, 2 wrong usage. */
export async function hubCommand(args: readonly string[], io: CommandIo): Promise<0 | 1 | 2> {
  try {
    const [verb, ...rest] = args;
    if (verb === undefined || verb === 'help' || args.includes('--help')) {
      io.out(linesOf(verb).length === 0 ? HUB_USAGE : usageOf(verb));
      return verb === undefined ? 2 : 0;
    }
    if (verb === 'init') await init(rest, io);
    else if (verb === 'serve') await serve(rest, io);
    else if (verb === 'invite') await invite(rest, io);
    else if (verb === 'rotate') await rotate(rest, io);
    else if (verb === 'backup') await backup(rest, io);
    else if (verb === 'restore') await restore(rest, io);
    else if (verb === 'witness') await witness(rest, io);
    else if (verb === 'update') await updateCommand(rest, io);
    else if (verb === 'export-tiles') await writeTiles(rest, io);
    else if (!(await fleetCommand(verb, rest, io))) throw new WrongUsage(`There is no "hub ${verb}".`);
    return 0;
  } catch (error) {
    return endRefused(error, args.includes('--json'), `\n${usageOf(args[0])}`, io);
  }
}

/** What the help says of a verb; of none that there is, nothing. */
const linesOf = (verb: string | undefined): string[] =>
  HUB_USAGE.split(/\n\n|\n(?= {2}hub )/).filter((part) => part.startsWith(`  hub ${verb} `));

/** The same, and where the whole help stands. */
const usageOf = (verb: string | undefined): string =>
  [...linesOf(verb), '"careledger hub --help" shows everything.', ''].join('\n');

async function init(args: string[], io: CommandIo): Promise<void> {
  const options = { data: TEXT, name: TEXT, address: TEXT, database: TEXT, config: TEXT, json: FLAG };
  const { values } = parseArgs({ args, options });
  const name = required(values.name, '--name');
  if (Buffer.byteLength(name) > 200) throw new WrongUsage('--name may have at most 200 bytes.');
  const { data, database } = await settingsOf(
    { data: values.data, database: values.database, config: values.config },
    process.env,
  );
  const folder = required(data, '--data');
  const warning = warningOf({ database: values.database });
  if (warning) io.err(`${warning.message} (${warning.code})\n`);
  printInvitation(await initHub(folder, name, values.address ?? DEFAULT_ADDRESS, database), values.json, io);
}

async function invite(args: string[], io: CommandIo): Promise<void> {
  const options = { data: TEXT, 'expires-hours': TEXT, found: FLAG, withdraw: TEXT, reason: TEXT, json: FLAG };
  const { values } = parseArgs({ args, options });
  const data = required(values.data, '--data');
  const reason = reasonIn(values.reason);
  notBoth(values, 'withdraw', 'found');
  notBoth(values, 'withdraw', 'expires-hours');
  if (values.withdraw !== undefined) {
    const subject = subjectOf(values.withdraw);
    const { sequence } = await actAtHub(data, { kind: 'invitation', subject, isSet: false, reason }, Date.now);
    io.out(values.json ? `${JSON.stringify({ sequence })}\n` : `The invitation is taken back. Act ${sequence}.\n`);
    return;
  }
  const hours = wholeNumber(values['expires-hours'] ?? DEFAULT_HOURS, '--expires-hours', 1, LONGEST_INVITATION_MS / HOUR_MS);
  const paper = await inviteToHub(data, values.found ? 'found' : 'clinic', Date.now() + hours * HOUR_MS, reason);
  printInvitation(paper, values.json, io);
}

async function writeTiles(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { data: TEXT, to: TEXT, json: FLAG } });
  const to = required(values.to, '--to');
  const written = await exportTiles(required(values.data, '--data'), to);
  io.out(
    values.json
      ? `${JSON.stringify(written)}\n`
      : `${to} holds ${counted(written.size, 'block')}; written: ${counted(written.files, 'file')}. Check it with: careledger verify tiles ${to}\n`,
  );
}

async function rotate(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { data: TEXT, withdraw: FLAG, json: FLAG } });
  const data = required(values.data, '--data');
  if (values.withdraw) {
    const hubKey = toHex(await withdrawHubKey(data, Date.now));
    io.out(
      values.json
        ? `${JSON.stringify({ hubKey })}\n`
        : `The offered key is destroyed, and the one before signs on:\n\n${hubKey}\n`,
    );
    return;
  }
  const hubKey = toHex(await offerNewHubKey(data, Date.now));
  io.out(
    values.json
      ? `${JSON.stringify({ hubKey })}\n`
      : `This hub offers to sign with a new key. The witness clinics approve it under "Sync & region"; they compare:\n\n${hubKey}\n`,
  );
}

async function backup(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { data: TEXT, to: TEXT, 'show-code': FLAG, json: FLAG } });
  const data = required(values.data, '--data');
  const made = await backUpHub(data, required(values.to, '--to'), Date.now(), stepsTo(io));
  const { code } = await backupCode(data);
  const shown = values['show-code'] || made.isFirst ? { code } : {};
  if (values.json) io.out(`${JSON.stringify({ ...made, ...shown })}\n`);
  else {
    io.out(`${made.folder} holds ${counted(made.blocks, 'block')}. The copy was opened and every block in it checked.\n`);
    if (shown.code)
      io.out(`It opens with this code and with nothing else. Keep it on paper, apart from the backups:\n\n${code}\n`);
  }
}

async function restore(args: string[], io: CommandIo): Promise<void> {
  const options = { data: TEXT, from: TEXT, 'code-file': TEXT, 'go-on': FLAG, json: FLAG };
  const { values } = parseArgs({ args, options });
  const data = required(values.data, '--data');
  notBoth(values, 'go-on', 'from');
  if (values['code-file'] !== undefined) required(values.from, '--from');
  if (values['go-on']) {
    const blocks = await goOnWithout(data, Date.now());
    io.out(
      values.json
        ? `${JSON.stringify({ blocks })}\n`
        : `The hub orders again, from ${counted(blocks, 'block')} on. Clinics that hold more are told, and their administrators decide.\n`,
    );
    return;
  }
  const restored = values.from
    ? await restoreHub(
        values.from,
        data,
        await textOf(required(values['code-file'], '--code-file'), 'code-file'),
        Date.now(),
        stepsTo(io),
      )
    : { blocks: await announceRestored(data, Date.now()) };
  io.out(
    values.json
      ? `${JSON.stringify(restored)}\n`
      : `The hub is restored with ${counted(restored.blocks, 'block')}. Start it with "hub serve": it takes back what clinics hold beyond that, and orders again when the witness clinics have confirmed it.\n`,
  );
}

async function witness(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: { data: TEXT, json: FLAG } });
  const place = await witnessPlace(required(values.data, '--data'));
  const { hub, region, authority } = place;
  io.out(
    values.json
      ? `${JSON.stringify(place)}\n`
      : `careledger witness --data DIR --name NAME \\\n  --hub ${hub} \\\n  --region ${region} \\\n  --authority ${authority}\n`,
  );
}

function printInvitation({ invitation, kind, id, expires }: InvitationPaper, asJson: boolean | undefined, io: CommandIo): void {
  const until = new Date(expires).toISOString();
  if (asJson) io.out(`${JSON.stringify({ invitation, kind, id, expires: until })}\n`);
  else {
    const whom = kind === 'found' ? 'the clinic that founds the region' : 'one more clinic';
    io.out(
      `Invitation for ${whom}, good once and until ${until}. Hand it over in a way that only they can read:\n\n${invitation}\n\nIts id, with which it is taken back: ${id}\n`,
    );
  }
}

#!/usr/bin/env node
import { type CommandIo, endRefused, WrongUsage } from '../command-line/command-line.ts';
/** The command line: the same services as behind the window, for administrators, scripts and tests. */
import { endWithIncident } from '../graphql/last-words.ts';
import { hubCommand } from '../hub/commands/hub-command.ts';
import { anchor } from './commands/anchor.ts';
import { backup } from './commands/backup.ts';
import { bundle } from './commands/bundle.ts';
import { USAGE, usageOf } from './commands/command.ts';
import { demo } from './commands/demo.ts';
import { drill } from './commands/drill.ts';
import { exportRecords } from './commands/export.ts';
import { gateway } from './commands/gateway.ts';
import { importFiles } from './commands/import.ts';
import { init } from './commands/init.ts';
import { join } from './commands/join.ts';
import { keys } from './commands/keys.ts';
import { query } from './commands/query.ts';
import { recovery } from './commands/recovery.ts';
import { release } from './commands/release.ts';
import { restore } from './commands/restore.ts';
import { secondFactor } from './commands/second-factor.ts';
import { serve } from './commands/serve.ts';
import { sync } from './commands/sync.ts';
import { verify } from './commands/verify.ts';
import { witness } from './commands/witness.ts';

const commands: Readonly<Record<string, (args: string[], io: CommandIo) => Promise<void>>> = {
  init,
  import: importFiles,
  export: exportRecords,
  serve,
  query,
  join,
  sync,
  verify,
  bundle,
  backup,
  restore,
  recovery,
  'second-factor': secondFactor,
  keys,
  drill,
  witness,
  anchor,
  gateway,
  release,
  demo,
};

endWithIncident();
// Who reads no further (`| head`) has what they want.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const io: CommandIo = { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) };

async function run([name, ...args]: string[]): Promise<number> {
  if (name === 'hub') return hubCommand(args, io);
  if (name === undefined || name === 'help' || name === '--help' || args.includes('--help')) {
    io.out(name === undefined || name.startsWith('-') ? USAGE : usageOf(name));
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new WrongUsage(`There is no command "${name}".`);
    await command(args, io);
    return 0;
  } catch (error) {
    return endRefused(error, args.includes('--json'), `Try: careledger ${command ? `${name} ` : ''}--help\n`, io);
  }
}

process.exitCode = await run(process.argv.slice(2));

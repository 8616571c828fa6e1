/**
 * A region of three clinics on PostgreSQL with two hub processes, while it is killed, upgraded, flooded and lied to:
 * `npm run region -- [--minutes N] [--seed N] [--earlier FOLDER] [--only PIECE] [--report FILE] [--pictures FOLDER] [--keep]`. Tells a story with times, ends with
 * figures, and fails when anything that must hold did not. The report is written all the while. `--earlier`: a folder with an earlier commit, from which everything is upgraded; else a copy of this
 * program that says so. Real processes and files; about two cores.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../simulate/random.ts';
import { countIn, endAsWrong, optionsOf } from '../support/command-options.ts';
import { hasPostgresql } from '../support/postgresql.ts';
import { comeToAnEnd, type Ending } from './closing.ts';
import { ConsolePictures } from './console-pictures.ts';
import { copiedProgram, ownProgram, programIn } from './program-copy.ts';
import { Report } from './report.ts';
import { Scenes } from './scenes.ts';
import { Stage } from './stage.ts';
import { Story } from './story.ts';

const TEXT = { type: 'string' } as const;
const USAGE = `npm run region -- [--minutes N] [--seed N] [--earlier FOLDER] [--only PIECE] [--pause MS] [--report FILE] [--pictures FOLDER] [--keep]

  --minutes   how long it lasts; 2 unless told otherwise, and what every piece takes in any case
  --seed      when what happens; 1 unless told otherwise
  --earlier   a worktree of an earlier commit, from which everything is upgraded; else a copy of this program that says so
  --only      the pieces whose name has this in it
  --pause     milliseconds between two acts of a desk; 1500 unless told otherwise
  --report    where the story is written all the while
  --pictures  leaves pictures of the console there after each piece
  --keep      leaves the region's files when all held

After "npm run build"; needs PostgreSQL. Exits with 0 when all held, with 1 when something did not.`;
const values = optionsOf(USAGE, {
  minutes: { type: 'string', default: '2' },
  seed: { type: 'string', default: '1' },
  earlier: TEXT,
  pause: { type: 'string', default: '1500' },
  only: TEXT,
  report: TEXT,
  pictures: TEXT,
  keep: { type: 'boolean' },
});
const minutes = countIn(values.minutes, 'minutes');
const seed = countIn(values.seed, 'seed');
if (values.earlier !== undefined && !existsSync(join(values.earlier, 'package.json')))
  endAsWrong(`--earlier takes the folder of an earlier commit; in ${values.earlier} there is no package.json.`);
/** Between two acts of a desk. */
const pauseMs = countIn(values.pause, 'pause');
const EARLIER = '0.0.9';
/** A flood lasts a sixtieth of the run, and no less and no more than this. */
const SHORTEST_FLOOD_MS = 10_000;
const LONGEST_FLOOD_MS = 60_000;
/** Between two troubles that are not told once. */
const CALM_MS = [4_000, 20_000] as const;

if (!hasPostgresql()) {
  process.stdout.write('There is no PostgreSQL on this machine (postgres, initdb): the region cannot be run.\n');
  process.exit(0);
}
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'careledger-region-compiled');
const root = mkdtempSync(join(tmpdir(), 'careledger-region-'));
const story = new Story();
const newer = ownProgram();
const earlier = values.earlier ? programIn(values.earlier) : copiedProgram(join(root, 'earlier'), EARLIER);
const random = new Random(seed);
const reportFile = values.report ?? join(tmpdir(), `careledger-region-${seed}.md`);
story.tell(`a region is founded (seed ${seed}, ${minutes} minutes, version ${earlier.version}, in ${root})`);
story.tell(`its report is ${reportFile}`);
const stage = await Stage.found(join(root, 'region'), story, earlier);
const scenes = new Scenes(stage, random, Math.min(LONGEST_FLOOD_MS, Math.max(SHORTEST_FLOOD_MS, minutes * 1_000)));
const report = new Report(reportFile, stage, scenes);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cut());
const pictures = values.pictures === undefined ? undefined : await ConsolePictures.open(values.pictures, story);
// What is over at the end of its scene is seen as well.
if (pictures)
  stage.console.onShown = (need, clinic) => pictures.take(`${need} at ${clinic}`, stage.office, ['Devices', 'Clinics']);
let ending: Ending | undefined;
try {
  await play();
  ending = await comeToAnEnd(stage);
} catch (error) {
  story.fault(`the run broke off: ${error instanceof Error ? error.stack : error}`);
} finally {
  report.end(ending);
  await pictures?.close();
  await stage.close();
  if (!values.keep && story.faults.length === 0) rmSync(root, { recursive: true, force: true });
}
process.exitCode = story.faults.length === 0 ? 0 : 1;

/** Somebody ends the run: what is known is told, and no process is left behind. */
function cut(): void {
  story.fault('somebody ended the run');
  report.end(undefined);
  void stage.close().finally(() => process.exit(1));
}

async function play(): Promise<void> {
  const begun = Date.now();
  const pieces = scenes.pieces(earlier, newer).filter(([name]) => name.includes(values.only ?? ''));
  if (pieces.length === 0) story.fault(`no piece has "${values.only}" in its name`);
  // They tell nobody how they are, and the others were let in a moment ago.
  for (const { name } of [stage.stray, stage.steady]) stage.console.mayShow('NEVER_HEARD', name);
  stage.console.mayShow('NEVER_HEARD')();
  stage.console.begin();
  for (const clinic of stage.clinics) clinic.begin(random, pauseMs);
  stage.steady.begin();
  story.tell('three clinics work at four desks; the console is watched');
  for (const [at, [name, piece]] of pieces.entries()) {
    const due = begun + (at * minutes * 60_000) / pieces.length;
    while (Date.now() < due) {
      await sleep(Math.min(due - Date.now(), random.between(...CALM_MS)));
      if (Date.now() >= due) break;
      const trouble = random.pick(Object.keys(scenes.troubles));
      await scenes.play(trouble, scenes.troubles[trouble] as () => Promise<void>);
    }
    await scenes.play(name, piece);
    await pictures?.take(name, stage.office);
  }
}

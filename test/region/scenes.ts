/** What is done to the region: each scene brings trouble, sees that the region goes on, and that the console tells of it. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseUrl, keepDatabaseUrl, openHubDatabase } from '../../server/hub/hub-database.ts';
import { readHead } from '../../server/ledger/ledger.store.ts';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { endProgram, runProgram, startProgram } from '../../server/workstation/demo/desk.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import type { Random } from '../simulate/random.ts';
import { newDatabase } from '../support/postgresql.ts';
import type { ClinicDesk, Evidence, SyncState } from './clinic-desk.ts';
import { type FloodFigures, flood } from './flood.ts';
import type { Program } from './program-copy.ts';
import type { HubSeat, Stage } from './stage.ts';

const WRONG_CLOCK_MS = 7 * 60_000;
/** One killed desk in so many is verified before it starts again. */
const VERIFIED = 3;

export class Scenes {
  /** Seconds until every desk had the hub again, by what was done. */
  readonly seconds = new Map<string, number[]>();
  readonly floods: FloodFigures[] = [];
  readonly #stage: Stage;
  readonly #random: Random;
  readonly #floodMs: number;
  #evidence = 0;

  /** @param floodMs how long a flood lasts, and the calm before it that it is held against */
  constructor(stage: Stage, random: Random, floodMs: number) {
    this.#stage = stage;
    this.#random = random;
    this.#floodMs = floodMs;
  }

  /** What may come at any moment, any number of times. */
  readonly troubles: Readonly<Record<string, () => Promise<void>>> = {
    'kill a hub process': () => this.#killHub(),
    'kill both hub processes': () => this.#killBoth(),
    'kill a desk': () => this.#killDesk(this.#random.pick(this.#stage.desks)),
    'crash the database': () => this.#crashDatabase(),
    'cut every road': () => this.#cut(),
  };

  /** What is told once or twice, in this order. */
  pieces(earlier: Program, newer: Program): Array<[name: string, play: () => Promise<void>]> {
    const { hubs, desks, office } = this.#stage;
    const [first, second] = hubs as [HubSeat, HubSeat];
    return [
      ['a device lies', () => this.#deviceLies()],
      ['a clinic floods and a device attacks', () => this.#flood('by day')],
      ['the hub is upgraded', () => this.#upgradeHub(first, newer)],
      ['the hub is upgraded further', () => this.#upgradeHub(second, newer)],
      ['a hub process is killed', this.troubles['kill a hub process'] as () => Promise<void>],
      ['a hub that was put back answers one clinic', () => this.#hubPutBack()],
      ['clinics are upgraded one by one', () => this.#upgradeDesks([...desks, office], newer)],
      ['the database crashes', () => this.#crashDatabase()],
      ['a clock goes wrong', () => this.#wrongClock(this.#random.pick(desks))],
      ['a flood, and a hub process killed in it', () => this.#flood('a hub process killed in it', () => this.#killHub())],
      ['hub and a desk are rolled back', () => this.#rollBack(first, this.#random.pick(desks), earlier)],
      ['everything is killed at once', () => this.#killAll()],
      ['a flood, and the database crashed in it', () => this.#flood('PostgreSQL crashed in it', () => this.#crashDatabase())],
      ['what was rolled back is upgraded', () => this.#upgradeAgain(first, newer)],
      ['a last flood', () => this.#flood('the last')],
    ];
  }

  async play(name: string, scene: () => Promise<void>): Promise<void> {
    this.#stage.story.tell(name);
    try {
      await scene();
    } catch (error) {
      this.#stage.story.fault(`${name}: ${error instanceof Error ? error.stack : error}`);
      await this.#mend().catch((cause: unknown) => this.#stage.story.fault(`after ${name}: ${asFailure(cause).message}`));
    }
  }

  /** Puts everything up again, whatever a scene has left. */
  async #mend(): Promise<void> {
    const { database, hubs, desks, office } = this.#stage;
    await database.resume().catch(() => undefined);
    for (const hub of hubs) if (!hub.child) await this.#stage.startHub(hub);
    this.#stage.leadApart(undefined);
    for (const desk of [...desks, office]) if (!desk.isUp) await desk.start();
  }

  /** Every desk has talked with the hub since; how long that took. */
  async #goesOn(what: string, since = Date.now()): Promise<void> {
    const { desks, office, story } = this.#stage;
    await Promise.all(
      [...desks, office].map((desk) =>
        desk.until(`it has the hub again after "${what}"`, async () => {
          if (!desk.isUp) return true;
          const { lastContact } = await desk.sync();
          return (lastContact ?? 0) - desk.ahead > since;
        }),
      ),
    );
    const took = (Date.now() - since) / 1000;
    this.seconds.set(what, [...(this.seconds.get(what) ?? []), took]);
    story.tell(`  every desk has the hub again after ${took.toFixed(1)} s`);
  }

  async #killHub(): Promise<void> {
    const hub = this.#random.pick(this.#stage.hubs);
    this.#stage.story.tell(`  kill -9 of ${hub.name}`);
    const since = Date.now();
    await this.#stage.endHub(hub, 'SIGKILL');
    await this.#goesOn('one hub process killed, the other takes over', since);
    await this.#stage.startHub(hub);
  }

  async #killBoth(): Promise<void> {
    const since = Date.now();
    await Promise.all(this.#stage.hubs.map((hub) => this.#stage.endHub(hub, 'SIGKILL')));
    await Promise.all(this.#stage.hubs.map((hub) => this.#stage.startHub(hub)));
    await this.#goesOn('both hub processes killed and started', since);
  }

  async #killDesk(desk: ClinicDesk): Promise<void> {
    this.#stage.story.tell(`  kill -9 of ${desk.name}`);
    const since = Date.now();
    await desk.end('SIGKILL');
    if (this.#random.below(VERIFIED) === 0) await this.#verified(desk);
    await desk.start();
    await this.#goesOn('a desk killed, started and unlocked', since);
  }

  async #killAll(): Promise<void> {
    const { hubs, desks, office, database } = this.#stage;
    // On a slow machine the only witness is away for longer than desks bear without a word.
    const over = this.#stage.console.mayShow('UNWITNESSED');
    const since = Date.now();
    await Promise.all([
      ...hubs.map((hub) => this.#stage.endHub(hub, 'SIGKILL')),
      ...[...desks, office].map((desk) => desk.end('SIGKILL')),
    ]);
    await database.stop('SIGQUIT');
    await database.resume();
    for (const hub of hubs) await this.#stage.startHub(hub);
    for (const desk of [...desks, office]) await desk.start();
    await this.#goesOn('a power cut of everything', since);
    over();
  }

  async #crashDatabase(): Promise<void> {
    const { database } = this.#stage;
    const since = Date.now();
    await database.stop('SIGQUIT');
    await sleep(this.#random.between(1_000, 6_000));
    await database.resume();
    await this.#goesOn('PostgreSQL crashed and started', since);
  }

  async #cut(): Promise<void> {
    this.#stage.cut(true);
    await sleep(this.#random.between(5_000, 15_000));
    this.#stage.cut(false);
    await this.#goesOn('the network back after a cut');
  }

  async #upgradeHub(hub: HubSeat, program: Program): Promise<void> {
    this.#stage.story.tell(`  ${hub.name}: version ${hub.program.version} to ${program.version}`);
    const since = Date.now();
    await this.#stage.endHub(hub, 'SIGTERM');
    hub.program = program;
    await this.#stage.startHub(hub);
    await this.#goesOn('a hub process in another version', since);
  }

  async #upgradeDesk(desk: ClinicDesk, program: Program): Promise<void> {
    this.#stage.story.tell(`  ${desk.name}: version ${desk.program.version} to ${program.version}`);
    const since = Date.now();
    await desk.end('SIGTERM');
    desk.program = program;
    await desk.start();
    await this.#goesOn('a desk in another version', since);
  }

  async #upgradeDesks(desks: readonly ClinicDesk[], program: Program): Promise<void> {
    for (const [at, desk] of desks.entries()) {
      await this.#upgradeDesk(desk, program);
      const next = desks.slice(at + 1).find(({ clinic }) => clinic !== desk.clinic);
      if (at === 0 && next) await this.#stage.console.shows('OLD_VERSION', next.clinic);
    }
    for (const clinic of new Set(desks.map((desk) => desk.clinic))) await this.#stage.console.shows('OLD_VERSION', clinic, false);
  }

  async #rollBack(hub: HubSeat, desk: ClinicDesk, program: Program): Promise<void> {
    await this.#upgradeHub(hub, program);
    await this.#upgradeDesk(desk, program);
    await this.#stage.console.shows('OLD_VERSION', desk.clinic);
  }

  async #upgradeAgain(hub: HubSeat, program: Program): Promise<void> {
    await this.#upgradeHub(hub, program);
    const { desks, office } = this.#stage;
    await this.#upgradeDesks(
      [...desks, office].filter((desk) => desk.program !== program),
      program,
    );
  }

  async #wrongClock(desk: ClinicDesk): Promise<void> {
    // By a clock that is ahead, the witnesses have been silent for so long too.
    const overs = ['CLOCK', 'UNWITNESSED'].map((need) => this.#stage.console.mayShow(need, desk.clinic));
    await this.#restart(desk, WRONG_CLOCK_MS);
    await this.#stage.console.shows('CLOCK', desk.clinic);
    await this.#restart(desk, 0);
    await this.#stage.console.shows('CLOCK', desk.clinic, false);
    for (const over of overs) over();
  }

  async #restart(desk: ClinicDesk, ahead: number): Promise<void> {
    await desk.end('SIGTERM');
    desk.ahead = ahead;
    await desk.start();
  }

  /** Others go on while a clinic floods; then the hub takes nothing new of it, and again. */
  async #flood(what: string, meanwhile?: () => Promise<void>): Promise<void> {
    this.floods.push(await flood(this.#stage, { what, ms: this.#floodMs, ...(meanwhile && { meanwhile }) }));
    await this.#goesOn('the end of a flood');
  }

  /** One device seals two blocks at one height: each desk is told, shows it, and somebody there sees it. */
  async #deviceLies(): Promise<void> {
    const { stray, story, console, desks, office } = this.#stage;
    const overs = [console.mayShow('ALARM'), console.mayShow('COPIED', stray.name)];
    story.tell(`  the hub said of the second block: ${await stray.lie()}`);
    await console.shows('COPIED', stray.name);
    for (const desk of [...desks, office]) {
      const evidence = await this.#caught(desk, ({ code, about }) => code === 'sync.equivocation' && about === stray.liar);
      await console.shows('ALARM', desk.clinic);
      await desk.device('mutation Seen($id: Int!) { acknowledgeEvidence(id: $id) { connection } }', { id: evidence.id });
    }
    for (const clinic of new Set([...desks, office].map((desk) => desk.clinic))) await console.shows('ALARM', clinic, false);
    // The device that lied stays one that did.
    overs[0]?.();
  }

  /**
   * A hub that was put back behind everybody's back answers one clinic. Either that desk catches it, or the hub's own program learns from
   * what the desk shows that it lacks blocks, says so and takes nothing; the others notice nothing.
   */
  async #hubPutBack(): Promise<void> {
    const { console, apart, story } = this.#stage;
    const over = console.mayShow('ALARM', apart.clinic);
    const { liar, size } = await this.#putBack();
    // With less than it shows, nobody can know that it was put back.
    await apart.until('it knows more than that hub', async () => (await apart.sync()).replicaSize > size);
    const { child, line } = await startProgram(['hub', 'serve', '--data', liar, '--port', '0', '--json']);
    const noticed = await this.#noticedAt(Number(line.port)).finally(() => endProgram(child, 'SIGKILL'));
    story.tell(`  ${apart.name} does not follow it: ${noticed.problem?.code}`);
    const since = Date.now();
    if (noticed.connection === 'STOPPED') {
      await this.#caught(apart, ({ stops, resolvedAt }) => stops && resolvedAt === null);
      await console.shows('ALARM', apart.clinic);
      await apart.device('mutation { resumeSync { connection } }');
    }
    await this.#goesOn('a hub that was put back is gone', since);
    await console.shows('ALARM', apart.clinic, false);
    over();
  }

  /** How the clinic apart stands when it does not go on with the hub at this port; then it is led to the true one again. */
  async #noticedAt(port: number): Promise<SyncState> {
    const { apart } = this.#stage;
    this.#stage.leadApart(port);
    try {
      return await apart.until('it notices a hub that was put back', async () => {
        const state = await apart.sync();
        return (state.connection === 'STOPPED' || state.problem?.code === 'sync.hub-recovering') && state;
      });
    } finally {
      this.#stage.leadApart(undefined);
    }
  }

  /** A hub of the region's keys on a database as it is now, of which nobody is told that it was put back. */
  async #putBack(): Promise<{ liar: string; size: number }> {
    const { hubs, folder } = this.#stage;
    const liar = join(folder, 'liar');
    const [first] = hubs as [HubSeat];
    mkdirSync(liar);
    for (const file of ['FORMAT', 'hub-keys.json']) cpSync(join(first.folder, file), join(liar, file));
    // Nobody may be connected to what is copied.
    await Promise.all(hubs.map((hub) => this.#stage.endHub(hub, 'SIGTERM')));
    const url = (await databaseUrl(first.folder)) as string;
    await keepDatabaseUrl(liar, await newDatabase(url, url));
    const database = await openHubDatabase(liar);
    const head = await readHead(database.read, hashParts);
    await database.close();
    await Promise.all(hubs.map((hub) => this.#stage.startHub(hub)));
    return { liar, size: head?.size ?? 0 };
  }

  /** The evidence that a desk keeps; where a file shows it to others, it is judged elsewhere. */
  async #caught(desk: ClinicDesk, isIt: (evidence: Evidence) => boolean): Promise<Evidence> {
    const found = await desk.until('it has evidence', async () => (await desk.evidence()).find(isIt));
    if (!found.provable) return found;
    const { evidenceFile } = await desk.device<{ evidenceFile: string }>('query File($id: Int!) { evidenceFile(id: $id) }', {
      id: found.id,
    });
    const file = join(this.#stage.folder, `evidence-${++this.#evidence}.json`);
    writeFileSync(file, evidenceFile);
    const { code, out, err } = await runProgram(['verify', file, '--json']);
    if (code !== 0) this.#stage.story.fault(`the evidence of ${desk.name} (${found.code}) is not believed: ${err}`);
    else if (this.#evidence % VERIFIED === 1)
      this.#stage.story.tell(`  the evidence of ${desk.name} holds: ${out.trim().slice(0, 160)}`);
    return found;
  }

  async #verified(desk: ClinicDesk): Promise<void> {
    const { code, out, err } = await runProgram(['verify', '--data', desk.folder, '--json']);
    if (code !== 0) this.#stage.story.fault(`the killed ${desk.name} is damaged: ${err} ${out.slice(0, 2_000)}`);
    else
      this.#stage.story.tell(
        `  its folder, as it lay there: ${(JSON.parse(out) as { blocks: number }).blocks} blocks, all of it holds`,
      );
  }
}

/**
 * The region as it stands: PostgreSQL, two hub processes behind a balancer, three clinics at work, one that means no good, one that only
 * measures how long the hub lets others wait, and the console.
 */

import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { endProgram, runProgram, startProgram } from '../../server/workstation/demo/desk.ts';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import { readInvitation, writeInvitation } from '../../shared/sync/wire.ts';
import { newDatabase, PostgresqlServer } from '../support/postgresql.ts';
import { ClinicAtWork } from './clinic-at-work.ts';
import { ClinicDesk, PASSPHRASE } from './clinic-desk.ts';
import { FleetConsole } from './fleet-console.ts';
import type { Program } from './program-copy.ts';
import { Road } from './road.ts';
import { SteadyClinic } from './steady-clinic.ts';
import type { Story } from './story.ts';
import { StrayClinic } from './stray-clinic.ts';
import { Waits } from './waits.ts';

const OFFICE = 'Office';
const ADMINISTRATOR = 'Ana Ferreira';
const HUB_ADMINISTRATOR = 'Noor Haddad';
const COLLEAGUE = 'Mara Lind';
/** The clinic with a road of its own, on which it can be lied to. */
const APART = 'Ridge';
const HUB_FILES = ['FORMAT', 'hub-keys.json', 'database-url'];

export interface HubSeat {
  readonly name: string;
  readonly folder: string;
  program: Program;
  child: ChildProcess | undefined;
  port: number;
  /** Where it answers who keeps it running. */
  operations: number;
}

export class Stage {
  readonly folder: string;
  readonly story: Story;
  readonly database: PostgresqlServer;
  readonly hubs: readonly HubSeat[];
  readonly office: ClinicDesk;
  readonly clinics: readonly ClinicAtWork[];
  readonly stray: StrayClinic;
  readonly steady: SteadyClinic;
  /** Whoever works at a desk, until their act is acknowledged there. */
  readonly people = new Waits();
  readonly console: FleetConsole;
  #roads: { all: Road; apart: Road } | undefined;
  readonly #port: number;
  #apartPort: number | undefined;

  private constructor(folder: string, story: Story, database: PostgresqlServer, port: number, program: Program) {
    this.folder = folder;
    this.story = story;
    this.database = database;
    this.#port = port;
    this.hubs = ['first', 'second'].map((name) => ({
      name: `the ${name} hub process`,
      folder: join(folder, `hub-${name}`),
      program,
      child: undefined,
      port: 0,
      operations: 0,
    }));
    const desk = (clinic: string, name = clinic): ClinicDesk => {
      const place = join(folder, name.toLowerCase().replaceAll(' ', '-'));
      mkdirSync(place, { recursive: true });
      return new ClinicDesk(clinic, name, place, program);
    };
    this.office = desk(OFFICE);
    this.clinics = [
      new ClinicAtWork('Harbour', [desk('Harbour'), desk('Harbour', 'Harbour desk 2')], story, this.people),
      new ClinicAtWork(APART, [desk(APART)], story, this.people),
      new ClinicAtWork('Lakeside', [desk('Lakeside')], story, this.people),
    ];
    for (const clinic of this.clinics) clinic.others = this.clinics.filter((other) => other !== clinic);
    this.stray = new StrayClinic(port);
    this.steady = new SteadyClinic(port, story);
    this.console = new FleetConsole(this.office, story);
  }

  get desks(): ClinicDesk[] {
    return this.clinics.flatMap(({ desks }) => desks);
  }

  get apart(): ClinicDesk {
    return this.desks.find(({ clinic }) => clinic === APART) as ClinicDesk;
  }

  /** Founds the region in an empty folder, with everybody in it and the console open. */
  static async found(folder: string, story: Story, program: Program): Promise<Stage> {
    const stage = new Stage(folder, story, await PostgresqlServer.start(), await freePort(), program);
    try {
      await stage.#found();
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  async #found(): Promise<void> {
    const [first, second] = this.hubs as [HubSeat, HubSeat];
    const url = await newDatabase(this.database.url('postgres'));
    const { invitation } = await this.hubCommand(
      'init',
      '--name',
      'Region of the hour',
      '--address',
      `https://localhost:${this.#port}`,
      '--database',
      url,
    );
    mkdirSync(second.folder);
    for (const file of HUB_FILES) cpSync(join(first.folder, file), join(second.folder, file));
    this.#roads = { all: await Road.open(this.#port, '127.0.0.1'), apart: await Road.open(this.#port, '::1') };
    await Promise.all(this.hubs.map((hub) => this.startHub(hub)));
    this.story.tell('  two hub processes are up');
    await this.#newClinic(this.office);
    await this.office.device(JOIN, { invitation });
    await this.office.reaches('the region is founded', 'UP_TO_DATE');
    // One after the other: whoever approves holds one key at a time.
    for (const clinic of this.clinics) await this.#join(clinic);
    this.story.tell('  three clinics are in it');
    for (const driven of [this.stray, this.steady]) {
      await driven.knock(await this.#invite());
      await this.#approve(driven.chain);
      await driven.settle();
    }
    await this.#secondDesk();
    this.story.tell('  a second desk is let in');
    await this.#openConsole();
  }

  async #join(clinic: ClinicAtWork): Promise<void> {
    const [desk] = clinic.desks;
    if (!desk) return;
    await this.#newClinic(desk);
    clinic.chain = await desk.chain();
    const invitation = await this.#invite();
    const apart = writeInvitation({ ...readInvitation(invitation), address: `https://[::1]:${this.#port}` });
    await desk.device(JOIN, { invitation: desk.clinic === APART ? apart : invitation });
    await this.#approve(clinic.chain);
    await desk.reaches('it is in the region', 'UP_TO_DATE');
  }

  async #newClinic(desk: ClinicDesk): Promise<void> {
    await desk.start();
    await desk.device('mutation Create($input: CreateClinicInput!) { createClinic(input: $input) { state } }', {
      input: { name: desk.clinic, kind: 'CLINIC', administrator: ADMINISTRATOR, passphrase: PASSPHRASE },
    });
  }

  async #approve(chain: string): Promise<void> {
    await this.office.until('the request arrives', async () => {
      const { admissionRequests } = await this.office.device<{ admissionRequests: Array<{ chain: string }> }>(
        '{ admissionRequests { chain } }',
      );
      return admissionRequests.some((each) => each.chain === chain);
    });
    await this.office.ask('mutation Approve($chain: ID!) { approveAdmission(chain: $chain) }', { chain });
    await this.office.until('the approval is at the hub', async () => (await this.office.sync()).pendingEvents === 0);
  }

  async #secondDesk(): Promise<void> {
    const [desk, other] = this.desks as [ClinicDesk, ClinicDesk];
    const { inviteDevice } = await desk.ask<{ inviteDevice: string }>('mutation { inviteDevice(kind: "workstation") }');
    await other.start();
    await other.device(
      'mutation Join($invitation: String!, $name: String!, $passphrase: String!) { joinClinic(invitation: $invitation, staffName: $name, passphrase: $passphrase) { state } }',
      { invitation: inviteDevice, name: COLLEAGUE, passphrase: PASSPHRASE },
    );
    const request = await desk.until('the second desk asks', async () => {
      const { deviceRequests } = await desk.ask<{ deviceRequests: Array<{ device: string; staffName: string }> }>(
        '{ deviceRequests { device staffName } }',
      );
      return deviceRequests.find(({ staffName }) => staffName === COLLEAGUE);
    });
    await desk.ask('mutation Admit($device: ID!, $role: String!) { admitDevice(device: $device, role: $role) }', {
      device: request.device,
      role: 'clinician',
    });
    await other.reaches('it is let in', 'UP_TO_DATE');
    other.person = COLLEAGUE;
    await other.until('it has its keys', async () => {
      await other.ask('{ patients(search: "") { totalCount } }');
      return true;
    });
  }

  /** The hub's administrator is enrolled at the office, named at the hub's machine, and signed in from here on. */
  async #openConsole(): Promise<void> {
    const { enrolStaff } = await this.office.ask<{ enrolStaff: { id: string } }>(
      'mutation Enrol($input: EnrolStaffInput!) { enrolStaff(input: $input) { id } }',
      { input: { name: HUB_ADMINISTRATOR, role: 'hub-administrator', passphrase: PASSPHRASE } },
    );
    await this.office.until('the region knows the person', async () => (await this.office.sync()).pendingEvents === 0);
    this.office.person = HUB_ADMINISTRATOR;
    await this.office.end('SIGTERM');
    await this.office.start();
    await this.office.until('the role is in the ledger', () =>
      this.hubCommand('administrator', '--add', enrolStaff.id).then(() => true),
    );
  }

  async startHub(hub: HubSeat): Promise<void> {
    const operations = await freePort();
    const serve = ['hub', 'serve', '--data', hub.folder, '--port', '0', '--operations', String(operations), '--json'];
    // Started anew it has another port, and is the same process for who sees its console; an earlier version does not ask for it.
    const named = { CARELEDGER_HUB_PROCESS: `hub-${1 + this.hubs.indexOf(hub)}` };
    const { child, line } = await startProgram(serve, hub.program.main, named);
    hub.child = child;
    hub.operations = operations;
    hub.port = Number(line.port);
    this.#lead();
  }

  async endHub(hub: HubSeat, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = hub;
    hub.child = undefined;
    this.#lead();
    if (child) await endProgram(child, signal);
  }

  /** Only that clinic's road leads to the hub at this port, or where all lead when there is none. */
  leadApart(port: number | undefined): void {
    this.#apartPort = port;
    this.#lead(true);
  }

  /** No road leads anywhere, or they do again. */
  cut(isCut: boolean): void {
    if (isCut) for (const road of Object.values(this.#roads ?? {})) road.leadsTo([], true);
    else this.#lead();
  }

  #lead(anew = false): void {
    const ports = this.hubs.flatMap(({ child, port }) => (child ? [port] : []));
    this.#roads?.all.leadsTo(ports);
    this.#roads?.apart.leadsTo(this.#apartPort === undefined ? ports : [this.#apartPort], anew);
  }

  /** `careledger hub …` at the machine of the first process, beside it; what it says. */
  async hubCommand(verb: string, ...rest: string[]): Promise<Record<string, unknown>> {
    const { code, out, err } = await runProgram(['hub', verb, '--data', this.hubs[0]?.folder ?? '', ...rest, '--json']);
    if (code !== 0) throw new TypeError(`"hub ${verb}" was refused: ${err.trim()}`);
    return JSON.parse(out) as Record<string, unknown>;
  }

  /** Blocks in the hub's ledger. */
  async ledgerSize(): Promise<number> {
    return Number((await this.hubCommand('status')).blocks);
  }

  async #invite(): Promise<string> {
    return String((await this.hubCommand('invite')).invitation);
  }

  async close(): Promise<void> {
    await this.stray.end();
    for (const desk of [...this.desks, this.office]) await desk.end('SIGTERM');
    for (const hub of this.hubs) await this.endHub(hub, 'SIGTERM');
    for (const road of Object.values(this.#roads ?? {})) await road.close();
    await this.database.close();
  }
}

const JOIN = 'mutation Join($invitation: String!) { joinRegion(invitation: $invitation) { connection } }';

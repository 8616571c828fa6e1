/** The demo's cast: one hub and the desks of its clinics, each a process with a folder of its own. */
import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/outcome/failure.ts';
import { Desk, endProgram, runProgram, startProgram } from './desk.ts';
import { freePort } from './free-port.ts';

export const PASSPHRASE = 'copper lantern drifting walrus';

export class DemoRegion {
  readonly folder: string;
  readonly #desks = new Map<string, Desk>();
  #hub: ChildProcess | undefined;
  #port = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the hub; gives the invitation of the region's founder. */
  async makeHub(): Promise<string> {
    this.#port = await freePort();
    const made = await this.#json([
      'hub',
      'init',
      '--data',
      this.#place('hub'),
      '--name',
      'Demo region',
      '--address',
      `https://localhost:${this.#port}`,
      '--json',
    ]);
    await this.startHub();
    return String(made.invitation);
  }

  async startHub(): Promise<void> {
    const { child } = await startProgram(['hub', 'serve', '--data', this.#place('hub'), '--json']);
    this.#hub = child;
  }

  /** Pulls the plug: as a crash would, without a word. */
  async killHub(): Promise<void> {
    if (this.#hub) await endProgram(this.#hub, 'SIGKILL');
  }

  async invite(): Promise<string> {
    return String((await this.#json(['hub', 'invite', '--data', this.#place('hub'), '--json'])).invitation);
  }

  /** A desk with a new clinic on it. */
  async openClinic(name: string, administrator: string, importFrom: readonly string[] = []): Promise<Desk> {
    await mkdir(this.#place(name), { recursive: true });
    const desk = await Desk.start(this.#place(name), importFrom);
    this.#desks.set(name, desk);
    await desk.device('mutation Create($input: CreateClinicInput!) { createClinic(input: $input) { state } }', {
      input: { name, kind: 'CLINIC', administrator, passphrase: PASSPHRASE },
    });
    return desk;
  }

  async close(): Promise<void> {
    for (const desk of this.#desks.values()) await desk.stop();
    if (this.#hub) await endProgram(this.#hub);
  }

  #place(name: string): string {
    return join(this.folder, name.toLowerCase().replaceAll(' ', '-'));
  }

  async #json(args: string[]): Promise<Record<string, unknown>> {
    const { code, out, err } = await runProgram(args);
    if (code !== 0) throw new Failure('demo.program', `"careledger ${args.slice(0, 2).join(' ')}" was refused: ${err.trim()}`);
    return JSON.parse(out) as Record<string, unknown>;
  }
}

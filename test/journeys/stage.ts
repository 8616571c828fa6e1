/** Where a journey plays: a browser, clinics and a hub, each with a folder and processes of its own. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterEach } from 'vitest';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import { ensureChromium } from '../support/ensure-chromium.ts';
import { ProgramProcess, runProgram } from '../support/program-process.ts';
import { ClinicAtWork } from './clinic-at-work.ts';

const SIZE = { width: 1366, height: 768 };
const WINDOW: BrowserContextOptions = { viewport: SIZE, colorScheme: 'light', locale: 'en-GB', reducedMotion: 'reduce' };
/** Chromium's own camera and microphone, given to whoever asks. */
export const MEDIA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const SWITCHES = [...MEDIA, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];

export class Stage implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'careledger-journey-'));
  /** Uncaught exceptions of every page. */
  readonly complaints: string[] = [];
  readonly #clinics: ClinicAtWork[] = [];
  readonly #closing: (() => Promise<void>)[] = [];
  readonly #profiles: BrowserContext[] = [];
  readonly #elsewhere: string[] = [];
  #browser: Promise<Browser> | undefined;

  constructor() {
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') for (const clinic of this.#clinics) await clinic.pictureOfFailure();
    });
  }

  /** A place for files of this journey, under the stage's folder. */
  place(name: string): string {
    return join(this.folder, name);
  }

  /** A new installation and a window on it; the one-time code is typed. */
  async clinic(name: string): Promise<ClinicAtWork> {
    this.#browser ??= chromium.launch({ executablePath: ensureChromium(), args: SWITCHES });
    return this.#opened(name, await (await this.#browser).newContext(WINDOW));
  }

  /** The same, in a browser with a lasting profile, as people have; what the programs keep for a while goes to `temporary`. */
  async clinicWithProfile(name: string, profile: string, temporary: string): Promise<ClinicAtWork> {
    mkdirSync(temporary, { recursive: true });
    const options = { ...WINDOW, executablePath: ensureChromium(), args: SWITCHES, env: { ...process.env, TMPDIR: temporary } };
    const context = await chromium.launchPersistentContext(
      profile,
      options as Parameters<typeof chromium.launchPersistentContext>[1],
    );
    this.#profiles.push(context);
    return this.#opened(name, context, { TMPDIR: temporary });
  }

  async #opened(name: string, context: BrowserContext, environment: Record<string, string> = {}): Promise<ClinicAtWork> {
    context.on('weberror', (error) => this.complaints.push(String(error.error().stack)));
    const clinic = new ClinicAtWork(this.place(name.toLowerCase().replaceAll(' ', '-')), name, context, environment);
    this.#clinics.push(clinic);
    await clinic.start();
    return clinic;
  }

  /** A window of somebody else: no program of ours stands behind it. */
  async stranger(options: BrowserContextOptions = {}): Promise<Page> {
    this.#browser ??= chromium.launch({ executablePath: ensureChromium(), args: SWITCHES });
    const context = await (await this.#browser).newContext({ ...WINDOW, ...options });
    context.on('weberror', (error) => this.complaints.push(String(error.error().stack)));
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);
    return page;
  }

  /** @param address of the hub; a free port of this computer without it. */
  async hub(
    environment: Readonly<Record<string, string>> = {},
    name = 'hub',
    address?: string,
    switches: readonly string[] = [],
  ): Promise<HubAtWork> {
    const at = address ?? `https://localhost:${await freePort()}`;
    const hub = await HubAtWork.make(this.place(name), environment, at, switches);
    this.#closing.push(() => hub.end());
    return hub;
  }

  /** Ends the browsers with profiles, so that all that they keep is on the disk. */
  async closeProfiles(): Promise<void> {
    for (const context of this.#profiles.splice(0)) await context.close();
  }

  /** A folder outside of the stage's own that goes with it. */
  removeAtEnd(folder: string): void {
    this.#elsewhere.push(folder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#clinics.map((clinic) => clinic.end()));
    await (await this.#browser)?.close();
    await this.closeProfiles();
    for (const close of this.#closing) await close();
    for (const folder of [this.folder, ...this.#elsewhere]) rmSync(folder, { recursive: true, force: true });
  }
}

/** The region's hub as its administrators start it. */
export class HubAtWork {
  readonly folder: string;
  readonly address: string;
  /** For the clinic that founds the region. */
  readonly founding: string;
  readonly heard: string[] = [];
  readonly #environment: Readonly<Record<string, string>>;
  readonly #switches: readonly string[];
  #program: ProgramProcess | undefined;

  private constructor(
    folder: string,
    address: string,
    founding: string,
    environment: Readonly<Record<string, string>>,
    switches: readonly string[],
  ) {
    this.#switches = switches;
    this.folder = folder;
    this.address = address;
    this.founding = founding;
    this.#environment = environment;
  }

  static async make(
    folder: string,
    environment: Readonly<Record<string, string>>,
    address: string,
    switches: readonly string[],
  ): Promise<HubAtWork> {
    const args = ['hub', 'init', '--data', folder, '--name', 'North region', '--address', address, '--json'];
    const { out, err } = await runProgram(args, { environment });
    if (!out) throw new Error(err);
    const hub = new HubAtWork(
      folder,
      address,
      String((JSON.parse(out) as { invitation: string }).invitation),
      environment,
      switches,
    );
    await hub.start();
    return hub;
  }

  async start(): Promise<void> {
    const [program] = await ProgramProcess.start(['hub', 'serve', '--data', this.folder, ...this.#switches, '--json'], {
      environment: this.#environment,
    });
    this.#program = program;
  }

  async end(signal?: NodeJS.Signals): Promise<void> {
    await this.#program?.end(signal);
    if (this.#program) this.heard.push(this.#program.said);
    this.#program = undefined;
  }

  /** An invitation for one more clinic. */
  async invite(): Promise<string> {
    const { out, code, err } = await runProgram(['hub', 'invite', '--data', this.folder, '--json']);
    if (code !== 0) throw new Error(err);
    return (JSON.parse(out) as { invitation: string }).invitation;
  }
}

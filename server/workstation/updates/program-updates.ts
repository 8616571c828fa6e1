/**
 * Updates of this program at a workstation: asked of the region's hub and nobody else, checked before they are offered to a person, and
 * handed to the shell only while nobody is signed in, so that there is nothing unsaved. The shell puts them in place.
 */
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { concat, equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { compareVersions } from '../../../shared/fleet/need.ts';
import {
  MAX_RELEASE_BYTES,
  type OwnProgram,
  openRelease,
  type Release,
  type ReleaseFile,
  refusalOf,
  type Target,
} from '../../../shared/fleet/release.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { syncFolder } from '../../storage/durable-file.ts';
import { sha512OfFile } from '../../storage/file-hash.ts';
import type { HubClient } from '../../sync/hub-client.ts';
import { verifySignature } from '../../vault/primitives.ts';
import { schemaSteps } from '../folder/installation.ts';
import { readProgramVersion } from './program-version.ts';
import { UpdateDoor, type UpdateFeed } from './update-door.ts';

const LOOK_EVERY_MS = 600_000;
/** In the data folder: the file of the update that is offered, under its hash. */
const FOLDER = 'updates';

/** What the hub offers to this computer, and how far it is. */
type UpdateState =
  | { readonly kind: 'none' }
  | { readonly kind: 'fetching' | 'ready'; readonly release: Release; readonly isOlder: boolean }
  /** What the hub offers is not for here, or not what its makers signed. */
  | { readonly kind: 'refused'; readonly problem: Failure };

interface ProgramUpdatesOptions {
  /** The data folder. */
  readonly folder: string;
  /** Of the makers of this program; undefined in a build that takes no updates. */
  readonly releaseKey: Uint8Array | undefined;
  own(): Promise<OwnProgram>;
  askHub<T>(ask: (client: Pick<HubClient, 'fetchFile'>) => Promise<T>): Promise<T>;
  isSomebodySignedIn(): boolean;
  onChange(): void;
  /** Has the shell put it in place and start anew; left out where there is no shell. */
  readonly install: ((feed: UpdateFeed) => void) | undefined;
}

export class ProgramUpdates {
  readonly #options: ProgramUpdatesOptions;
  readonly #door = new UpdateDoor();
  #state: UpdateState = { kind: 'none' };
  /** Path of the file that is ready. */
  #file: { readonly path: string; readonly file: ReleaseFile } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(options: ProgramUpdatesOptions) {
    this.#options = options;
  }

  get state(): UpdateState {
    return this.#state;
  }

  /** Whether this computer can put an update in place by itself. */
  get canInstall(): boolean {
    return this.#options.install !== undefined;
  }

  start(): void {
    if (!this.#options.releaseKey) return;
    const look = (): void => void this.look().catch(() => undefined);
    this.#timer = setInterval(look, LOOK_EVERY_MS);
    this.#timer.unref();
    look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#door.close();
  }

  /** Asks the hub, and fetches what it offers; what was offered and is not any more is forgotten. @throws {Failure} as `HubClient.fetchFile`. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /**
   * Hands the update to the shell, which ends this program and starts the new one.
   * @throws {Failure} `update.none`, `update.somebody-signed-in`, `update.no-shell`, `update.file-altered`.
   */
  async install(): Promise<void> {
    const { install, isSomebodySignedIn } = this.#options;
    const { state } = this;
    if (state.kind !== 'ready' || !this.#file)
      throw new Failure('update.none', 'There is no update to install. It is said on the screen when there is one.');
    if (!install)
      throw new Failure(
        'update.no-shell',
        'This computer is used through a browser. Whoever installed Careledger on it updates it.',
      );
    if (isSomebodySignedIn())
      throw new Failure(
        'update.somebody-signed-in',
        'Somebody is signed in. Lock first, so that nothing that is unsaved is lost.',
      );
    const { path, file } = this.#file;
    // It lay on the disk since.
    if (!(await isWhole(path, file))) {
      await this.#forget();
      throw new Failure('update.file-altered', 'The update was altered on this disk. It is fetched anew.', { retry: true });
    }
    install(await this.#door.open({ path, file, release: state.release, isOlder: state.isOlder }));
  }

  async #look(): Promise<void> {
    const { askHub, releaseKey } = this.#options;
    if (!releaseKey) return;
    await askHub(async (client) => {
      const signed = await bytesAt(client);
      if (!signed) return this.#forget();
      try {
        await this.#take(client, openRelease(verifySignature, releaseKey, signed));
      } catch (error) {
        const problem = asFailure(error);
        // A hub that is away in the middle is asked again, and says nothing about the update.
        if (problem.code.startsWith('sync.')) throw problem;
        this.#set({ kind: 'refused', problem });
      }
    });
  }

  async #take(client: Pick<HubClient, 'fetchFile'>, release: Release): Promise<void> {
    const own = await this.#options.own();
    if (release.version === own.version) return this.#forget();
    const refusal = refusalOf(release, own);
    if (refusal) throw refusal;
    const file = release.files.find(({ target }) => target === own.target) as ReleaseFile;
    const path = join(this.#options.folder, FOLDER, toHex(file.sha512));
    if (this.#state.kind === 'ready' && this.#file?.path === path) return;
    const isOlder = compareVersions(release.version, own.version) < 0;
    this.#file = undefined;
    this.#set({ kind: 'fetching', release, isOlder });
    await this.#fetch(client, release, file, path);
    this.#file = { path, file };
    this.#set({ kind: 'ready', release, isOlder });
  }

  /** Goes on where an earlier try ended. */
  async #fetch(client: Pick<HubClient, 'fetchFile'>, { version }: Release, file: ReleaseFile, path: string): Promise<void> {
    const folder = join(this.#options.folder, FOLDER);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const partial = `${path}.partial`;
    for (const name of await readdir(folder))
      if (!join(folder, name).startsWith(path)) await rm(join(folder, name), { force: true });
    if (await isWhole(path, file)) return;
    const from = (await stat(partial).catch(() => undefined))?.size ?? 0;
    if (from < file.bytes) {
      const target = await open(partial, 'a', 0o600);
      try {
        const left = file.bytes - from;
        const isThere = await client.fetchFile(`/updates/${version}/${file.name}`, from, left, (piece) =>
          target.appendFile(piece),
        );
        if (!isThere)
          throw new Failure('sync.hub-answer', 'The hub offers an update and has no file for it yet.', { retry: true });
        await target.sync();
      } finally {
        await target.close();
      }
    }
    if (!(await isWhole(partial, file))) {
      await rm(partial, { force: true });
      throw new Failure(
        'update.file-altered',
        `The file of version ${version} is not the one that its makers signed. Nothing of it was used. Tell the administrator of the hub.`,
        { retry: true },
      );
    }
    await rename(partial, path);
    await syncFolder(folder);
  }

  async #forget(): Promise<void> {
    this.#file = undefined;
    await this.#door.close();
    await rm(join(this.#options.folder, FOLDER), { recursive: true, force: true });
    this.#set({ kind: 'none' });
  }

  #set(state: UpdateState): void {
    const before = this.#state;
    this.#state = state;
    if (JSON.stringify(before) !== JSON.stringify(state)) this.#options.onChange();
  }
}

async function bytesAt(client: Pick<HubClient, 'fetchFile'>): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  const isThere = await client.fetchFile('/updates/release', 0, MAX_RELEASE_BYTES, async (piece) => void pieces.push(piece));
  return isThere ? concat(...pieces) : undefined;
}

async function isWhole(path: string, file: ReleaseFile): Promise<boolean> {
  if ((await stat(path).catch(() => undefined))?.size !== file.bytes) return false;
  return equalBytes((await sha512OfFile(path)).sha512, file.sha512);
}

/** This program as a release is judged against it. @param rules the version of the region's rules that is in force */
export async function ownProgram(rules: number): Promise<OwnProgram> {
  return { version: await readProgramVersion(), schema: schemaSteps(), rules, target: ownTarget() };
}

/** What this program runs on; undefined where no release is made for it. */
function ownTarget(platform: string = process.platform, architecture: string = process.arch): Target | undefined {
  if (platform === 'win32') return 'windows';
  if (platform === 'darwin') return 'mac';
  if (platform !== 'linux') return undefined;
  return architecture === 'arm64' ? 'linux-arm64' : 'linux';
}

/**
 * Releases at the hub: what a device of a clinic is offered, by the ring of its clinic, and the files. Read from the database each time, so
 * that what an administrator does beside the running hub, or at another process of it, holds from the next request on.
 */
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { compareVersions } from '../../../shared/fleet/need.ts';
import { FEEDS, feedText, openRelease, type Release, type ReleaseFile, releaseSubject } from '../../../shared/fleet/release.ts';
import { LAST_RING, type OfferedRelease, offeredIn, WITHDRAWN } from '../../../shared/fleet/rings.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { commonWire, WIRE_RANGE } from '../../../shared/sync/wire-range.ts';
import type { Database } from '../../storage/database.ts';
import { syncFolder } from '../../storage/durable-file.ts';
import { sha512OfFile } from '../../storage/file-hash.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';
import { sendFile } from '../line/file-answer.ts';
import { standingOf, standingsOf } from './administrators.store.ts';
import { listReleases, writeRelease } from './releases.store.ts';

/** In the hub's folder: files of releases, under their hash. */
const FOLDER = 'releases';
/** Under the hub's address. */
const PATH = /^\/updates\/(?:([a-z0-9-]+\.yml|release)|(\d{1,4}\.\d{1,4}\.\d{1,4})\/([A-Za-z0-9][A-Za-z0-9._-]{0,99}))$/;

interface ReleasesOptions {
  readonly database: Database;
  /** The hub's folder. */
  readonly folder: string;
  /** Of the makers of the program; undefined in a build that names none. */
  readonly releaseKey: Uint8Array | undefined;
}

interface Held extends OfferedRelease {
  /** What acts name it by, hexadecimal. */
  readonly id: string;
  readonly release: Release;
  readonly signed: Uint8Array;
}

export class Releases {
  readonly #options: ReleasesOptions;

  constructor(options: ReleasesOptions) {
    this.#options = options;
  }

  /** Whether this is an address of the feed or of a file. */
  static isPath(url: string): boolean {
    return PATH.test(url);
  }

  /**
   * Takes a signed release with its files, found by their names in `from`. It is offered to nobody yet; again is harmless.
   * @throws {Failure} `release.*`; `sync.wire-version` when it would not speak with this hub.
   */
  async add(signed: Uint8Array, from: string): Promise<Release> {
    const { database, folder } = this.#options;
    const release = openRelease(verifySignature, this.#key(), signed);
    commonWire(release.wire, WIRE_RANGE);
    await mkdir(join(folder, FOLDER), { recursive: true, mode: 0o700 });
    for (const file of release.files) await this.#take(file, join(from, file.name));
    await syncFolder(join(folder, FOLDER));
    await database.write((transaction) => writeRelease(transaction, release.version, signed));
    return release;
  }

  async #take(file: ReleaseFile, from: string): Promise<void> {
    const target = this.#fileOf(file);
    const partial = `${target}.partial`;
    try {
      await copyFile(from, partial).catch((cause: unknown) => {
        throw new Failure(
          'release.file-missing',
          `The file ${file.name} of this release is not beside it, or cannot be read. Put it there and add the release again.`,
          { cause },
        );
      });
      const { bytes, sha512 } = await sha512OfFile(partial);
      if (bytes !== file.bytes || !equalBytes(sha512, file.sha512))
        throw new Failure(
          'release.file-altered',
          `The file ${file.name} is not the one that was signed. Fetch it again; nothing was added.`,
        );
      const copy = await open(partial, 'r+');
      await copy.sync().finally(() => copy.close());
      await rename(partial, target);
    } finally {
      await rm(partial, { force: true });
    }
  }

  /** What an act names a release by. @throws {Failure} `release.unknown`. */
  async subjectOf(version: string): Promise<Uint8Array> {
    const row = (await listReleases(this.#options.database.read)).find((each) => each.version === version);
    if (row) return releaseSubject(hashParts, version, row.bytes);
    throw new Failure('release.unknown', `This hub has no release ${version}. "hub update list" names those that it has.`);
  }

  /** All of them, the newest first, and the rings that clinics (hexadecimal) were put into. */
  async state() {
    const { read } = this.#options.database;
    const rings = await standingsOf(read, 'ring');
    return {
      releases: (await this.#held()).map(({ id, version, ring, isWithdrawn }) => ({ id, version, ring, isWithdrawn })),
      rings: rings.map(({ subject, value }) => ({ chain: toHex(subject), ring: value })),
    };
  }

  /** What devices of a clinic (hexadecimal) are offered. */
  async offeredTo(chain: string): Promise<Held | undefined> {
    const ring = await standingOf(this.#options.database.read, 'ring', fromHex(chain));
    return offeredIn(await this.#held(), ring || LAST_RING);
  }

  /** Answers a GET of a device whose clinic is `chain`; false when there is nothing for it at that address. */
  async answer(request: IncomingMessage, response: ServerResponse, chain: string): Promise<boolean> {
    const [, feed = '', version, name] = PATH.exec(request.url ?? '') ?? [];
    const offered = await this.offeredTo(chain);
    if (!offered) return false;
    if (feed === 'release') return sent(response, 'application/octet-stream', offered.signed);
    const file = offered.release.files.find((each) => (version === undefined ? each.target === FEEDS[feed] : each.name === name));
    if (!file || (version !== undefined && version !== offered.release.version)) return false;
    if (version === undefined) return sent(response, 'text/yaml; charset=utf-8', Buffer.from(feedText(offered.release, file)));
    // Where this process was not given the files, the device asks again, and may get to another one.
    return sendFile(request, response, this.#fileOf(file), file.bytes);
  }

  async #held(): Promise<Held[]> {
    const { releaseKey, database } = this.#options;
    if (!releaseKey) return [];
    const rows = await listReleases(database.read);
    const offers = new Map((await standingsOf(database.read, 'release')).map(({ subject, value }) => [toHex(subject), value]));
    return rows
      .flatMap(({ bytes }) => {
        try {
          const release = openRelease(verifySignature, releaseKey, bytes);
          const { version } = release;
          const id = toHex(releaseSubject(hashParts, version, bytes));
          const value = offers.get(id) ?? 0;
          const isWithdrawn = value === WITHDRAWN;
          return [{ id, release, version, signed: bytes, ring: isWithdrawn ? 0 : value, isWithdrawn }];
        } catch {
          // Of an earlier release key, or altered on this disk: no computer would take it.
          return [];
        }
      })
      .sort((one, other) => compareVersions(other.version, one.version));
  }

  #key(): Uint8Array {
    if (this.#options.releaseKey) return this.#options.releaseKey;
    throw new Failure('release.no-key', 'This build of Careledger names no release key, so it takes no releases.');
  }

  #fileOf({ sha512 }: ReleaseFile): string {
    return join(this.#options.folder, FOLDER, toHex(sha512));
  }
}

function sent(response: ServerResponse, type: string, bytes: Uint8Array): true {
  response.writeHead(200, {
    'content-type': type,
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
  return true;
}

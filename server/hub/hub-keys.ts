/**
 * The hub's own secrets: the key that signs checkpoints and receipts, the authority's key and the server's TLS key. A hub
 * runs unattended, so no passphrase protects them; the file is readable by the hub's account alone (0600). Its thief can
 * order, omit and show two faces until the witnesses notice, and can open no record.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  type KeyAndCertificate,
  makeAuthority,
  makeServerCertificate,
  serverCertificateServes,
} from '../identity/certificates.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
import { newSigningKey, randomBytes, type SigningKey, signingKeyFromSeed } from '../vault/primitives.ts';

export const HUB_KEYS_FILE = 'hub-keys.json';

export interface HubKeys {
  /** The region's name, before and in its genesis. */
  readonly name: string;
  /** `https://host:port` under which devices reach the hub. */
  readonly address: string;
  readonly hubKey: SigningKey;
  /** 32 bytes: with a card's salt they make its pepper. The hub key changes, this does not. */
  readonly cardSeed: Uint8Array;
  /** Offered to the region in place of `hubKey`, until its quorum takes it. */
  readonly nextHubKey?: SigningKey | undefined;
  readonly authority: KeyAndCertificate;
  readonly server: KeyAndCertificate;
}

interface KeyFile {
  careledger: 'hub-keys/1';
  name: string;
  address: string;
  hubSeed: string;
  cardSeed: string;
  nextHubSeed?: string;
  authority: KeyAndCertificate;
  server: KeyAndCertificate;
}

/** Makes and stores the keys of a new hub. @throws {Failure} `hub.exists` when the folder has some. */
export async function createHubKeys(folder: string, name: string, address: string): Promise<HubKeys> {
  if (await readKeyFile(folder))
    throw new Failure('hub.exists', 'This data folder holds a hub already. Use "hub serve", or choose another folder.');
  const { seed } = newSigningKey();
  const authority = await makeAuthority();
  const server = await makeServerCertificate(authority, [hostOf(address)]);
  const file: KeyFile = {
    careledger: 'hub-keys/1',
    name,
    address,
    hubSeed: toHex(seed),
    cardSeed: toHex(randomBytes(32)),
    authority,
    server,
  };
  await writeKeyFile(folder, file);
  return keysOf(file);
}

/** @throws {Failure} `hub.not-initialised`, `hub.keys-damaged`. */
export async function readHubKeys(folder: string): Promise<HubKeys> {
  return keysOf(await requireKeyFile(folder));
}

/** The keys with a server certificate that is good for a while; a new one is made when the old one is near its end. */
export async function renewServerCertificate(folder: string, now: number): Promise<HubKeys> {
  const file = await requireKeyFile(folder);
  const hosts = [hostOf(file.address)];
  if (serverCertificateServes(file.server.certificate, hosts, now)) return keysOf(file);
  const renewed = { ...file, server: await makeServerCertificate(file.authority, hosts) };
  await writeKeyFile(folder, renewed);
  return keysOf(renewed);
}

/** The key that this hub offers to sign with next, made at the first call; the one before signs on until the region's quorum has taken it. */
export async function offerHubKey(folder: string): Promise<SigningKey> {
  const file = await requireKeyFile(folder);
  if (file.nextHubSeed) return signingKeyFromSeed(fromHex(file.nextHubSeed));
  const { seed } = newSigningKey();
  await writeKeyFile(folder, { ...file, nextHubSeed: toHex(seed) });
  return signingKeyFromSeed(seed);
}

/** The offered key takes the place of the one before, which is destroyed. */
export async function takeOfferedHubKey(folder: string): Promise<void> {
  const { nextHubSeed, ...file } = await requireKeyFile(folder);
  if (nextHubSeed) await writeKeyFile(folder, { ...file, hubSeed: nextHubSeed });
}

/** Destroys the offered key, when it is still this one. */
export async function dropOfferedHubKey(folder: string, publicKey: Uint8Array): Promise<void> {
  const { nextHubSeed, ...file } = await requireKeyFile(folder);
  if (nextHubSeed && equalBytes(signingKeyFromSeed(fromHex(nextHubSeed)).publicKey, publicKey)) await writeKeyFile(folder, file);
}

/** Host name or IP address in a hub's address. @throws {Failure} `hub.address-malformed`. */
export function hostOf(address: string): string {
  return urlOf(address).hostname.replace(/^\[(.*)\]$/, '$1');
}

export function portOf(address: string): number {
  return Number(urlOf(address).port || 443);
}

function urlOf(address: string): URL {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search || url.hash || url.username)
    throw new Failure(
      'hub.address-malformed',
      'A hub address has the form https://host:port, for example https://hub.example.org:7443.',
    );
  return url;
}

async function requireKeyFile(folder: string): Promise<KeyFile> {
  const file = await readKeyFile(folder);
  if (!file) throw new Failure('hub.not-initialised', 'There is no hub in this data folder. Make one with "hub init".');
  return file;
}

async function readKeyFile(folder: string): Promise<KeyFile | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, HUB_KEYS_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return parsed(text);
}

/** @param text of such a file. @throws {Failure} `hub.keys-damaged`. */
export const keysFromFile = (text: string): HubKeys => keysOf(parsed(text));

function parsed(text: string): KeyFile {
  try {
    const file = JSON.parse(text) as KeyFile;
    if (file.careledger === 'hub-keys/1') return file;
  } catch {
    // Named below: what the file holds is never told.
  }
  throw new Failure('hub.keys-damaged', 'The file with the keys of this hub is damaged. Restore it from a backup.');
}

const writeKeyFile = (folder: string, file: KeyFile): Promise<void> =>
  writeFileDurably(join(folder, HUB_KEYS_FILE), Buffer.from(`${JSON.stringify(file, null, 2)}\n`));

function keysOf({ name, address, hubSeed, cardSeed, nextHubSeed, authority, server }: KeyFile): HubKeys {
  const nextHubKey = nextHubSeed === undefined ? undefined : signingKeyFromSeed(fromHex(nextHubSeed));
  return {
    name,
    address,
    hubKey: signingKeyFromSeed(fromHex(hubSeed)),
    cardSeed: fromHex(cardSeed),
    nextHubKey,
    authority,
    server,
  };
}

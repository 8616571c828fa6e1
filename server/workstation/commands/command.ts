/** What the commands share: their usage, their options, and an unlocked installation to work with. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fromHex } from '../../../shared/encoding/bytes.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { type CommandIo, FLAG, required, TEXT, WrongUsage } from '../../command-line/command-line.ts';
import type { GraphqlAnswer } from '../../graphql/apollo.ts';
import { noKeychain } from '../../identity/keychain.ts';
import { DeviceService } from '../device/device-service.ts';
import { forkedVault } from '../vault-process/forked-vault.ts';

export const USAGE = `careledger: records encrypted on this disk, a signed regional ledger, sync with a hub.

  careledger init --data DIR --clinic NAME --administrator NAME [--kind clinic|research] [--passphrase-file FILE]
      makes a clinic with its keys and first administrator in an empty folder
  careledger import --data DIR PATH... [--passphrase-file FILE] [--dry-run] [--csv-mapping FILE]
      imports FHIR R4 (NDJSON, single resources, Bundles), HL7 version 2 (.hl7: ADT, ORU) and clinical documents (.xml: C-CDA), files and folders; can be interrupted and called again;
      --dry-run: says what that would do, whom it would make and whom they resemble, and writes nothing;
      --csv-mapping: what the columns of .csv files mean, in JSON as the import screen saves it (docs/staff.md)
  careledger export --data DIR --to FOLDER [--patient ID] [--passphrase-file FILE]
      writes the clinic's records (an administrator), or one patient's, as FHIR NDJSON with their files into a new folder inside FOLDER,
      and a signed manifest of it; nothing there is sealed
  careledger serve [--data DIR] [--port N] [--open] [--clinic-host ADDR:PORT] [--fhir PORT] [--import-from DIR]...
      serves the workstation to a browser on this computer; prints the address and a one-time code;
      without --data: the folder that the desktop program uses;
      --clinic-host: serves the clinic's other computers there from now on, while the hub is away (0.0.0.0 is each network);
      --fhir: answers programs in FHIR on this port of this computer from now on, whenever somebody is signed in (docs/fhir-api.md);
      --import-from: a folder that its page may have imported without uploading
  careledger query --data DIR GRAPHQL [--variables JSON | --variables-file FILE] [--device] [--code CODE] [--passphrase-file FILE]
      runs one GraphQL query or mutation of the workstation (--device: of the device service, without unlocking);
      --variables-file: the same from a file, where passphrases and PINs belong, as other users of the computer see arguments
  careledger join --data DIR INVITATION [--passphrase-file FILE]
      founds or joins the region of an invitation
  careledger join --data DIR INVITATION --name NAME [--passphrase-file FILE]
      on a new machine, with an invitation for a device: asks the clinic to let it in; NAME is who works there
  careledger sync --once --data DIR [--passphrase-file FILE]
      one whole round: download, check, upload, audit
  careledger bundle export --data DIR --to FILE [--for CHAIN] [--after N]
      writes what this computer has of the ledger after N blocks, and what waits here for the hub, into a file for a stick:
      signed by this device, sealed to the computers of this clinic or of the clinic CHAIN
  careledger bundle import FILE --data DIR
      takes such a file in, and hands on to the hub what another computer of this clinic could not; again is harmless
  careledger verify --data DIR | RECEIPT.json | MANIFEST.json | EVIDENCE.json [--data DIR] | tiles DIR [--region ID] [--anchor ANCHOR.json]
      re-checks every block, act, document and tree node of a data folder, and with --passphrase-file opens every sealed entry,
      record and access line; or one receipt or drill certificate, with no hub and no database;
      or the manifest of an export with the files beside it;
      or evidence of a lie, from the file alone, beside a replica where it rests on one;
      or a whole ledger from a folder of static tiles, with nothing else; with an anchor, whether it is the ledger that its parent bound
  careledger backup --data DIR --to FOLDER [--passphrase-file FILE]
      makes a backup in a folder of its own inside FOLDER and opens it in a clean place: only then is it good
  careledger restore BACKUP --data NEWDIR --keys DIR [--passphrase-file FILE]
      puts a backup into a new folder, with the keys of the data folder that made it
  careledger restore BACKUP --data NEWDIR --share FILE... --administrator NAME [--passphrase-file FILE]
      the same on a new machine, with enough recovery shares: each file has the text of a sheet's QR code, or its nine lines;
      NAME is who unlocks there from then on, with the passphrase that is asked for
  careledger drill --data DIR [--out CERTIFICATE.json] [--from BACKUP] [--share FILE...] [--passphrase-file FILE]
      rehearses a restore of the newest good backup in a temporary place, timed, and signs a certificate of it
  careledger recovery make --data DIR --officer NAME... --threshold M --to FOLDER [--code CODE] [--passphrase-file FILE]
      gives out recovery shares, any M of which open this clinic's backups: a page to print for each officer, in FOLDER;
      earlier shares are worth nothing afterwards; CODE: of your second factor
  careledger second-factor --data DIR [--staff NAME] [--passphrase-file FILE]
      sets up a time code for who works there: prints its key for an authenticator and asks for a first code (a line of standard input);
      ceremonies need it, the commands recovery make and keys roll, and mutations of query that are one
  careledger keys [roll] --data DIR [--code CODE] [--passphrase-file FILE]
      shows the clinic's signing and encryption keys; roll: an administrator puts new ones in their place, for every desk of the clinic
  careledger witness --data DIR --hub ADDRESS --region ID --authority ID [--name NAME] [--once]
      witnesses a region from outside: cosigns each signed tree head that extends the last, at most every ten seconds;
      "careledger hub witness" prints the call, the first start prints the key for the region's clinics
  careledger anchor --data DIR --hub ADDRESS --region ID --authority ID [--out ANCHOR.json] [--every-minutes N] [--once]
      binds the ledger of that region to the one that this folder has joined, its parent: enters the region's newest checkpoint
      (root only) whenever it has grown, every ten minutes; --out: the newest anchor, for careledger verify.
      "careledger hub witness" prints the region's ADDRESS and IDs
  careledger gateway init --data DIR --clinic CHAIN
      makes a gateway that signs readings of devices, and prints its key for the clinic to enrol
  careledger gateway send --data DIR --to FOLDER [FILE]
      signs new lines of FILE (or standard input) and leaves them for a desk: {"patient","measurement","value","measured"} or CSV in that
      order; works without a network and goes on where it stopped
  careledger release key --to FILE
      for who makes the program: makes the key that signs releases
  careledger release sign --key FILE [--version V] [--replaces V]... [--notes LANGUAGE=FILE]... PACKAGE...
      signs packages that lie in one folder and puts release.signed beside them, for hubs; --replaces: a newer version that it takes back
  careledger hub init | serve | invite | rotate | witness | export-tiles
      the region's hub; see careledger hub --help
  careledger demo [--data DIR] [--input DIR]
      plays a hub and two clinics as real processes, on sample patients or on your own FHIR files

  --json             one JSON document (or JSON lines) on standard output; logs go to standard error
  --passphrase-file  reads the passphrase from this file instead of asking; it is never an argument

Exit codes: 0 done, 1 refused (the reason is printed), 2 wrong usage.

Examples
  careledger init --data ./clinic --clinic "Harbour Clinic" --administrator "Ana Ferreira"
  careledger import --data ./clinic ./exports/2026-11
  careledger query --data ./clinic '{ patients(search: "gar") { totalCount edges { node { id name birthDate } } } }'
  careledger verify receipt.json
`;

/** What `name` takes, and what holds for every command; all of it where there is no command of that name. */
export function usageOf(name: string): string {
  const [parts = '', ...general] = USAGE.split(/\n(?=\n {2}--json)/);
  const lines = parts.split(/\n(?= {2}careledger )/).filter((part) => part.startsWith(`  careledger ${name} `));
  return lines.length === 0 ? USAGE : `${lines.join('\n')}\n${general.join('').split('\nExamples')[0]}`;
}

/** Options of every command that works on an installation. */
export const COMMON = { data: TEXT, json: FLAG, 'passphrase-file': TEXT, staff: TEXT } as const;

export interface CommonValues {
  readonly data?: string | undefined;
  readonly json?: boolean | undefined;
  readonly 'passphrase-file'?: string | undefined;
  readonly staff?: string | undefined;
}

/** A region or an authority: 32 bytes. @throws {WrongUsage} */
export function idOf(text: string | undefined, name: string): Uint8Array {
  const value = required(text, name);
  if (/^[0-9a-f]{64}$/.test(value)) return fromHex(value);
  throw new WrongUsage(`${name} has 64 hexadecimal digits. "careledger hub witness" prints it.`);
}

/** From the file, or asked for at the terminal without showing it. */
export async function passphraseOf(values: CommonValues, io: CommandIo): Promise<string> {
  const file = values['passphrase-file'];
  if (file) {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new Failure(
        'command.passphrase-file',
        `The passphrase file ${file} cannot be read. Look at its path, and whether this account may read it.`,
        { cause },
      );
    });
    return text.replace(/\r?\n$/, '');
  }
  if (!process.stdin.isTTY)
    throw new WrongUsage('There is no terminal to ask for the passphrase: name a file with --passphrase-file.');
  return askHidden(io);
}

async function askHidden(io: CommandIo): Promise<string> {
  io.err('Passphrase: ');
  const reader = createInterface({ input: process.stdin, terminal: true });
  try {
    return await reader.question('');
  } finally {
    reader.close();
    io.err('\n');
  }
}

const SHOW_CODE = 'mutation ShowCode($code: String!, $ceremony: ID!) { showSecondFactor(code: $code, ceremony: $ceremony) }';

/**
 * Does what may be a ceremony: with `code`, a time code of who is signed in, when it asks for one.
 * @throws {Failure} as `act` does, and says for a second factor what to do on the command line.
 */
export async function withCode<T>(service: DeviceService, code: string | undefined, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const { code: refused, message, details } = asFailure(error);
    if (refused === 'vault.second-factor-needed')
      throw new Failure(refused, `${message} On the command line: careledger second-factor.`, { details });
    if (refused !== 'vault.code-needed') throw error;
    if (code === undefined)
      throw new Failure(refused, `${message} On the command line: the same call with --code CODE.`, { details });
    await ask(service, SHOW_CODE, { code, ceremony: details.ceremony });
    return act();
  }
}

/** One line of standard input, typed or piped. @throws {WrongUsage} when there is none. */
export async function askLine(question: string, io: CommandIo): Promise<string> {
  io.err(question);
  const reader = createInterface({ input: process.stdin });
  try {
    for await (const line of reader) return line.trim();
  } finally {
    reader.close();
  }
  throw new WrongUsage('Nothing was typed: there is no terminal, and standard input has ended.');
}

/** Opens the installation, runs `body`, closes it again whatever happens. */
export async function withService<T>(values: CommonValues, body: (service: DeviceService) => Promise<T>): Promise<T> {
  const folder = resolve(required(values.data, '--data'));
  const service = await DeviceService.open({ folder, keychain: noKeychain, startVault: forkedVault(folder) });
  try {
    return await body(service);
  } finally {
    await service.close();
  }
}

/** The same, unlocked by the staff member whom --staff names, or the first one. */
export async function withUnlocked<T>(
  values: CommonValues,
  io: CommandIo,
  body: (service: DeviceService) => Promise<T>,
): Promise<T> {
  return withService(values, async (service) => {
    await unlockWith(service, values, () => passphraseOf(values, io));
    return body(service);
  });
}

/** @throws {Failure} `workstation.no-clinic`; as an unlock does. */
export async function unlockWith(
  service: DeviceService,
  values: CommonValues,
  passphrase: () => string | Promise<string>,
): Promise<void> {
  const slots = await service.entrance.slots();
  const slot = values.staff ? slots.find(({ id, name }) => id === values.staff || name === values.staff) : slots[0];
  if (!slot) {
    throw new Failure(
      'workstation.no-clinic',
      values.staff
        ? `Nobody called ${values.staff} can unlock here.`
        : 'There is no clinic in this folder yet. Make one with "careledger init".',
    );
  }
  await service.entrance.unlock(slot.id, await passphrase());
}

/** Runs one operation of the vault's schema; its first error becomes a failure. `readable`: what it may import. */
export async function ask<Data>(
  service: DeviceService,
  query: string,
  variables: Record<string, unknown> = {},
  readable: readonly string[] = [],
): Promise<Data> {
  return dataOf<Data>(await service.execute({ query, variables }, readable));
}

/** @throws {Failure} the first error of the answer. */
export function dataOf<Data>(answer: GraphqlAnswer): Data {
  const error = answer.errors?.[0];
  if (error)
    throw new Failure(String(error.extensions?.code ?? 'graphql.error'), error.message, {
      retry: error.extensions?.retry === true,
      details: (error.extensions?.details ?? {}) as Record<string, string>,
    });
  return answer.data as Data;
}

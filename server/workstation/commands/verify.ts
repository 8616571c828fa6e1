/** `careledger verify`: a replica, a folder of tiles, one receipt of a record or of an access log, the proof of a consent, one piece of evidence, one export, or one certificate of erasure. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { looksLikeAccessReceipt } from '../../../shared/access/access-receipt.ts';
import { looksLikeConsentProof } from '../../../shared/consent/consent-proof.ts';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { looksLikeCertificate } from '../../../shared/erasure/certificate.ts';
import { looksLikeManifest } from '../../../shared/fhir-api/export-manifest.ts';
import { anchorOf, openAnchor } from '../../../shared/ledger/anchor.ts';
import { verifyReceipt } from '../../../shared/ledger/receipt.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { isDrill } from '../../../shared/workstation/drill.ts';
import { type CommandIo, TEXT, WrongUsage } from '../../command-line/command-line.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { KeyStore } from '../../vault/key-store.ts';
import { verifySignature } from '../../vault/primitives.ts';
import type { UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';
import { Installation } from '../folder/installation.ts';
import { type ReplicaReport, type VerifyOptions, verifyReplica } from '../verify/verify-replica.ts';
import { verifyTiles } from '../verify/verify-tiles.ts';
import { COMMON, type CommonValues, passphraseOf } from './command.ts';
import { drillSentence } from './drill.ts';
import { verifyAccess } from './verify-access.ts';
import { verifyErasure } from './verify-certificate.ts';
import { verifyConsent } from './verify-consent.ts';
import { LARGEST_EVIDENCE, looksLikeEvidence, verifyEvidence } from './verify-evidence.ts';
import { verifyExport } from './verify-export.ts';

const LARGEST_RECEIPT = 2_000_000;
const SHOWN_FAULTS = 20;

export async function verify(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: { ...COMMON, region: TEXT, anchor: TEXT }, allowPositionals: true });
  const [file, folder] = positionals;
  if (file === 'tiles' && folder) await verifyTileFolder(folder, values, io);
  else if (file) await verifyFile(file, values.data, values.json === true, io);
  else if (values.data) await verifyFolder(values.data, values, io);
  else throw new WrongUsage('Name a receipt or evidence, a folder of tiles (verify tiles DIR), or a replica with --data.');
}

/** @param values with a passphrase file, what only opens with the clinic's keys is opened as well */
async function verifyFolder(folder: string, values: CommonValues, io: CommandIo): Promise<void> {
  const installation = await Installation.open(resolve(folder));
  try {
    const withKeys = values['passphrase-file'] !== undefined;
    const keys = withKeys ? await KeyStore.open(installation.keyFile) : undefined;
    try {
      const keyStore = keys && (await unlockedKeys(keys, values, io));
      const report = await verifyReplica(installation, { ...(keyStore && { keyStore }), onProgress: progressOn(io) });
      keyStore?.lock();
      tellFolder(report, values.json === true, io);
    } finally {
      await keys?.close();
    }
  } finally {
    await installation.close();
  }
}

/** @throws {Failure} as `KeyStore.unlock`; `workstation.no-clinic`. */
async function unlockedKeys(keys: KeyStore, values: CommonValues, io: CommandIo): Promise<UnlockedKeyStore> {
  const slots = await keys.slots([]);
  const slot = values.staff ? slots.find(({ staff, label }) => [toHex(staff), label].includes(values.staff ?? '')) : slots[0];
  if (!slot)
    throw new Failure('workstation.no-clinic', 'Nobody of that name can unlock here. Give the name as the locked desk lists it.');
  return keys.unlock(slot.staff, await passphraseOf(values, io), []);
}

const PROGRESS_MS = 2_000;

function progressOn(io: CommandIo): NonNullable<VerifyOptions['onProgress']> {
  let told = performance.now();
  return (what, done, of) => {
    if (performance.now() - told < PROGRESS_MS) return;
    told = performance.now();
    io.err(what === 'sealed' ? '… opening what is sealed\n' : `… ${done} of ${of} ${what}\n`);
  };
}

/** @throws {Failure} `verify.faults` when something does not hold. */
function tellFolder(report: ReplicaReport, asJson: boolean, io: CommandIo): void {
  const { sealed, faults } = report;
  if (asJson) io.out(`${JSON.stringify(report)}\n`);
  else {
    io.out(
      `${counted(report.blocks, 'block')}, ${counted(report.signatures, 'signature')}, ${counted(report.stateRows, 'state row')}, ${counted(report.ownBlocks, 'act')} of this device, ${counted(report.documents, 'sealed document')} checked.\n`,
    );
    if (report.historyFrom > 0)
      io.out(
        `This replica began with a snapshot: what came before it, ${counted(report.historyFrom, 'block')}, is not here and is proved on demand.\n`,
      );
    io.out(
      sealed
        ? `${counted(sealed.rows, 'sealed entry', 'sealed entries')}, ${counted(sealed.records, 'record')} and ${counted(sealed.accessLines, 'access line')} opened.${sealed.withoutKey > 0 ? ` Waiting for a key from another clinic: ${counted(sealed.withoutKey, 'document')}.` : ''}\n`
        : 'What is sealed was not opened: name a passphrase file to have patients, records and access lines checked too.\n',
    );
  }
  if (faults.length > 0) {
    const more = faults.length > SHOWN_FAULTS ? `\n  and ${faults.length - SHOWN_FAULTS} more` : '';
    throw new Failure(
      'verify.faults',
      `This data folder is damaged:\n  ${faults.slice(0, SHOWN_FAULTS).join('\n  ')}${more}\n` +
        'Stop working in it, keep a copy of the whole folder, and restore the newest backup from before into a new folder\n' +
        '(careledger restore). What the hub has taken since then comes back by syncing. Have the disk looked at.',
    );
  }
  if (!asJson) io.out('All of it holds.\n');
}

async function verifyTileFolder(
  folder: string,
  { region, anchor: file, json }: { region?: string; anchor?: string; json?: boolean },
  io: CommandIo,
): Promise<void> {
  const anchor =
    file === undefined ? undefined : openAnchor(hashParts, verifySignature, parse((await bytesOf(file)).toString('utf8')));
  const report = await verifyTiles(resolve(folder), region, undefined, anchor);
  const anchored = anchor && {
    size: anchor.head.size,
    parent: toHex(anchor.parent.region.id),
    witnessed: anchor.parent.witnessed,
  };
  if (json) {
    io.out(`${JSON.stringify({ holds: true, ...report, ...(anchored && { anchored }) })}\n`);
    return;
  }
  if (anchor)
    io.out(
      `It begins with the ${counted(anchor.head.size, 'block')} that the anchor binds in the ledger of "${anchor.parent.region.genesis.name}" (region ${anchored?.parent}).\n`,
    );
  const witnesses = report.witnessed
    ? "witnessed by the region's quorum"
    : `signed by the hub, ${report.witnessesFound} of ${counted(report.witnessesNeeded, 'witness', 'witnesses')}`;
  io.out(
    `${counted(report.blocks, 'block')}, ${counted(report.signatures, 'signature')}, ${counted(report.stateRows, 'state row')}, ${counted(report.files, 'file')} checked; ${witnesses}.\n`,
  );
  if (report.uncovered > 0) io.out(`Not under the checkpoint yet, and not looked at: ${counted(report.uncovered, 'file')}.\n`);
  io.out(`All of it holds: this is the ledger of "${report.regionName}" from its first block on\n`);
  io.out(`(region ${report.region}). Compare the region id with one that you know from elsewhere.\n`);
}

const bytesOf = (file: string): Promise<Buffer> =>
  readFile(file).catch((cause: unknown) => {
    throw new Failure('verify.file', `The file ${file} cannot be read. Look at its path, and whether this account may read it.`, {
      cause,
    });
  });

async function verifyFile(file: string, data: string | undefined, asJson: boolean, io: CommandIo): Promise<void> {
  const bytes = await bytesOf(file);
  const text = bytes.length <= LARGEST_EVIDENCE ? bytes.toString('utf8') : '';
  if (looksLikeManifest(bytes.subarray(0, 100).toString('utf8'))) return verifyExport(file, bytes.toString('utf8'), asJson, io);
  if (looksLikeCertificate(text)) return verifyErasure(text, asJson, io);
  if (looksLikeEvidence(text)) return verifyEvidence(text, data, asJson, io);
  if (bytes.length > LARGEST_RECEIPT) throw new Failure('receipt.malformed', 'This file is too large for a receipt.');
  const written = parse(text);
  if (looksLikeAccessReceipt(text)) return verifyAccess(written, asJson, io);
  if (looksLikeConsentProof(text)) return verifyConsent(written, asJson, io);
  if (isDrill(written)) {
    const said = drillSentence(written);
    io.out(asJson ? `${JSON.stringify({ holds: true, report: JSON.parse(written.report) })}\n` : `${said}\n`);
    return;
  }
  const receipt = verifyReceipt(hashParts, verifySignature, written);
  const anchor = anchorOf(receipt);
  const answer = {
    holds: true,
    region: toHex(receipt.region.id),
    regionName: receipt.region.genesis.name,
    position: (parse(text) as { index: number }).index,
    size: receipt.checkpoint.size,
    block: receipt.blockHash,
    type: receipt.event.type,
    author: toHex(receipt.event.author),
    device: toHex(receipt.block.device),
    time: new Date(receipt.event.time).toISOString(),
    personallySigned: receipt.personallySigned,
    witnessed: receipt.witnessed,
    contentHash: receipt.contentHash ?? null,
    ...(anchor && { anchored: { region: anchor.region, size: anchor.head.size, root: toHex(anchor.head.root) } }),
  };
  if (asJson) io.out(`${JSON.stringify(answer)}\n`);
  else {
    const witnesses = answer.witnessed
      ? "witnessed by the region's quorum"
      : `signed by the hub, ${receipt.witnessesFound} of ${counted(receipt.witnessesNeeded, 'witness', 'witnesses')}`;
    io.out(
      `This receipt holds. ${answer.type} of ${answer.time} stands at position ${answer.position} of ${answer.size} in the ledger of "${answer.regionName}"\n`,
    );
    if (anchor)
      io.out(
        `It binds the first ${counted(anchor.head.size, 'block')} of region ${anchor.region}: root ${answer.anchored?.root}.\n`,
      );
    io.out(`(region ${answer.region}); ${witnesses}.\nCompare the region id with one that you know from elsewhere.\n`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new Failure('receipt.malformed', 'This file is not JSON. Check that the whole receipt was copied.', { cause });
  }
}

/** `careledger verify`: a replica, a folder of tiles, one receipt, one piece of evidence, or one certificate of erasure. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { looksLikeCertificate } from '../../../shared/erasure/certificate.ts';
import { verifyReceipt } from '../../../shared/ledger/receipt.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { isDrill } from '../../../shared/workstation/drill.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';
import { Installation } from '../installation.ts';
import { verifyReplica } from '../verify-replica.ts';
import { verifyTiles } from '../verify-tiles.ts';
import { COMMON, type CommandIo, TEXT, WrongUsage } from './command.ts';
import { drillSentence } from './drill.ts';
import { verifyErasure } from './verify-certificate.ts';
import { LARGEST_EVIDENCE, looksLikeEvidence, verifyEvidence } from './verify-evidence.ts';

const LARGEST_RECEIPT = 2_000_000;

export async function verify(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: { ...COMMON, region: TEXT }, allowPositionals: true });
  const [file, folder] = positionals;
  if (file === 'tiles' && folder) await verifyTileFolder(folder, values.region, values.json === true, io);
  else if (file) await verifyFile(file, values.data, values.json === true, io);
  else if (values.data) await verifyFolder(values.data, values.json === true, io);
  else throw new WrongUsage('Name a receipt or evidence, a folder of tiles (verify tiles DIR), or a replica with --data.');
}

async function verifyFolder(folder: string, asJson: boolean, io: CommandIo): Promise<void> {
  const installation = await Installation.open(resolve(folder));
  try {
    const report = await verifyReplica(installation);
    if (asJson) io.out(`${JSON.stringify(report)}\n`);
    else
      io.out(
        `${report.blocks} blocks, ${report.signatures} signatures, ${report.stateRows} state rows, ${report.documents} sealed documents checked.\n`,
      );
    if (!asJson && report.historyFrom > 0)
      io.out(
        `This replica began with a snapshot: the ${report.historyFrom} blocks before it are not here and are proved on demand.\n`,
      );
    if (report.faults.length > 0) {
      throw new Failure(
        'verify.faults',
        `This replica does not hold:\n  ${report.faults.slice(0, 20).join('\n  ')}\nKeep a copy of the folder and tell your administrator.`,
      );
    }
    if (!asJson) io.out('All of it holds.\n');
  } finally {
    await installation.close();
  }
}

async function verifyTileFolder(folder: string, region: string | undefined, asJson: boolean, io: CommandIo): Promise<void> {
  const report = await verifyTiles(resolve(folder), region);
  if (asJson) {
    io.out(`${JSON.stringify({ holds: true, ...report })}\n`);
    return;
  }
  const witnesses = report.witnessed
    ? "witnessed by the region's quorum"
    : `signed by the hub, ${report.witnessesFound} of ${report.witnessesNeeded} witnesses`;
  io.out(
    `${report.blocks} blocks, ${report.signatures} signatures, ${report.stateRows} state rows, ${report.files} files checked; ${witnesses}.\n`,
  );
  if (report.uncovered > 0) io.out(`${report.uncovered} files are not under the checkpoint yet and were not looked at.\n`);
  io.out(`All of it holds: this is the ledger of "${report.regionName}" from its first block on\n`);
  io.out(`(region ${report.region}). Compare the region id with one that you know from elsewhere.\n`);
}

async function verifyFile(file: string, data: string | undefined, asJson: boolean, io: CommandIo): Promise<void> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new Failure('verify.file', `The file ${file} cannot be read.`, { cause });
  });
  const text = bytes.length <= LARGEST_EVIDENCE ? bytes.toString('utf8') : '';
  if (looksLikeCertificate(text)) return verifyErasure(text, asJson, io);
  if (looksLikeEvidence(text)) return verifyEvidence(text, data, asJson, io);
  if (bytes.length > LARGEST_RECEIPT) throw new Failure('receipt.malformed', 'This file is too large for a receipt.');
  const written = parse(text);
  if (isDrill(written)) {
    const said = drillSentence(written);
    io.out(asJson ? `${JSON.stringify({ holds: true, report: JSON.parse(written.report) })}\n` : `${said}\n`);
    return;
  }
  const receipt = verifyReceipt(hashParts, verifySignature, written);
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
  };
  if (asJson) io.out(`${JSON.stringify(answer)}\n`);
  else {
    const witnesses = answer.witnessed
      ? "witnessed by the region's quorum"
      : `signed by the hub, ${receipt.witnessesFound} of ${receipt.witnessesNeeded} witnesses`;
    io.out(
      `This receipt holds. ${answer.type} of ${answer.time} stands at position ${answer.position} of ${answer.size} in the ledger of "${answer.regionName}"\n`,
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

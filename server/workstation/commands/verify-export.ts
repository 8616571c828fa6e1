/** `careledger verify MANIFEST.json`: the manifest of an export, and each file that lies beside it, judged with nothing else. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { verifyManifest } from '../../../shared/fhir-api/export-manifest.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type ExportedFile, MANIFEST_FILE } from '../../../shared/records/exported-files.ts';
import type { CommandIo } from '../../command-line/command-line.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';

const SHOWN_FAULTS = 20;

/** @throws {Failure} as `verifyManifest`; `export.files` when what lies beside the manifest is not what was written. */
export async function verifyExport(path: string, text: string, asJson: boolean, io: CommandIo): Promise<void> {
  const { statement, isFoundingKey, ledger } = verifyManifest(hashParts, verifySignature, text);
  const folder = dirname(resolve(path));
  const faults = (await Promise.all(statement.files.map((file) => faultOf(folder, file)))).flatMap((fault) => fault ?? []);
  faults.push(...(await strangersIn(folder, statement.files)));
  if (faults.length > 0) {
    const more = faults.length > SHOWN_FAULTS ? `\n  and ${faults.length - SHOWN_FAULTS} more` : '';
    throw new Failure(
      'export.files',
      `The manifest holds, and its files are not what was exported:\n  ${faults.slice(0, SHOWN_FAULTS).join('\n  ')}${more}\nCopy the whole folder again, or ask for another export.`,
    );
  }
  const { files, missing, ...said } = statement;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const resources = files.reduce((sum, file) => sum + file.resources, 0);
  if (asJson) {
    io.out(
      `${JSON.stringify({ holds: true, ...said, files: files.length, bytes, resources, missing, isFoundingKey, ...ledger })}\n`,
    );
    return;
  }
  const whose = said.of === 'patient' ? 'the records of one patient' : 'the records of the clinic';
  io.out(
    `This export holds. On ${said.exportedAt} ${said.exportedBy} (${said.role}) of "${said.clinic}" exported ${whose} (${said.purpose}):\n` +
      `  ${counted(files.length, 'file')}, ${counted(resources, 'resource')}, ${counted(bytes, 'byte')}, each as it was written.\n`,
  );
  for (const name of missing) io.out(`  not on that computer, and so not in it: ${name}\n`);
  if (ledger) {
    const witnesses = ledger.witnessed
      ? "witnessed by the region's quorum"
      : `signed by the hub, ${ledger.witnessesFound} of ${counted(ledger.witnessesNeeded, 'witness', 'witnesses')}`;
    io.out(
      `Its ledger was that of "${ledger.regionName}" after ${counted(said.position, 'block')}; ${witnesses} (region ${said.region}).\n`,
    );
  }
  if (!isFoundingKey) io.out('The clinic signed with a later key than its founding names: compare it with the ledger.\n');
  io.out(`Compare the clinic's id with one that you know from elsewhere: ${said.chain}\n`);
}

async function faultOf(folder: string, { name, bytes, sha256 }: ExportedFile): Promise<string | undefined> {
  const digest = createHash('sha256');
  let read = 0;
  try {
    await pipeline(createReadStream(join(folder, name)), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        digest.update(chunk);
        read += chunk.length;
      }
    });
  } catch {
    return `${name} is missing, or cannot be read`;
  }
  if (read !== bytes) return `${name} has ${counted(read, 'byte')} instead of ${bytes}`;
  return digest.digest('hex') === sha256 ? undefined : `${name} was altered`;
}

/** What nobody exported. */
async function strangersIn(folder: string, files: readonly ExportedFile[]): Promise<string[]> {
  const known = new Set([MANIFEST_FILE, ...files.map(({ name }) => name)]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  return found.filter((name) => !known.has(name)).map((name) => `${name} was not exported`);
}

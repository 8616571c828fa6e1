/** `careledger verify certificate.json`: a certificate of erasure, judged with nothing but the file. */
import { toHex } from '../../../shared/encoding/bytes.ts';
import { verifyCertificate } from '../../../shared/erasure/certificate.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import type { CommandIo } from '../../command-line/command-line.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';

export function verifyErasure(text: string, asJson: boolean, io: CommandIo): void {
  const { statement, clinic, foundingKey, hub } = verifyCertificate(hashParts, verifySignature, text);
  const moment = (time: number): string => new Date(time).toISOString();
  const confirmations = statement.confirmations.map(({ party, device, clinic: name, at, count }) => {
    return { party, device: toHex(device), clinic: name, at: at === 0 ? null : moment(at), count };
  });
  const answer = {
    holds: true,
    clinic: clinic.statement.name,
    chain: toHex(clinic.chain),
    foundingKey,
    erasure: toHex(statement.erasure),
    whole: statement.whole,
    ground: statement.ground,
    erasedAt: moment(statement.erasedAt),
    issuedAt: moment(statement.issuedAt),
    compartments: statement.compartments.map(({ handle, category, documents }) => ({
      handle: toHex(handle),
      category,
      documents,
    })),
    confirmations,
    hubSigned: hub !== undefined,
    lastBackupDies: moment(statement.lastBackupDies),
  };
  if (asJson) {
    io.out(`${JSON.stringify(answer)}\n`);
    return;
  }
  const missing = confirmations.filter(({ at }) => at === null);
  io.out(
    `This certificate holds: "${answer.clinic}" erased ${counted(answer.compartments.length, 'compartment')} on ${answer.erasedAt} (${answer.ground}).\n`,
  );
  for (const { handle, category, documents } of answer.compartments)
    io.out(`  ${category}, ${counted(documents, 'document')}, handle ${handle}\n`);
  io.out(`${confirmations.length - missing.length} of ${confirmations.length} confirmed by ${answer.issuedAt}`);
  io.out(hub ? '; the hub’s own signature is among them.\n' : '; the hub has signed nothing yet.\n');
  for (const { party, clinic: name, device } of missing)
    io.out(`  not confirmed: ${party === 'HUB' ? 'the hub' : `${name || 'own'} desk ${device.slice(0, 16)}`}\n`);
  io.out(`The last backup from before dies on ${answer.lastBackupDies}.\n`);
  io.out(`Compare the clinic's id with one that you know from elsewhere: ${answer.chain}\n`);
  if (!foundingKey) io.out('The clinic signed with a key that came after its founding: ask the ledger whether it was its own.\n');
}

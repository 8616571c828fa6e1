/** `careledger verify receipt.json` of a receipt of an access log: whether it holds, and what it says. */
import { verifyAccessReceipt } from '../../../shared/access/access-receipt.ts';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import type { CommandIo } from '../../command-line/command-line.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';

/** @throws {Failure} as `verifyAccessReceipt`. */
export function verifyAccess(value: unknown, asJson: boolean, io: CommandIo): void {
  const { region, patient, logs } = verifyAccessReceipt(hashParts, verifySignature, value);
  const answer = { holds: true, region: toHex(region.id), regionName: region.genesis.name, patient, logs };
  if (asJson) {
    io.out(`${JSON.stringify(answer)}\n`);
    return;
  }
  const lines = logs.flatMap((log) => log.lines).sort((one, other) => one.at - other.at);
  io.out(
    `This receipt holds: the access logs that the ledger of "${answer.regionName}" counts have ${counted(lines.length, 'line')} about patient ${patient}.\n`,
  );
  for (const { at, who, role, process, action, purpose, categories = [], sequence, device } of lines) {
    const by = process === '' ? `${who} (${role})` : `program (${process}) on the word of ${who} (${role})`;
    io.out(
      `  ${new Date(at).toISOString()}  ${by}: ${action}, ${purpose}${categories.length > 0 ? `, ${categories.join(' ')}` : ''}  [${sequence} on ${device.slice(0, 12)}]\n`,
    );
  }
  for (const { device, count, anchoredAt, witnessed, missing } of logs) {
    const witnesses = witnessed ? "witnessed by the region's quorum" : 'signed by the hub';
    io.out(
      `Computer ${device.slice(0, 12)}: ${counted(count, 'line')} counted on ${new Date(anchoredAt).toISOString()}, ${witnesses}.\n`,
    );
    for (const { from, to } of missing)
      io.out(
        `  This receipt leaves out line ${from === to ? from : `${from} to ${to}`} that this computer wrote about this patient.\n`,
      );
  }
  io.out(
    `Lines after these are not shown by it. Compare the region id with one that you know from elsewhere:\n${answer.region}\n`,
  );
}

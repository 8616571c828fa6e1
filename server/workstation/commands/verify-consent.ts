/** `careledger verify proof.json` of a consent: whether it holds, who signed the words, and whether it was ended. */
import { toHex } from '../../../shared/encoding/bytes.ts';
import { verifyConsentProof } from '../../../shared/kiosk/verify-consent-proof.ts';
import type { CommandIo } from '../../command-line/command-line.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';

/** @throws {Failure} as `verifyConsentProof`. */
export function verifyConsent(value: unknown, asJson: boolean, io: CommandIo): void {
  const { region, text, chain, acts, signedByCard, endedAt } = verifyConsentProof(hashParts, verifySignature, value);
  const moment = (time: number): string => new Date(time).toISOString();
  const answer = {
    holds: true,
    region: toHex(region.id),
    regionName: region.genesis.name,
    clinic: chain,
    signedByCard: signedByCard ?? null,
    endedAt: endedAt === undefined ? null : moment(endedAt),
    acts: acts.map(({ type, at, witnessed }) => ({ type, at: moment(at), witnessed })),
    text,
  };
  if (asJson) {
    io.out(`${JSON.stringify(answer)}\n`);
    return;
  }
  io.out(`${text.trimEnd()}\n\nThis proof holds: these words stand in the ledger of "${answer.regionName}".\n`);
  io.out(
    signedByCard
      ? `They were signed with the care card ${signedByCard.slice(0, 16)}.\n`
      : 'They were recorded by the clinic; the proof holds no signature of a care card.\n',
  );
  for (const { type, at, witnessed } of answer.acts)
    io.out(`  ${at}  ${type}, ${witnessed ? "witnessed by the region's quorum" : 'signed by the hub'}\n`);
  io.out(answer.endedAt ? `It was ended on ${answer.endedAt}.\n` : 'It names no end; a later one it could not show.\n');
  io.out(`Compare the clinic's id and the region's with those that you know from elsewhere:\n${chain}\n${answer.region}\n`);
}

/** `careledger verify evidence.json`: judged from the file alone, or beside a replica where the file rests on one. */
import { resolve } from 'node:path';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { type Evidence, MAX_EVIDENCE_CHARACTERS, readEvidence } from '../../../shared/sync/evidence.ts';
import type { Accused, EvidenceVerdict } from '../../../shared/sync/evidence-verdict.ts';
import type { CommandIo } from '../../command-line/command-line.ts';
import { readBlocks } from '../../ledger/blocks.store.ts';
import { readActs } from '../../ledger/policy-acts.store.ts';
import { careledgerRules } from '../../rules-registry.ts';
import { judgeEvidence } from '../../sync/evidence/judge-evidence.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';
import { Installation } from '../folder/installation.ts';

export const LARGEST_EVIDENCE = MAX_EVIDENCE_CHARACTERS;

/** Whether a text claims to be evidence; what it is worth is judged later. */
export const looksLikeEvidence = (text: string): boolean => /^\s*\{\s*"careledger":\s*"evidence\//.test(text);

/** @throws {Failure} `evidence.malformed`, `evidence.shows-nothing`, `evidence.needs-replica`, and what opening its parts throws. */
export async function verifyEvidence(text: string, data: string | undefined, asJson: boolean, io: CommandIo): Promise<void> {
  const verdict = await judged(readEvidence(text), data);
  const region = verdict.region && { id: toHex(verdict.region.id), name: verdict.region.genesis.name };
  if (asJson) {
    const { kind, accused, shows } = verdict;
    io.out(`${JSON.stringify({ holds: true, kind, accused, shows, region: region ?? null })}\n`);
    return;
  }
  io.out(`This evidence holds. ${verdict.shows}\n`);
  for (const accused of verdict.accused) io.out(`It accuses ${nameOf(accused)}.\n`);
  if (region) io.out(`Region "${region.name}" (${region.id}).\n`);
  io.out(
    region
      ? 'Compare the region id and the keys with ones that you know from elsewhere. A key may have been stolen: then its thief lied.\n'
      : 'Compare the device with one that you know from elsewhere. A copied data folder does this too: then nobody lied.\n',
  );
}

async function judged(evidence: Evidence, data: string | undefined): Promise<EvidenceVerdict> {
  const tools = { hash: hashParts, verify: verifySignature, rules: careledgerRules() };
  if (data === undefined) return judgeEvidence(tools, evidence);
  const installation = await Installation.open(resolve(data));
  try {
    const { read } = installation.database;
    const acts = await readActs(read);
    return await judgeEvidence({ ...tools, acts }, evidence, async (from, limit) =>
      (await readBlocks(read, from, limit)).map(({ bytes }) => bytes),
    );
  } finally {
    await installation.close();
  }
}

function nameOf({ who, id }: Accused): string {
  if (who === 'hub') return `the hub with the key ${id}`;
  return who === 'witness' ? `the witness ${id}` : `the device ${id}`;
}

/** The engine of a desk of a test, against a hub that runs. */
import { SyncEngine } from '../../server/sync/engine.ts';
import { sign, verifySignature as verify } from '../../server/vault/primitives.ts';
import { everyRule, hash } from '../support/ledger-builder.ts';
import { MemoryCosignMark } from '../support/memory-continuity.ts';
import type { TestDesk } from './test-desk.ts';

type Options = Parameters<typeof SyncEngine.open>[0];

/** @param more what a test has otherwise: its clock, when it cosigns, whom it tells */
export function openEngine(
  { database, ledger, region, clinic }: TestDesk,
  more: Pick<Options, 'hub' | 'pool'> & Partial<Options>,
): Promise<SyncEngine> {
  return SyncEngine.open({
    version: '0.1.0',
    database,
    ledger,
    region,
    chain: clinic.chain,
    device: clinic.desk.key.publicKey,
    hash,
    verify,
    rules: everyRule,
    cosignMark: new MemoryCosignMark(),
    cosigner: { key: clinic.cosignKey.publicKey, sign: (message) => sign(clinic.cosignKey, message) },
    clock: Date.now,
    admissionRequest: async () => undefined,
    onChange: () => undefined,
    onArrived: () => undefined,
    onFolded: () => undefined,
    ...more,
  });
}

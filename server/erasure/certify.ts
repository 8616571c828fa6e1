/** Makes the certificate of an erasure as it stands now. */
import { fromBase64, fromHex } from '../../shared/encoding/bytes.ts';
import { writeCertificate } from '../../shared/erasure/certificate.ts';
import { openGenesis } from '../../shared/ledger/founding.ts';
import { PolicyBook, type StoredAct } from '../../shared/ledger/policy-book.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { openHubErasure } from '../../shared/sync/erasure-statement.ts';
import { readActs } from '../ledger/policy-acts.store.ts';
import { ownClinicKey } from '../sync/clinic-mail/clinic-key-book.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { sign, verifySignature } from '../vault/primitives.ts';
import type { StandingErasure } from './erasure.ts';
import type { ErasureParts } from './erasure-parts.ts';

const NOTHING = new Uint8Array(0);

/** JSON, signed by who is signed in and by the clinic. @throws {Failure} `erasure.refused`, `vault.clinic-key-missing`. */
export async function certify({ context }: ErasureParts, standing: StandingErasure): Promise<string> {
  const { record, confirmations, lastBackupDies } = standing;
  const { founding, genesis } = await context.gateway.identity();
  if (lastBackupDies === null || !founding)
    throw new Failure('erasure.refused', 'Nothing was erased, so there is nothing to certify. Print the refusal instead.');
  const clinicKey = await ownClinicKey(context);
  const { compartments, hub = '' } = record;
  const policies = genesis && hub ? await actsBehind(context, genesis, fromBase64(hub)) : [];
  return writeCertificate(
    {
      founding,
      clinicKey: clinicKey.publicKey,
      erasure: fromHex(record.id),
      whole: record.whole,
      ground: record.ground,
      erasedAt: record.at,
      erasedBy: fromHex(record.staff),
      compartments: compartments.map(({ handle, category, documents }) => ({ handle: fromHex(handle), category, documents })),
      confirmations: confirmations.map(({ party, device, clinic, at, count }) => ({
        party,
        device: fromHex(device),
        clinic,
        at: at ?? 0,
        count,
      })),
      lastBackupDies,
      issuedAt: context.clock(),
      issuedBy: context.staff.id,
      genesis: genesis ?? NOTHING,
      hub: fromBase64(hub),
    },
    {
      staff: (message) => sign(context.keyStore.signingKey, message),
      clinic: (message) => sign(clinicKey, message),
    },
    policies,
  );
}

/** The acts of the region up to the one that gave the hub the key of its word; none for the key of the genesis. */
async function actsBehind({ reader }: VaultContext, genesis: Uint8Array, hub: Uint8Array): Promise<readonly StoredAct[]> {
  const acts = await readActs(reader);
  const book = new PolicyBook(openGenesis(hashParts, verifySignature, genesis));
  for (let count = 0; count <= acts.length; count++) {
    if (count > 0) book.apply(acts[count - 1] as StoredAct);
    if (isSignedBy(book.current.activeHubKey, hub)) return acts.slice(0, count);
  }
  return [];
}

function isSignedBy(hubKey: Uint8Array, hub: Uint8Array): boolean {
  try {
    openHubErasure(verifySignature, hubKey, hub);
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

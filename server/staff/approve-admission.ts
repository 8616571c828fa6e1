/** Letting a clinic into the region: what it sent is checked here before this clinic's name stands under it. */
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { admissionMessage, type ChainAdmitted, chainAdmittedBody } from '../../shared/ledger/enrolment-rules.ts';
import { openFounding } from '../../shared/ledger/founding.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type AdmissionRequest, decodeAdmissionRequest } from '../../shared/sync/wire.ts';
import { ownClinicKey } from '../sync/clinic-mail/clinic-key-book.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { sign, verifySignature } from '../vault/primitives.ts';

/**
 * Writes `chain.admitted` with this clinic's approval.
 * @param chain of the clinic that asks, hexadecimal: the fingerprint that was compared out of band
 * @throws {Failure} `staff.no-admission-request`; `staff.admission-forged`, `staff.admission-of-another-region`;
 * `ledger.refused`, for instance when the quorum of this region needs more than one clinic.
 */
export async function approveAdmission(context: VaultContext, chain: string): Promise<void> {
  const { gateway } = context;
  const request = requestOf(await gateway.admissionRequests(), chain);
  const { region } = await gateway.identity();
  if (!region || !equalBytes(region, request.region))
    throw new Failure('staff.admission-of-another-region', 'This clinic asks to join another region. It was not let in.');
  const clinicKey = await ownClinicKey(context);
  const message = admissionMessage(request, openFounding(hashParts, verifySignature, request.founding).chain);
  const body: ChainAdmitted = { ...request, approvals: [{ chain: context.chain, signature: sign(clinicKey, message) }] };
  await gateway.commit({ events: [personalAct(context, { type: 'chain.admitted', codec: chainAdmittedBody, body })] });
  context.notify({ topics: ['region'] });
}

/** The request whose own founding statement hashes to `chain` and whose clinic signed it. Others are not looked into. */
function requestOf(requests: readonly Uint8Array[], chain: string): AdmissionRequest {
  for (const bytes of requests) {
    const opened = opens(bytes);
    if (!opened || toHex(opened.founding.chain) !== chain) continue;
    const message = admissionMessage(opened.request, opened.founding.chain);
    if (!verifySignature(opened.founding.statement.clinicKey, message, opened.request.clinicSignature))
      throw new Failure('staff.admission-forged', 'This request is not signed by the clinic that it names. It was not let in.');
    return opened.request;
  }
  throw new Failure('staff.no-admission-request', 'No clinic with this id asks to join. Ask it to send its request again.');
}

function opens(bytes: Uint8Array): { request: AdmissionRequest; founding: ReturnType<typeof openFounding> } | undefined {
  try {
    const request = decodeAdmissionRequest(bytes);
    return { request, founding: openFounding(hashParts, verifySignature, request.founding) };
  } catch (error) {
    // The hub hands these on; a spoilt one must not keep the others out.
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

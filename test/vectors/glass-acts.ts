/** A broken glass in the history of wire-1.json: another clinic's person, the custodian's answer, the review, and what is disputed. */
import { sign, type SigningKey } from '../../server/vault/primitives.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, bytesFor, MORNING, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

export function* brokenGlass(
  custodian: TestClinic,
  handle: Uint8Array,
  reader: TestClinic,
  person: SigningKey,
): Generator<[TestDevice, SignedEvent[]]> {
  const [use, grant, details] = [bytesFor('glass use', 16), bytesFor('glass grant', 16), bytesFor('glass details')];
  const broken = { use, custodian: custodian.chain, ends: MORNING + 3_600_000, details };
  const granted = { grant, recipient: reader.chain, agreement: details };
  const attestation = sign(custodian.clinicKey, attestationMessage(custodian.chain, handle, granted));
  const review = { use, verdict: 'justified', words: bytesFor('glass words') };
  yield [reader.desk, [act(reader, 'glass.broken', broken, { signer: person }), act(reader, 'glass.broken', broken, { signer: person })]];
  yield [
    custodian.desk,
    [
      act(custodian, 'glass.answered', { use, grant, wrap: bytesFor('glass wrap'), attestation }, { handle }),
      act(custodian, 'glass.answered', { use, grant, wrap: bytesFor('glass wrap'), attestation }, { handle }),
      act(custodian, 'glass.reviewed', review, { signer: custodian.administrator }),
    ],
  ];
  yield [reader.desk, [act(reader, 'glass.reviewed', review, { signer: person })]];
}

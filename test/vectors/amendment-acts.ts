/** Acts of proposed amendments for wire-1.json. */
import type { SigningKey } from '../../server/vault/primitives.ts';
import { sign } from '../../server/vault/primitives.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, bytesFor, MORNING, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

const NONE = new Uint8Array(0);

/** What the institute, whose administrator is the one given, proposes for the clinic's record: taken over, declined, waiting again; and what lacks a consent. */
export function* amended(clinic: TestClinic, institute: TestClinic, administrator: SigningKey, handle: Uint8Array): Generator<[TestDevice, SignedEvent[]]> {
  const treated = bytesFor('treating grant', 16);
  const said = { grant: treated, recipient: institute.chain, agreement: bytesFor('treating agreement') };
  const attestation = sign(clinic.clinicKey, attestationMessage(clinic.chain, handle, said));
  const consent = { ...said, purpose: 'TREAT', starts: MORNING, ends: 0, wrap: bytesFor('treating wrap'), attestation };
  const record = bytesFor('proposed record', 16);
  const newRecord = (proposal: string, by = treated) => ({ grant: by, record, version: 1, previous: NONE, proposal: bytesFor(proposal) });
  const theirs = { handle, signer: administrator };
  const ours = { handle, signer: clinic.administrator };
  const declined = (proposal: string, reopens: boolean) => ({
    record,
    proposal: bytesFor(proposal),
    device: institute.desk.key.publicKey,
    answer: reopens ? NONE : bytesFor('answer'),
    reopens,
  });
  yield [clinic.desk, [act(clinic, 'consent.granted', consent, ours)]];
  yield [
    institute.desk,
    [
      act(institute, 'record.amendment.proposed', newRecord('one proposal'), theirs),
      act(institute, 'record.amendment.proposed', newRecord('another proposal'), theirs),
      act(institute, 'record.amendment.proposed', newRecord('unfounded proposal', bytesFor('no grant', 16)), theirs),
    ],
  ];
  yield [
    clinic.desk,
    [
      act(clinic, 'record.amendment.declined', declined('another proposal', false), ours),
      act(clinic, 'record.amendment.declined', declined('another proposal', true), ours),
      act(
        clinic,
        'record.merged',
        { record, version: 1, previous: NONE, document: bytesFor('taken over'), settles: [bytesFor('one proposal')], reopens: false },
        { handle },
      ),
    ],
  ];
}

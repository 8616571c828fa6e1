/** Benefits in the history of wire-1.json: a reward promised with an offer, earned by who takes part in it, and paid once. */
import { type SigningKey, sign } from '../../server/vault/primitives.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, bytesFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

const NONE = new Uint8Array(0);
const idOf = (name: string): Uint8Array => bytesFor(`benefit ${name}`, 16);

/** @param signer of the publisher; @param ends of the offer, milliseconds */
export function* benefited(
  clinic: TestClinic,
  publisher: TestClinic,
  signer: SigningKey,
  ends: number,
): Generator<[TestDevice, SignedEvent[]]> {
  const [offer, handle, grant, benefit] = [idOf('offer'), idOf('handle'), idOf('grant'), idOf('first')];
  const terms = { title: 'Asthma in the city', description: 'Counts', purposes: ['DUO:0000042'], categories: ['research'], criteria: '' };
  const published = { offer, ...terms, reward: '20 euros', minimumGroup: 5, opens: 0, expires: ends };
  yield [
    publisher.desk,
    [
      act(publisher, 'offer.published', published, { signer }),
      act(publisher, 'reward.promised', { offer, currency: 'EUR', amount: 2_000 }, { signer }),
      act(publisher, 'reward.promised', { offer, currency: 'EUR', amount: 1 }, { signer }),
    ],
  ];
  const said = {
    grant,
    recipient: publisher.chain,
    purpose: 'HRESCH' as const,
    starts: 0,
    ends: 0,
    wrap: bytesFor('benefit wrap'),
    agreement: bytesFor('benefit agreement'),
  };
  const attestation = sign(clinic.clinicKey, attestationMessage(clinic.chain, handle, said));
  const staff = { handle, signer: clinic.administrator };
  yield [
    clinic.desk,
    [
      act(clinic, 'record.put', { record: idOf('record'), version: 1, previous: NONE, document: bytesFor('benefit document') }, { handle }),
      act(clinic, 'consent.granted', { ...said, attestation }, staff),
      act(clinic, 'participation.joined', { offer, grant }, staff),
    ],
  ];
  const about = { handle, signer };
  const paid = act(publisher, 'benefit.paid', { offer, benefit, letter: bytesFor('benefit paid letter') }, about);
  const earned = { offer, benefit, amount: 1_500, letter: bytesFor('benefit earned letter') };
  yield [
    publisher.desk,
    [
      paid,
      act(publisher, 'benefit.earned', earned, about),
      act(publisher, 'benefit.earned', { ...earned, benefit: idOf('second') }, about),
      paid,
      paid,
    ],
  ];
}

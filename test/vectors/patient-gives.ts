/** What a patient gives alone, in the history of wire-1.json: a consent that they ask for at a kiosk and a desk gives, and an offer joined under it and left. */
import { sign } from '../../server/vault/primitives.ts';
import { askingMessage, partOf } from '../../shared/consent/asked-rules.ts';
import { endingMessage } from '../../shared/kiosk/patient-act-rules.ts';
import { joiningMessage, leavingMessage } from '../../shared/kiosk/patient-offer-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, bytesFor, signingKeyFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';
import { cardIssued } from './card-acts.ts';

const NONE = new Uint8Array(0);

/** @param ends of the offer, milliseconds */
export function* patientGives(clinic: TestClinic, recipient: TestClinic, ends: number): Generator<[TestDevice, SignedEvent[]]> {
  const handleOf = (name: string) => bytesFor(`giving ${name} handle`, 16);
  const [card, patient] = [signingKeyFor('giving card'), signingKeyFor('giving patient')];
  const onIdentity = { handle: handleOf('identity') };
  const opened = (name: string) =>
    act(
      clinic,
      'record.put',
      { record: bytesFor(`giving ${name} record`, 16), version: 1, previous: NONE, document: bytesFor(`giving ${name} document`) },
      { handle: handleOf(name) },
    );
  const issued = cardIssued(clinic, 'giving', { handle: handleOf('identity'), box: handleOf('box') });
  const grant = bytesFor('giving grant', 16);
  const said = {
    grant,
    recipient: recipient.chain,
    purpose: 'HRESCH' as const,
    starts: 0,
    ends: 0,
    agreement: bytesFor('giving agreement'),
    card: card.publicKey,
  };
  const asked = { ...said, proof: sign(patient, askingMessage(clinic.chain, said)) };
  const given = (name: string, part: Uint8Array) =>
    act(clinic, 'consent.given', { grant: part, asked: grant, wrap: bytesFor(`giving ${name} wrap`) }, { handle: handleOf(name) });
  const offer = {
    offer: bytesFor('giving offer', 16),
    title: 'Asthma in the city',
    description: 'Counts',
    purposes: ['DUO:0000042'],
    categories: ['clinical'],
    criteria: '',
    reward: '20 euros',
    minimumGroup: 5,
    opens: 0,
    expires: ends,
  };
  const word = (type: 'offer.joined' | 'offer.left', signed: number) => {
    const spoken = { offer: offer.offer, grant, identity: grant, card: card.publicKey, signed };
    const over = type === 'offer.joined' ? joiningMessage(clinic.chain, spoken) : leavingMessage(clinic.chain, spoken);
    return act(clinic, type, { ...spoken, proof: sign(patient, over) }, onIdentity);
  };
  const ended = { grant, identity: grant, card: card.publicKey, proof: sign(patient, endingMessage(clinic.chain, grant, card.publicKey)) };
  yield [
    clinic.desk,
    [
      ...['identity', 'box', 'clinical'].map(opened),
      issued,
      act(clinic, 'consent.asked', asked, onIdentity),
      given('clinical', partOf(grant, 1)),
      given('identity', grant),
      given('clinical', partOf(grant, 1)),
    ],
  ];
  yield [recipient.desk, [act(recipient, 'offer.published', offer, { signer: recipient.administrator })]];
  yield [
    clinic.desk,
    [
      word('offer.joined', 1),
      word('offer.left', 2),
      word('offer.joined', 1),
      act(clinic, 'consent.ended', ended, onIdentity),
      word('offer.joined', 3),
    ],
  ];
}

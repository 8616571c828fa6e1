/** What a patient decides alone, in the history of wire-1.json: a consent ended, confirmed or signed by their own signature, and ones that are not theirs. */
import { sign } from '../../server/vault/primitives.ts';
import { carriedMessage, shownMessage } from '../../shared/consent/card-visit-rules.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import { consentMessage } from '../../shared/consent/signing-rules.ts';
import { confirmationMessage, endingMessage } from '../../shared/kiosk/patient-act-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, bytesFor, signingKeyFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';
import { cardIssued } from './card-acts.ts';

const NONE = new Uint8Array(0);

export function* patientActs(clinic: TestClinic, recipient: TestClinic): Generator<[TestDevice, SignedEvent[]]> {
  const handleOf = (name: string) => bytesFor(`ending ${name} handle`, 16);
  const opened = (name: string) =>
    act(
      clinic,
      'record.put',
      { record: bytesFor(`ending ${name} record`, 16), version: 1, previous: NONE, document: bytesFor(`ending ${name} document`) },
      { handle: handleOf(name) },
    );
  const [card, patient] = [signingKeyFor('ending card'), signingKeyFor('ending patient')];
  const issued = cardIssued(clinic, 'ending', { handle: handleOf('identity'), box: handleOf('box') });
  const grantOf = (name: string) => bytesFor(`ending ${name} grant`, 16);
  const granted = (name: string) => {
    const said = { grant: grantOf(name), recipient: recipient.chain, agreement: bytesFor('ending agreement') };
    const attestation = sign(clinic.clinicKey, attestationMessage(clinic.chain, handleOf(name), said));
    const body = { ...said, purpose: 'TREAT', starts: 0, ends: 0, wrap: bytesFor(`ending ${name} wrap`), attestation };
    return act(clinic, 'consent.granted', body, { handle: handleOf(name), signer: clinic.administrator });
  };
  const ended = (name: string, identity: string) => {
    const proof = sign(patient, endingMessage(clinic.chain, grantOf(name), card.publicKey));
    const body = { grant: grantOf(name), identity: grantOf(identity), card: card.publicKey, proof };
    return act(clinic, 'consent.ended', body, { handle: handleOf(name) });
  };
  const confirmed = (name: string) => {
    const said = { grant: grantOf(name), agreement: bytesFor('ending agreement'), card: card.publicKey };
    const body = { ...said, proof: sign(patient, confirmationMessage(clinic.chain, said)) };
    return act(clinic, 'consent.confirmed', body, { handle: handleOf(name) });
  };
  yield [
    clinic.desk,
    [
      ...['identity', 'box', 'clinical'].map(opened),
      issued,
      granted('identity'),
      granted('clinical'),
      ended('clinical', 'identity'),
      ended('identity', 'clinical'),
    ],
  ];
  yield [clinic.desk, [confirmed('identity'), confirmed('identity'), confirmed('clinical')]];
  const study = { grant: grantOf('study'), recipient: recipient.chain, agreement: bytesFor('study agreement') };
  const researched = act(
    clinic,
    'consent.granted',
    {
      ...study,
      purpose: 'HRESCH',
      starts: 0,
      ends: 0,
      wrap: bytesFor('study wrap'),
      attestation: sign(clinic.clinicKey, attestationMessage(clinic.chain, handleOf('identity'), study)),
    },
    { handle: handleOf('identity'), signer: clinic.administrator },
  );
  const said = { agreement: study.agreement, card: card.publicKey };
  const signed = { ...said, proof: sign(patient, consentMessage(clinic.chain, said)) };
  yield [clinic.desk, [researched, act(clinic, 'consent.signed', signed, { handle: handleOf('identity') }), researched]];
  const shown = { grant: grantOf('box'), card: card.publicKey };
  const carried = { grant: grantOf('visit'), starts: 1, ends: 2, agreement: bytesFor('visit agreement'), card: card.publicKey };
  const byRecipient = { handle: handleOf('box'), signer: recipient.administrator };
  const visit = carriedMessage(recipient.chain, handleOf('identity'), carried);
  const extract = { card: card.publicKey, boxEpoch: 1, boxKey: new Uint8Array(80).fill(9) };
  const emergency = { handle: handleOf('extract'), signer: clinic.administrator };
  yield [clinic.desk, [opened('extract'), act(clinic, 'card.emergency', extract, emergency)]];
  yield [
    recipient.desk,
    [
      act(recipient, 'card.shown', { ...shown, proof: sign(card, shownMessage(recipient.chain, shown)) }, byRecipient),
      act(recipient, 'consent.carried', { ...carried, proof: sign(patient, visit) }, { ...byRecipient, handle: handleOf('identity') }),
    ],
  ];
}

/** Care cards in the history of wire-1.json: a first card, one that replaces it, one that does not, and the end. */
import { sign } from '../../server/vault/primitives.ts';
import { cardMessage } from '../../shared/care-card/card-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, agreementKeyFor, bytesFor, signingKeyFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

const NONE = new Uint8Array(0);

export function* carded(clinic: TestClinic, handle: Uint8Array): Generator<[TestDevice, SignedEvent[]]> {
  const box = bytesFor('box handle', 16);
  const cardOf = (label: string) => signingKeyFor(`${label} card`).publicKey;
  const issued = (label: string, replaces: Uint8Array) => {
    const patient = signingKeyFor(`${label} patient`);
    const terms = {
      card: cardOf(label),
      signingKey: patient.publicKey,
      encryptionKey: agreementKeyFor(`${label} patient encryption`).publicKey,
      box,
      boxEpoch: 1,
      boxKey: new Uint8Array(80).fill(7),
      envelope: bytesFor(`${label} envelope`),
      replaces,
    };
    const message = cardMessage(clinic.chain, handle, terms);
    const body = { ...terms, cardProof: sign(signingKeyFor(`${label} card`), message), patientProof: sign(patient, message) };
    return act(clinic, 'card.issued', body, { handle, signer: clinic.administrator });
  };
  const opened = { record: bytesFor('box record', 16), version: 1, previous: NONE, document: bytesFor('box document') };
  yield [
    clinic.desk,
    [
      act(clinic, 'record.put', opened, { handle: box }),
      issued('first', NONE),
      issued('late', NONE),
      issued('second', cardOf('first')),
      act(clinic, 'card.ended', { card: cardOf('second') }, { handle, signer: clinic.administrator }),
    ],
  ];
}

/** Care cards in the history of wire-1.json: a first card, one that replaces it, one that does not, and the end. */
import { sign } from '../../server/vault/primitives.ts';
import { cardMessage } from '../../shared/care-card/card-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, agreementKeyFor, bytesFor, signingKeyFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

const NONE = new Uint8Array(0);

interface CardPlace {
  readonly handle: Uint8Array;
  readonly box: Uint8Array;
  readonly replaces?: Uint8Array;
}

/** The event that issues the card of this label. */
export function cardIssued(clinic: TestClinic, label: string, { handle, box, replaces = NONE }: CardPlace): SignedEvent {
  const [card, patient] = [signingKeyFor(`${label} card`), signingKeyFor(`${label} patient`)];
  const terms = {
    card: card.publicKey,
    signingKey: patient.publicKey,
    encryptionKey: agreementKeyFor(`${label} patient encryption`).publicKey,
    box,
    boxEpoch: 1,
    boxKey: new Uint8Array(80).fill(7),
    envelope: bytesFor(`${label} envelope`),
    replaces,
  };
  const message = cardMessage(clinic.chain, handle, terms);
  const body = { ...terms, cardProof: sign(card, message), patientProof: sign(patient, message) };
  return act(clinic, 'card.issued', body, { handle, signer: clinic.administrator });
}

export function* carded(clinic: TestClinic, handle: Uint8Array): Generator<[TestDevice, SignedEvent[]]> {
  const box = bytesFor('box handle', 16);
  const cardOf = (label: string) => signingKeyFor(`${label} card`).publicKey;
  const issued = (label: string, replaces?: Uint8Array) => cardIssued(clinic, label, { handle, box, ...(replaces && { replaces }) });
  const opened = { record: bytesFor('box record', 16), version: 1, previous: NONE, document: bytesFor('box document') };
  yield [
    clinic.desk,
    [
      act(clinic, 'record.put', opened, { handle: box }),
      issued('first'),
      issued('late'),
      issued('second', cardOf('first')),
      act(clinic, 'card.ended', { card: cardOf('second') }, { handle, signer: clinic.administrator }),
    ],
  ];
}

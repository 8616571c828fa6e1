/** A care card on a test ledger: keys from its name, sealed parts that nobody opens. */
import { sign } from '../../server/vault/primitives.ts';
import { cardMessage } from '../../shared/care-card/card-rules.ts';
import { act, bytesFor, signingKeyFor, type TestClinic } from './ledger-builder.ts';

export const cardKeyFor = (name: string) => signingKeyFor(`${name} card`);
export const patientKeyFor = (name: string) => signingKeyFor(`${name} patient`);
export const boxFor = (name: string): Uint8Array => bytesFor(`${name} box`, 16);
export const identityFor = (name: string): Uint8Array => bytesFor(`${name} identity`, 16);

/** The event that issues it, by the clinic's administrator. Both compartments have to be there. */
export function cardIssuedBy(
  clinic: TestClinic,
  name: string,
  { identity = identityFor(name), box = boxFor(name), replaces = new Uint8Array(0) as Uint8Array } = {},
) {
  const [card, patient] = [cardKeyFor(name), patientKeyFor(name)];
  const terms = {
    card: card.publicKey,
    signingKey: patient.publicKey,
    encryptionKey: bytesFor(`${name} encryption`),
    box,
    boxEpoch: 1,
    boxKey: new Uint8Array(80),
    envelope: bytesFor(`${name} envelope`),
    replaces,
  };
  const message = cardMessage(clinic.chain, identity, terms);
  const body = { ...terms, cardProof: sign(card, message), patientProof: sign(patient, message) };
  return act(clinic, 'card.issued', body, { handle: identity, signer: clinic.administrator });
}

/** The event with which a clinic's compartment begins. */
export function compartmentBegun(clinic: TestClinic, handle: Uint8Array) {
  const body = { record: bytesFor('record', 16), version: 1, previous: new Uint8Array(0), document: bytesFor('document') };
  return act(clinic, 'record.put', body, { handle });
}

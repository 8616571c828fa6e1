/** What happens to a card that lives on, in the history of wire-1.json: its box gets a newer key, and its envelope the hub's copy. */
import { sign } from '../../server/vault/primitives.ts';
import { completionMessage } from '../../shared/care-card/card-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, bytesFor, signingKeyFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

/** The card `giving` of patient-gives.ts, which lives. */
export function* cardLives(clinic: TestClinic): Generator<[TestDevice, SignedEvent[]]> {
  const handle = bytesFor('giving identity handle', 16);
  const { publicKey: card } = signingKeyFor('giving card');
  const said = { card, envelope: bytesFor('giving envelope with both copies') };
  const proof = sign(signingKeyFor('giving patient'), completionMessage(clinic.chain, said));
  const completed = act(clinic, 'card.completed', { ...said, proof }, { handle });
  const rekeyed = (boxEpoch: number) =>
    act(clinic, 'card.rekeyed', { card, boxEpoch, boxKey: new Uint8Array(80).fill(8) }, { handle, signer: clinic.administrator });
  yield [clinic.desk, [rekeyed(3), rekeyed(2), completed, completed]];
}

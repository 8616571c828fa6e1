/** Somebody acts for a patient without a card, in the history of wire-1.json: named, given a newer key, and left. */
import { sign } from '../../server/vault/primitives.ts';
import { leavingMessage } from '../../shared/care-card/guardian-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, bytesFor, MORNING, signingKeyFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

const NONE = new Uint8Array(0);

/** The card `giving` of patient-gives.ts acts. */
export function* guarded(clinic: TestClinic): Generator<[TestDevice, SignedEvent[]]> {
  const [handle, box] = [bytesFor('ward handle', 16), bytesFor('ward box handle', 16)];
  const { publicKey: card } = signingKeyFor('giving card');
  const by = { handle, signer: clinic.administrator };
  const begun = (name: string) => ({
    record: bytesFor(`${name} record`, 16),
    version: 1,
    previous: NONE,
    document: bytesFor(`${name} document`),
  });
  const boxKey = new Uint8Array(80).fill(6);
  const terms = {
    card,
    mayConsent: true,
    mayComplain: false,
    starts: MORNING,
    ends: MORNING + 86_400_000,
    agreement: bytesFor('ward agreement'),
    patientCard: NONE,
  };
  const named = act(clinic, 'guardian.named', { ...terms, box, boxEpoch: 1, boxKey, proof: NONE }, by);
  const said = { card, starts: MORNING, by: card };
  const proof = sign(signingKeyFor('giving patient'), leavingMessage(clinic.chain, handle, said));
  yield [
    clinic.desk,
    [
      act(clinic, 'record.put', begun('ward'), { handle }),
      act(clinic, 'record.put', begun('ward box'), { handle: box }),
      named,
      named,
      act(clinic, 'guardian.rekeyed', { from: card, card, boxEpoch: 2, boxKey }, by),
      act(clinic, 'guardian.left', { ...said, proof }, { handle }),
      act(clinic, 'guardian.ended', { card }, by),
      act(clinic, 'guardian.named', { ...terms, starts: MORNING + 1, box, boxEpoch: 2, boxKey, proof: NONE }, by),
      act(clinic, 'guardian.ended', { card }, by),
    ],
  ];
}

/** An administrator says from which ages on. */
export function* aged(clinic: TestClinic): Generator<[TestDevice, SignedEvent[]]> {
  const by = { signer: clinic.administrator };
  const ages = (majority: number, privateFrom: number) => act(clinic, 'guardian.ages', { majority, privateFrom }, by);
  yield [clinic.desk, [ages(16, 12), ages(30, 12), ages(16, 17)]];
}

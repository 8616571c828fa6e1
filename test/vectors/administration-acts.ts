/** What a hub's administrators did, on the ledger, for wire-1.json: brought by a hub administrator's desk, and what is refused of it. */
import { sign } from '../../server/vault/primitives.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { type HubAct, signAct, signedActCodec } from '../../shared/fleet/administration.ts';
import { act, bytesFor, MORNING, signingKeyFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

export function* administered(
  clinic: TestClinic,
  region: Uint8Array,
  hubKey: ReturnType<typeof signingKeyFor>,
): Generator<[TestDevice, SignedEvent[]]> {
  const operator = signingKeyFor('hub administrator');
  const named: HubAct = {
    region,
    sequence: 1,
    previous: new Uint8Array(32),
    kind: 'administrator',
    subject: operator.publicKey,
    before: 0,
    after: 1,
    reason: 'not-said',
    time: MORNING,
    author: hubKey.publicKey,
  };
  const signed = (change: Partial<HubAct>, key = hubKey) =>
    decode(
      signedActCodec,
      signAct({ ...named, author: key.publicKey, ...change }, (message) => sign(key, message)),
    );
  const by = (signer = operator) => ({ signer });
  yield [
    clinic.desk,
    [
      act(clinic, 'staff.enrolled', { staff: operator.publicKey, role: 'hub-administrator' }, by(clinic.administrator)),
      act(clinic, 'hub.acted', signed({}), by()),
      act(clinic, 'hub.acted', signed({}), by()),
      act(clinic, 'hub.acted', signed({}), by(clinic.administrator)),
      act(clinic, 'hub.acted', signed({ region: bytesFor('elsewhere') }), by()),
      act(clinic, 'hub.acted', signed({ sequence: 2 }, clinic.administrator), by()),
    ],
  ];
}

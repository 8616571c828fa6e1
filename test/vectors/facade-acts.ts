/** An administrator says whom a computer answers in FHIR, in the history of wire-1.json. */
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, signingKeyFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

export function* answering(clinic: TestClinic): Generator<[TestDevice, SignedEvent[]]> {
  const by = { signer: clinic.administrator };
  const said = (device: Uint8Array, reach: string) => act(clinic, 'facade.reach', { device, reach }, by);
  const own = clinic.desk.key.publicKey;
  // Its second device is a kiosk that was revoked; the last one is nobody's.
  const second = signingKeyFor('A second device').publicKey;
  yield [clinic.desk, [said(own, 'network'), said(own, 'nobody'), said(second, 'computer'), said(signingKeyFor('nobody').publicKey, 'computer')]];
}

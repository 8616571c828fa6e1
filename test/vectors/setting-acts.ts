/** Who may changes a setting of their clinic, in the history of wire-1.json. */
import { settingHash, settingText } from '../../shared/ledger/setting-rules.ts';
import { encode } from '../../shared/encoding/codec.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, bytesFor, hash, signingKeyFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

export function* set(clinic: TestClinic): Generator<[TestDevice, SignedEvent[]]> {
  const said = (years: string, signer = clinic.administrator) => {
    const text = { salt: bytesFor(`setting ${years}`), setting: 'retention', subject: '', before: [], after: ['DE', years] };
    return act(clinic, 'setting.changed', { change: settingHash(hash, encode(settingText, text)) }, { signer });
  };
  // The same words twice, and by somebody whom the clinic does not know.
  yield [clinic.desk, [said('10'), said('10'), said('30', signingKeyFor('nobody'))]];
}

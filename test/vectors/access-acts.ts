/** Complaints in the history of wire-1.json, and one access line with its entry. */
import { toHex } from '../../shared/encoding/bytes.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { type AccessLine, accessEntry, encodeAccessLine, openEntry } from '../../shared/sync/access-line.ts';
import { act, bytesFor, hash, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

export function* complained(clinic: TestClinic): Generator<[TestDevice, SignedEvent[]]> {
  const complaint = bytesFor('complaint', 16);
  const opened = act(clinic, 'complaint.opened', { complaint, content: bytesFor('what was not right') });
  const answer = { complaint, answer: bytesFor('the answer') };
  yield [
    clinic.desk,
    [
      opened,
      opened,
      act(clinic, 'complaint.answered', answer, { signer: clinic.administrator }),
      act(clinic, 'complaint.answered', answer, { signer: clinic.administrator }),
    ],
  ];
}

/** A program's line, so that each field says something. */
export function accessLineVectors(clinic: TestClinic, recipient: TestClinic, at: number) {
  const line = {
    chain: toHex(clinic.chain),
    device: clinic.desk.id,
    sequence: 7,
    patient: toHex(bytesFor('patient', 16)),
    ofPatient: 2,
    at,
    staff: toHex(clinic.administrator.publicKey),
    who: 'Dr. Ada Frey',
    role: 'clinician' as const,
    process: 'sharing',
    recipient: toHex(recipient.chain),
    action: 'sharing',
    purpose: 'TREAT',
    categories: ['clinical', 'medication'],
    detail: 'a word',
    salt: toHex(bytesFor('access salt')),
  };
  const [first, second]: [AccessLine, AccessLine] = [{ ...line, suite: 1 }, { ...line, suite: 2 }];
  const { opening, head, seen } = openEntry(hash, second);
  return {
    accessLine: written(first),
    accessLineOfSuite2: { ...written(second), opening: toHex(opening), head: toHex(head), seen: toHex(seen) },
  };
}

const written = (line: AccessLine) => ({
  salt: line.salt,
  line: toHex(encodeAccessLine(line)),
  entry: toHex(accessEntry(hash, line)),
});

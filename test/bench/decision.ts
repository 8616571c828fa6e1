/** The decision that stands before every record: many consents, exceptions inside exceptions, restrictions of own staff. */
import type { GrantRow } from '../../shared/consent/consent-rules.ts';
import { decide, type Policies, type Question } from '../../shared/consent/decision.ts';
import type { Provision } from '../../shared/consent/provision.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { bytesFor } from '../support/ledger-builder.ts';
import { contest, type Result, resultOf } from './contest.ts';

const ROUNDS = 5;
const DECISIONS = 20_000;
const LIMIT = 50;

export async function deciding(): Promise<Result[]> {
  const [keeper, reader, handle] = [bytesFor('keeper'), bytesFor('reader'), bytesFor('compartment', 16)];
  const row: GrantRow = {
    custodian: keeper,
    recipient: reader,
    handle,
    purpose: 'TREAT',
    starts: 0,
    ends: 0,
    wrap: keeper,
    agreement: keeper,
    withdrawn: false,
  };
  const rule = (labels: string[], provisions: Provision[] = []): Provision => ({ type: 'deny', labels, provisions });
  const exceptions = [rule(['SEX'], [{ type: 'permit', purposes: ['ETREAT'], provisions: [] }]), rule(['PSY']), rule(['HIV'])];
  const ids = Array.from({ length: 20 }, (_, at) => `${at}`);
  const policies: Policies = {
    grants: new Map(ids.map((id, at) => [id, { ...row, withdrawn: at % 2 === 0 }])),
    exceptions: new Map(ids.map((id) => [id, exceptions])),
    restrictions: ids.map((id) => ({ id, since: 0, provision: { ...rule(['PSY']), readers: [{ kind: 'person', id }] } })),
  };
  const record = {
    record: 'r',
    labels: ['ETH'],
    author: 'a',
    authorClinic: 'c',
    written: 1,
    encounter: undefined,
    code: '',
    happened: 1,
  };
  const asked = { verb: 'access', purpose: 'TREAT', category: 'clinical', keeper: toHex(keeper), record, time: 5 } as const;
  const ask = (clinic: Uint8Array): Question => {
    return { ...asked, handle: toHex(handle), caller: { clinic: toHex(clinic), person: 'p', role: 'clinician' } };
  };
  const questions = [ask(keeper), ask(reader)];
  const { each } = await contest(ROUNDS, {
    each: async () => {
      const before = process.cpuUsage();
      let permits = 0;
      for (let at = 0; at < DECISIONS; at++) if (decide(questions[at % 2] as Question, policies).permit) permits++;
      if (permits !== DECISIONS) throw new Error('The bench asks what is open.');
      return process.cpuUsage(before).user / DECISIONS;
    },
  });
  const claim = { id: 'decision', unit: 'µs', bar: { atMost: 1 }, against: `${LIMIT} µs of CPU` } as const;
  return [
    resultOf(
      claim,
      each,
      each.map(() => LIMIT),
    ),
  ];
}

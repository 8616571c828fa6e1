/** The decision that stands before every record: many consents, exceptions inside exceptions, restrictions of own staff. */

import { factsOf } from '../../server/consent/readings.ts';
import { Chart } from '../../server/records/charts.ts';
import type { ChartEntry, PatientEntry } from '../../server/sync/vault-context/vault-context.ts';
import type { GrantRow } from '../../shared/consent/consent-rules.ts';
import { decide, deciderOf, type Policies, type Question } from '../../shared/consent/decision.ts';
import type { Provision } from '../../shared/consent/provision.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { seriesCodes } from '../../shared/records/series.ts';
import { bytesFor } from '../support/ledger-builder.ts';
import { contest, type Result, resultOf } from './contest.ts';

const ROUNDS = 5;
const DECISIONS = 20_000;
const LIMIT = 50;

const ENTRIES = 10_000;
const SIFTINGS = 10;
/** More than usual: what is compared is nearly alike. */
const SIFTING_ROUNDS = 15;

/**
 * The chart of somebody from whom a twentieth of it is kept, beside the same chart without those entries: sifted record by record and
 * laid out as after each change in it, before the screen has an answer.
 */
async function sifting(): Promise<Result> {
  const [keeper, person] = [toHex(bytesFor('keeper')), 'p'];
  const rule: Provision = { type: 'deny', readers: [{ kind: 'person', id: person }], labels: ['PSY'], provisions: [] };
  const caller = { clinic: keeper, person, role: 'clinician' } as const;
  const asked = { caller, verb: 'access', purpose: 'TREAT', category: 'sensitive', keeper, handle: undefined, time: 5 } as const;
  const chartOf = (count: number, kept: number): Chart => {
    const chart = new Chart();
    const entries = Array.from({ length: count + kept }, (_, at) => {
      const labels = at < count ? ['ETH'] : ['PSY'];
      return {
        record: `${at}`,
        category: 'sensitive',
        document: `${at}`,
        version: 1,
        section: 'problem',
        date: new Date(at * 7_919_000_000).toISOString(),
        time: at,
        encounter: `Encounter/${at % 700}`,
        code: { system: 'http://snomed.info/sct', code: `${at % 300}` },
        labels,
      };
    });
    chart.put(entries as unknown as ChartEntry[]);
    return chart;
  };
  const time = (chart: Chart, policies: Policies) => async (): Promise<number> => {
    const before = process.cpuUsage();
    for (let at = 0; at < SIFTINGS; at++) {
      const decided = deciderOf(asked, policies);
      const part = chart.part((entry) => decided(factsOf({ custodian: keeper } as PatientEntry, entry)).permit);
      const laidOut = part.sections.get('problem')?.length === ENTRIES && part.statementsAbout('0').length === 0;
      if (!laidOut || seriesCodes(part.all()).length > 0) throw new Error('The bench keeps what it names.');
    }
    return process.cpuUsage(before).user / 1_000 / SIFTINGS;
  };
  const none: Policies = { grants: new Map() };
  const restrictions = [{ id: 'r', provision: rule, since: 1 }];
  const [withParts, without] = [chartOf(ENTRIES, ENTRIES / 20), chartOf(ENTRIES, 0)];
  const { kept, twin } = await contest(SIFTING_ROUNDS, {
    kept: time(withParts, { ...none, restrictions }),
    twin: time(without, none),
  });
  const claim = { id: 'restriction.sift', unit: 'ms', bar: { atMost: 1.1 }, against: 'a chart without those entries' } as const;
  return resultOf(claim, kept, twin);
}

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
    await sifting(),
  ];
}

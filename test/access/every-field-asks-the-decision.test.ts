/**
 * The matrix: role × purpose × relation × category × field. Each root field of the schema, subscriptions included, is asked as each
 * caller over the real guard, the real open charts and the real readings; what comes out must be what roles and the decision say.
 */
import { type GraphQLField, getNamedType, isCompositeType, isNonNullType } from 'graphql';
import { expect, test } from 'vitest';
import { Readings } from '../../server/consent/readings.ts';
import { buildGraphql } from '../../server/graphql/apollo.ts';
import { deskResolvers, mergeChanges } from '../../server/graphql/desk.resolvers.ts';
import { type VaultRequest, vaultDomains } from '../../server/graphql/domains.ts';
import { Topic } from '../../server/graphql/topic.ts';
import { vaultSchema } from '../../server/graphql/vault-schema.ts';
import { Chart } from '../../server/records/charts.ts';
import { OpenCharts } from '../../server/records/open-charts.ts';
import type { ChartEntry, PatientEntry, VaultChange } from '../../server/sync/vault-context.ts';
import { mayDo } from '../../shared/access/permissions.ts';
import { CATEGORIES } from '../../shared/consent/category.ts';
import { type GrantRow, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import { decide, type Question, type Restriction } from '../../shared/consent/decision.ts';
import { writeFhirConsent } from '../../shared/consent/fhir-consent.ts';
import { heldGrant } from '../../shared/consent/grant-message.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import { ROLES } from '../../shared/ledger/rows.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { bytesFor } from '../support/ledger-builder.ts';
import { someValue } from './some-value.ts';

const LIMITS = { characters: 20_000, tokens: 4_000, depth: 12, aliases: 50, cost: 200_000 };
const desk = {
  name: 'desk',
  sdl: 'shared/ledger/ledger.graphql',
  resolvers: deskResolvers(new Topic<VaultChange>(mergeChanges)),
};
const schema = vaultSchema([...vaultDomains, desk]);
const service = buildGraphql<VaultRequest>({ ...schema, limits: LIMITS, report: () => undefined });

const [keeper, other, person] = ['keeper', 'other', 'person'].map((label) => bytesFor(label)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const PATIENT = toHex(bytesFor('patient', 16));
const handleOf = (category: string): Uint8Array => bytesFor(`compartment ${category}`, 16);
const grantOf = (category: string): Uint8Array => bytesFor(`grant ${category}`, 16);
const recordOf = (category: string): string => toHex(bytesFor(`record ${category}`, 16));
/** What a consent to treatment opens to another clinic, and what the patient kept from people of the own one. */
const SHARED = ['identity', 'clinical', 'medication'] as const;
const restriction: Restriction = {
  id: 'r',
  since: 100,
  provision: {
    type: 'permit',
    provisions: [{ type: 'deny', readers: [{ kind: 'person', id: toHex(person) }], categories: ['medication'], provisions: [] }],
  },
};
const RELATIONS = ['keeper', 'restricted', 'granted', 'stranger'] as const;
type Relation = (typeof RELATIONS)[number];

const grant = (category: string): GrantRow => ({
  custodian: keeper,
  recipient: other,
  handle: handleOf(category),
  purpose: 'TREAT',
  starts: 0,
  ends: 0,
  wrap: keeper,
  agreement: keeper,
  withdrawn: false,
});
const patient: PatientEntry = {
  id: PATIENT,
  handles: Object.fromEntries(CATEGORIES.map((category) => [category, toHex(handleOf(category))])),
  custodian: toHex(keeper),
  shared: SHARED.map((category) => toHex(grantOf(category))),
  record: recordOf('identity'),
} as unknown as PatientEntry;
const chart = new Chart();
chart.put(
  CATEGORIES.map((category) => {
    const place = { record: recordOf(category), category, document: recordOf(category), version: 1, kind: 'fhir', fhirId: '' };
    return {
      ...place,
      author: 'aa',
      authorName: 'A',
      time: 1,
      title: category,
      date: '',
      status: '',
      resourceType: 'Basic',
      section: 'other',
    } as ChartEntry;
  }),
);
const terms = utf8(
  JSON.stringify(
    writeFhirConsent({
      id: '00'.repeat(16),
      choices: {
        patient: PATIENT,
        recipient: toHex(other),
        categories: SHARED,
        exceptions: [],
        purpose: 'TREAT',
        starts: 1,
        ends: 0,
        verification: 'v',
        language: 'en',
      },
      custodian: toHex(keeper),
      custodianName: 'K',
      recipientName: 'O',
      text: '',
      recordedAt: 1,
      withdrawnAt: undefined,
      grants: [],
    }),
  ),
);
const rows = new Map(SHARED.map((category) => [grantKey(toHex(grantOf(category))), encode(grantRow, grant(category))]));

/** Everything behind the guard but the charts says that it was reached. */
function requestOf(role: (typeof ROLES)[number], relation: Relation): VaultRequest {
  const reached = (): never => {
    throw new Failure('test.reached', 'The resolver was asked.');
  };
  const isOwn = relation === 'keeper' || relation === 'restricted';
  const held = SHARED.map((category) => ({
    kind: 'grant' as const,
    epoch: 0,
    id: grantOf(category),
    value: encode(heldGrant, {
      consent: fromHex('00'.repeat(16)),
      handle: handleOf(category),
      category,
      patient: fromHex(PATIENT),
      other: keeper,
      grantKey: keeper,
      keys: [],
      resource: category === 'identity' ? terms : new Uint8Array(0),
    }),
  }));
  const hooks: Record<string, unknown> = { brokenUntil: async () => undefined };
  const context = {
    staff: { id: person, role, name: 'P' },
    chain: isOwn ? keeper : other,
    hooks,
    gateway: {
      state: async (keys: string[]) => keys.map((key) => (relation === 'granted' ? rows.get(key) : undefined)),
      stateList: async () => [],
      time: async () => 5,
    },
    keyStore: { getKeys: async () => held },
    notify: () => undefined,
  };
  const records = { charts: { open: async () => chart }, entries: async () => chart.all(), versions: reached };
  const parts = { context, records } as never;
  const restrictions = { inForce: async () => (relation === 'restricted' ? [restriction] : []) } as never;
  const readings = new Readings(parts, restrictions);
  hooks.reading = (...asked: Parameters<Readings['of']>) => readings.of(...asked);
  const directory = { known: () => patient, get: () => patient, union: () => [patient], standsFor: (id: string) => id };
  const charts = new OpenCharts(
    context as never,
    directory as never,
    { note: async () => ({ at: 1 }) } as never,
    records as never,
  );
  const anything: unknown = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : reached) });
  const known: Record<string, unknown> = { vault: { ...context, reader: anything }, charts, records, patients: directory };
  return new Proxy(known, { get: (target, name) => target[String(name)] ?? anything }) as never;
}

async function codeOf(question: string, request: VaultRequest): Promise<string> {
  const { execute, subscribe } = await service;
  const answer = question.startsWith('subscription')
    ? await subscribe({ query: question }, request)
    : await execute({ query: question }, request);
  if (Symbol.asyncIterator in answer) {
    await answer.return?.();
    return 'answered';
  }
  return String(answer.errors?.[0]?.extensions?.code ?? 'answered');
}

/** A question to one root field that names the patient wherever it can. */
function questionTo(root: string, field: GraphQLField<unknown, unknown>): string {
  const given = field.args
    .filter(({ name, type }) => isNonNullType(type) || name === 'patient')
    .map(({ name, type }) => `${name}: ${name === 'patient' ? `"${PATIENT}"` : someValue(type, { patient: `"${PATIENT}"` })}`);
  const selection = isCompositeType(getNamedType(field.type)) ? '{ __typename }' : '';
  return `${root.toLowerCase()} { ${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''} ${selection} }`;
}

test('each field answers each caller as roles and the decision say', async () => {
  const { schema: built } = await service;
  const questions = schema.fields.map((field) => {
    const definition = built.getRootType(field.root.toLowerCase() as never)?.getFields()[field.name];
    return { field, question: questionTo(field.root, definition as GraphQLField<unknown, unknown>) };
  });
  const wrong: string[] = [];
  let cells = 0;
  const cell = (what: string, is: boolean): void => {
    cells++;
    if (!is) wrong.push(what);
  };
  for (const role of ROLES) {
    for (const relation of RELATIONS) {
      for (const purpose of PURPOSES) {
        const isOwn = relation === 'keeper' || relation === 'restricted';
        const caller = { clinic: toHex(isOwn ? keeper : other), person: toHex(person), role };
        const policies = {
          grants:
            relation === 'granted' ? new Map(SHARED.map((category) => [toHex(grantOf(category)), grant(category)])) : new Map(),
          restrictions: relation === 'restricted' ? [restriction] : [],
        };
        const asked = { caller, purpose, verb: 'access', keeper: toHex(keeper), time: 5 } as const;
        const permits = new Set(
          CATEGORIES.filter((category) => {
            const question: Question = { ...asked, category, handle: toHex(handleOf(category)) };
            return decide(question, policies).permit;
          }),
        );
        const request = requestOf(role, relation);
        const place = `${role} ${relation} ${purpose}`;
        const opening = `mutation { openChart(patient: "${PATIENT}", purpose: ${purpose}) { purpose } }`;
        const opens = await codeOf(opening, request);
        const isOpen = mayDo(role, 'chart.read') && permits.size > 0;
        cell(`${place} openChart: ${opens}`, (opens === 'answered') === isOpen);
        for (const { field, question } of questions) {
          if (field.name === 'openChart' || field.name === 'closeChart') continue;
          // One time of asking is enough where no chart and so no purpose stands behind the field.
          if (field.patientIn === undefined && purpose !== 'TREAT') continue;
          // Breaking the glass and ending it close the chart.
          if (isOpen && !request.charts.isOpen(PATIENT)) await codeOf(opening, request);
          const code = await codeOf(question, request);
          if (!mayDo(role, field.permission)) cell(`${place} ${field.name}: ${code}`, code === 'access.not-allowed');
          else if (field.patientIn && !isOpen) cell(`${place} ${field.name}: ${code}`, code === 'access.chart-not-open');
          else cell(`${place} ${field.name}: ${code}`, !['access.not-allowed', 'access.chart-not-open'].includes(code));
        }
        // Opened once more after the last of them.
        await codeOf(opening, request);
        const { execute } = await service;
        for (const category of CATEGORIES) {
          const code = await codeOf(`query { record(patient: "${PATIENT}", id: "${recordOf(category)}") { resource } }`, request);
          // Behind the decision stands nothing here: reaching it says that it permitted.
          const isShown = isOpen && permits.has(category);
          cell(`${place} record of ${category}: ${code}`, (code === 'test.reached') === isShown);
        }
        if (!isOpen) continue;
        const answer = await execute(
          { query: `query { chart(patient: "${PATIENT}") { categories sections { count } } }` },
          request,
        );
        const { chart: shown } = answer.data as { chart: { categories: string[]; sections: { count: number }[] } };
        cell(`${place} categories: ${shown.categories}`, [...permits].sort().join() === shown.categories.toSorted().join());
        cell(`${place} counts: ${shown.sections[0]?.count}`, shown.sections[0]?.count === permits.size);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(cells).toBeGreaterThan(3_000);
}, 120_000);

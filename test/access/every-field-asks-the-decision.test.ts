/**
 * The matrix: role × purpose × relation × category × verb × field. Each root field of the schema, subscriptions included, is asked as each
 * caller over the real guard, the real open charts and the real readings, with the verb that it names; each category is read, heard of,
 * written anew, amended and handed on, and written beside an open chart as visits, plans and imports are. What comes out must be what roles and the decision say.
 */
import { type GraphQLField, getNamedType, isCompositeType, isNonNullType } from 'graphql';
import { expect, test } from 'vitest';
import { Readings } from '../../server/consent/readings.ts';
import { buildGraphql } from '../../server/graphql/apollo.ts';
import { deskResolvers, mergeChanges } from '../../server/graphql/desk.resolvers.ts';
import { type VaultRequest, vaultDomains } from '../../server/graphql/domains.ts';
import { type RootField, vaultSchema } from '../../server/graphql/vault-schema.ts';
import { Chart } from '../../server/records/charts.ts';
import { OpenCharts } from '../../server/records/open-charts.ts';
import { demandCorrect } from '../../server/records/writing/put-resource.ts';
import { Topic } from '../../server/sync/vault-context/topic.ts';
import type { ChartEntry, PatientEntry, VaultChange } from '../../server/sync/vault-context/vault-context.ts';
import { mayDo } from '../../shared/access/permissions.ts';
import { FILED_CATEGORIES, isFiled } from '../../shared/consent/category.ts';
import { type GrantRow, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import { decide, purposesOfRole, type Question, type Restriction } from '../../shared/consent/decision.ts';
import { writeFhirConsent } from '../../shared/consent/fhir-consent.ts';
import { heldGrant } from '../../shared/consent/grant-message.ts';
import { type RecordFacts, VERBS, type Verb } from '../../shared/consent/provision.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import { ROLES } from '../../shared/ledger/rows.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { bytesFor } from '../support/ledger-builder.ts';
import { someValue } from './some-value.ts';

const LIMITS = { characters: 20_000, tokens: 4_000, depth: 12, aliases: 50, cost: 200_000 };
const changes = new Topic<VaultChange>(mergeChanges);
const desk = { name: 'desk', sdl: 'shared/ledger/ledger.graphql', resolvers: deskResolvers(changes) };
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
const isRestrictedIn = (relation: string): boolean => relation === 'restricted' || relation === 'emergency';
const SHARED = ['identity', 'clinical', 'medication'] as const;
const restriction: Restriction = {
  id: 'r',
  since: 100,
  provision: {
    type: 'permit',
    provisions: [{ type: 'deny', readers: [{ kind: 'person', id: toHex(person) }], categories: ['medication'], provisions: [] }],
  },
};
/** `emergency`: a chart with restrictions, its glass broken. */
const RELATIONS = ['keeper', 'restricted', 'emergency', 'granted', 'stranger'] as const;
type Relation = (typeof RELATIONS)[number];
const isOwnTo = (relation: Relation): boolean => relation !== 'granted' && relation !== 'stranger';

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
  handles: Object.fromEntries(FILED_CATEGORIES.map((category) => [category, toHex(handleOf(category))])),
  custodian: toHex(keeper),
  shared: SHARED.map((category) => toHex(grantOf(category))),
  record: recordOf('identity'),
  summary: { id: PATIENT },
} as unknown as PatientEntry;
const chart = new Chart();
chart.put(
  FILED_CATEGORIES.map((category) => {
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
  const isOwn = isOwnTo(relation);
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
  const hooks: Record<string, unknown> = { brokenUntil: async () => (relation === 'emergency' ? 10 : undefined) };
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
    // A resource is no more than the word for its category here, about the patient.
    fhir: {
      check: async (category: string) => {
        if (!isFiled(category)) throw reached();
        const subject = { type: 'Patient', id: PATIENT };
        return { entry: { category, resourceType: 'Basic', subject, fhirId: '', summary: {} }, content: new Uint8Array(0) };
      },
    },
  };
  const records = { charts: { open: async () => chart }, entries: async () => chart.all(), versions: reached, put: reached };
  const parts = { context, records } as never;
  const restrictions = { inForce: async () => (isRestrictedIn(relation) ? [restriction] : []) } as never;
  const readings = new Readings(parts, restrictions);
  hooks.reading = (...asked: Parameters<Readings['of']>) => readings.of(...asked);
  const known = (id: string) => (id === PATIENT ? patient : undefined);
  const directory = { known: () => patient, get: known, union: () => [patient], standsFor: (id: string) => id };
  const charts = new OpenCharts(
    context as never,
    directory as never,
    { note: async () => ({ at: 1 }) } as never,
    records as never,
  );
  const anything: unknown = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : reached) });
  const request: Record<string, unknown> = { vault: { ...context, reader: anything }, charts, records, patients: directory };
  return new Proxy(request, { get: (target, name) => target[String(name)] ?? anything }) as never;
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

/** Which categories a screen hears of when each of them changes. */
async function heardBy(request: VaultRequest): Promise<string[]> {
  const { subscribe } = await service;
  const answer = await subscribe({ query: 'subscription { changed { records } }' }, request);
  if (!(Symbol.asyncIterator in answer)) return [];
  const stream = answer[Symbol.asyncIterator]();
  const heard: string[] = [];
  for (const category of FILED_CATEGORIES) {
    const next = stream.next();
    // Somebody else changes with it, so that there is always something to hear.
    changes.publish({ patients: [PATIENT, 'somebody else'], records: [recordOf(category)] });
    const { changed } = (await next).value.data as { changed: { records: string[] } };
    if (changed.records.length > 0) heard.push(category);
  }
  await stream.return?.();
  return heard;
}

const wrong: string[] = [];
let cells = 0;
function cell(what: string, is: boolean): void {
  cells++;
  if (!is) wrong.push(what);
}

interface Asking {
  readonly role: (typeof ROLES)[number];
  readonly relation: Relation;
  readonly purpose: (typeof PURPOSES)[number];
}

/** What the decision says, asked without any of the code in between. */
function decided({ role, relation, purpose }: Asking) {
  const isOwn = isOwnTo(relation);
  const isEmergency = relation === 'emergency';
  const grants = relation === 'granted' ? SHARED.map((category) => [toHex(grantOf(category)), grant(category)] as const) : [];
  const asked = {
    caller: { clinic: toHex(isOwn ? keeper : other), person: toHex(person), role },
    purpose: isEmergency ? 'ETREAT' : purpose,
    isEmergency,
    keeper: toHex(keeper),
    time: 5,
  } as const;
  return (verb: Verb, category: Question['category'], record?: RecordFacts): boolean => {
    // A category says nothing of what is restricted in it.
    const restrictions = record && isRestrictedIn(relation) ? [restriction] : [];
    const question = { ...asked, verb, category, handle: toHex(handleOf(category)), record };
    return decide(question, { grants: new Map(grants), restrictions }).permit;
  };
}

/** What is decided while the chart is not open: no emergency, and the first purpose of the role. */
const unopened = ({ role, relation, purpose }: Asking) =>
  decided({
    role,
    relation: relation === 'emergency' ? 'restricted' : relation,
    purpose: purposesOfRole(role)[0] ?? purpose,
  });

const standing: Omit<RecordFacts, 'record'> = {
  labels: [],
  author: 'aa',
  authorClinic: toHex(keeper),
  written: 1,
  encounter: undefined,
  code: '',
  happened: undefined,
};

/** Each category: shown, heard of, begun, amended, handed on. */
async function eachCategory(asking: Asking, request: VaultRequest, isOpen: boolean): Promise<void> {
  const place = Object.values(asking).join(' ');
  const permits = decided(asking);
  const facts = (category: string): RecordFacts => ({ ...standing, record: recordOf(category) });
  const isWriter = isOpen && mayDo(asking.role, 'chart.write');
  for (const category of FILED_CATEGORIES) {
    const record = `"${recordOf(category)}"`;
    const put = (more: string): Promise<string> =>
      codeOf(`mutation { putRecord(input: { patient: "${PATIENT}", ${more} resource: "${category}" }) { __typename } }`, request);
    const isShown = isOpen && permits('access', category, facts(category));
    // Behind the decision stands nothing here: reaching it says that it permitted.
    const shown = await codeOf(`query { record(patient: "${PATIENT}", id: ${record}) { resource } }`, request);
    cell(`${place} record of ${category}: ${shown}`, (shown === 'test.reached') === isShown);
    // Visits, plans of monitoring and imports write beside open charts, and ask the same.
    const beside = await demandCorrect(request.charts, [[patient, category]]).catch((error: Failure) => error.code);
    const mayBeside = isOwnTo(asking.relation) && (isOpen ? permits : unopened(asking))('correct', category);
    cell(`${place} beside the chart ${category}: ${beside}`, (beside === undefined) === mayBeside);
    const begun = await put('');
    cell(`${place} begin ${category}: ${begun}`, (begun === 'test.reached') === (isWriter && permits('correct', category)));
    const amended = await put(`record: ${record}, basedOn: 1, reason: "r",`);
    const mayAmend = isWriter && isShown && permits('correct', category, facts(category));
    cell(`${place} amend ${category}: ${amended}`, (amended === 'test.reached') === mayAmend);
  }
  if (!isOpen) return;
  const of = (verb: Verb) =>
    FILED_CATEGORIES.filter((each) => permits(verb, each, facts(each)) && permits('access', each, facts(each)));
  const handed = (await request.charts.handedOn(PATIENT)).map(({ category }) => category);
  cell(`${place} handed on: ${handed}`, handed.toSorted().join() === of('disclose').toSorted().join());
  if (mayDo(asking.role, 'self')) {
    const heard = await heardBy(request);
    cell(`${place} heard: ${heard}`, heard.join() === of('access').join());
  }
  const { execute } = await service;
  const answer = await execute({ query: `query { chart(patient: "${PATIENT}") { categories sections { count } } }` }, request);
  const { chart: seen } = answer.data as { chart: { categories: string[]; sections: { count: number }[] } };
  cell(`${place} categories: ${seen.categories}`, of('access').toSorted().join() === seen.categories.toSorted().join());
  cell(`${place} counts: ${seen.sections[0]?.count}`, seen.sections[0]?.count === of('access').length);
}

/** What a field that is denied says: the role, the chart that is not open, or that it may be read and no more. */
function refusalOf(field: RootField, { role, relation, purpose }: Asking, isOpen: boolean): string | undefined {
  if (!mayDo(role, field.permission)) return 'access.not-allowed';
  if (field.patientIn === undefined) return undefined;
  if (!isOpen) return 'access.chart-not-open';
  const permits = decided({ role, relation, purpose });
  if (FILED_CATEGORIES.some((category) => permits(field.verb, category))) return undefined;
  return field.verb === 'correct' && !isOwnTo(relation) ? 'records.not-ours' : 'access.read-only';
}

test('each field answers each caller as roles and the decision say', async () => {
  const { schema: built } = await service;
  const questions = schema.fields.map((field) => {
    const definition = built.getRootType(field.root.toLowerCase() as never)?.getFields()[field.name];
    return { field, question: questionTo(field.root, definition as GraphQLField<unknown, unknown>) };
  });
  const REFUSALS = ['access.not-allowed', 'access.chart-not-open', 'access.read-only', 'records.not-ours'];
  for (const role of ROLES) {
    for (const relation of RELATIONS) {
      for (const purpose of relation === 'emergency' ? (['ETREAT'] as const) : PURPOSES) {
        const asking = { role, relation, purpose };
        const place = `${role} ${relation} ${purpose}`;
        const permits = decided(asking);
        const request = requestOf(role, relation);
        const opening = `mutation { openChart(patient: "${PATIENT}", purpose: ${purpose}) { purpose } }`;
        const opens = await codeOf(opening, request);
        const isOpen = mayDo(role, 'chart.read') && FILED_CATEGORIES.some((category) => permits('access', category));
        cell(`${place} openChart: ${opens}`, (opens === 'answered') === isOpen);
        for (const { field, question } of questions) {
          if (field.name === 'openChart' || field.name === 'closeChart') continue;
          // One time of asking is enough where no chart and so no purpose stands behind the field.
          if (field.patientIn === undefined && purpose !== 'TREAT' && relation !== 'emergency') continue;
          // Breaking the glass and ending it close the chart.
          if (isOpen && !request.charts.isOpen(PATIENT)) await codeOf(opening, request);
          const code = await codeOf(question, request);
          const refused = refusalOf(field, asking, isOpen);
          cell(`${place} ${field.name}: ${code}`, refused === undefined ? !REFUSALS.includes(code) : code === refused);
        }
        // Opened once more after the last of them.
        await codeOf(opening, request);
        await eachCategory(asking, request, isOpen);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(cells).toBeGreaterThan(3_000);
  const verbs = schema.fields.filter(({ patientIn }) => patientIn).map(({ verb }) => verb);
  expect(new Set(verbs)).toEqual(new Set(VERBS));
}, 600_000);

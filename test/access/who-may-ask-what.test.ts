import { type GraphQLField, type GraphQLOutputType, getNamedType, isCompositeType, isNonNullType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildGraphql } from '../../server/graphql/apollo.ts';
import { deskResolvers, mergeChanges } from '../../server/graphql/desk.resolvers.ts';
import { type VaultRequest, vaultDomains } from '../../server/graphql/domains.ts';
import { rootFields, shownFields, vaultSchema } from '../../server/graphql/vault-schema.ts';
import { Topic } from '../../server/sync/vault-context/topic.ts';
import type { VaultChange } from '../../server/sync/vault-context/vault-context.ts';
import { clinicDevicesResolvers } from '../../server/workstation/joining/clinic-devices.resolvers.ts';
import { mayDo, PERMISSIONS } from '../../shared/access/permissions.ts';
import { ROLES } from '../../shared/ledger/rows.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { someValue } from './some-value.ts';

const LIMITS = { characters: 20_000, tokens: 4_000, depth: 12, aliases: 50, cost: 200_000 };
const schema = vaultSchema(vaultDomains);
const service = buildGraphql<VaultRequest>({ ...schema, limits: LIMITS, report: () => undefined });

/** A request of this role; whatever a resolver reaches for says that the guard has let it pass. */
function requestOf(role: string, chartIsOpen: boolean): VaultRequest {
  const reached = (): never => {
    throw new Failure('test.reached', 'The resolver was asked.');
  };
  const charts = {
    demand: async () => {
      if (!chartIsOpen) throw new Failure('access.chart-not-open', 'Not open.');
    },
  };
  const known: Record<string, unknown> = { vault: { staff: { role } }, charts };
  return new Proxy(known, { get: (target, name) => target[String(name)] ?? new Proxy({}, { get: reached }) }) as never;
}

/** A question to one root field with some value for each argument that it needs. */
function questionOf(root: string, field: GraphQLField<unknown, unknown>): string {
  const given = field.args.filter(({ type }) => isNonNullType(type)).map(({ name, type }) => `${name}: ${someValue(type)}`);
  const selection = isCompositeType(getNamedType(field.type as GraphQLOutputType)) ? '{ __typename }' : '';
  return `${root.toLowerCase()} { ${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''} ${selection} }`;
}

async function codeOf(question: string, request: VaultRequest): Promise<unknown> {
  const { execute, subscribe } = await service;
  const answer = question.startsWith('subscription')
    ? await subscribe({ query: question }, request)
    : await execute({ query: question }, request);
  if (Symbol.asyncIterator in answer) {
    await answer.return?.();
    return 'subscribed';
  }
  return answer.errors?.[0]?.extensions?.code ?? 'answered';
}

describe.each(ROLES)('%s', (role) => {
  test.each(schema.fields.map((field) => [`${field.root}.${field.name}`, field] as const))('%s', async (_, field) => {
    const { schema: built } = await service;
    const definition = built.getRootType(field.root.toLowerCase() as never)?.getFields()[field.name];
    const question = questionOf(field.root, definition as GraphQLField<unknown, unknown>);
    const code = await codeOf(question, requestOf(role, true));
    expect(code).not.toBe('graphql.operation-refused');
    if (mayDo(role, field.permission)) expect(code).not.toBe('access.not-allowed');
    else expect(code).toBe('access.not-allowed');
    if (mayDo(role, field.permission) && field.patientIn) {
      expect(await codeOf(question, requestOf(role, false))).toBe('access.chart-not-open');
    }
  });
});

test('what is in a chart asks for the open chart, wherever the patient is named', () => {
  const guarded = schema.fields.filter(({ patientIn }) => patientIn).map(({ name }) => name);
  expect(guarded).toEqual(
    expect.arrayContaining([
      'chart',
      'record',
      'drafts',
      'putRecord',
      'saveDraft',
      'discardDraft',
      'teleNotes',
      'signTeleNote',
      'receipt',
    ]),
  );
  const unguarded = schema.fields.filter(({ permission, patientIn }) => permission.startsWith('chart.') && !patientIn);
  expect(unguarded.map(({ name }) => name)).toEqual(['openChart', 'closeChart']);
});

test.each(ROLES)('a %s is shown the fields of a type that the role needs, and the others are empty', (role) => {
  expect(schema.shown.length).toBeGreaterThan(10);
  for (const { type, name, permission, empty } of schema.shown) {
    const resolve = schema.resolvers[type]?.[name] as (parent: unknown, args: unknown, request: unknown) => unknown;
    const said = resolve({ [name]: 'what is there' }, {}, requestOf(role, true));
    expect(said, `${type}.${name}`).toEqual(mayDo(role, permission) ? 'what is there' : empty);
  }
});

test('a field that some are not shown can be empty, or does not build', () => {
  const [field] = shownFields(parse('type Bed { number: Int @needs(permission: "visits.detail") }'));
  expect(field).toMatchObject({ type: 'Bed', name: 'number', empty: null });
  for (const sdl of [
    'type Bed { number: Int! @needs(permission: "visits.detail") }',
    'type Bed { a: Int @needs(permission: "magic") }',
  ])
    expect(() => shownFields(parse(sdl))).toThrow(expect.objectContaining({ code: 'graphql.schema' }));
});

test('every root field has somebody who answers it', () => {
  // What a workstation adds to its domains, as server/workstation/vault-process/vault-session.ts does.
  const beside = [clinicDevicesResolvers({} as never), deskResolvers(new Topic<VaultChange>(mergeChanges))];
  const given = [...vaultDomains.map(({ resolvers }) => resolvers), ...beside] as Array<Record<string, object | undefined>>;
  const unanswered = schema.fields.filter(({ root, name }) => !given.some((resolvers) => name in (resolvers[root] ?? {})));
  expect(unanswered.map(({ root, name }) => `${root}.${name}`)).toEqual([]);
});

test('an unknown role or permission is denied', () => {
  for (const permission of PERMISSIONS) {
    for (const role of ['', 'root', 'toString', '__proto__']) expect(mayDo(role, permission)).toBe(false);
  }
  expect(mayDo('administrator', 'everything')).toBe(false);
});

test('every permission is needed somewhere and held by somebody', () => {
  // Asked of what is written and not of a field: server/records/writing/put-resource.ts, a-nurse-does-not-prescribe.test.ts.
  const needed = new Set(['prescribe', ...[...schema.fields, ...schema.shown].map(({ permission }) => permission)]);
  expect(PERMISSIONS.filter((permission) => !needed.has(permission))).toEqual([]);
});

test.each([
  ['says nothing', 'type Query { secrets: String }'],
  ['needs what nobody knows', 'type Query { secrets: String @needs(permission: "magic") }'],
])('a root field that %s does not build', (_, sdl) => {
  expect(() => rootFields(parse(sdl))).toThrow(expect.objectContaining({ code: 'graphql.schema' }));
});

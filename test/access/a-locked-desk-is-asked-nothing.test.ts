/** Before anybody is signed in a page gets what the entrance needs, and nothing else: each field of the device tier, new ones as well. */
import { type GraphQLField, getNamedType, isCompositeType, isNonNullType } from 'graphql';
import { expect, test } from 'vitest';
import { buildGraphql } from '../../server/graphql/apollo.ts';
import { projectFiles } from '../../server/storage/project-file.ts';
import { type DeviceContext, deviceResolvers } from '../../server/workstation/device/device.resolvers.ts';
import { forSomebody } from '../../server/workstation/device/device-fields.ts';
import { PAGE_LIMITS, PageGraphql } from '../../server/workstation/device/device-graphql.ts';
import type { DeviceService } from '../../server/workstation/device/device-service.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { someValue } from './some-value.ts';

/** Each with its reason in device-fields.ts. */
const ENTRANCE = [
  'chooseLook',
  'createClinic',
  'createSampleClinic',
  'installUpdate',
  'joinClinic',
  'lock',
  'passphraseStrength',
  'restoreBackup',
  'syncChanged',
  'syncNow',
  'syncState',
  'unlock',
  'workstation',
  'workstationChanged',
];

/** A desk at which nobody is signed in; whatever a resolver reaches for says that it was asked. */
function lockedService(): DeviceService {
  const reached = (): never => {
    throw new Failure('test.reached', 'The resolver was asked.');
  };
  const locked = (): never => {
    throw new Failure('vault.locked', 'The workstation is locked.');
  };
  const anything: unknown = new Proxy(reached, { get: (_, name) => (name === 'then' ? undefined : anything), apply: reached });
  return new Proxy(
    { refuseNobody: locked },
    { get: (target, name) => (name === 'refuseNobody' ? target.refuseNobody : anything) },
  ) as never;
}

function questionTo(root: string, field: GraphQLField<unknown, unknown>): string {
  const given = field.args.filter(({ type }) => isNonNullType(type)).map(({ name, type }) => `${name}: ${someValue(type)}`);
  const selection = isCompositeType(getNamedType(field.type)) ? '{ __typename }' : '';
  return `${root} { ${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''} ${selection} }`;
}

test('while nobody is signed in every field but those of the entrance says that the desk is locked', async () => {
  const typeDefs = await projectFiles('shared/sync/device');
  const options = { typeDefs, resolvers: forSomebody(deviceResolvers), limits: PAGE_LIMITS, report: () => undefined };
  const { schema } = await buildGraphql<DeviceContext>(options);
  const page = await PageGraphql.open(lockedService(), () => undefined);
  const open: string[] = [];
  let asked = 0;
  for (const root of ['query', 'mutation', 'subscription'] as const) {
    for (const field of Object.values(schema.getRootType(root as never)?.getFields() ?? {})) {
      const request = { query: questionTo(root, field) };
      asked++;
      const answer =
        root === 'subscription'
          ? await new Promise<{ errors?: readonly { extensions?: { code?: unknown } }[] }>((resolve) => {
              const followed = page.follow('device', request, resolve);
              void followed.done.then(() => resolve({}));
            })
          : await page.execute('device', request);
      const code = answer.errors?.[0]?.extensions?.code;
      expect(code, field.name).not.toBe('graphql.operation-refused');
      if (code !== 'vault.locked') open.push(field.name);
    }
  }
  await page.stop();
  expect(asked).toBeGreaterThan(30);
  expect(open.toSorted()).toEqual(ENTRANCE);
});

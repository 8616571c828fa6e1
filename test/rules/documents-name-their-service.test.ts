import { type DocumentNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import config from '../../codegen.ts';

type Output = { presetConfig: { onExecutableDocumentNode(document: DocumentNode): { tier: string } | undefined } };
const client = config.generates['renderer/generated/'] as unknown as Output;
const tierOf = (text: string): string | undefined => client.presetConfig.onExecutableDocumentNode(parse(text))?.tier;

test('an operation is answered by the service whose schema has its fields', () => {
  expect(tierOf('query Desk { workstation { state } syncState { state } }')).toBe('device');
  expect(tierOf('mutation Lock { lock { state } }')).toBe('device');
  expect(tierOf('query Open($id: ID!) { chart(patient: $id) { id } }')).toBe('vault');
});

test('a fragment alone belongs to no service', () => {
  expect(tierOf('fragment Name on Patient { name }')).toBeUndefined();
});

test('an operation that asks both services at once is refused', () => {
  expect(() => tierOf('query Both($id: ID!) { syncState { state } chart(patient: $id) { id } }')).toThrow('split it in two');
});

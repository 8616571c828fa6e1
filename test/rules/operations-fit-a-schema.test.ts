import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { faultsOf } from './judge-operations.ts';
import { operationsIn } from './read-operations.ts';

const texts = (source: string, other = ''): string[] =>
  operationsIn(new Map(Object.entries({ 'test/a.ts': source, 'test/b.ts': other }))).map(({ text }) => text);
const HOLE = '$';

describe('an operation is told from other texts', () => {
  test.each([
    ["ask('query { a }')", 'query { a }'],
    ['ask("mutation M($a: ID!) { b(a: $a) }")', 'mutation M($a: ID!) { b(a: $a) }'],
    ['ask(`\n  subscription { a }`)', '\n  subscription { a }'],
    ["ask('{ a { b } }')", '{ a { b } }'],
    [`const F = 'b c'; ask(\`{ a { ${HOLE}{F} } }\`)`, '{ a { b c } }'],
    [`const F = '{ b c }'; ask(\`{ a ${HOLE}{F} }\`)`, '{ a { b c } }'],
    [`import { F } from './b.ts'; ask(\`{ a { ${HOLE}{F} } }\`)`, '{ a { d } }'],
    [`ask(\`{ a(id: "${HOLE}{id}") { b } }\`)`, '{ a(id: "x") { b } }'],
    [`ask(\`{ a(id: ${HOLE}{id}) { b } }\`)`, '{ a(id: $patch) { b } }'],
    [`ask(\`{ a { b ${HOLE}{more} } }\`)`, '{ a { b  __typename  } }'],
  ])('%s', (source, text) => {
    expect(texts(source, "export const F = 'd';")).toEqual([text]);
  });

  test.each([
    ["ask('query of a patient')"],
    ["ask('{}')"],
    [`ask('{"a":1}')`],
    ["// 'query { a }'"],
    [`ask(\`query { ${HOLE}{word}(id: 1) { a } }\`)`],
  ])('%s is none', (source) => {
    expect(texts(source)).toEqual([]);
  });
});

const sdl = 'type Query { patients(first: Int!): [Patient!]! } type Patient { id: ID! born: String }';
const faults = (source: string, schema = sdl, path = 'test/a.ts'): string[] =>
  operationsIn(new Map([[path, source]])).flatMap((text) =>
    faultsOf(
      text,
      new Map([
        ['hub', buildSchema('type Query { other: Int }')],
        ['vault', buildSchema(schema)],
      ]),
    ),
  );

describe('what no service answers is refused, with its line', () => {
  const source = "const N = 1;\nask('query ($first: Int!) { patients(first: $first) { id born } }');";

  test('not what one does answer', () => {
    expect(faults(source)).toEqual([]);
  });

  test('a field that has another name now', () => {
    expect(faults(source, sdl.replace('born', 'birthDate'))).toEqual([
      'test/a.ts:2 Cannot query field "born" on type "Patient".',
    ]);
    expect(faults(source, sdl.replace('patients', 'people'))).toEqual([
      'test/a.ts:2 Cannot query field "patients" on type "Query".',
    ]);
  });

  test('a question to another service than those that its place asks', () => {
    expect(faults(source, sdl, 'server/workstation/commands/a.ts')).toEqual([]);
    expect(faults(source, sdl, 'shared/sync/operations.ts')).toEqual([
      'shared/sync/operations.ts:2 Cannot query field "patients" on type "Query".',
    ]);
    expect(faults("ask('{ other }')", sdl, 'server/workstation/commands/a.ts')).toHaveLength(1);
    expect(faults("say('{ words }')", sdl, 'server/consent/a.ts')).toEqual([]);
    expect(faults(source, sdl, 'server/consent/a.ts')[0]).toMatch(/^server\/consent\/a\.ts:2 Nobody asks a service from here/);
  });

  test('an argument of another type, one that is missing, a variable that nobody uses', () => {
    expect(faults(source.replace('Int!', 'String!'))).toHaveLength(1);
    expect(faults("ask('{ patients { id } }')")).toHaveLength(1);
    expect(faults("ask('query ($a: Int) { patients(first: 1) { id } }')")).toHaveLength(1);
  });

  test('a constant that is taken in, and the rest of a text whose parts are made at run time', () => {
    expect(faults(`const F = 'id age'; ask(\`{ patients(first: 1) { ${HOLE}{F} } }\`)`)).toHaveLength(1);
    expect(faults(`ask(\`{ patients(first: ${HOLE}{count}) { id } }\`)`)).toEqual([]);
    expect(faults(`ask(\`{ patients(first: ${HOLE}{count}) { age } }\`)`)).toHaveLength(1);
  });

  test('a query that does not parse, but no program text that begins with a brace', () => {
    expect(faults("ask('query { patients(first: 1) { id }')")).toHaveLength(1);
    expect(faults("replace('{ if (a) b(); }')")).toEqual([]);
  });
});

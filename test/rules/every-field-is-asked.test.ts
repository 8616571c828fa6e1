import { globSync, readFileSync } from 'node:fs';
import { buildSchema, type DocumentNode, FieldsOnCorrectTypeRule, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import * as staffDocuments from '../../renderer/generated/graphql.ts';
import * as kioskDocuments from '../../renderer/generated/kiosk/graphql.ts';
import { readSchemas } from './judge-operations.ts';
import { operationsIn } from './read-operations.ts';
import { unaskedFields } from './unasked-fields.ts';

/** What no program of ours asks and what is kept all the same, each with its reason. Short, or the schema says what nobody needs. */
const keptFor: Readonly<Record<string, string>> = {
  'vault AccessConnection.pageInfo': 'the log line by line, page by page: for scripts that ask with `careledger query`',
  'vault AccessConnection.totalCount': 'the same',
  'vault AccessEdge.cursor': 'the same',
  'vault AccessLine.process': 'the same: whether a person looked or a program did',
  'vault AccessLine.recipient': 'the same: who was given what was read',
  'vault Visit.encounter': 'for scripts: which record the visit became',
  'patient OwnRequest.entry': 'a request beside the line that it is about; the kiosk lists requests by themselves',
};

const isDocument = (each: unknown): each is DocumentNode => (each as { kind?: string }).kind === 'Document';

/** What screens, command line and programs ask. What only a test asks serves nobody. */
function documentsOfPrograms(): DocumentNode[] {
  const screens = [staffDocuments, kioskDocuments].flatMap((file) => Object.values(file).filter(isDocument));
  const paths = globSync('{server,shared,electron}/**/*.ts', { exclude: ['**/generated'] });
  const texts = operationsIn(new Map(paths.map((path) => [path, readFileSync(path, 'utf8')])));
  const programs = texts.flatMap(({ text }) => {
    try {
      return [parse(text)];
    } catch {
      // Not every text that begins with a brace is an operation; those that are were judged by lint.
      return [];
    }
  });
  return [...screens, ...programs];
}

test('each field of a service is asked by a screen or a program', () => {
  const documents = documentsOfPrograms();
  const unasked = [...readSchemas()].flatMap(([service, schema]) => {
    const own = documents.filter((document) => validate(schema, document, [FieldsOnCorrectTypeRule]).length === 0);
    return unaskedFields(schema, own).map((field) => `${service} ${field}`);
  });
  expect(unasked.toSorted(), 'Give it its screen, or take it out of the schema with its resolver.').toEqual(
    Object.keys(keptFor).toSorted(),
  );
});

test('a field counts as asked where an operation or a fragment names it, in its own type', () => {
  const schema = buildSchema('type Query { a: A b: A } type A { name: String born: String }');
  expect(unaskedFields(schema, [])).toEqual(['Query.a', 'Query.b', 'A.name', 'A.born']);
  expect(unaskedFields(schema, [parse('{ a { name } }')])).toEqual(['Query.b', 'A.born']);
  expect(unaskedFields(schema, [parse('query { b { ...P } } fragment P on A { born }')])).toEqual(['Query.a', 'A.name']);
});

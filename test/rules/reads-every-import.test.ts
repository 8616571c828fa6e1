import { describe, expect, test } from 'vitest';
import { readSource } from './read-source.ts';

const names = (text: string): (string | null)[] => readSource('page.tsx', text).imports.map(({ name }) => name);

describe('every way to name another module is seen', () => {
  test.each([
    ["import a from './a.ts';"],
    ["import { b, type C } from './a.ts';"],
    ["import type { C } from './a.ts';"],
    ["import * as all from './a.ts';"],
    ["import './a.ts';"],
    ["export { d } from './a.ts';"],
    ["export type { d } from './a.ts';"],
    ["export * from './a.ts';"],
    ["const e = await import('./a.ts');"],
    ["type F = import('./a.ts').F;"],
    ["const g = require('./a.ts');"],
    ["import {\n  h,\n} from /* odd */ './a.ts';"],
  ])('%s', (text) => {
    expect(names(text)).toEqual(['./a.ts']);
  });

  test('an import that is computed is seen as one without a name', () => {
    expect(names('const a = import(path);')).toEqual([null]);
    expect(names('const a = import(`./$' + '{name}.ts`);')).toEqual([null]);
  });
});

describe('what only looks like an import is not taken for one', () => {
  test.each([
    ["// import a from './a.ts';"],
    ["/* import a from './a.ts'; */"],
    [`const a = "import a from './a.ts';";`],
    ["const a = `import a from './a.ts'`;"],
    ["const a = /import '.\\/a.ts'/;"],
    ["const a = <p>import it, don't export it from './a.ts'</p>;"],
    ["const from = { import: './a.ts' };"],
  ])('%s', (text) => {
    expect(names(text)).toEqual([]);
  });
});

test('a mention carries its line', () => {
  expect(readSource('a.ts', "\n\nimport a from './a.ts';\n").imports).toEqual([{ name: './a.ts', line: 3, takes: ['default'] }]);
});

test('a file that does not parse is refused, not passed over', () => {
  expect(() => readSource('a.ts', "import { from './a.ts'")).toThrow(SyntaxError);
});

describe('SQL is told from prose', () => {
  const finds = (text: string): boolean => readSource('a.ts', text).sql.length > 0;
  test.each([
    ["'SELECT a FROM b WHERE c = ?'"],
    ['`SELECT $' + '{columns}\n FROM b`'],
    ["'INSERT INTO a VALUES (?)'"],
    ["'INSERT OR REPLACE INTO a VALUES (?)'"],
    ["'UPDATE a SET b = ?'"],
    ["'DELETE FROM a WHERE b = ?'"],
    ["'CREATE TABLE a (b)'"],
    ["'CREATE UNIQUE INDEX a ON b (c)'"],
    ["'PRAGMA journal_mode'"],
  ])('%s is a statement', (text) => {
    expect(finds(`run(${text});`)).toBe(true);
  });
  test.each([
    ["'Select a patient from the list'"],
    ["'Update the name and set the date'"],
    ["'SELECTED FROM'"],
    ["'Insert into the chart'"],
  ])('%s is not', (text) => {
    expect(finds(`say(${text});`)).toBe(false);
  });
});

import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const documents = globSync(['README.md', 'docs/**/*.md', 'deploy/**/*.md', 'test/**/README.md'], {
  exclude: ['**/node_modules/**'],
}).sort();
const floors = '{shared,server,electron,renderer,test,deploy,docs}';
const there = globSync(['*', `${floors}/**`], { exclude: ['**/node_modules/**'] }).map(
  (path) => `/${path.replaceAll('\\', '/')}`,
);

/** The domain that a page makes up as its worked example. */
const example = /(^|\/)(reminders?[./-]|a-reminder-)/;
/** A file of ours by the way it ends, with or without the folders in front of it, or a test by its folder. */
const file = /^[\w./-]+\.(ts|tsx|graphql)$/;
const promise = /^test\/[\w./-]+$/;

/**
 * Whether the name stands for a file or folder of the project: a whole path, a test without its ending, or the last
 * part of a path, as the pages name neighbours. An ending (`.store.ts`) stands for a kind of file.
 */
function isThere(name: string): boolean {
  const bare = name.replace(/\/$/, '');
  if (promise.test(bare)) return [bare, `${bare}.test.ts`, `${bare}.ts`].some((path) => existsSync(path));
  return there.some((path) => path.endsWith(/^[.-]/.test(bare) ? bare : `/${bare}`));
}

/** The names that are not there, each with its page and line. */
function missing(page: string, text: string): string[] {
  return text.split('\n').flatMap((line, at) => {
    const spans = [...line.matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => name);
    const names = spans.filter((name) => (file.test(name) || promise.test(name)) && !example.test(name));
    const links = [...line.matchAll(/\]\((?!\w+:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    const dead = [...names.filter((name) => !isThere(name)), ...links.filter((link) => !existsSync(join(dirname(page), link)))];
    return dead.map((name) => `${page}:${at + 1} ${name}`);
  });
}

/** The first file that is named before a piece of program, and what the piece imports. */
const piece = /`([\w./-]+\.tsx?)`[^`]*```tsx?\n([\s\S]*?)```/g;
const imported = / from '(\.[^']+)';/g;

/** What pieces of program import from files of ours that are not there. */
const missingImports = (page: string, text: string): string[] =>
  [...text.matchAll(piece)].flatMap(([, path = '', source = '']) =>
    [...source.matchAll(imported)]
      .map(([, target = '']) => join(dirname(path), target).replaceAll('\\', '/'))
      .filter((target) => !example.test(target) && !existsSync(target))
      .map((target) => `${page}: ${path} imports ${target}`),
  );

test('what a piece of program on a page imports is there', () => {
  expect(documents.flatMap((page) => missingImports(page, readFileSync(page, 'utf8')))).toEqual([]);
  const text =
    "`server/a/a.ts`\n\n```ts\nimport { b } from '../vault/no-such.ts';\nimport { c } from '../vault/sealing.ts';\n```";
  expect(missingImports('docs/page.md', text)).toEqual(['docs/page.md: server/a/a.ts imports server/vault/no-such.ts']);
});

test('every file that a page names is there', () => {
  expect(documents.length).toBeGreaterThan(10);
  expect(documents.flatMap((page) => missing(page, readFileSync(page, 'utf8')))).toEqual([]);
});

test('a name that is not there is found, with its page and line', () => {
  const text = 'See\n`server/vault/no-such.ts`, `no-such.tsx`, `test/vault/no-such` and [this](no-such.md).';
  expect(missing('docs/page.md', text)).toEqual(
    ['server/vault/no-such.ts', 'no-such.tsx', 'test/vault/no-such', 'no-such.md'].map((name) => `docs/page.md:2 ${name}`),
  );
});

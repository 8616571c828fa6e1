/** Each screen has help in each language, and the guide's part that it names is there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { guidePart } from '../../renderer/staff/guide-text.ts';
import { helpTopics } from '../../renderer/staff/help-topics.ts';
import { screenNames } from '../../renderer/staff/screen-names.ts';

const root = join(import.meta.dirname, '../..');
const names = Object.keys(helpTopics);

test('every screen, the chart and the sheet are among them', () => {
  expect(names.sort()).toEqual([...screenNames, 'chart', 'sheet'].sort());
});

test.each(['en', 'de'])('%s says of each what it is for and how one works there, in words of its own', (language) => {
  const { help } = JSON.parse(readFileSync(join(root, `renderer/language/${language}.json`), 'utf8')) as {
    help: { topics: Record<string, { for: string; how: string }> };
  };
  expect(Object.keys(help.topics).sort()).toEqual(names.sort());
  const said = Object.values(help.topics).flatMap((topic) => [topic.for, topic.how]);
  for (const words of said) expect(words.length).toBeGreaterThan(20);
  expect(new Set(said).size).toBe(said.length);
});

test.each(names)('the guide has the part that the help of %s names', (name) => {
  const { guide, part } = helpTopics[name as keyof typeof helpTopics];
  const headings = readFileSync(join(root, 'docs', guide), 'utf8').match(/^#+ .*$/gm) ?? [];
  expect(headings.map((heading) => heading.replace(/^#+ /, ''))).toContain(part);
  const blocks = guidePart(readFileSync(join(root, 'docs', guide), 'utf8'), part);
  expect(blocks.length).toBeGreaterThan(0);
  expect(JSON.stringify(blocks)).not.toContain('](');
});

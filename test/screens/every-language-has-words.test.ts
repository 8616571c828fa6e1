import { expect, test } from 'vitest';
import german from '../../renderer/language/de.json' with { type: 'json' };
import english from '../../renderer/language/en.json' with { type: 'json' };
import { preferredLanguage } from '../../renderer/language/words.ts';

type Words = { readonly [key: string]: string | Words };

function phrases(words: Words, path = ''): Map<string, string> {
  const entries = Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...phrases(value, `${path}${key}.`)],
  );
  return new Map(entries);
}

const gaps = (phrase: string): string[] => (phrase.match(/\{\{\w+\}\}/g) ?? []).toSorted();

test('a phrase of another language is one of the English ones, with the same gaps', () => {
  const all = phrases(english);
  for (const [key, phrase] of phrases(german)) {
    // Refusals come in English from the services and are only translated here.
    if (key.startsWith('refusals.')) continue;
    expect(all.has(key), key).toBe(true);
    expect(gaps(phrase), key).toEqual(gaps(all.get(key) ?? ''));
  }
});

test('every phrase is there in every language', () => {
  const spoken = phrases(german);
  expect([...phrases(english).keys()].filter((key) => !spoken.has(key))).toEqual([]);
});

test('the page speaks the first of the person’s languages that it knows', () => {
  expect(preferredLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(preferredLanguage(['ja'])).toBe('en');
});

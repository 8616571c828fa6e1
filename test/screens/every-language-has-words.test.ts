import i18next from 'i18next';
import { describe, expect, test, vi } from 'vitest';
import german from '../../renderer/language/de.json' with { type: 'json' };
import english from '../../renderer/language/en.json' with { type: 'json' };
import { kioskLanguages, kioskWords } from '../../renderer/language/kiosk-words.ts';
import { visitLanguage, visitLanguages, visitWords } from '../../renderer/language/visit-words.ts';
import { languages, preferredLanguage, startWords } from '../../renderer/language/words.ts';
import { careledgerRules } from '../../server/rules-registry.ts';

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

test('an act of the ledger has words that a clinic understands, and no word is left of an act that is gone', () => {
  const named = [...phrases(english.ledger.acts).keys()];
  expect(named.toSorted()).toEqual(careledgerRules().types.toSorted());
});

test('German says one word for one thing', () => {
  const others = /Register|Hauptbuch|Kliniken|(?<!Praxis oder )Klinik\b|Sync-|Sync &|Glas brechen/;
  const said = [german, kioskWords.de, visitWords.de].flatMap((words) => [...phrases(words)]);
  const mixed = said.filter(([, phrase]) => others.test(phrase));
  expect(mixed).toEqual([]);
});

test('the page speaks the first of the person’s languages that it knows', () => {
  expect(preferredLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(preferredLanguage(['ja'])).toBe('en');
});

test('a language that no page has loaded yet can be chosen, and speaks', async () => {
  vi.stubGlobal('document', { documentElement: { setAttribute: () => undefined } });
  await startWords('en');
  expect(languages.filter((language) => !i18next.hasResourceBundle(language, 'translation'))).toEqual(['de']);
  expect(i18next.t('access.anchoredLines', { count: 12_345 })).toBe('12,345 lines are counted by the ledger.');
  await i18next.changeLanguage('de');
  expect(i18next.t('screens.patients')).toBe(german.screens.patients);
  expect(i18next.t('access.anchoredLines', { count: 12_345 })).toBe('12.345 Zeilen zählt das Ledger.');
  expect(i18next.t('states.shown', { shown: 1_000, total: 12_345 })).toBe('1.000 von 12.345 gezeigt');
  vi.unstubAllGlobals();
});

test.each(visitLanguages)(
  'the page of a video visit in %s says everything, with the same gaps, and leaves no English behind',
  (language) => {
    const gapsIn = (phrase: string): string[] => (phrase.match(/\{\w+\}/g) ?? []).toSorted();
    for (const [key, english] of Object.entries(visitWords.en)) {
      const phrase = visitWords[language][key as keyof typeof visitWords.en];
      expect(gapsIn(phrase), key).toEqual(gapsIn(english));
      if (language !== 'en' && english.length > 20) expect(phrase, key).not.toBe(english);
    }
    expect(visitLanguage(['xx', `${language}-ZZ`])).toBe(language);
  },
);

const PLURAL = /_(zero|one|two|few|many|other)$/;

describe.each(kioskLanguages)('the kiosk in %s', (language) => {
  const spoken = phrases(kioskWords[language]);
  const all = phrases(kioskWords.en);
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;

  test('says everything, with every plural that the language has, and nothing else', () => {
    const wanted = [...all.keys()].flatMap((key) =>
      PLURAL.test(key) ? forms.map((form) => key.replace(PLURAL, `_${form}`)) : [key],
    );
    expect([...spoken.keys()].toSorted()).toEqual([...new Set(wanted)].toSorted());
    expect([...spoken.values()].filter((phrase) => phrase.trim() === '')).toEqual([]);
  });

  test('leaves no name out and no English behind', () => {
    for (const [key, phrase] of spoken) {
      const english = all.get(key) ?? all.get(key.replace(PLURAL, '_other')) ?? '';
      // Arabic says one and two without a numeral.
      const isCounted = PLURAL.test(key);
      if (!isCounted) expect(gaps(phrase), key).toEqual(gaps(english));
      else expect(gaps(english), key).toEqual(expect.arrayContaining(gaps(phrase)));
      if (language !== 'en' && phrase.length > 20) expect(phrase, key).not.toBe(english);
    }
  });
});

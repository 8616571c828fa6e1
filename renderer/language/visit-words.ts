/** The words of the patient's page of a video visit, in the kiosk's six languages. Without a library: it loads over poor lines. */
import arabic from './visit/ar.json' with { type: 'json' };
import german from './visit/de.json' with { type: 'json' };
import english from './visit/en.json' with { type: 'json' };
import spanish from './visit/es.json' with { type: 'json' };
import french from './visit/fr.json' with { type: 'json' };
import ukrainian from './visit/uk.json' with { type: 'json' };

export type VisitPhrases = typeof english;
export const visitWords = { en: english, es: spanish, fr: french, de: german, ar: arabic, uk: ukrainian } satisfies Record<
  string,
  VisitPhrases
>;
type VisitLanguage = keyof typeof visitWords;
export const visitLanguages = Object.keys(visitWords) as readonly VisitLanguage[];

/** The first of the person's languages that the page speaks. */
export const visitLanguage = (wanted: readonly string[]): VisitLanguage =>
  wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag): tag is VisitLanguage => Object.hasOwn(visitWords, tag)) ?? 'en';

/** A phrase with its gaps filled. */
export const filled = (phrase: string, gaps: Readonly<Record<string, string>>): string =>
  phrase.replaceAll(/\{(\w+)\}/g, (_, name: string) => gaps[name] ?? '');

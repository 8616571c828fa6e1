/** The words of the screens, in every language there is. A page loads those that it speaks, and others when a person asks for them. */
import i18next, { type BackendModule, type FormatterModule } from 'i18next';
import { initReactI18next } from 'react-i18next';

const phrases = { en: () => import('./en.json'), de: () => import('./de.json') };
type Language = keyof typeof phrases;

/** Every language that can be chosen, also those whose words no page has loaded yet. */
export const languages = Object.keys(phrases) as readonly Language[];

export const isLanguage = (value: string): value is Language => Object.hasOwn(phrases, value);

/** The first of the person's languages that we speak. */
export function preferredLanguage(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

const files: BackendModule = {
  type: 'backend',
  init: () => undefined,
  // i18next counts the parameters: with these two it awaits the answer.
  read: async (language, _namespace) => (isLanguage(language) ? (await phrases[language]()).default : {}),
};

/** In phrases, how many there are of something: `{{done}} of {{total}}`. Anything else may be a number of a page, a year or a port. */
const COUNTED: ReadonlySet<string | undefined> = new Set(['count', 'total', 'done', 'shown', 'all', 'of', 'taken', 'refused']);

/** They stand as the language writes numbers: `1,234 lines`. Whatever else a phrase names is written as it comes. */
const counts: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, language, options) =>
    typeof value === 'number' && COUNTED.has(options?.interpolationkey) ? value.toLocaleString(language) : String(value ?? ''),
};

/** Ready when it resolves. */
export async function startWords(language: Language): Promise<void> {
  const tell = (spoken: string): void => document.documentElement.setAttribute('lang', spoken);
  tell(language);
  i18next.on('languageChanged', tell);
  await i18next
    .use(files)
    .use(counts)
    .use(initReactI18next)
    .init({
      lng: language,
      supportedLngs: languages,
      // Each language has every phrase (test/screens/every-language-has-words).
      fallbackLng: false,
      // React escapes what it renders.
      interpolation: { escapeValue: false, alwaysFormat: true },
      nsSeparator: false,
      returnNull: false,
    });
}

/** The words of the screens, in every language there is; i18next finds English where a language lacks a phrase. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import german from './de.json' with { type: 'json' };
import english from './en.json' with { type: 'json' };

const languages = ['en', 'de'] as const;
type Language = (typeof languages)[number];

const isLanguage = (value: string): value is Language => (languages as readonly string[]).includes(value);

/** The first of the person's languages that we speak. */
export function preferredLanguage(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

/** Ready when it returns: the words are part of the program. */
export function startWords(language: Language): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: english }, de: { translation: german } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    nsSeparator: false,
    initAsync: false,
    returnNull: false,
  });
  const tell = (spoken: string): void => document.documentElement.setAttribute('lang', spoken);
  tell(language);
  i18next.on('languageChanged', tell);
}

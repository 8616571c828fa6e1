/** The words of the kiosk: six languages, each whole, with the plurals that Unicode's rules give it. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import arabic from './kiosk/ar.json' with { type: 'json' };
import german from './kiosk/de.json' with { type: 'json' };
import english from './kiosk/en.json' with { type: 'json' };
import spanish from './kiosk/es.json' with { type: 'json' };
import french from './kiosk/fr.json' with { type: 'json' };
import ukrainian from './kiosk/uk.json' with { type: 'json' };

export const kioskWords = { en: english, es: spanish, fr: french, de: german, ar: arabic, uk: ukrainian } as const;
export type KioskLanguage = keyof typeof kioskWords;
export const kioskLanguages = Object.keys(kioskWords) as readonly KioskLanguage[];

export const isRightToLeft = (language: string): boolean => language === 'ar';

/** Ready when it returns. The page says which way its language runs, so that everything on it follows. */
export function startKioskWords(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: Object.fromEntries(kioskLanguages.map((language) => [language, { kiosk: kioskWords[language] }])),
    defaultNS: 'kiosk',
    // React escapes what it renders. A name in Latin letters must not turn an Arabic sentence round: it is isolated (UAX #9).
    interpolation: { escape: (name) => (isRightToLeft(i18next.language) ? `\u2068${name}\u2069` : String(name)) },
    nsSeparator: false,
    initAsync: false,
    returnNull: false,
  });
  const tell = (spoken: string): void => {
    document.documentElement.setAttribute('lang', spoken);
    document.documentElement.setAttribute('dir', isRightToLeft(spoken) ? 'rtl' : 'ltr');
  };
  tell('en');
  i18next.on('languageChanged', tell);
}

import type { ConsentLanguage } from '../consent/consent-choices.ts';

/** How the wish of a patient was established who signed at a kiosk: a line of the text that they sign. */
export const BY_CARD: Readonly<Record<ConsentLanguage, string>> = {
  en: 'signed by the patient with care card and PIN',
  de: 'mit Karte und PIN selbst unterschrieben',
  es: 'firmado por el paciente con su tarjeta y su PIN',
  fr: 'signé par le patient avec sa carte et son code PIN',
  ar: 'وقّعها المريض ببطاقته ورمزه السري',
  uk: 'підписано пацієнтом за допомогою картки та PIN-коду',
};

/** The same where somebody acts for the patient, by their own card. */
export const BY_GUARDIAN: Readonly<Record<ConsentLanguage, (name: string) => string>> = {
  en: (name) => `signed for the patient by ${name}, with their own care card and PIN`,
  de: (name) => `für die Patientin oder den Patienten unterschrieben von ${name}, mit eigener Karte und PIN`,
  es: (name) => `firmado en nombre del paciente por ${name}, con su propia tarjeta y su PIN`,
  fr: (name) => `signé pour le patient par ${name}, avec sa propre carte et son code PIN`,
  ar: (name) => `وقّعها ${name} نيابة عن المريض ببطاقته ورمزه السري`,
  uk: (name) => `підписано від імені пацієнта: ${name}, за допомогою власної картки та PIN-коду`,
};

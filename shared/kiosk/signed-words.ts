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

import 'i18next';
import type english from './en.json';
import type kiosk from './kiosk/en.json';

/** Every phrase that a screen asks for is one of en.json, a kiosk's one of kiosk/en.json, or the screen does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    nsSeparator: false;
    resources: { translation: typeof english; kiosk: typeof kiosk };
  }
}

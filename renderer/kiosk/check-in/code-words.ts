import { useTranslation } from 'react-i18next';

/** A code of HL7's PurposeOfUse, or of our categories, in words; a code without words stays as it is. */
export function usePurpose(): (code: string) => string {
  const { t, i18n } = useTranslation('kiosk');
  return (code) => (i18n.exists(`purposes.${code}`, { ns: 'kiosk' }) ? t(`purposes.${code}` as 'purposes.TREAT') : code);
}

/** The categories of records in words. */
export function useCategory(): (code: string) => string {
  const { t, i18n } = useTranslation('kiosk');
  return (code) => (i18n.exists(`categories.${code}`, { ns: 'kiosk' }) ? t(`categories.${code}` as 'categories.clinical') : code);
}

/** The role of somebody who works at a clinic, in words. */
export function useRole(): (code: string) => string {
  const { t, i18n } = useTranslation('kiosk');
  return (code) => (i18n.exists(`roles.${code}`, { ns: 'kiosk' }) ? t(`roles.${code}` as 'roles.other') : t('roles.other'));
}

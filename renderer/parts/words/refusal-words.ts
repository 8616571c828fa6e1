import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Refusal } from './service-error.ts';

/**
 * What a refusal says in the language of the page: the phrase of its code with the refusal's values in it, or the service's own
 * English sentence where no phrase is there, or where the phrase names a value that the refusal does not have.
 */
export function useRefusalWords(): (refusal: Refusal) => string {
  const { t, i18n } = useTranslation();
  return refusalWords(t, (key) => i18n.getResource(i18n.resolvedLanguage ?? 'en', 'translation', key));
}

/** @param phraseOf what the language has at a key */
export function refusalWords(t: TFunction, phraseOf: (key: string) => unknown): (refusal: Refusal) => string {
  return ({ code, message, details }) => {
    const key = `refusals.${code}`;
    const phrase = phraseOf(key);
    if (typeof phrase !== 'string') return message;
    // What a sentence quotes is of no language: a name, a cell of a table.
    const values: Record<string, string | number | undefined> = { quoted: /“([^”]+)”/.exec(message)?.[1], ...details };
    const isWhole = [...phrase.matchAll(/\{\{(\w+)\}\}/g)].every(([, name]) => values[name ?? ''] !== undefined);
    return isWhole ? t(key as 'refusals.unknown', values) : message;
  };
}

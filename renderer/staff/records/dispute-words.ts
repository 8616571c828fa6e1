import type { TFunction } from 'i18next';

const reasons = [
  'version-conflict',
  'not-the-custodian',
  'author-not-enrolled',
  'author-of-another-clinic',
  'author-revoked',
  'not-a-desk',
  'compartment-erased',
  'newer-version-not-here',
] as const;

/** What is the matter with a version, in a short title and a sentence; a reason that this program does not know stands as it is. */
export function disputeWords(t: TFunction, reason: string): { title: string; sentence: string } {
  const known = reasons.find((name) => name === reason);
  const title = known === 'newer-version-not-here' ? t('item.outdated') : t('item.disputed');
  return { title, sentence: known ? t(`item.reason.${known}`) : t('item.disputedExplained', { reason }) };
}

import type { TFunction } from 'i18next';
import type { Category } from '../../generated/graphql.ts';

/** The name of a compartment: a category of records, or the patient's own consents. */
export const categoryWord = (t: TFunction, category: string): string =>
  category === 'consents' || category === 'card' ? t(`erasure.${category}`) : t(`category.${category.toUpperCase() as Category}`);

import type { TFunction } from 'i18next';
import type { Category, ErasurePartsFragment, RetentionGround } from '../../generated/graphql.ts';
import type { Format } from '../../parts/words/use-format.ts';

/** The name of a compartment: a category of records, or the patient's own consents. */
export const categoryWord = (t: TFunction, category: string): string =>
  category === 'consents' || category === 'card' ? t(`erasure.${category}`) : t(`category.${category.toUpperCase() as Category}`);

/** What is said of one erasure or refusal, on the screen and on paper alike. */
export function erasureLines(t: TFunction, format: Format, erasure: ErasurePartsFragment) {
  const { at, by, ground, compartments, retained, confirmations, lastBackupDies } = erasure;
  const partyOf = ({ party, clinic, device, here }: (typeof confirmations)[number]): string => {
    if (party === 'HUB') return t('erasure.party.HUB');
    if (here) return t('erasure.party.HERE');
    return party === 'DESK'
      ? t('erasure.party.DESK', { device: device.slice(0, 8) })
      : t('erasure.party.CLINIC', { clinic, device: device.slice(0, 8) });
  };
  return {
    what: [
      t('erasure.line', { ground: t(`erasure.ground.${ground}`), by, at: format.moment(at) }),
      format.list(
        compartments.map(({ category, documents }) =>
          t('erasure.compartment', { category: categoryWord(t, category), count: documents }),
        ),
      ),
    ],
    retained: retained.map((reason) => retainedWord(t, format, reason)),
    confirmations: confirmations.map((each) =>
      each.at === null
        ? t('erasure.notConfirmed', { who: partyOf(each) })
        : t('erasure.confirmed', { who: partyOf(each), at: format.moment(each.at), count: each.count }),
    ),
    lastBackup: lastBackupDies === null ? undefined : t('erasure.lastBackup', { date: format.day(lastBackupDies) }),
  };
}

interface RetainedReason {
  readonly ground: RetentionGround;
  readonly article: string;
  readonly basis: string;
  readonly until: number | null;
}

/** Why records are kept, by name, with when that ends. */
export function retainedWord(t: TFunction, format: Format, { ground, article, basis, until }: RetainedReason): string {
  const why = t(`erasure.retained.${ground}`, { article, basis });
  return `${why} ${until === null ? t('erasure.untilLifted') : t('erasure.until', { date: format.day(until) })}`;
}

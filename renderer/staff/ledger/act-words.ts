/** What an act of the ledger is, and what acts of a hub's administrators set, in a person's words. */
import type { TFunction } from 'i18next';
import type { HubActKind } from '../../generated/graphql.ts';
import type { Format } from '../../parts/words/use-format.ts';

/** What the schema has for a release that is withdrawn. */
const WITHDRAWN = 255;

/** The value of a kind of act, as it was or as it is. */
export function valueWord(t: TFunction, format: Format, kind: HubActKind, value: number): string {
  if (kind === 'REBASELINE') return value === 0 ? t('fleet.value.noOrder') : t('fleet.value.order', { number: value });
  if (kind === 'INVITATION')
    return value === 0 ? t('fleet.value.noInvitation') : t('fleet.value.invitation', { until: format.moment(value) });
  if (kind === 'RESTORATION')
    return value === 0 ? t('fleet.value.neverRestored') : t('fleet.value.restored', { blocks: format.number(value) });
  if (kind === 'NEWER') return format.number(value);
  if (kind === 'RELEASE') return offerWord(t, value);
  if (kind === 'RING') return value === 0 ? t('fleet.value.lastRing') : t('fleet.value.ring', { number: value });
  return t(`fleet.value.${kind}.${value === 1 ? 'set' : 'free'}`);
}

/** Up to which ring of clinics a release is offered. */
export function offerWord(t: TFunction, value: number): string {
  if (value === WITHDRAWN) return t('fleet.value.withdrawn');
  return value === 0 ? t('fleet.value.offeredToNone') : t('fleet.value.offeredUpTo', { number: value });
}

/** What an event of the ledger is: `Entry written`. A type that this program does not know is named as it stands. */
export const eventWord = (t: TFunction, type: string): string => t(`ledger.acts.${type as 'record.put'}`, { defaultValue: type });

export const shortId = (id: string): string => `${id.slice(0, 4)} ${id.slice(4, 8)}`;

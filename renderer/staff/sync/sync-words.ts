import { useTranslation } from 'react-i18next';
import type { SyncPartsFragment } from '../../generated/graphql.ts';
import { useRefusalWords } from '../../parts/words/refusal-words.ts';
import { problemError } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';

interface SyncWords {
  /** Two or three words for the top of the desk. */
  readonly headline: string;
  readonly sentence: string;
  readonly details: readonly string[];
  /** What the region cannot promise; null when there is nothing to warn of. */
  readonly warning: string | null;
}

/** Through whom this clinic agrees while its hub is away; undefined when it does not, or need not. */
function agreementOf({ connection, clinicHost }: SyncPartsFragment): { role: 'SERVING' | 'FOLLOWING'; host: string } | undefined {
  if (!clinicHost?.connected || clinicHost.role === 'NONE' || !(connection === 'OFFLINE' || connection === 'CONNECTING'))
    return undefined;
  return { role: clinicHost.role, host: clinicHost.addresses.map((address) => address.replace('https://', '')).join(', ') };
}

/** The sync state in words; without one, that it is not known. */
export function useSyncWords(sync: SyncPartsFragment | undefined): SyncWords {
  const { t } = useTranslation();
  const refusalWords = useRefusalWords();
  const format = useFormat();
  if (!sync) return { headline: t('sync.unknown'), sentence: t('sync.unknownExplained'), details: [], warning: null };

  const pending = sync.pendingEvents + sync.pendingDocuments;
  const alone = t(`sync.headline.${sync.connection}`);
  const agreement = agreementOf(sync);
  const state = agreement ? t('sync.headlineAgrees', { state: alone }) : alone;
  const details = [
    pending === 0
      ? t('sync.nothingPending')
      : t('sync.pending', { events: sync.pendingEvents, documents: sync.pendingDocuments }),
  ];
  if (sync.region) {
    details.push(t('sync.replica', { size: format.number(sync.replicaSize), hub: format.number(sync.hubSize) }));
    if (sync.timeLeft !== null) details.push(t('sync.timeLeft', { span: format.span(sync.timeLeft) }));
    if (sync.provedSize > sync.replicaSize)
      details.push(t('sync.proved', { proved: format.number(sync.provedSize), size: format.number(sync.replicaSize) }));
    details.push(
      sync.witnessedAt === null
        ? t('sync.notWitnessed')
        : t('sync.witnessed', {
            count: sync.witnessedSize,
            size: format.number(sync.witnessedSize),
            age: format.ago(sync.witnessedAt),
          }),
    );
    if (sync.auditedSize < sync.replicaSize) {
      details.push(t('sync.audit', { done: format.number(sync.auditedSize), size: format.number(sync.replicaSize) }));
    }
  }
  if (sync.witnessWaits) details.push(t('sync.witnessWaits'));
  if (sync.inUseTwice) details.push(t('copies.titleHere'));
  return {
    headline: sync.inUseTwice
      ? t('copies.headline')
      : pending === 0
        ? state
        : t('sync.headlinePending', { state, pending: format.number(pending) }),
    sentence: agreement
      ? t(`sync.agrees.${agreement.role}`, { host: agreement.host })
      : sync.connection === 'STOPPED'
        ? t('sync.sentence.STOPPED')
        : sync.problem
          ? refusalWords(problemError(sync.problem))
          : t(`sync.sentence.${sync.connection}`),
    details,
    warning: sync.region && !sync.splitViewDefence ? t('sync.noSplitViewDefence', { count: sync.witnesses }) : null,
  };
}

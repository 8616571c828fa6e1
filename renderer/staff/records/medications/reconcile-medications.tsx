import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localInstant } from '../../../../shared/encoding/wall-clock.ts';
import type { ChartPartsFragment, MedicationDecision, ReconcileMedicationsInput } from '../../../generated/graphql.ts';
import { DraftNotice } from '../../../parts/drafts/draft-notice.tsx';
import { useAnnounce } from '../../../parts/focus/use-announce.ts';
import { quietly } from '../../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../../parts/states.tsx';
import { SignWords } from '../../../parts/words/sign-words.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';
import { useDraftOfChart } from '../forms/drafts.ts';
import { MedicationLines } from './medication-lines.tsx';
import { medicationReconciliation, medicationReconciliationText, signMedicationReconciliation } from './reconcile-documents.ts';
import { OtherClinicsList, SaidByPatient } from './reconcile-sources.tsx';

/** What was decided so far; a line is named with the versions of its records. */
interface Decided {
  readonly decided: readonly { readonly line: string; readonly decision: MedicationDecision }[];
}
const NOTHING_DECIDED: Decided = { decided: [] };

/** The chart's medications beside those that came: each line is decided by one key, and all of it is signed at once. */
export function ReconcileMedications({ chart, onClose }: { chart: ChartPartsFragment; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const client = useApolloClient();
  const patient = chart.patient.id;
  const [other, setOther] = useState<string | null>(null);
  const [toSign, setToSign] = useState<ReconcileMedicationsInput | null>(null);
  const draft = useDraftOfChart<Decided>({ patient, kind: 'RECONCILIATION', key: 'new' }, NOTHING_DECIDED);
  const { data, error, refetch } = useQuery(medicationReconciliation, {
    variables: { patient, other },
    fetchPolicy: 'network-only',
  });
  const lines = data?.medicationReconciliation.lines ?? [];
  const chosen = new Map(draft.form.decided.map(({ line, decision }) => [line, decision]));
  const open = lines.filter(({ name }) => !chosen.has(name));
  const decide = (made: Decided['decided']): void => {
    const others = draft.form.decided.filter(({ line }) => !made.some((each) => each.line === line));
    draft.change({ decided: [...others, ...made] });
  };
  const input = (): ReconcileMedicationsInput => ({
    patient,
    other,
    at: localInstant(Date.now()),
    decisions: lines.flatMap(({ name }) => {
      const decision = chosen.get(name);
      return decision ? [{ line: name, decision }] : [];
    }),
  });
  const signed = async (): Promise<void> => {
    await draft.discard().catch(() => undefined);
    announce(t('reconcile.done'));
    quietly(client.refetchQueries({ include: 'active' }));
    onClose();
  };
  if (toSign) return <Sign input={toSign} onClose={() => setToSign(null)} onSigned={signed} />;
  const last = data?.medicationReconciliation.last;
  return (
    <Modal
      opened
      onClose={onClose}
      size={1120}
      title={`${chart.patient.name} · ${t('reconcile.title')}`}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        <DraftNotice {...draft} />
        <Text size="sm" c="dimmed">
          {last ? t('reconcile.last', { date: format.moment(last.recordedAt), author: last.author }) : t('reconcile.never')}
        </Text>
        {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
        {!draft.ready || (!data && !error) ? <Loading rows={6} /> : null}
        {data && draft.ready ? (
          lines.length === 0 ? (
            <Empty title={t('reconcile.nothing')} text={t('reconcile.nothingHint')} />
          ) : (
            <MedicationLines lines={lines} chosen={chosen} onDecide={(line, decision) => decide([{ line, decision }])} />
          )
        ) : null}
        <SaidByPatient patient={patient} onSaid={() => quietly(refetch())} />
        <OtherClinicsList patient={patient} chosen={other} onChoose={setOther} />
        <ReconcileEnd
          count={lines.length}
          open={open.length}
          onRest={() => decide(open.map(({ name, decisions }) => ({ line: name, decision: suggestedOf(decisions) })))}
          onClose={onClose}
          onSign={() => setToSign(input())}
        />
      </Stack>
    </Modal>
  );
}

interface ReconcileEndProps {
  /** Lines, and how many of them are not decided. */
  readonly count: number;
  readonly open: number;
  /** Decides what is open as it is suggested. */
  readonly onRest: () => void;
  readonly onClose: () => void;
  readonly onSign: () => void;
}

function ReconcileEnd({ count, open, onRest, onClose, onSign }: ReconcileEndProps) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between">
      <Text size="xs" c="dimmed" role="status">
        {count === 0 ? '' : t('reconcile.undecided', { count: open })}
      </Text>
      <Group gap="xs">
        <Button variant="default" leftSection={<IconChecks size={16} aria-hidden />} disabled={open === 0} onClick={onRest}>
          {t('reconcile.rest')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('write.later')}
        </Button>
        <Button disabled={count === 0 || open > 0} onClick={onSign}>
          {t('note.preview')}
        </Button>
      </Group>
    </Group>
  );
}

/** What the chart has goes on; what only came is taken over. */
const suggestedOf = (decisions: readonly MedicationDecision[]): MedicationDecision =>
  decisions.includes('KEEP') ? 'KEEP' : 'TAKE_OVER';

interface SignProps {
  readonly input: ReconcileMedicationsInput;
  readonly onClose: () => void;
  readonly onSigned: () => Promise<void>;
}

/** What was decided is read as it will be signed, and signed. */
function Sign({ input, onClose, onSigned }: SignProps) {
  const client = useApolloClient();
  const { data, error } = useQuery(medicationReconciliationText, { variables: { input }, fetchPolicy: 'no-cache' });
  return (
    <SignWords
      words={data?.medicationReconciliationText}
      error={error}
      onClose={onClose}
      onSign={async (passphrase) => {
        await client.mutate({ mutation: signMedicationReconciliation, variables: { input, passphrase } });
        await onSigned();
      }}
    />
  );
}

import { useQuery } from '@apollo/client/react';
import { Button, Drawer, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconVideo } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { VisitPartsFragment, VisitStep } from '../../generated/graphql.ts';
import { useCallDesk } from '../../parts/call/call-desk.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { usePaymentAsking } from '../../parts/payment-asking.ts';
import { quietly } from '../../parts/quietly.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { useCovered } from '../cover/cover.tsx';
import { visitHistory } from './visit-documents.ts';
import { coveredIn, mainStep } from './visit-order.ts';
import { StageBadge } from './visit-parts.tsx';

interface VisitActs {
  readonly onClose: () => void;
  readonly onStep: (visit: VisitPartsFragment, step: VisitStep) => void;
  readonly onUndo: (visit: VisitPartsFragment) => void;
  readonly onReplan: (visit: VisitPartsFragment) => void;
  readonly busy: boolean;
}

/** One visit: what it is for, each step that can follow, and who did what so far. */
export function VisitDrawer({ visit, ...acts }: VisitActs & { readonly visit: VisitPartsFragment | undefined }) {
  const { t } = useTranslation();
  const details = mayDo(useSignedIn().role, 'visits.detail');
  return (
    <Drawer
      opened={visit !== undefined}
      onClose={acts.onClose}
      position="right"
      size="md"
      title={visit?.patient.name}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {visit ? (
        <Stack gap="md">
          <Plan visit={visit} hasReason={details} />
          <Group gap="xs">
            <StepButtons visit={visit} {...acts} />
            <WaysOn visit={visit} />
          </Group>
          {details ? (
            <>
              <Title order={2} size="h5">
                {t('visits.history')}
              </Title>
              <Steps key={visit.revision} visit={visit.id} />
            </>
          ) : null}
        </Stack>
      ) : null}
    </Drawer>
  );
}

/** When, with whom and where, and how it stands. */
function Plan({ visit, hasReason }: { visit: VisitPartsFragment; hasReason: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Group gap="xs">
        <StageBadge stage={visit.stage} />
        <Text size="sm">
          {t(`visits.kind.${visit.kind}`)} · {format.recordedDay(visit.start)}, {format.time(Date.parse(visit.start))}–
          {format.time(Date.parse(visit.end))}
        </Text>
      </Group>
      {hasReason ? <Text size="sm">{visit.reason ?? t('visits.noReason')}</Text> : null}
      <Text size="sm" c="dimmed">
        {[visit.clinician?.name, visit.room].filter(Boolean).join(' · ')}
      </Text>
    </>
  );
}

function StepButtons({ visit, onClose, onStep, onUndo, onReplan, busy }: VisitActs & { readonly visit: VisitPartsFragment }) {
  const { t } = useTranslation();
  return (
    <>
      {visit.steps.map((step) => (
        <Button
          key={step}
          size="compact-sm"
          variant={step === mainStep(visit.steps) ? 'filled' : 'default'}
          disabled={busy}
          onClick={() => {
            onStep(visit, step);
            if (step === 'CALL') onClose();
          }}
        >
          {t(`visits.step.${step}`)}
        </Button>
      ))}
      {visit.replannable ? (
        <Button
          size="compact-sm"
          variant="default"
          disabled={busy}
          onClick={() => {
            onClose();
            onReplan(visit);
          }}
        >
          {t(visit.movable ? 'visits.moveOrChange' : 'visits.changePlan')}
        </Button>
      ) : null}
      {visit.undoable ? (
        <Button size="compact-sm" variant="subtle" disabled={busy} onClick={() => onUndo(visit)}>
          {t('visits.undo')}
        </Button>
      ) : null}
    </>
  );
}

/** From the visit to a call, to what was paid, and to the patient. */
function WaysOn({ visit }: { visit: VisitPartsFragment }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const calls = useCallDesk();
  const showPayments = usePaymentAsking();
  const covered = useCovered();
  const { role } = useSignedIn();
  const openChart = (): void => go('chart', visit.patient.id, coveredIn(visit, covered));
  return (
    <>
      {visit.kind === 'TELE' && mayDo(role, 'chart.write') ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconVideo size={14} aria-hidden />}
          disabled={calls.patient !== null}
          onClick={() => {
            openChart();
            calls.begin(visit.patient);
          }}
        >
          {t('call.begin')}
        </Button>
      ) : null}
      {mayDo(role, 'payments.read') ? (
        <Button size="compact-sm" variant="subtle" onClick={() => showPayments(visit.patient)}>
          {t('payments.open')}
        </Button>
      ) : null}
      <Button size="compact-sm" variant="subtle" onClick={openChart}>
        {t(mayDo(role, 'chart.read') ? 'visits.chart' : 'visits.sheet')}
      </Button>
    </>
  );
}

function Steps({ visit }: { visit: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(visitHistory, { variables: { visit }, fetchPolicy: 'no-cache' });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={3} />;
  return (
    <List size="sm" spacing={4}>
      {data.visitHistory.map(({ stage, by, at, back, planned }) => (
        <List.Item key={`${at} ${stage}`}>
          {t(planned ? 'visits.changePlanned' : back ? 'visits.changeBack' : 'visits.change', {
            stage: t(`visits.stage.${stage}`),
            by,
            time: format.time(at),
          })}
        </List.Item>
      ))}
    </List>
  );
}

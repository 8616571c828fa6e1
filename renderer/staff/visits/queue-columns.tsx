import { Badge, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayDo, type Permission } from '../../../shared/access/permissions.ts';
import type { VisitPartsFragment, VisitStep } from '../../generated/graphql.ts';
import { PersonCell } from '../../parts/person-cell.tsx';
import type { Column } from '../../parts/row-table.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { CoverBadge } from '../cover/cover.tsx';
import { coveredIn, mainStep, minutesBetween, passes } from './visit-order.ts';
import { StageBadge } from './visit-parts.tsx';

/** More of them would hide the queue: the chart has all. */
const MOST_WARNINGS = 3;

/** The first warnings, and how many more there are. */
const shortList = (warnings: readonly string[]): string[] =>
  warnings.length > MOST_WARNINGS ? [...warnings.slice(0, MOST_WARNINGS), `+${warnings.length - MOST_WARNINGS}`] : [...warnings];

interface QueueColumns {
  readonly now: number;
  readonly warnings: ReadonlyMap<string, readonly string[]>;
  readonly take: (visit: VisitPartsFragment, step: VisitStep) => void;
  readonly busy: boolean;
  /** For whom who is signed in stands in. */
  readonly covered: ReadonlyMap<string, unknown>;
}

/** What of each visit who is signed in may see, and its next step. */
export function useQueueColumns({ now, warnings, take, busy, covered }: QueueColumns): readonly Column<VisitPartsFragment>[] {
  const { t } = useTranslation();
  const { role } = useSignedIn();
  const columns: readonly (Column<VisitPartsFragment> & { readonly needs?: Permission })[] = [
    { key: 'stage', label: t('visits.standing'), width: 170, cell: (visit) => <Standing visit={visit} now={now} /> },
    {
      key: 'patient',
      label: t('patients.name'),
      cell: (visit) => <Who visit={visit} warnings={warnings.get(visit.id) ?? []} />,
    },
    {
      key: 'reason',
      label: mayDo(role, 'visits.detail') ? t('visits.reason') : t('visits.kindOf'),
      cell: (visit) => <What visit={visit} hasReason={mayDo(role, 'visits.detail')} />,
    },
    { key: 'room', label: t('visits.room'), width: 100, cell: ({ room }) => room ?? '–', needs: 'visits.detail' },
    {
      key: 'clinician',
      label: t('visits.clinician'),
      width: 150,
      cell: (visit) =>
        coveredIn(visit, covered) ? <CoverBadge name={visit.clinician?.name ?? ''} /> : (visit.clinician?.name ?? '–'),
    },
    {
      key: 'next',
      label: t('visits.next'),
      width: 170,
      needs: 'visits.write',
      cell: (visit) => <NextStep visit={visit} busy={busy} onTake={(step) => take(visit, step)} />,
    },
  ];
  return columns.filter(({ needs }) => needs === undefined || mayDo(role, needs));
}

function Standing({ visit: { stage, since, start }, now }: { visit: VisitPartsFragment; now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Group gap={6} wrap="nowrap">
      <StageBadge stage={stage} />
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        {stage === 'BOOKED' ? format.time(Date.parse(start)) : null}
        {since && !passes('closed', stage) ? t('visits.minutes', { count: minutesBetween(since, now) }) : null}
      </Text>
    </Group>
  );
}

function Who({ visit, warnings }: { visit: VisitPartsFragment; warnings: readonly string[] }) {
  const { t } = useTranslation();
  const { patient, urgent, contested } = visit;
  const marks = (
    <>
      {urgent ? <Badge color="red">{t('visits.urgent')}</Badge> : null}
      {patient.deceased ? <Badge color="gray">{t('patients.deceased')}</Badge> : null}
      {shortList(warnings).map((warning) => (
        <Badge key={warning} color="red" leftSection={<IconAlertTriangle size={11} aria-hidden />}>
          <VisuallyHidden>{t('visits.warnsOf')} </VisuallyHidden>
          {warning}
        </Badge>
      ))}
      {contested ? <Badge color="orange">{t('visits.contested')}</Badge> : null}
    </>
  );
  return <PersonCell person={patient} marks={marks} />;
}

function What({ visit: { kind, reason }, hasReason }: { visit: VisitPartsFragment; hasReason: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {hasReason ? (
        <Text size="sm" lineClamp={2}>
          {reason ?? '–'}
        </Text>
      ) : null}
      <Text size="xs" c="dimmed">
        {t(`visits.kind.${kind}`)}
      </Text>
    </>
  );
}

interface NextStepProps {
  readonly visit: VisitPartsFragment;
  readonly busy: boolean;
  readonly onTake: (step: VisitStep) => void;
}

function NextStep({ visit, busy, onTake }: NextStepProps) {
  const { t } = useTranslation();
  const step = mainStep(visit.steps);
  if (!step) return null;
  return (
    <Button size="compact-sm" variant="default" disabled={busy} onClick={() => onTake(step)}>
      {t(`visits.step.${step}`)}
    </Button>
  );
}

import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { saysNothingKnown } from '../../../shared/records/safety-facts.ts';
import type { ChartPartsFragment } from '../../generated/graphql.ts';
import { useHeadingFocus } from '../../parts/focus/heading-focus.ts';
import { bornWords, genderWord, identifierWord } from '../../parts/words/person-words.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { BreakGlassButton } from '../consent/consent.tsx';
import { CoverBadge } from '../cover/cover.tsx';
import { ChartActions } from './chart-actions.tsx';
import styles from './chart-head.module.css';
import { plainTitle } from './item-title.ts';

/** Whose chart this is, and what may hurt them, always in view; and the line that opening it has written. */
export function ChartHead({ chart, onBroken }: { chart: ChartPartsFragment; onBroken: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const heading = useHeadingFocus();
  const { patient, summary, openedAt, purpose, covered } = chart;
  return (
    <header className={styles.head}>
      <Stack gap={6}>
        <Group justify="space-between" align="flex-start" gap={6}>
          <Group gap="sm" align="center">
            <Title order={1} ref={heading} tabIndex={-1} lineClamp={2} style={{ outline: 'none', overflowWrap: 'anywhere' }}>
              {patient.name}
            </Title>
            {patient.deceased ? <Badge color="gray">{t('patients.deceased')}</Badge> : null}
            {chart.encounterNow ? <Badge color="green">{t('visits.encounterUnderWay')}</Badge> : null}
            {covered ? <CoverBadge name={covered.name} /> : null}
            {patient.shared ? <Badge color="violet">{t('patients.sharedBy', { clinic: patient.custodianName })}</Badge> : null}
          </Group>
          <Group gap={6}>
            <Group gap={6} wrap="nowrap">
              <IconEye size={15} aria-hidden />
              <Text size="xs" c="dimmed">
                {t('chart.accessLine', { time: format.moment(openedAt), purpose: t(`purpose.${purpose}`) })}
              </Text>
            </Group>
            <BreakGlassButton
              patient={patient.id}
              custodian={patient.shared ? patient.custodianName : undefined}
              onBroken={onBroken}
            />
            <ChartActions chart={chart} />
          </Group>
        </Group>
        <WhoItIs patient={patient} />
        <Cautions cautions={summary.cautions} />
        <Allergies allergies={summary.allergies} />
      </Stack>
    </header>
  );
}

/** By what a person is told from another of the same name. */
function WhoItIs({ patient }: { patient: ChartPartsFragment['patient'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [identifier] = patient.identifiers;
  const born = bornWords(format, patient);
  const facts = [
    born ? t('chart.born', { date: born }) : t('chart.bornUnknown'),
    patient.deceasedAt ? t('chart.died', { date: format.recorded(patient.deceasedAt) }) : '',
    genderWord(t, patient.gender),
    patient.city ?? '',
    identifier ? `${identifierWord(t, identifier.type)} ${identifier.value}` : '',
  ];
  return <Text size="sm">{facts.filter(Boolean).join(' · ')}</Text>;
}

function Cautions({ cautions }: Pick<ChartPartsFragment['summary'], 'cautions'>) {
  const { t } = useTranslation();
  if (cautions.length === 0) return null;
  return (
    <div className={styles.allergies}>
      <IconAlertTriangle size={16} aria-hidden color="var(--mantine-color-error)" />
      <Text size="sm" fw={600}>
        {t('chart.cautions')}
      </Text>
      {cautions.map(({ id, title, value }) => (
        <Badge key={id} color="red" variant="filled" size="md">
          {value ? `${plainTitle(t, title)}: ${value}` : plainTitle(t, title)}
        </Badge>
      ))}
    </div>
  );
}

/** Stands there without any as well: that none is known is said, not left out. */
function Allergies({ allergies }: Pick<ChartPartsFragment['summary'], 'allergies'>) {
  const { t } = useTranslation();
  const warns = allergies.some(({ code }) => !saysNothingKnown(code));
  return (
    <div className={styles.allergies}>
      <IconAlertTriangle size={16} aria-hidden color={warns ? 'var(--mantine-color-error)' : 'currentColor'} />
      <Text size="sm" fw={600}>
        {t('chart.allergies')}
      </Text>
      {allergies.length === 0 ? <Text size="sm">{t('chart.noAllergies')}</Text> : null}
      {allergies.map(({ id, title, detail, code, proposedBy, disagreements }) => (
        <Badge key={id} color={saysNothingKnown(code) ? 'gray' : 'red'} size="md">
          {plainTitle(t, title)}
          {detail ? ` – ${detail}` : ''}
          {proposedBy ? ` – ${t('proposals.by', { clinic: proposedBy })}` : ''}
          {disagreements.length > 0 ? ` – ${t('item.disagrees')}` : ''}
        </Badge>
      ))}
    </div>
  );
}

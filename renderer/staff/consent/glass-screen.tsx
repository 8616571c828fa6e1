import { useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GlassUsePartsFragment } from '../../generated/graphql.ts';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { glassUses } from './glass-documents.ts';
import { GlassLetter } from './glass-letter.tsx';
import { ReviewGlass } from './review-glass.tsx';

/** Every use of the broken glass that this clinic knows of; what waits for a review stands first. */
export function GlassScreen() {
  const { t } = useTranslation();
  const [reviewing, setReviewing] = useState<GlassUsePartsFragment | null>(null);
  const [telling, setTelling] = useState<GlassUsePartsFragment | null>(null);
  const { data, error, refetch } = useQuery(glassUses, { fetchPolicy: 'cache-and-network' });
  const uses = data?.glassUses;
  const waiting = uses?.filter(({ review }) => review === null) ?? [];
  const overdue = waiting.filter(({ isOverdue }) => isOverdue).length;
  return (
    <Page title={t('screens.glass')} note={t('glass.note')}>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!uses && !error ? <Loading rows={4} /> : null}
      {uses?.length === 0 ? (
        <Empty icon={<IconShieldCheck aria-hidden />} title={t('glass.none')} text={t('glass.noneHint')} />
      ) : null}
      {uses && uses.length > 0 ? (
        <Group gap="xs">
          <Badge color={waiting.length > 0 ? 'orange' : 'green'}>{t('glass.waiting', { count: waiting.length })}</Badge>
          {overdue > 0 ? <Badge color="red">{t('glass.overdue', { count: overdue })}</Badge> : null}
        </Group>
      ) : null}
      {uses?.map((use) => (
        <UseCard key={use.use} use={use} onReview={() => setReviewing(use)} onTell={() => setTelling(use)} />
      ))}
      {reviewing ? (
        <ReviewGlass use={reviewing} onClose={() => setReviewing(null)} onReviewed={() => quietly(refetch())} />
      ) : null}
      {telling ? <GlassLetter use={telling} onClose={() => setTelling(null)} onTold={() => quietly(refetch())} /> : null}
    </Page>
  );
}

interface UseCardProps {
  readonly use: GlassUsePartsFragment;
  readonly onReview: () => void;
  readonly onTell: () => void;
}

function UseCard({ use, onReview, onTell }: UseCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { review } = use;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap={6}>
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={2}>{use.patientName}</Title>
            <State use={use} />
            {use.isOwn ? null : <Badge color="violet">{use.clinic}</Badge>}
          </Group>
          <Group gap="xs">
            <Button variant="default" onClick={onTell}>
              {t('glass.letter')}
            </Button>
            {review ? null : <Button onClick={onReview}>{t('glass.review')}</Button>}
          </Group>
        </Group>
        <Text size="sm">
          {t('glass.line', {
            who: use.who,
            role: t(`role.${use.role as 'nurse'}`),
            at: format.moment(use.began),
            reason: t(`glass.reasons.${use.reason}`),
          })}
        </Text>
        {use.words === '' ? null : <Text size="sm">{t('glass.said', { words: use.words })}</Text>}
        <Text size="sm" c="dimmed">
          {t(`glass.proofs.${use.proof}`)}
          {use.categories.length > 0
            ? ` · ${t('glass.askedFor', { categories: format.list(use.categories.map((category) => t(`category.${category}`))) })}`
            : ''}
          {' · '}
          {use.toldAt === null ? t('glass.notTold') : t('glass.toldAt', { at: format.day(use.toldAt) })}
        </Text>
        {review ? (
          <Text size="sm">{t('glass.reviewedBy', { by: review.by, at: format.day(review.at), words: review.words })}</Text>
        ) : null}
      </Stack>
    </Paper>
  );
}

function State({ use: { review, isOverdue } }: { use: GlassUsePartsFragment }) {
  const { t } = useTranslation();
  if (review)
    return <Badge color={review.verdict === 'JUSTIFIED' ? 'green' : 'red'}>{t(`glass.verdicts.${review.verdict}`)}</Badge>;
  return isOverdue ? <Badge color="red">{t('glass.isOverdue')}</Badge> : <Badge color="orange">{t('glass.isWaiting')}</Badge>;
}

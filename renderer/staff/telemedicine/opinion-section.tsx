import { useMutation, useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconMailShare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { CasePacksQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { casePacks, endCasePack } from './consult-documents.ts';
import { MakePack } from './make-pack.tsx';

type Pack = CasePacksQuery['casePacks'][number];

/** Cases for clinicians outside of the region, and what became of each. @param makes whether who is signed in may make one */
export function OpinionSection({ patient, makes }: { patient: string; makes: boolean }) {
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  const { data, error, refetch } = useQuery(casePacks, { variables: { patient } });
  return (
    <Stack gap="sm" component="section" aria-label={t('opinion.title')}>
      <Group justify="space-between">
        <Title order={2}>{t('opinion.title')}</Title>
        {makes ? (
          <Button variant="default" leftSection={<IconMailShare size={16} aria-hidden />} onClick={() => setMaking(true)}>
            {t('opinion.make')}
          </Button>
        ) : null}
      </Group>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {data?.casePacks.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('opinion.none')}
        </Text>
      ) : null}
      {data?.casePacks.map((pack) => (
        <Made key={pack.link} patient={patient} pack={pack} onEnded={() => quietly(refetch())} />
      ))}
      {making ? <MakePack patient={patient} onClose={() => setMaking(false)} onMade={() => quietly(refetch())} /> : null}
    </Stack>
  );
}

function Made({ patient, pack, onEnded }: { patient: string; pack: Pack; onEnded: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ends = mayDo(useSignedIn().role, 'note.sign');
  const [end, ending] = useMutation(endCasePack, { variables: { patient, link: pack.link }, onCompleted: onEnded });
  return (
    <Paper withBorder p="sm" component="article">
      <Group justify="space-between">
        <Group gap="xs">
          <Text fw={600}>{pack.recipient}</Text>
          <Badge color={pack.state === 'OPENED' ? 'lagoon' : pack.state === 'OPEN' ? 'orange' : 'gray'}>
            {t(`opinion.state.${pack.state}`)}
          </Badge>
          <Text size="xs" c="dimmed">
            {pack.openedAt
              ? t('opinion.openedBy', { name: pack.openedBy, time: format.moment(pack.openedAt) })
              : t('opinion.until', { name: pack.by, time: format.moment(pack.expires) })}
          </Text>
        </Group>
        {pack.state === 'OPEN' && ends ? (
          <Button size="compact-sm" variant="default" loading={ending.loading} onClick={() => void end().catch(() => undefined)}>
            {t('opinion.end')}
          </Button>
        ) : null}
      </Group>
      {ending.error ? <ErrorNotice error={ending.error} /> : null}
    </Paper>
  );
}

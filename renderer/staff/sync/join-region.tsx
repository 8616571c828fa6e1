import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../parts/states.tsx';
import { joinRegion, whetherTraining } from './region-documents.ts';

/** Takes this clinic into the region that an invitation names. */
export function JoinRegion() {
  const { t } = useTranslation();
  const [invitation, setInvitation] = useState('');
  const [join, { loading, error }] = useMutation(joinRegion);
  const { data } = useQuery(whetherTraining);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The refusal is shown below.
    join({ variables: { invitation: invitation.trim() } }).catch(() => undefined);
  };
  if (data?.workstation.training) return <Text size="sm">{t('sync.trainingJoinsNone')}</Text>;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('sync.join')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Title order={2}>{t('sync.join')}</Title>
          <Text size="sm">{t('sync.joinExplained')}</Text>
          <Textarea
            label={t('firstRun.join.invitation')}
            value={invitation}
            onChange={(event) => setInvitation(event.currentTarget.value)}
            minRows={3}
            autosize
            spellCheck={false}
            required
          />
          {error ? <ErrorNotice error={error} /> : null}
          <Group>
            <Button type="submit" loading={loading} disabled={invitation.trim() === ''}>
              {t('sync.joinAction')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

/** What a person should know when this computer's data is a copy, was put back, or was retired. */
import { useMutation } from '@apollo/client/react';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SyncPartsFragment } from '../../generated/graphql.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { letCopyGoOn } from './region-documents.ts';

const reasons = ['unknown-here', 'out-of-step', 'ledger-ahead', 'closed', 'keys-changed', 'act-altered'] as const;
/** After this long nobody needs to be told again. */
const TOLD_FOR_MS = 14 * 86_400_000;

export function ContinuityNotice({ sync }: { sync: SyncPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [goOn, { loading, error }] = useMutation(letCopyGoOn);
  if (sync.problem?.code === 'sync.epoch-retired') {
    return (
      <Stack gap="xs">
        <Text size="sm">{t('copies.goOnExplained')}</Text>
        {error ? <ErrorNotice error={error} /> : null}
        <Group>
          {/* A refusal is shown above. */}
          <Button variant="default" loading={loading} onClick={() => void goOn().catch(() => undefined)}>
            {t('copies.goOn')}
          </Button>
        </Group>
      </Stack>
    );
  }
  const why = reasons.find((reason) => reason === sync.newEpoch?.why);
  if (!why || !sync.newEpoch || Date.now() - sync.newEpoch.at > TOLD_FOR_MS) return null;
  return (
    <Alert color="lagoon" icon={<IconCopy aria-hidden />} title={t('copies.newEpoch', { time: format.ago(sync.newEpoch.at) })}>
      {t(`copies.why.${why}`)}
    </Alert>
  );
}

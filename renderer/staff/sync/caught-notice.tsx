import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../../parts/navigation.tsx';
import { useEvidenceWords } from '../ledger/evidence-words.ts';

/** At what the hub was caught, in the words of the ledger screen, where stands what to do. */
export function CaughtNotice({ problem }: { problem: { readonly code: string; readonly message: string } }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { title, what } = useEvidenceWords()(problem);
  return (
    <Alert color="red" role="alert" icon={<IconAlertOctagon aria-hidden />} title={title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{what}</Text>
        <Button size="compact-sm" variant="default" onClick={() => go('ledger')}>
          {t('evidence.whatToDo')}
        </Button>
        <Text size="xs">
          {t('states.code')} <Code>{problem.code}</Code>
        </Text>
      </Stack>
    </Alert>
  );
}

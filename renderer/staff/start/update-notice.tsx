import { useMutation } from '@apollo/client/react';
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../../generated/graphql.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useRefusalWords } from '../../parts/words/refusal-words.ts';
import { problemError } from '../../parts/words/service-error.ts';
import { installUpdate } from './workstation.ts';

type Update = NonNullable<WorkstationPartsFragment['update']>;

/** On the locked screen, where nothing can be unsaved: an update with what it changes, and the button that starts it. */
export function UpdateNotice({ update }: { update: Update }) {
  const { t, i18n } = useTranslation();
  const words = useRefusalWords();
  const [install, { loading, error, data }] = useMutation(installUpdate);
  const { state, version, isOlder, canInstall, notes, problem } = update;
  if (state === 'FETCHING') return null;
  if (state === 'REFUSED')
    return (
      <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('update.refused')}>
        {problem ? words(problemError(problem)) : null}
      </Alert>
    );
  const note = (notes.find(({ language }) => i18n.language.startsWith(language)) ?? notes[0])?.text;
  return (
    <Alert
      color="lagoon"
      icon={<IconRefresh aria-hidden />}
      title={t(isOlder ? 'update.readyOlder' : 'update.ready', { version })}
    >
      <Stack gap="sm" align="flex-start">
        {note ? (
          <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
            {note}
          </Text>
        ) : null}
        <Text size="sm">{t(canInstall ? 'update.signed' : 'update.inBrowser')}</Text>
        {error ? <ErrorNotice error={error} /> : null}
        {canInstall ? (
          <Button variant="default" loading={loading || data !== undefined} onClick={() => void install().catch(() => undefined)}>
            {t('update.restart')}
          </Button>
        ) : null}
      </Stack>
    </Alert>
  );
}

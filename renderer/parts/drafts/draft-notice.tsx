import { Alert, Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../states.tsx';
import { useFormat } from '../words/use-format.ts';
import type { DraftState } from './use-draft.ts';

type Notice = Pick<DraftState<unknown>, 'restoredFrom' | 'discard' | 'error'>;

/** Above a form: that it was begun before, with a way to begin anew; and why what is typed could not be kept. */
export function DraftNotice({ restoredFrom, discard, error }: Notice) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {restoredFrom === null ? null : (
        <Alert
          color="lagoon"
          icon={<IconHistory aria-hidden />}
          title={t('write.draftRestored', { time: format.moment(restoredFrom) })}
        >
          <Button size="compact-sm" variant="default" onClick={() => void discard()}>
            {t('write.draftDiscard')}
          </Button>
        </Alert>
      )}
      {error ? <ErrorNotice error={error} /> : null}
    </>
  );
}

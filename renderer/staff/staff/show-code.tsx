import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offerToAskForCode } from '../../parts/code-asking.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { TimeCodeField } from '../../parts/time-code-field.tsx';
import { showSecondFactor } from './staff-documents.ts';

/** Asks for a code whenever a ceremony needs one, over whatever dialog it began in. */
export function ShowCode() {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<((isShown: boolean) => void) | null>(null);
  useEffect(() => {
    offerToAskForCode(() => new Promise((resolve) => setAnswer(() => resolve)));
    return () => offerToAskForCode(undefined);
  }, []);
  const done = (isShown: boolean): void => {
    answer?.(isShown);
    setAnswer(null);
  };
  return (
    <Modal
      opened={answer !== null}
      onClose={() => done(false)}
      title={t('secondFactor.ceremony')}
      zIndex={400}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <ShowCodeForm onDone={done} />
    </Modal>
  );
}

function ShowCodeForm({ onDone }: { onDone: (isShown: boolean) => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [show, { loading, error }] = useMutation(showSecondFactor);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    // The refusal is shown below.
    const shown = await show({ variables: { code } }).catch(() => undefined);
    if (shown) onDone(true);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('secondFactor.ceremonyExplained')}</Text>
        <TimeCodeField value={code} onChange={setCode} autoFocus />
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onDone(false)}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" loading={loading} disabled={code.trim() === ''}>
            {t('secondFactor.show')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { useMutation } from '@apollo/client/react';
import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePasskeyOpener } from '../../parts/passkey-opener.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { openPasskeyPage, ownSecondFactor, passkeyDone } from './staff-documents.ts';

interface PasskeyStepProps {
  readonly ticket: string;
  /** Stands on the page too, when a ceremony is confirmed. */
  readonly checkNumber?: string;
  readonly onDone: () => void;
  readonly onGiveUp: () => void;
}

/** Opens the page of a key, and waits until the key was used there. */
export function PasskeyStep({ ticket, checkNumber, onDone, onGiveUp }: PasskeyStepProps) {
  const { t } = useTranslation();
  const opener = usePasskeyOpener();
  const [openPage] = useMutation(openPasskeyPage);
  const [wait] = useMutation(passkeyDone, { refetchQueries: [ownSecondFactor] });
  const [error, setError] = useState<unknown>(null);

  const open = useCallback(async () => {
    const { data } = await openPage();
    if (data) await opener(data.openPasskeyPage, ticket);
  }, [openPage, opener, ticket]);

  // Both belong to this ticket alone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a second page for one ticket would find it used
  useEffect(() => {
    let isHere = true;
    const tell = (act: () => void): void => {
      if (isHere) act();
    };
    wait({ variables: { ticket } }).then(
      () => tell(onDone),
      (refusal: unknown) => tell(() => setError(refusal)),
    );
    open().catch((refusal: unknown) => tell(() => setError(refusal)));
    return () => {
      isHere = false;
    };
  }, [ticket]);

  return (
    <Stack gap="md">
      {error ? (
        <ErrorNotice error={error} />
      ) : (
        <Group gap="sm" wrap="nowrap" role="status">
          <Loader size="sm" aria-hidden />
          <Text size="sm">{t('passkey.goThere')}</Text>
        </Group>
      )}
      {checkNumber && !error ? <Text size="sm">{t('passkey.compare', { number: checkNumber })}</Text> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onGiveUp}>
          {error ? t('passkey.back') : t('actions.cancel')}
        </Button>
        {error ? null : (
          <Button variant="default" onClick={() => void open().catch(setError)}>
            {t('passkey.openAgain')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

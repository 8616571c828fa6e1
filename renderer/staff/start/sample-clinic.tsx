import { useMutation } from '@apollo/client/react';
import { Button, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../parts/states.tsx';
import { NewPassphraseFields, noPassphrase } from './new-passphrase.tsx';
import { createSampleClinic } from './workstation.ts';

/** A clinic of made-up patients, to try the program with. */
export function SampleClinic() {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState(noPassphrase);
  const [create, { loading, error }] = useMutation(createSampleClinic);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The refusal is shown below.
    create({ variables: { passphrase: passphrase.first } }).catch(() => undefined);
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('firstRun.sample.about')}</Text>
        <NewPassphraseFields value={passphrase} onChange={setPassphrase} words={[]} />
        {loading ? (
          <Text size="sm" role="status">
            {t('firstRun.sample.making')}
          </Text>
        ) : null}
        {error ? <ErrorNotice error={error} /> : null}
        <Button type="submit" loading={loading} disabled={!passphrase.good}>
          {t('firstRun.sample.action')}
        </Button>
      </Stack>
    </form>
  );
}

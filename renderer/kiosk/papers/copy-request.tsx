/** All my records in one file, where nothing is saved from the screen or the file here has no room for all: asked of the clinic with one press, handed out at the desk. */
import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../parts/words/use-format.ts';
import { Refused } from '../kiosk-parts.tsx';
import { sendMyRequest } from './request-form.tsx';
import { myRequests } from './requests.tsx';

interface CopyRequestProps {
  /** Whoever acts for the patient may not always write to the clinic. */
  readonly mayAsk: boolean;
  readonly onAsked: () => void;
  /** Why the desk hands it out. */
  readonly children: ReactNode;
}

export function CopyRequest({ mayAsk, onAsked, children }: CopyRequestProps) {
  const { t } = useTranslation('kiosk');
  const format = useFormat();
  const { data } = useQuery(myRequests);
  const [send, { error, loading }] = useMutation(sendMyRequest);
  const open = data?.requests.find(({ about, answer }) => about === 'COPY' && !answer);
  const ask = (): void => {
    send({ variables: { about: 'COPY', words: t('papers.copyWords') }, refetchQueries: [myRequests] }).then(
      onAsked,
      () => undefined,
    );
  };
  return (
    <Stack gap="sm" className="kiosk-unprinted">
      <Text fw={700}>{children}</Text>
      {error ? <Refused error={error} /> : null}
      {open ? <Text fw={700}>{t('papers.copyAsked', { day: format.day(open.sentAt) })}</Text> : null}
      {mayAsk && data && !open ? (
        <Group>
          <Button onClick={ask} loading={loading}>
            {t('papers.askCopy')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

import { useQuery } from '@apollo/client/react';
import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnSecondFactorQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { AddPasskey, PasskeyList, RemovePasskey } from './passkeys.tsx';
import { ownSecondFactor } from './staff-documents.ts';
import { RemoveTimeCode, SetUpTimeCode } from './time-code.tsx';

type Own = OwnSecondFactorQuery['secondFactor'];
type Passkey = Own['passkeys'][number];

type View = 'list' | 'time-code' | 'add' | { readonly removed: Passkey };

/** One's own second factor on this desk: keys and passkeys, and the time code. */
export function SecondFactor({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('list');
  const { data, error, refetch } = useQuery(ownSecondFactor, { fetchPolicy: 'cache-and-network' });
  const back = (): void => {
    setView('list');
    quietly(refetch());
  };
  return (
    <Modal opened onClose={onClose} title={t('secondFactor.own')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!data && !error ? <Loading rows={3} /> : null}
      {data && view === 'list' ? <Overview {...data.secondFactor} onView={setView} /> : null}
      {data && view === 'time-code' ? <TimeCode hasTimeCode={data.secondFactor.hasTimeCode} onBack={back} /> : null}
      {view === 'add' ? <AddPasskey onBack={back} /> : null}
      {typeof view === 'object' ? <RemovePasskey passkey={view.removed} onBack={back} /> : null}
    </Modal>
  );
}

function Overview({ hasTimeCode, passkeys, onView }: Own & { onView: (view: View) => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <Text size="sm">{t('secondFactor.why')}</Text>
      <Stack gap="sm" component="section" aria-label={t('passkey.title')}>
        <Title order={3}>{t('passkey.title')}</Title>
        <Text size="sm">{t('passkey.explained')}</Text>
        <PasskeyList passkeys={passkeys} onRemove={(removed) => onView({ removed })} />
        <Group>
          <Button leftSection={<IconKey size={16} aria-hidden />} onClick={() => onView('add')}>
            {t('passkey.add')}
          </Button>
        </Group>
      </Stack>
      <Stack gap="sm" component="section" aria-label={t('secondFactor.timeCodeTitle')}>
        <Title order={3}>{t('secondFactor.timeCodeTitle')}</Title>
        <Text size="sm">{hasTimeCode ? t('secondFactor.there') : t('secondFactor.explained')}</Text>
        <Group>
          <Button variant="default" onClick={() => onView('time-code')}>
            {hasTimeCode ? t('secondFactor.removeCode') : t('secondFactor.setUp')}
          </Button>
        </Group>
      </Stack>
      <Text size="sm" c="dimmed">
        {t('secondFactor.lost')}
      </Text>
    </Stack>
  );
}

function TimeCode({ hasTimeCode, onBack }: { hasTimeCode: boolean; onBack: () => void }) {
  const [wasThere] = useState(hasTimeCode);
  return wasThere ? <RemoveTimeCode onClose={onBack} /> : <SetUpTimeCode onDone={onBack} onClose={onBack} />;
}

import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDeviceMobile, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ceremony } from '../../../shared/vault/ceremony.ts';
import type { WantedCeremony } from '../../parts/camera/code-asking.ts';
import { AddPasskey } from './passkeys.tsx';
import { SetUpTimeCode } from './time-code.tsx';

interface FirstFactorProps {
  readonly wanted: WantedCeremony;
  /** A time code is set up, and has shown itself for the ceremony. */
  readonly onShown: () => void;
  /** A key may have been added: it is asked next. */
  readonly onKey: () => void;
  readonly onClose: () => void;
}

/** For who has no second factor on this desk yet: one is set up within the act that needs it, and the act goes on. */
export function FirstFactor({ wanted, onShown, onKey, onClose }: FirstFactorProps) {
  const { t } = useTranslation();
  const [way, setWay] = useState<'time-code' | 'key' | null>(null);
  const back = (): void => setWay(null);
  if (way === 'time-code') return <SetUpTimeCode ceremony={wanted.ceremony} onDone={onShown} onClose={back} />;
  if (way === 'key')
    return (
      <AddPasskey
        onBack={() => {
          back();
          onKey();
        }}
      />
    );
  return (
    <Stack gap="md">
      <Text size="sm">{t('secondFactor.needed', { act: t(`ceremony.${wanted.act as Ceremony['act']}`) })}</Text>
      <Text size="sm">{t('secondFactor.neededHow')}</Text>
      <Stack gap="xs">
        <Button leftSection={<IconDeviceMobile size={16} aria-hidden />} onClick={() => setWay('time-code')} data-autofocus>
          {t('secondFactor.setUp')}
        </Button>
        <Button variant="default" leftSection={<IconKey size={16} aria-hidden />} onClick={() => setWay('key')}>
          {t('passkey.add')}
        </Button>
      </Stack>
      <Group justify="flex-end">
        <Button variant="subtle" onClick={onClose}>
          {t('actions.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

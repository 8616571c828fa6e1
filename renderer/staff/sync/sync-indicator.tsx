import { Button, HoverCard, List, Stack, Text } from '@mantine/core';
import {
  IconAlertOctagon,
  IconCloudCheck,
  IconCloudDown,
  IconCloudOff,
  IconCloudQuestion,
  IconCloudSearch,
  IconCloudUp,
  IconDeviceDesktop,
  IconHourglass,
  IconRefreshAlert,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../generated/graphql.ts';
import narrow from '../../parts/narrow.module.css';
import { useNavigation } from '../../parts/navigation.tsx';
import { useSyncState } from './sync-state.ts';
import { useSyncWords } from './sync-words.ts';

const icons: Readonly<Record<Connection, typeof IconCloudOff>> = {
  ALONE: IconDeviceDesktop,
  ADMISSION_PENDING: IconHourglass,
  DEVICE_PENDING: IconHourglass,
  OFFLINE: IconCloudOff,
  CONNECTING: IconCloudSearch,
  DOWNLOADING: IconCloudDown,
  UPLOADING: IconCloudUp,
  UP_TO_DATE: IconCloudCheck,
  UPDATE_NEEDED: IconRefreshAlert,
  STOPPED: IconAlertOctagon,
};

/** How far the region has heard of this desk. While nothing is known it says that, never what was true before. */
export function SyncIndicator() {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { sync, live } = useSyncState();
  const words = useSyncWords(live ? sync : undefined);
  const known = live && sync !== undefined;
  const Icon = known ? icons[sync.connection] : IconCloudQuestion;
  return (
    <HoverCard width={340} position="bottom-end" openDelay={250} closeDelay={0} transitionProps={{ duration: 0 }}>
      <HoverCard.Target>
        <Button
          variant="subtle"
          color={sync?.connection === 'STOPPED' ? 'red' : 'gray'}
          c={sync?.connection === 'STOPPED' ? undefined : 'var(--mantine-color-text)'}
          leftSection={<Icon size={18} aria-hidden />}
          onClick={() => go('sync')}
          aria-label={t('sync.indicator', { state: words.headline })}
        >
          <span aria-live="polite" className={narrow.words}>
            {words.headline}
          </span>
        </Button>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Stack gap={6}>
          <Text size="sm" fw={600}>
            {words.sentence}
          </Text>
          <List size="sm">
            {[...words.details, ...(words.warning === null ? [] : [words.warning])].map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </Stack>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}

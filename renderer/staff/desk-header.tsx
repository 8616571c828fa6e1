import { ActionIcon, AppShell, Button, Group, Kbd, Text } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconBook2, IconHelp, IconLock, IconSearch, IconSwitchHorizontal, IconTestPipe } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../generated/graphql.ts';
import { LanguageMenu, SchemeButton } from '../parts/look-controls.tsx';
import narrow from '../parts/narrow.module.css';
import { useNavigation } from '../parts/navigation.tsx';
import styles from './desk.module.css';
import { SyncIndicator } from './sync/sync-indicator.tsx';

interface DeskHeaderProps {
  readonly workstation: WorkstationPartsFragment;
  readonly onLock: () => void;
  readonly onSwitch: () => void;
  readonly onHelp: () => void;
}

/** The top of the desk: whose it is, how far the region has heard of it, and the ways to hand it over and to lock it. */
export function DeskHeader({ workstation, onLock, onSwitch, onHelp }: DeskHeaderProps) {
  const { t } = useTranslation();
  const { clinic, training, update } = workstation;
  return (
    <AppShell.Header>
      {training ? <TrainingBar /> : null}
      <Group h={50} px={{ base: 8, sm: 'md' }} justify="space-between" wrap="nowrap" className={styles.head}>
        <Group gap="xs" wrap="nowrap">
          <IconBook2 size={22} aria-hidden />
          <Text fw={600} truncate maw={260} className={narrow.words}>
            {clinic?.name ?? 'Careledger'}
          </Text>
        </Group>
        <SearchButton />
        <Group gap="xs" wrap="nowrap" className={styles.tools}>
          {update?.state === 'READY' && update.canInstall ? (
            <Text size="xs" role="status" visibleFrom="md">
              {t('update.onLock')}
            </Text>
          ) : null}
          <SyncIndicator />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('help.open')} title={t('help.open')} onClick={onHelp}>
            <IconHelp size={18} aria-hidden />
          </ActionIcon>
          <LanguageMenu />
          <SchemeButton />
          <WhoWorks workstation={workstation} onSwitch={onSwitch} />
          <Button variant="default" leftSection={<IconLock size={16} aria-hidden />} onClick={onLock}>
            <span className={narrow.words}>{t('shell.lock')}</span>
          </Button>
        </Group>
      </Group>
    </AppShell.Header>
  );
}

/** Nobody takes a copy for real work, or real patients for practice. */
function TrainingBar() {
  const { t } = useTranslation();
  const { go } = useNavigation();
  return (
    <div className={styles.training} role="status">
      <IconTestPipe size={16} aria-hidden />
      <span className={styles.trainingWords}>{t('shell.training')}</span>
      <button type="button" className={styles.trainingLink} onClick={() => go('training')}>
        {t('training.tasks')}
      </button>
    </div>
  );
}

function SearchButton() {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      className={styles.search}
      classNames={{ inner: styles.searchInner, label: styles.searchLabel }}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        <Kbd size="xs" visibleFrom="sm">
          {t('keys.mod')} K
        </Kbd>
      }
      onClick={spotlight.open}
    >
      <span className={narrow.words}>{t('shell.palette')}</span>
    </Button>
  );
}

/** Who is signed in; where others work at this desk as well, the way to hand it over. */
function WhoWorks({ workstation: { staff, signedIn }, onSwitch }: Pick<DeskHeaderProps, 'workstation' | 'onSwitch'>) {
  const { t } = useTranslation();
  if (staff.length <= 1)
    return (
      <Text size="sm" truncate maw={160} visibleFrom="md">
        {signedIn?.name}
      </Text>
    );
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<IconSwitchHorizontal size={16} aria-hidden />}
      aria-label={t('shell.takeOverFrom', { name: signedIn?.name })}
      onClick={onSwitch}
    >
      <span className={styles.name}>{signedIn?.name}</span>
    </Button>
  );
}

import { Button, Drawer, List, Stack, Table, Text, Title } from '@mantine/core';
import { IconBook } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../shared/access/permissions.ts';
import { KeyCaps } from '../parts/focus/key-caps.tsx';
import { type Shortcut, useShortcut, useShortcuts } from '../parts/focus/shortcuts.tsx';
import { useNavigation } from '../parts/navigation.tsx';
import { useSignedIn } from '../parts/signed-in.ts';
import { Loading } from '../parts/states.tsx';
import { type HelpName, helpTopics } from './help-topics.ts';
import { isScreen } from './screens.tsx';

const GuidePart = lazy(() => import('./guide-part.tsx').then((file) => ({ default: file.GuidePart })));

/** Keys that work on every screen: going somewhere, and what is held together with another key. */
const isEverywhere = ({ keys }: Shortcut): boolean =>
  keys.startsWith('g ') || keys.startsWith('mod+') || keys === '?' || keys === 'f1';

/** `?` or F1, and the button in the header: what the screen behind is for, how one works in it, its keys, and where the guide says more. */
export function HelpPanel({ opened, onOpen, onClose }: { opened: boolean; onOpen: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { place } = useNavigation();
  const { role } = useSignedIn();
  const [reading, setReading] = useState<HelpName | null>(null);
  const [keys, setKeys] = useState<readonly Shortcut[]>([]);
  const all = useShortcuts();
  const palette: Shortcut = { keys: 'mod+k', label: t('shell.palette'), run: () => undefined, isAct: false };
  const open = (): void => {
    setKeys([palette, ...all()]);
    onOpen();
  };
  useShortcut('?', t('help.open'), open);
  useShortcut('f1', t('help.open'), open);
  const name = nameOf(place.screen, role);
  const { guide, part } = helpTopics[name];
  const own = keys.filter((shortcut) => !isEverywhere(shortcut));

  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      onEnterTransitionEnd={() => setKeys([palette, ...all()])}
      position="right"
      // Beside the screen, which is read along with it.
      withOverlay={false}
      lockScroll={false}
      shadow="lg"
      size={420}
      title={t('help.title', { screen: name === 'chart' || name === 'sheet' ? t(`help.${name}`) : t(`screens.${name}`) })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        <Text>{t(`help.topics.${name}.for`)}</Text>
        <List spacing={6} size="sm">
          {t(`help.topics.${name}.how`)
            .split('\n')
            .map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
        </List>
        {reading === name ? (
          <Suspense fallback={<Loading rows={4} />}>
            <GuidePart guide={guide} part={part} />
          </Suspense>
        ) : (
          <Button
            variant="default"
            leftSection={<IconBook size={16} aria-hidden />}
            onClick={() => setReading(name)}
            h="auto"
            mih={36}
            py={6}
            styles={{ label: { whiteSpace: 'normal' } }}
          >
            {t('help.guide', { guide: t(`help.guides.${guide.replace('.md', '') as 'staff'}`), part })}
          </Button>
        )}
        {own.length > 0 ? <KeyTable title={t('help.keysHere')} shortcuts={own} /> : null}
        <KeyTable title={t('help.keysEverywhere')} shortcuts={keys.filter(isEverywhere)} />
      </Stack>
    </Drawer>
  );
}

function nameOf(screen: string, role: string): HelpName {
  if (screen === 'chart') return mayDo(role, 'chart.read') ? 'chart' : 'sheet';
  return isScreen(screen) ? screen : 'patients';
}

function KeyTable({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <div>
      <Title order={3} size="sm" mb={4}>
        {title}
      </Title>
      <Table aria-label={title} verticalSpacing={2}>
        <Table.Tbody>
          {shortcuts.map(({ keys, label }) => (
            <Table.Tr key={`${keys} ${label}`}>
              <Table.Td>{label}</Table.Td>
              <Table.Td>
                <KeyCaps keys={keys} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

import '@mantine/spotlight/styles.css';
import { useQuery } from '@apollo/client/react';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconLock, IconPlayerPlay, IconSearch, IconSwitchHorizontal, IconUser } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../generated/gql.ts';
import { KeyCaps } from '../parts/focus/key-caps.tsx';
import { type Shortcut, useShortcuts } from '../parts/focus/shortcuts.tsx';
import { useNavigation } from '../parts/navigation.tsx';
import { useDebounced } from '../parts/use-debounced.ts';
import { useFormat } from '../parts/words/use-format.ts';
import type { ScreenName } from './screen-names.ts';
import { screens } from './screens.tsx';

const palettePatients = graphql(`
  query PalettePatients($search: String!) {
    patients(search: $search, first: 6) {
      edges {
        cursor
        node {
          id
          name
          birthDate
        }
      }
    }
  }
`);

interface CommandPaletteProps {
  readonly screens: readonly ScreenName[];
  readonly onLock: () => void;
  /** Undefined where nobody else works at this desk. */
  readonly onTakeOver: (() => void) | undefined;
}

/** Takes the focus as the palette opens: Mantine's own trap waits a turn, in which a letter would be lost. */
const takeFocus = (search: HTMLInputElement | null): void => search?.focus();

/** Mod+K: every screen, every patient, and what can be done, by typing; each with the keys that do it at once. */
export function CommandPalette({ screens: offered, onLock, onTakeOver }: CommandPaletteProps) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  /** For what Enter was pressed. */
  const [taken, setTaken] = useState<string>();
  const announced = useShortcuts();
  /** What the screen behind begins: it goes on changing while the palette is open, and the list stands. */
  const [here, setHere] = useState<readonly Shortcut[]>([]);
  const asked = useDebounced(typed.trim(), 80);
  const { data, error } = useQuery(palettePatients, {
    variables: { search: asked },
    skip: asked.length < 2,
    fetchPolicy: 'no-cache',
  });

  const isLooking = typed.trim().length >= 2 && (asked !== typed.trim() || (!data && !error));
  const patients = asked.length < 2 ? [] : (data?.patients.edges ?? []);
  const first = isLooking ? undefined : patients[0]?.node.id;
  /** Patients come after the palette has chosen among what was there: Enter takes the first of them where nothing is chosen. */
  const takeFirst = (event: KeyboardEvent<HTMLInputElement>): void => {
    const isChosen = event.currentTarget.closest('[role=dialog]')?.querySelector('[data-selected]') != null;
    setTaken(event.key === 'Enter' && !event.nativeEvent.isComposing && !isChosen ? typed : undefined);
  };
  // Who is quicker than the answer has pressed Enter once: what they looked for opens when it has come.
  useEffect(() => {
    if (taken === undefined || isLooking) return;
    setTaken(undefined);
    if (taken !== typed || first === undefined) return;
    spotlight.close();
    go('chart', first);
  }, [taken, typed, isLooking, first, go]);
  const actions = [
    ...(patients.length === 0
      ? []
      : [
          {
            group: t('palette.patients'),
            actions: patients.map(({ node }) => ({
              id: node.id,
              label: node.name,
              description: format.recorded(node.birthDate),
              // The service has already matched the words; the palette must not judge again.
              keywords: [typed],
              leftSection: <IconUser size={18} aria-hidden />,
              onClick: () => go('chart', node.id),
            })),
          },
        ]),
    ...(here.length === 0
      ? []
      : [
          {
            group: t('palette.here'),
            actions: here.map(({ keys, label, run }) => ({
              id: `here ${keys}`,
              label,
              leftSection: <IconPlayerPlay size={18} aria-hidden />,
              rightSection: <KeyCaps keys={keys} />,
              onClick: run,
            })),
          },
        ]),
    {
      group: t('palette.screens'),
      actions: offered.map((name) => {
        const { icon: Icon, key } = screens[name];
        return {
          id: name,
          label: t(`screens.${name}`),
          leftSection: <Icon size={18} aria-hidden />,
          rightSection: <KeyCaps keys={`g ${key}`} />,
          onClick: () => go(name),
        };
      }),
    },
    {
      group: t('palette.acts'),
      actions: [
        ...(onTakeOver
          ? [
              {
                id: 'take-over',
                label: t('shell.takeOver'),
                leftSection: <IconSwitchHorizontal size={18} aria-hidden />,
                rightSection: <KeyCaps keys="mod+u" />,
                onClick: onTakeOver,
              },
            ]
          : []),
        {
          id: 'lock',
          label: t('shell.lock'),
          leftSection: <IconLock size={18} aria-hidden />,
          rightSection: <KeyCaps keys="mod+l" />,
          onClick: onLock,
        },
      ],
    },
  ];

  return (
    <Spotlight
      actions={actions}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightOpen={() => setHere(announced().filter(({ isAct }) => isAct))}
      shortcut="mod + K"
      nothingFound={t(isLooking ? 'palette.looking' : error ? 'palette.failed' : 'palette.nothing')}
      transitionProps={{ duration: 0 }}
      searchProps={{
        ref: takeFocus,
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t('palette.type'),
        'aria-label': t('palette.type'),
        autoComplete: 'off',
        onKeyDown: takeFirst,
      }}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      // In a low window (letters at 400 %) what was found still has its place.
      yOffset="min(80px, 8vh)"
      styles={{ actionsList: { maxHeight: 'max(100vh - 15rem, 6rem)' } }}
      scrollable
      maxHeight={420}
    />
  );
}

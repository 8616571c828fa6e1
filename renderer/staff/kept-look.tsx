/** The page looks as who is signed in chose it at this computer, or as it was chosen at the locked door; a new choice is kept. */
import { useMutation } from '@apollo/client/react';
import { useMantineColorScheme } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../generated/graphql.ts';
import { isLanguage, preferredLanguage } from '../language/words.ts';
import { type ChosenLook, LookKeeperProvider } from '../parts/look-keeper.ts';
import { quietly } from '../parts/quietly.ts';
import { chooseLook } from './start/workstation.ts';

const SCHEMES = { LIGHT: 'light', DARK: 'dark' } as const;

interface KeptLookProps {
  readonly look: WorkstationPartsFragment['look'] | undefined;
  readonly children: ReactNode;
}

export function KeptLook({ look, children }: KeptLookProps) {
  const { i18n } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const [choose] = useMutation(chooseLook);
  const language = look?.language;
  const scheme = look?.scheme;
  const isKnown = look !== undefined;

  /** What was chosen before the workstation answered stays, until somebody's own choice comes. */
  const isApplied = useRef(false);
  useEffect(() => {
    if (!isKnown || !(language || scheme || isApplied.current)) return;
    isApplied.current = true;
    const wanted = language && isLanguage(language) ? language : preferredLanguage(navigator.languages);
    if (i18n.language !== wanted) void i18n.changeLanguage(wanted);
    setColorScheme(scheme ? SCHEMES[scheme] : 'auto');
  }, [i18n, setColorScheme, isKnown, language, scheme]);

  const keep = useCallback((chosen: ChosenLook) => quietly(choose({ variables: chosen })), [choose]);
  return <LookKeeperProvider value={keep}>{children}</LookKeeperProvider>;
}

/** What of a screen can be taken along: on paper, in a file. It depends on where the kiosk's page is shown. */
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { createContext, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { JustDone, Refused } from '../kiosk-parts.tsx';

export interface TakeHome {
  /** Prints the page as it stands; resolves when the printer has it. Undefined where there is none. */
  readonly print: (() => Promise<void>) | undefined;
  /** Undefined in the kiosk's own window, from which nothing is saved. */
  readonly save: ((name: string, content: string, type?: string) => void) | undefined;
  /** Whether the page says by itself how printing went; a browser's own dialog does. */
  readonly isSilent: boolean;
}

const TakeHomeContext = createContext<TakeHome>({ print: undefined, save: undefined, isSilent: true });

export const TakeHomeProvider = TakeHomeContext.Provider;

export const useTakeHome = (): TakeHome => useContext(TakeHomeContext);

const printedFor = graphql(`
  query PrintedFor {
    me {
      name
      birthDate
    }
  }
`);

/** Each printed page says at its foot whose it is; the style sheet lays it beside the page's number. */
function usePrintedFoot(): void {
  const format = useFormat();
  const me = useQuery(printedFor).data?.me;
  const facts = me ? [me.name, format.recorded(me.birthDate), format.day(Date.now())] : [];
  // Each in its own direction, whichever that of the page is.
  const foot = facts
    .filter(Boolean)
    .map((fact) => `\u2068${fact}\u2069`)
    .join(' · ');
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--kiosk-foot', JSON.stringify(foot));
    return () => {
      style.removeProperty('--kiosk-foot');
    };
  }, [foot]);
}

/** Prints this page, and says how that went; nothing where nothing can be printed. */
export function PrintPage() {
  const { t } = useTranslation('kiosk');
  usePrintedFoot();
  const { print, isSilent } = useTakeHome();
  const [state, setState] = useState<'asked' | 'printing' | 'printed' | { readonly error: unknown }>('asked');
  if (!print) return null;
  const begin = (): void => {
    setState('printing');
    print().then(
      () => setState(isSilent ? 'printed' : 'asked'),
      (error: unknown) => setState({ error }),
    );
  };
  return (
    <div className="kiosk-unprinted">
      {state === 'printed' ? <JustDone title={t('papers.printed')}>{t('papers.takePaper')}</JustDone> : null}
      {typeof state === 'object' ? <Refused error={state.error} onAgain={begin} /> : null}
      {state === 'asked' || state === 'printing' ? (
        <Button onClick={begin} loading={state === 'printing'}>
          {t('papers.print')}
        </Button>
      ) : null}
    </div>
  );
}

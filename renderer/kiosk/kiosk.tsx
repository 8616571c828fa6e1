/** The kiosk: who stands before it chooses a language, checks in with card and PIN, and leaves nothing behind. */
import { useMutation, useQuery, useSubscription } from '@apollo/client/react';
import { useDirection } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../generated/kiosk/gql.ts';
import type { KioskPartsFragment } from '../generated/kiosk/graphql.ts';
import { isRightToLeft, type KioskLanguage, kioskLanguages } from '../language/kiosk-words.ts';
import { quietly } from '../parts/quietly.ts';
import { CheckIn } from './check-in/check-in.tsx';
import { Goodbye } from './check-in/goodbye.tsx';
import { LanguageChoice } from './check-in/language-choice.tsx';
import { CodeGate, SetUp } from './check-in/set-up.tsx';
import { KioskHead, KioskPage, Refused, Waiting } from './kiosk-parts.tsx';
import { PatientSession } from './patient-session.tsx';
import { hush } from './read-aloud.ts';

const kioskNow = graphql(`
  query KioskNow {
    kiosk {
      ...KioskParts
    }
  }
  fragment KioskParts on Kiosk {
    state
    clinic
    canCheckIn
    idleSeconds
    graceSeconds
    device
  }
`);
const kioskChanged = graphql(`
  subscription KioskChanged {
    kioskChanged {
      ...KioskParts
    }
  }
`);
const endSession = graphql(`
  mutation EndSession {
    endSession {
      state
    }
  }
`);

const LEFT_IN = 'left';

let isLeaving = false;

/** A fresh page, and with it fresh memory; it says goodbye in the language of who has left. */
function beginAnew(language?: string): void {
  if (isLeaving) return;
  isLeaving = true;
  hush();
  window.history.replaceState(null, '', language ? `?${LEFT_IN}=${language}` : window.location.pathname);
  window.location.reload();
}

const toNextPerson = (): void => beginAnew();

const leftIn = (): KioskLanguage | undefined => {
  const language = new URLSearchParams(window.location.search).get(LEFT_IN);
  return kioskLanguages.find((known) => known === language);
};

interface KioskProps {
  /** The host knows this browser. */
  readonly admitted: boolean;
  readonly onCode: (code: string) => Promise<void>;
}

export function Kiosk({ admitted, onCode }: KioskProps) {
  useLockedPage();
  return admitted ? <OpenKiosk /> : <CodeGate onCode={onCode} />;
}

function OpenKiosk() {
  const { t, i18n } = useTranslation('kiosk');
  const { setDirection } = useDirection();
  const [language, setLanguage] = useState<KioskLanguage | undefined>();
  const [left] = useState(leftIn);
  const { data, error, refetch } = useQuery(kioskNow);
  const [end] = useMutation(endSession);
  const live = useSubscription(kioskChanged);
  const kiosk = live.data?.kioskChanged ?? data?.kiosk;
  const wasOpen = useRef(false);

  // Nobody goes on with the session of a page that is gone.
  const [cleared, setCleared] = useState(false);
  useEffect(() => {
    end().then(
      () => setCleared(true),
      () => setCleared(true),
    );
  }, [end]);

  const leave = useCallback((): void => {
    quietly(end().finally(() => beginAnew(i18n.language)));
  }, [end, i18n]);

  useEffect(() => {
    if (kiosk?.state === 'OPEN' && language) wasOpen.current = true;
    // The session ended by itself: its process is gone, or nobody had touched the page.
    else if (kiosk?.state === 'READY' && wasOpen.current) beginAnew(i18n.language);
  }, [kiosk?.state, language, i18n]);

  const choose = (chosen: KioskLanguage): void => {
    void i18n.changeLanguage(chosen);
    setDirection(isRightToLeft(chosen) ? 'rtl' : 'ltr');
    setLanguage(chosen);
  };

  if (error && !kiosk)
    return (
      <KioskPage>
        <Refused title={t('frame.notShown')} error={error} onAgain={() => quietly(refetch())} />
      </KioskPage>
    );
  if (!kiosk || !cleared) return <Waiting />;
  return (
    <>
      <KioskHead clinic={kiosk.clinic} />
      {language || !isSetUp(kiosk) ? (
        <WithLanguage kiosk={kiosk} onLeave={leave} />
      ) : left ? (
        <Goodbye language={left} onNext={toNextPerson} />
      ) : (
        <LanguageChoice clinic={kiosk.clinic} onChoose={choose} />
      )}
    </>
  );
}

const isSetUp = ({ state }: KioskPartsFragment): boolean => state !== 'NEW' && state !== 'WAITING';

/** What the kiosk is for, by how far it and its visitor are. */
function WithLanguage({ kiosk, onLeave }: { kiosk: KioskPartsFragment; onLeave: () => void }) {
  if (!isSetUp(kiosk)) return <SetUp device={kiosk.device} waiting={kiosk.state === 'WAITING'} />;
  const times = { idle: kiosk.idleSeconds, grace: kiosk.graceSeconds };
  if (kiosk.state === 'OPEN') return <PatientSession times={times} onLeave={onLeave} />;
  return <CheckIn times={times} canCheckIn={kiosk.canCheckIn} onLeave={onLeave} />;
}

const FOCUSABLE = 'button:not([disabled]), input:not([disabled]), [tabindex="0"]';

/** After the last key of the page comes its first: there is nothing around it where a person could get lost. */
function stayInPage(event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  const all = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((element) => !element.closest('[inert]'));
  const [first, last] = event.shiftKey ? [all.at(-1), all[0]] : [all[0], all.at(-1)];
  if (document.activeElement !== last || !first) return;
  event.preventDefault();
  first.focus();
}

/** Nothing is copied, cut, dragged or dropped, no menu opens, and nothing is zoomed out of its place. */
function useLockedPage(): void {
  useEffect(() => {
    const refuse = (event: Event): void => event.preventDefault();
    const refuseZoom = (event: WheelEvent | KeyboardEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      if (event instanceof WheelEvent || ['-', '+', '=', '0', 'p', 's', 'o', 'u', 'f', 'g'].includes(event.key.toLowerCase()))
        event.preventDefault();
    };
    const kinds = ['contextmenu', 'copy', 'cut', 'dragstart', 'dragover', 'drop'];
    for (const kind of kinds) document.addEventListener(kind, refuse);
    window.addEventListener('wheel', refuseZoom, { passive: false });
    window.addEventListener('keydown', refuseZoom);
    window.addEventListener('keydown', stayInPage);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, refuse);
      window.removeEventListener('wheel', refuseZoom);
      window.removeEventListener('keydown', refuseZoom);
      window.removeEventListener('keydown', stayInPage);
    };
  }, []);
}

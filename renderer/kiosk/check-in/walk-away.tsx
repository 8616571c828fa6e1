/** Walking away: without a touch the page covers itself, counts down where everybody sees it, and ends. */
import { useMutation } from '@apollo/client/react';
import { Button, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import { quietly } from '../../parts/quietly.ts';
import { isReading, useSaidInstead } from '../read-aloud.ts';

const stay = graphql(`
  mutation Stay {
    stay
  }
`);

export interface WalkAwayTimes {
  /** Seconds without a touch until the page asks. */
  readonly idle: number;
  /** Seconds that it then waits. */
  readonly grace: number;
}

/** The service is told of touches at most this often. */
const TELL_MS = 5_000;
/** Whoever listens touches nothing: a text that is read counts for so long since the last touch. */
const LISTENING_MS = 180_000;
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

interface WalkAwayProps {
  readonly times: WalkAwayTimes;
  /** Whether the service keeps a session that has to hear of touches. */
  readonly session: boolean;
  /** Somebody is in a video visit: they look at the glass and touch nothing. */
  readonly talking?: boolean;
  readonly onLeave: () => void;
  readonly children: ReactNode;
}

export function WalkAway({ times, session, talking = false, onLeave, children }: WalkAwayProps) {
  const [tell] = useMutation(stay);
  const [left, setLeft] = useState<number | undefined>();
  const touchedAt = useRef(Date.now());
  const toldAt = useRef(0);
  /** By a hand, not by being read to. */
  const handAt = useRef(Date.now());

  const touched = useCallback((): void => {
    touchedAt.current = Date.now();
    setLeft(undefined);
    if (!session || Date.now() - toldAt.current < TELL_MS) return;
    toldAt.current = Date.now();
    quietly(tell());
  }, [session, tell]);

  useEffect(() => {
    // While the page asks, only the answer counts: a sleeve on the glass is nobody.
    const hear = (): void => {
      if (left !== undefined) return;
      handAt.current = Date.now();
      touched();
    };
    for (const touch of TOUCHES) window.addEventListener(touch, hear, { passive: true, capture: true });
    return () => {
      for (const touch of TOUCHES) window.removeEventListener(touch, hear, { capture: true });
    };
  }, [left, touched]);

  useEffect(() => {
    if (!talking) return;
    touched();
    const timer = setInterval(touched, TELL_MS);
    return () => clearInterval(timer);
  }, [talking, touched]);

  useEffect(() => {
    if (talking) return;
    // Whoever is elsewhere is not here: another window in front, or the screen switched away.
    const away = (): void => {
      touchedAt.current = Math.min(touchedAt.current, Date.now() - times.idle * 1_000);
      setLeft(times.grace);
    };
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') away();
    };
    window.addEventListener('blur', away);
    document.addEventListener('visibilitychange', hidden);
    const timer = setInterval(() => {
      const isHeard = left === undefined && isReading() && Date.now() - handAt.current < LISTENING_MS;
      if (isHeard) return touched();
      const since = (Date.now() - touchedAt.current) / 1_000 - times.idle;
      if (since < 0) return;
      const rest = Math.ceil(times.grace - since);
      setLeft(Math.max(0, rest));
      if (rest <= 0) onLeave();
    }, 500);
    return () => {
      window.removeEventListener('blur', away);
      document.removeEventListener('visibilitychange', hidden);
      clearInterval(timer);
    };
  }, [times.idle, times.grace, talking, left, touched, onLeave]);

  return (
    <>
      <div inert={left !== undefined} style={{ display: 'contents' }}>
        {children}
      </div>
      {left === undefined ? null : (
        <StillThere
          seconds={left}
          onStay={() => {
            handAt.current = Date.now();
            touched();
          }}
        />
      )}
    </>
  );
}

function StillThere({ seconds, onStay }: { seconds: number; onStay: () => void }) {
  const { t } = useTranslation('kiosk');
  // Behind the cover nothing is read on to whoever stands there.
  useSaidInstead(t('leaving.title'));
  return (
    <div className="kiosk-cover" role="alertdialog" aria-modal="true" aria-labelledby="still-there">
      <Stack align="center" gap="lg">
        <Title order={1} id="still-there">
          {t('leaving.title')}
        </Title>
        <Text size="4rem" fw={700} aria-hidden>
          {seconds}
        </Text>
        <Text ta="center">{t('leaving.seconds', { count: seconds })}</Text>
        <Button variant="filled" onClick={onStay} autoFocus>
          {t('leaving.stay')}
        </Button>
      </Stack>
    </div>
  );
}

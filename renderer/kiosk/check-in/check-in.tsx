/** Two things that nobody else has together: the card and the PIN. */
import { useMutation } from '@apollo/client/react';
import { Alert, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import { quietly } from '../../parts/quietly.ts';
import { KioskBar, Waiting } from '../kiosk-parts.tsx';
import { CardStep } from './card-step.tsx';
import { PinStep } from './pin-step.tsx';
import { WalkAway, type WalkAwayTimes } from './walk-away.tsx';

const checkIn = graphql(`
  mutation CheckIn($card: String!, $pin: String!) {
    checkIn(card: $card, pin: $pin) {
      state
    }
  }
`);

const prepare = graphql(`
  mutation Prepare {
    prepare
  }
`);

interface CheckInProps {
  readonly times: WalkAwayTimes;
  /** Somebody who counts tries is in reach, as far as is known: otherwise it is said before a card is held and a PIN typed. */
  readonly canCheckIn: boolean;
  readonly onLeave: () => void;
}

export function CheckIn({ times, canCheckIn, onLeave }: CheckInProps) {
  const { t } = useTranslation('kiosk');
  const [card, setCard] = useState('');
  const [ask, { error, loading, reset }] = useMutation(checkIn);
  const [start] = useMutation(prepare);
  // Again after a refusal, of which nothing is left.
  useEffect(() => {
    if (!loading) quietly(start());
  }, [loading, start]);
  if (loading) return <Waiting text={t('pin.checking')} hint={t('pin.checkingHint')} />;
  const back = (): void => {
    reset();
    setCard('');
  };
  return (
    <WalkAway times={times} session={false} onLeave={onLeave}>
      <KioskBar onDone={onLeave} onBack={card ? back : undefined} />
      {canCheckIn || error ? null : (
        <Alert color="yellow" role="status" className="kiosk-notice">
          <Text c="black">{t('refusals.card.no-keeper')}</Text>
        </Alert>
      )}
      {card ? (
        <PinStep error={error} onPin={(pin) => void ask({ variables: { card, pin } }).catch(() => undefined)} />
      ) : (
        <CardStep onCard={setCard} />
      )}
    </WalkAway>
  );
}

/** Ending a consent: what it says and what was signed, then one question. */
import { useMutation } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../generated/kiosk/gql.ts';
import type { OwnConsentPartsFragment } from '../generated/kiosk/graphql.ts';
import { ConsentFacts, isOver } from './consents.tsx';
import { KioskPage, Refused, ScreenTitle, Waiting } from './kiosk-parts.tsx';
import { SignedText } from './signed-text.tsx';

const endMyConsent = graphql(`
  mutation EndMyConsent($id: ID!) {
    withdrawConsent(id: $id) {
      ...OwnConsentParts
    }
  }
`);

interface EndConsentProps {
  readonly consent: OwnConsentPartsFragment;
  readonly onEnded: (consent: OwnConsentPartsFragment) => void;
  readonly onKeep: () => void;
}

export function EndConsent({ consent, onEnded, onKeep }: EndConsentProps) {
  const { t } = useTranslation('kiosk');
  const [asking, setAsking] = useState(false);
  const [end, { error, loading }] = useMutation(endMyConsent);
  if (loading) return <Waiting />;
  if (!asking)
    return (
      <KioskPage>
        <ScreenTitle>{consent.recipient}</ScreenTitle>
        <ConsentFacts consent={consent} />
        {isOver(consent) ? null : (
          <Group>
            <Button onClick={() => setAsking(true)}>{t('consents.end')}</Button>
          </Group>
        )}
        <SignedText title={t('consents.read')} text={consent.text} language={consent.language} />
      </KioskPage>
    );
  const endNow = (): void => {
    end({ variables: { id: consent.id } }).then(
      ({ data }) => data && onEnded(data.withdrawConsent),
      () => undefined,
    );
  };
  return (
    <KioskPage key="asking">
      <ScreenTitle>{t('consents.endTitle')}</ScreenTitle>
      <Text>{t('consents.stops', { who: consent.recipient })}</Text>
      <Text>{t('consents.remains')}</Text>
      {error ? <Refused error={error} /> : null}
      <Group>
        <Button variant="filled" onClick={endNow}>
          {t('consents.endNow')}
        </Button>
        <Button onClick={onKeep}>{t('consents.keep')}</Button>
      </Group>
    </KioskPage>
  );
}

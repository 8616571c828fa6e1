/** Confirming a consent that staff recorded: all its words, and one signature. */
import { useMutation } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { graphql } from '../generated/kiosk/gql.ts';
import type { OwnConsentPartsFragment } from '../generated/kiosk/graphql.ts';
import { KioskPage, Refused, ScreenTitle, Waiting } from './kiosk-parts.tsx';
import { SignedText } from './signed-text.tsx';

const confirmMyConsent = graphql(`
  mutation ConfirmMyConsent($id: ID!, $hash: ID!) {
    confirmConsent(id: $id, hash: $hash) {
      ...OwnConsentParts
    }
  }
`);

interface ConfirmConsentProps {
  readonly consent: OwnConsentPartsFragment;
  readonly onConfirmed: (consent: OwnConsentPartsFragment) => void;
  readonly onKeep: () => void;
}

export function ConfirmConsent({ consent, onConfirmed, onKeep }: ConfirmConsentProps) {
  const { t } = useTranslation('kiosk');
  const [confirm, { error, loading }] = useMutation(confirmMyConsent);
  if (loading) return <Waiting />;
  const sign = (): void => {
    confirm({ variables: { id: consent.id, hash: consent.hash } }).then(
      ({ data }) => data && onConfirmed(data.confirmConsent),
      () => undefined,
    );
  };
  return (
    <KioskPage key="confirming">
      <ScreenTitle>{t('give.read')}</ScreenTitle>
      <SignedText title={consent.recipient} text={consent.text} language={consent.language} />
      <Text>{t('consents.confirmMeans')}</Text>
      {error ? <Refused error={error} /> : null}
      <Group>
        <Button variant="filled" onClick={sign}>
          {t('give.agree')}
        </Button>
        <Button onClick={onKeep}>{t('consents.notNow')}</Button>
      </Group>
    </KioskPage>
  );
}

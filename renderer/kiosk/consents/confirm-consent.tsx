/** Confirming a consent that staff recorded: all its words, and one signature. */
import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { OwnConsentPartsFragment } from '../../generated/kiosk/graphql.ts';
import { Waiting } from '../kiosk-parts.tsx';
import { ReadAndSign } from './signed-text.tsx';

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
    <ReadAndSign
      title={consent.recipient}
      text={consent.text}
      language={consent.language}
      means={t('consents.confirmMeans')}
      error={error}
      onSign={sign}
      back={t('consents.notNow')}
      onBack={onKeep}
    />
  );
}

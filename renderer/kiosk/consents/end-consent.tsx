/** One consent: what it says and what was signed; then one question to end it, or the same words again to confirm it. */
import { useMutation } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { OwnConsentPartsFragment } from '../../generated/kiosk/graphql.ts';
import { DecidingButton } from '../deciding-button.tsx';
import { KioskPage, Refused, ScreenTitle, Waiting } from '../kiosk-parts.tsx';
import { ConsentProof } from '../papers/proof-paper.tsx';
import { ConfirmConsent } from './confirm-consent.tsx';
import { ConsentFacts, type ConsentRights, canBeSigned, wordsTitle } from './consents.tsx';
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
  readonly may: ConsentRights;
  readonly onConfirmed: (consent: OwnConsentPartsFragment) => void;
  readonly onEnded: (consent: OwnConsentPartsFragment) => void;
  readonly onKeep: () => void;
}

export function EndConsent({ consent, may, onConfirmed, onEnded, onKeep }: EndConsentProps) {
  const { t } = useTranslation('kiosk');
  const [asking, setAsking] = useState<'confirm' | 'end' | 'proof' | undefined>();
  const [end, { error, loading }] = useMutation(endMyConsent);
  if (loading) return <Waiting />;
  if (asking === 'confirm') return <ConfirmConsent consent={consent} onConfirmed={onConfirmed} onKeep={onKeep} />;
  if (asking === 'proof')
    return (
      <ConsentProof id={consent.id}>
        <SignedText title={t(wordsTitle(consent))} text={consent.text} language={consent.language} />
      </ConsentProof>
    );
  if (!asking)
    return (
      <KioskPage>
        <ScreenTitle>{consent.recipient}</ScreenTitle>
        <ConsentFacts consent={consent} isOwn={may.actedForBy == null} />
        <Group>
          {canBeSigned(consent) && consent.signedBy === 'CLINIC' && may.mayGive ? (
            <Button onClick={() => setAsking('confirm')}>{t('consents.confirm')}</Button>
          ) : null}
          {canBeSigned(consent) && may.mayConsent ? <Button onClick={() => setAsking('end')}>{t('consents.end')}</Button> : null}
          <Button onClick={() => setAsking('proof')}>{t('proof.take')}</Button>
        </Group>
        <SignedText title={t(wordsTitle(consent))} text={consent.text} language={consent.language} />
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
        <DecidingButton onPress={endNow}>{t('consents.endNow')}</DecidingButton>
        <Button onClick={onKeep}>{t('consents.keep')}</Button>
      </Group>
    </KioskPage>
  );
}

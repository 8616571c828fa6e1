/** Something to take home that anybody can check without us: its words, QR codes of it, and where there is a printer or a browser paper or a file. */
import { useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import { codeParts } from '../../parts/camera/code-parts.ts';
import { KioskPage, ScreenTitle, Unanswered, Waiting } from '../kiosk-parts.tsx';
import { PrintPage, useTakeHome } from './take-home.tsx';

const QrCode = lazy(() => import('../../parts/paper/qr-code.tsx').then((file) => ({ default: file.QrCode })));

const myConsentProof = graphql(`
  query MyConsentProof($id: ID!) {
    consentProof(id: $id)
  }
`);
const myBenefitReceipt = graphql(`
  query MyBenefitReceipt($id: ID!) {
    benefitReceipt(id: $id)
  }
`);

const myReadingsReceipt = graphql(`
  query MyReadingsReceipt {
    readingsReceipt
  }
`);

interface ProofProps {
  readonly id: string;
  readonly children: ReactNode;
}

export function AccessReceipt({ children }: Omit<ProofProps, 'id'>) {
  const asked = useQuery(myReadingsReceipt, { fetchPolicy: 'no-cache' });
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  return (
    <ProofPaper kind="access" json={asked.data.readingsReceipt}>
      {children}
    </ProofPaper>
  );
}

export function ConsentProof({ id, children }: ProofProps) {
  const asked = useQuery(myConsentProof, { variables: { id }, fetchPolicy: 'no-cache' });
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  return (
    <ProofPaper kind="consent" json={asked.data.consentProof}>
      {children}
    </ProofPaper>
  );
}

export function RewardProof({ id, children }: ProofProps) {
  const asked = useQuery(myBenefitReceipt, { variables: { id }, fetchPolicy: 'no-cache' });
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  return (
    <ProofPaper kind="reward" json={asked.data.benefitReceipt}>
      {children}
    </ProofPaper>
  );
}

interface ProofPaperProps {
  readonly kind: 'access' | 'consent' | 'reward' | 'erasure';
  /** For `careledger verify`. */
  readonly json: string;
  /** What it is about, in words. */
  readonly children: ReactNode;
}

export function ProofPaper({ kind, json, children }: ProofPaperProps) {
  const { t } = useTranslation('kiosk');
  const { save } = useTakeHome();
  const parts = codeParts(json);
  return (
    <KioskPage key="proof">
      <ScreenTitle>{t(`proof.${kind}`)}</ScreenTitle>
      <PrintPage />
      {save ? (
        <Group className="kiosk-unprinted">
          <Button onClick={() => save(`${kind}-proof.json`, json)}>{t('proof.save')}</Button>
        </Group>
      ) : null}
      {children}
      <Text>{t('proof.check')}</Text>
      {parts.length > 0 ? (
        <Suspense fallback={<Waiting />}>
          <Text>{t('proof.codes', { count: parts.length })}</Text>
          <div className="kiosk-codes">
            {parts.map((text, index) => (
              <QrCode key={text} text={text} label={t('proof.code', { part: index + 1, parts: parts.length })} size={300} />
            ))}
          </div>
        </Suspense>
      ) : (
        <Text>{t(save ? 'proof.asFile' : 'proof.atDesk')}</Text>
      )}
    </KioskPage>
  );
}

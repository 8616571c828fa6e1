/** The proof of a consent for the patient to take home: on paper with its words and codes, or as a file that `careledger verify` checks. */
import { useQuery } from '@apollo/client/react';
import { Button, Group, Modal, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentPartsFragment } from '../../generated/graphql.ts';
import { download } from '../../parts/fields/download.ts';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import {
  type PaperFacts,
  paperCodes,
  paperFoot,
  paperHead,
  paperLines,
  paperPatient,
  paperTitle,
} from '../../parts/paper/paper-parts.tsx';
import { PaperSheet } from '../../parts/paper/paper-sheet.tsx';
import { printedPatient, usePaperFacts } from '../../parts/paper/printer-now.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { consentProofOf } from './consent-documents.ts';

interface ConsentProofProps {
  readonly patient: string;
  readonly consent: ConsentPartsFragment;
  readonly onClose: () => void;
}

export function ConsentProof({ patient, consent, onClose }: ConsentProofProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const proof = useQuery(consentProofOf, { variables: { patient, id: consent.id }, fetchPolicy: 'no-cache' });
  const who = useQuery(printedPatient, { variables: { patient } });
  const error = proof.error ?? who.error;
  const [json, person] = [proof.data?.consentProof, who.data?.patient];
  return (
    <Modal
      opened
      onClose={onClose}
      size="90%"
      title={titled(t('consent.proofOf', { clinic: consent.recipientName }))}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {error ? <ErrorNotice error={error} /> : null}
      {!error && !(json && person) ? <Loading rows={4} /> : null}
      {json && person ? <ProofSheet json={json} patient={person} consent={consent} /> : null}
    </Modal>
  );
}

interface ProofSheetProps {
  readonly json: string;
  readonly patient: PaperFacts['patient'];
  readonly consent: ConsentPartsFragment;
}

function ProofSheet({ json, patient, consent: { recipientName, text, language } }: ProofSheetProps) {
  const { t } = useTranslation();
  const facts = usePaperFacts(patient);
  const blocks = useMemo(
    () => [
      paperHead(facts),
      paperTitle(facts.t('consent.proofOf', { clinic: recipientName })),
      paperPatient(facts),
      ...paperLines('text', text, language),
      ...paperLines('explained', `\n${facts.t('consent.proofExplained')}`),
      ...paperCodes(facts, json),
    ],
    [facts, recipientName, text, language, json],
  );
  return (
    <PaperSheet size="a4" blocks={blocks} foot={paperFoot(facts)} isReady={facts.clinic !== ''}>
      <Text size="sm">{t('consent.proofExplained')}</Text>
      <Group>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => download('consent-proof.json', json)}
        >
          {t('receipt.download')}
        </Button>
      </Group>
    </PaperSheet>
  );
}

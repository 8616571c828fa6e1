import { Button, Group, Modal, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { IssueCareCardMutation } from '../../generated/graphql.ts';
import { QrCode } from '../../parts/paper/qr-code.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import styles from './printed-card.module.css';

type Printed = IssueCareCardMutation['issueCareCard'];

/** The card on the screen, and once more for paper, in the size of a bank card with marks to cut along. Closed, nothing of it is left. */
export function PrintedCard({ printed, onClose }: { printed: Printed; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('careCard.printTitle')}
      closeOnEscape={false}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Text size="sm" mb="md">
        {t('careCard.printHint')}
      </Text>
      <CardFace printed={printed} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('careCard.printed')}
        </Button>
        <Button leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()} data-autofocus>
          {t('careCard.print')}
        </Button>
      </Group>
      {createPortal(
        <div className={styles.paper}>
          <CardFace printed={printed} />
        </div>,
        document.body,
      )}
    </Modal>
  );
}

function CardFace({ printed: { qr, groups, patientName, clinicName, card } }: { printed: Printed }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <article className={styles.card} aria-label={t('careCard.title')}>
      <QrCode text={qr} label={t('careCard.qr')} size={150} />
      <div className={styles.words}>
        <strong>{t('careCard.title')}</strong>
        <span>{patientName}</span>
        <span>{clinicName}</span>
        <span>{t('careCard.issued', { at: format.day(card.issuedAt) })}</span>
        <code className={styles.code}>
          {groups.slice(0, 4).join(' ')}
          <br />
          {groups.slice(4).join(' ')}
        </code>
        <span>{t('careCard.keepApart')}</span>
      </div>
    </article>
  );
}

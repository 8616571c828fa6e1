import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, NumberInput, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { BackupPartsFragment, MakeRecoverySheetsMutation } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/passphrase-dialog.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { makeRecoverySheets } from './backup-documents.ts';
import styles from './recovery-shares.module.css';

type Sheet = MakeRecoverySheetsMutation['makeRecoverySheets'][number];

/** Who together could bring the clinic back, and new sheets for them. */
export function RecoveryShares({ set }: { set: BackupPartsFragment['recovery'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const [names, setNames] = useState('');
  const [threshold, setThreshold] = useState(3);
  const [sheets, setSheets] = useState<readonly Sheet[] | null>(null);
  // Never in the cache: what is on the sheets is nowhere but on the screen until it is printed.
  const [make] = useMutation(makeRecoverySheets, { fetchPolicy: 'no-cache' });
  const holders = names
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return (
    <Paper withBorder p="md" component="section" aria-label={t('recovery.title')}>
      <Stack gap="sm">
        <Title order={2}>{t('recovery.title')}</Title>
        <Text size="sm">
          {set
            ? t('recovery.set', { threshold: set.threshold, holders: format.list(set.holders), when: format.day(set.made) })
            : t('recovery.none')}
        </Text>
        <Group>
          <Button variant="default" onClick={() => setAsking(true)}>
            {set ? t('recovery.renew') : t('recovery.make')}
          </Button>
        </Group>
      </Stack>
      <PassphraseDialog
        opened={asking}
        title={t('recovery.make')}
        action={t('recovery.makeAction')}
        danger={set !== null}
        onClose={() => setAsking(false)}
        onConfirm={async (passphrase) => {
          const { data } = await make({ variables: { holders, threshold, passphrase } });
          setSheets(data?.makeRecoverySheets ?? null);
        }}
      >
        <Text size="sm">{t('recovery.explained')}</Text>
        {set ? <Text size="sm">{t('recovery.renewExplained')}</Text> : null}
        <Textarea
          label={t('recovery.holders')}
          description={t('recovery.holdersHint')}
          value={names}
          onChange={(event) => setNames(event.currentTarget.value)}
          data-autofocus
          minRows={5}
          autosize
          required
        />
        <NumberInput
          label={t('recovery.threshold')}
          description={t('recovery.thresholdHint', { count: holders.length })}
          value={threshold}
          onChange={(value) => setThreshold(Number(value))}
          min={2}
          max={15}
          allowDecimal={false}
          required
        />
      </PassphraseDialog>
      {sheets ? <Sheets sheets={sheets} threshold={threshold} onClose={() => setSheets(null)} /> : null}
    </Paper>
  );
}

interface SheetsProps {
  readonly sheets: readonly Sheet[];
  readonly threshold: number;
}

/** The sheets on the screen, and once more for paper: a dialog that scrolls would print what shows of it. Closed, nothing is left. */
function Sheets({ sheets, threshold, onClose }: SheetsProps & { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      title={t('recovery.sheets')}
      closeOnEscape={false}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Group mb="md">
        <Button leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()} data-autofocus>
          {t('recovery.print')}
        </Button>
        <Text size="sm">{t('recovery.printHint')}</Text>
      </Group>
      <Pages sheets={sheets} threshold={threshold} />
      {createPortal(
        <div className={styles.paper}>
          <Pages sheets={sheets} threshold={threshold} />
        </div>,
        document.body,
      )}
    </Modal>
  );
}

function Pages({ sheets, threshold }: SheetsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return sheets.map((sheet) => (
    <article
      key={sheet.index}
      className={styles.sheet}
      aria-label={t('recovery.sheet', { index: sheet.index, count: sheets.length })}
    >
      <Title order={2}>{t('recovery.sheet', { index: sheet.index, count: sheets.length })}</Title>
      <Text>{t('recovery.heldBy', { holder: sheet.holder, when: format.day(Date.now()) })}</Text>
      <Text>{t('recovery.purpose', { threshold, count: sheets.length })}</Text>
      <Group align="flex-start" wrap="wrap" my="md">
        <QrCode text={sheet.text} label={t('recovery.qr', { index: sheet.index })} size={260} />
        <div>
          <Text size="sm">{t('recovery.typed')}</Text>
          <ol className={styles.lines}>
            {sheet.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </div>
      </Group>
      <Text size="sm">{t('recovery.keep')}</Text>
      <Text size="sm">{t('recovery.lost')}</Text>
    </article>
  ));
}

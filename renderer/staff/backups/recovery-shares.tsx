import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, NumberInput, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupPartsFragment, MakeRecoverySheetsMutation } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { clinicFoot } from '../../parts/paper/paper-parts.tsx';
import { PaperSheet } from '../../parts/paper/paper-sheet.tsx';
import { usePrinter } from '../../parts/paper/printer-now.ts';
import { QrCode } from '../../parts/paper/qr-code.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
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
  readonly onClose: () => void;
}

/** The sheets as they are printed, one a page. Closed, nothing is left. */
function Sheets({ sheets, threshold, onClose }: SheetsProps) {
  const { t } = useTranslation();
  const printer = usePrinter();
  const blocks = useMemo(
    () =>
      sheets.map((sheet) => ({
        key: `sheet ${sheet.index}`,
        content: <OneSheet sheet={sheet} count={sheets.length} threshold={threshold} />,
        startsPage: true,
      })),
    [sheets, threshold],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      title={t('recovery.sheets')}
      closeOnEscape={false}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <PaperSheet size="a4" blocks={blocks} foot={clinicFoot(printer)} isReady={printer.clinic !== ''}>
        <Text size="sm">{t('recovery.printHint')}</Text>
      </PaperSheet>
    </Modal>
  );
}

function OneSheet({ sheet, count, threshold }: { sheet: Sheet; count: number; threshold: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <article aria-label={t('recovery.sheet', { index: sheet.index, count })}>
      <h2 className={styles.title}>{t('recovery.sheet', { index: sheet.index, count })}</h2>
      <p>{t('recovery.heldBy', { holder: sheet.holder, when: format.day(Date.now()) })}</p>
      <p>{t('recovery.purpose', { threshold, count })}</p>
      <div className={styles.secret}>
        <QrCode text={sheet.text} label={t('recovery.qr', { index: sheet.index })} size={260} />
        <div>
          {t('recovery.typed')}
          <ol className={styles.lines}>
            {sheet.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </div>
      </div>
      <p>{t('recovery.keep')}</p>
      <p>{t('recovery.lost')}</p>
    </article>
  );
}

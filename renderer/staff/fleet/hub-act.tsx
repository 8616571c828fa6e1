import { useMutation } from '@apollo/client/react';
import { Alert, Code, List, SegmentedControl, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ACT_REASONS } from '../../../shared/fleet/administration.ts';
import { LAST_RING, WITHDRAWN } from '../../../shared/fleet/rings.ts';
import type { HubActInput } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { valueWord } from '../ledger/act-words.ts';
import { administerHub } from './fleet-documents.ts';

export type WantedHubAct =
  | 'quarantine'
  | 'release'
  | 'rebaseline'
  | 'cut'
  | 'answer'
  | 'takeBack'
  | 'name'
  | 'unname'
  | 'ring'
  | 'offer'
  | 'withdraw';
type Reason = HubActInput['reason'];

const ACTS: Readonly<
  Record<WantedHubAct, Pick<HubActInput, 'kind' | 'set'> & { readonly reasons: readonly Reason[]; readonly danger: boolean }>
> = {
  quarantine: { kind: 'QUARANTINE', set: true, reasons: ['FAULT', 'ATTACK', 'MAINTENANCE', 'ASKED_BY_CLINIC'], danger: true },
  release: { kind: 'QUARANTINE', set: false, reasons: ['RESOLVED', 'ASKED_BY_CLINIC'], danger: false },
  rebaseline: { kind: 'REBASELINE', set: true, reasons: ['FAULT', 'MAINTENANCE', 'ASKED_BY_CLINIC'], danger: false },
  cut: { kind: 'CERTIFICATE', set: true, reasons: ['LOST_DEVICE', 'ATTACK', 'ASKED_BY_CLINIC'], danger: true },
  answer: { kind: 'CERTIFICATE', set: false, reasons: ['RESOLVED', 'ASKED_BY_CLINIC'], danger: false },
  takeBack: { kind: 'INVITATION', set: false, reasons: ['RESOLVED', 'ASKED_BY_CLINIC', 'ATTACK'], danger: false },
  name: { kind: 'ADMINISTRATOR', set: true, reasons: ['NOT_SAID', 'MAINTENANCE'], danger: false },
  unname: { kind: 'ADMINISTRATOR', set: false, reasons: ['NOT_SAID', 'ATTACK', 'RESOLVED'], danger: true },
  ring: { kind: 'RING', set: true, reasons: ['MAINTENANCE', 'ASKED_BY_CLINIC'], danger: false },
  offer: { kind: 'RELEASE', set: true, reasons: ['MAINTENANCE', 'FAULT', 'RESOLVED'], danger: false },
  withdraw: { kind: 'RELEASE', set: true, reasons: ['FAULT', 'MAINTENANCE', 'ATTACK'], danger: true },
};

/** What there is to choose from, where an act sets a number. */
const FIGURES: Readonly<Partial<Record<WantedHubAct, readonly number[]>>> = { ring: [1, 2, 0], offer: [1, 2, LAST_RING, 0] };

interface HubActDialogProps {
  readonly wanted: WantedHubAct;
  /** A clinic's chain or a device. */
  readonly subject: string;
  /** As a person calls it. */
  readonly name: string;
  /** What stands now. */
  readonly before: number;
  readonly onClose: () => void;
  readonly onActed: () => void;
}

/** What an act at the hub will change, as it is and as it will be, before it is signed. */
export function HubActDialog({ wanted, subject, name, before, onClose, onActed }: HubActDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const { kind, set, reasons, danger } = ACTS[wanted];
  const [reason, setReason] = useState<Reason>(reasons[0] ?? 'NOT_SAID');
  const figures = FIGURES[wanted]?.filter((each) => each !== before);
  const [figure, setFigure] = useState(figures?.find((each) => each > before) ?? figures?.[0] ?? Number(set));
  const after = wanted === 'withdraw' ? WITHDRAWN : figure;
  const [send] = useMutation(administerHub);
  const confirm = async (passphrase: string): Promise<void> => {
    await send({ variables: { input: { kind, subject, set: after > 0, figure: after, reason, passphrase } } });
    announce(t(`fleet.acting.${wanted}.done`, { name }));
    onActed();
  };
  return (
    <PassphraseDialog
      opened
      title={t(`fleet.acting.${wanted}.title`, { name })}
      action={t(`fleet.acting.${wanted}.action`)}
      danger={danger}
      onClose={onClose}
      onConfirm={confirm}
    >
      <Stack gap="sm">
        <Text size="sm">{t(`fleet.acting.${wanted}.explained`)}</Text>
        <List size="sm" spacing={4}>
          {t(`fleet.acting.${wanted}.effects`)
            .split('\n')
            .map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
        </List>
        {figures ? <FigureChoice kind={kind} figures={figures} value={figure} onChoose={setFigure} /> : null}
        <SimpleGrid cols={2}>
          <Value label={t('fleet.before')} value={valueWord(t, format, kind, before)} />
          <Value
            label={t('fleet.after')}
            value={kind === 'REBASELINE' ? t('fleet.value.newOrder') : valueWord(t, format, kind, after)}
          />
        </SimpleGrid>
        <Select
          label={t('fleet.reason')}
          description={t('fleet.reasonHint')}
          data={ACT_REASONS.map((each) => each.toUpperCase().replaceAll('-', '_') as Reason)
            .filter((each) => reasons.includes(each))
            .map((value) => ({ value, label: t(`fleet.reasons.${value}`) }))}
          value={reason}
          onChange={(value) => setReason((value as Reason | null) ?? 'NOT_SAID')}
          allowDeselect={false}
        />
        <Alert color="gray" icon={<IconAlertTriangle aria-hidden />} p="xs">
          <Text size="xs">{t('fleet.signed')}</Text>
        </Alert>
      </Stack>
    </PassphraseDialog>
  );
}

interface FigureChoiceProps {
  readonly kind: HubActInput['kind'];
  readonly figures: readonly number[];
  readonly value: number;
  readonly onChoose: (figure: number) => void;
}

/** Into which ring a clinic is put, or up to which a release is offered: each but the one that stands. */
function FigureChoice({ kind, figures, value, onChoose }: FigureChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SegmentedControl
      aria-label={t('fleet.ring')}
      value={String(value)}
      onChange={(chosen) => onChoose(Number(chosen))}
      data={figures.map((figure) => ({ value: String(figure), label: valueWord(t, format, kind, figure) }))}
    />
  );
}

function Value({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Code block>{value}</Code>
    </div>
  );
}

import { useMutation } from '@apollo/client/react';
import { Alert, Checkbox, PasswordInput, Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pinDigits, pinFault } from '../../../shared/care-card/pin.ts';
import type { IssueCareCardMutation } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { issueCareCard } from './card-documents.ts';

interface IssueCardProps {
  readonly patient: string;
  readonly opened: boolean;
  /** Whether a living card dies with it. */
  readonly replaces: boolean;
  readonly onClose: () => void;
  readonly onIssued: (printed: IssueCareCardMutation['issueCareCard']) => void;
}

/** The patient types the PIN twice, then a member of staff answers for the card. */
export function IssueCard({ patient, opened, replaces, onClose, onIssued }: IssueCardProps) {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [emergency, setEmergency] = useState(false);
  // Never in the cache: the code is on the screen until it is printed, and nowhere else.
  const [issue] = useMutation(issueCareCard, { fetchPolicy: 'no-cache' });
  const fault = pin === '' ? undefined : pinFault(pinDigits(pin));
  const close = (): void => {
    setPin('');
    setAgain('');
    setEmergency(false);
    onClose();
  };
  const field = { inputMode: 'numeric', autoComplete: 'off', required: true } as const;
  return (
    <PassphraseDialog
      opened={opened}
      title={t(replaces ? 'careCard.replace' : 'careCard.issue')}
      action={t('careCard.issueAction')}
      danger={replaces}
      onClose={close}
      onConfirm={async (passphrase) => {
        if (pinDigits(pin) !== pinDigits(again)) throw new Error(t('careCard.pinDiffers'));
        const { data } = await issue({ variables: { patient, pin: pinDigits(pin), passphrase, emergency } });
        if (data) onIssued(data.issueCareCard);
      }}
    >
      {replaces ? <Text size="sm">{t('careCard.replaceExplained')}</Text> : <Text size="sm">{t('careCard.issueExplained')}</Text>}
      <Checkbox
        label={t('careCard.emergency')}
        description={t('careCard.emergencyHint')}
        checked={emergency}
        onChange={(event) => setEmergency(event.currentTarget.checked)}
      />
      <Alert color="lagoon" icon={<IconEyeOff aria-hidden />} title={t('careCard.lookAway')}>
        {t('careCard.lookAwayHint')}
      </Alert>
      <PasswordInput
        {...field}
        data-autofocus
        label={t('careCard.pin')}
        description={t('careCard.pinHint')}
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value)}
        error={fault ? t(`careCard.pinFault.${fault}`) : undefined}
      />
      <PasswordInput
        {...field}
        label={t('careCard.pinAgain')}
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        error={again !== '' && pinDigits(again) !== pinDigits(pin) ? t('careCard.pinDiffers') : undefined}
      />
    </PassphraseDialog>
  );
}

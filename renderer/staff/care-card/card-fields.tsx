import { PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isCardCode } from '../../../shared/care-card/card-code.ts';
import type { ShownCard } from '../../generated/graphql.ts';
import { CardCamera } from '../../parts/camera/card-camera.tsx';
import { FormEnd } from '../../parts/fields/form-end.tsx';

const field = { autoComplete: 'off', spellCheck: false, required: true } as const;

/** The card alone: scanned, held in front of the camera, or typed. */
export function CardCode({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <TextInput
        {...field}
        label={t('careCard.code')}
        description={t('careCard.codeHint')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <CardCamera say={(word) => t(`camera.${word}`)} accepts={isCardCode} onRead={onChange} />
    </Stack>
  );
}

/** The patient's card, and the PIN that the patient types. */
export function CardFields({ value, onChange }: { value: ShownCard; onChange: (card: ShownCard) => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <CardCode value={value.code} onChange={(code) => onChange({ ...value, code })} />
      <PasswordInput
        {...field}
        inputMode="numeric"
        label={t('careCard.pin')}
        description={t('careCard.pinOnceHint')}
        value={value.pin}
        onChange={(event) => onChange({ ...value, pin: event.currentTarget.value })}
      />
    </Stack>
  );
}

export const NO_CARD: ShownCard = { code: '', pin: '' };

interface AskingProps {
  readonly isAsking: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  /** The button that asks. */
  readonly children: ReactNode;
}

/** The end of a form that asks what a card opens: how that goes, and its buttons. */
export function Asking({ isAsking, error, onClose, children }: AskingProps) {
  const { t } = useTranslation();
  return (
    <>
      {isAsking ? (
        <Text size="sm" role="status">
          {t('cardVisit.onItsWay')}
        </Text>
      ) : null}
      <FormEnd error={error} onClose={onClose}>
        {children}
      </FormEnd>
    </>
  );
}

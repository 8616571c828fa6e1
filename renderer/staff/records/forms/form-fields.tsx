import { Select, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUnits } from '../../../parts/words/units.ts';

/** The free words that every record may carry. */
export function NoteField({ value, onChange }: { value: string; onChange: (note: string) => void }) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t('write.note')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
      minRows={2}
    />
  );
}

/** What is wrong with a unit that was typed, and which one may have been meant; undefined when UCUM knows it. It is said, and can be saved. */
export function useWrongUnit(unit: string): string | undefined {
  const { t } = useTranslation();
  const units = useUnits();
  if (!units || unit === '' || units.knows(unit)) return undefined;
  const like = units.like(unit);
  return like.length === 0 ? t('write.wrong.unknownUnit') : t('write.wrong.unitLike', { units: like.join(', ') });
}

type Standing =
  | 'active'
  | 'recurrence'
  | 'relapse'
  | 'inactive'
  | 'remission'
  | 'resolved'
  | 'confirmed'
  | 'provisional'
  | 'differential'
  | 'unconfirmed'
  | 'refuted';

interface StandingForm {
  readonly clinical: string;
  readonly verification: string;
}

interface StandingFieldsProps {
  readonly form: StandingForm;
  readonly onChange: (change: Partial<StandingForm>) => void;
  /** The codes to choose from. */
  readonly clinical: readonly Standing[];
  readonly verification: readonly Standing[];
}

/** Whether a problem or an allergy is still there, and how sure that is. */
export function StandingFields({ form, onChange, clinical, verification }: StandingFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t('write.clinical')}
        data={clinical.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={form.clinical || null}
        onChange={(value) => onChange({ clinical: value ?? 'active' })}
        allowDeselect={false}
      />
      <Select
        label={t('write.verification')}
        data={verification.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={form.verification || null}
        onChange={(value) => onChange({ verification: value ?? 'confirmed' })}
        allowDeselect={false}
      />
    </>
  );
}

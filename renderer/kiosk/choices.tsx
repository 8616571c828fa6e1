/** Choices that are large enough for a finger, in groups with a title; none is made beforehand. */
import { Radio, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

export function Part({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  const id = useId();
  return (
    <fieldset aria-labelledby={id} style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
      <Title order={2} id={id}>
        {title}
      </Title>
      <Text mb="sm">{hint}</Text>
      <Stack gap="sm">{children}</Stack>
    </fieldset>
  );
}

export function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label className="kiosk-choice">
      {children}
      <Text component="span">{label}</Text>
    </label>
  );
}

interface OneOfProps<Name extends string> {
  readonly title: string;
  /** What can be chosen, each with its words. */
  readonly offered: ReadonlyArray<readonly [Name, string]>;
  readonly chosen: Name | undefined;
  readonly onChoose: (name: Name) => void;
}

export function OneOf<Name extends string>({ title, offered, chosen, onChoose }: OneOfProps<Name>) {
  const { t } = useTranslation('kiosk');
  const group = useId();
  return (
    <Part title={title} hint={t('give.choose')}>
      {offered.map(([name, label]) => (
        <Choice key={name} label={label}>
          <Radio name={group} value={name} checked={chosen === name} onChange={() => onChoose(name)} aria-label={label} />
        </Choice>
      ))}
    </Part>
  );
}

const PERIODS = { month: 30, year: 365, always: undefined } as const;
export type Period = keyof typeof PERIODS;

/** When a period that begins now is over, in milliseconds; null: never. Whole days of this place, so that a text with it stays the same while it is read. */
export function endOf(period: Period): number | null {
  const days = PERIODS[period];
  if (days === undefined) return null;
  const end = new Date();
  end.setHours(0, 0, 0, 0);
  return end.setDate(end.getDate() + days + 1);
}

/** Until when something is to hold. */
export function PeriodChoice({ chosen, onChoose }: { chosen: Period | undefined; onChoose: (period: Period) => void }) {
  const { t } = useTranslation('kiosk');
  const offered = (Object.keys(PERIODS) as Period[]).map((period) => [period, t(`give.${period}`)] as const);
  return <OneOf title={t('consents.until')} offered={offered} chosen={chosen} onChoose={onChoose} />;
}

/** Somebody went on before everything was chosen. */
export function Missing() {
  const { t } = useTranslation('kiosk');
  return (
    <Text role="alert" fw={700} c="var(--mantine-color-error)">
      {t('give.missing')}
    </Text>
  );
}

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

/** Somebody went on before everything was chosen. */
export function Missing() {
  const { t } = useTranslation('kiosk');
  return (
    <Text role="alert" fw={700} c="var(--mantine-color-error)">
      {t('give.missing')}
    </Text>
  );
}

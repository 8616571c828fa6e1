/** Choices that are large enough for a finger, in groups with a title; none is made beforehand. */
import { Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

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

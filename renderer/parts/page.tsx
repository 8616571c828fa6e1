import { Box, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useHeadingFocus } from './focus/heading-focus.ts';

/** One screen: its heading, what can be done here, its content. The heading takes the focus so that a reader hears where they are. */
export function Page(props: { title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode; focus?: boolean }) {
  const { title, note, actions, children, focus = true } = props;
  const heading = useHeadingFocus(focus);
  return (
    <Stack gap="md" p="lg" maw={1180}>
      <Group justify="space-between">
        <Box flex="1 1 280px">
          <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            {title}
          </Title>
          {note === undefined ? null : (
            <Text c="dimmed" size="sm" component="div">
              {note}
            </Text>
          )}
        </Box>
        {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}

import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { LanguageMenu, SchemeButton } from './look-controls.tsx';

/** A page in front of the workplace: one card in the middle, the program's name above it. */
export function DoorPage({ title, children, width = 460 }: { title: string; children: ReactNode; width?: number }) {
  return (
    <Center component="main" mih="100vh" p="md" bg="var(--careledger-quiet)">
      <Stack gap="md" w="100%" maw={width}>
        <Group justify="space-between">
          <Group gap="xs">
            <IconBook2 aria-hidden size={22} />
            <Text fw={600} size="lg">
              Careledger
            </Text>
          </Group>
          <Group gap={4}>
            <LanguageMenu />
            <SchemeButton />
          </Group>
        </Group>
        <Paper withBorder p="xl" shadow="xs">
          <Stack gap="md">
            <Title order={1}>{title}</Title>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}

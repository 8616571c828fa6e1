/** Copies of one device's data: which are in use, and ending one of two. */

import { useMutation } from '@apollo/client/react';
import { Alert, Badge, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegionMembersQuery } from '../../generated/graphql.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { retireCopy } from './region-documents.ts';

type Device = RegionMembersQuery['devices'][number];
type Copy = Device['copies'][number];

/** Nothing as long as the data was never in use twice. */
export function DeviceCopies({ device, onRetired }: { device: Device; onRetired: () => void }) {
  const { t } = useTranslation();
  const [ending, setEnding] = useState<Copy | null>(null);
  if (!device.inUseTwice) return null;
  const isHere = device.copies.some(({ here }) => here);
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title={isHere ? t('copies.titleHere') : t('copies.title', { device: device.id.slice(0, 16) })}
      mb="sm"
    >
      <Stack gap="xs">
        <Text size="sm">{t('copies.explained')}</Text>
        <List size="sm" spacing={4} listStyleType="none">
          {device.copies
            .filter(({ state }) => state === 'IN_USE')
            .map((copy) => (
              <List.Item key={copy.epoch}>
                <Group gap="xs">
                  <Code>{copy.epoch}</Code>
                  <Text size="sm">{t('copies.blocks', { count: copy.blocks })}</Text>
                  {copy.here ? (
                    <Badge>{t('devices.this')}</Badge>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={t('copies.retireOf', { copy: copy.epoch })}
                      onClick={() => setEnding(copy)}
                    >
                      {t('copies.retire')}
                    </Button>
                  )}
                </Group>
              </List.Item>
            ))}
        </List>
      </Stack>
      {ending ? (
        <Retire
          device={device.id}
          copy={ending}
          onClose={() => setEnding(null)}
          onRetired={() => {
            setEnding(null);
            onRetired();
          }}
        />
      ) : null}
    </Alert>
  );
}

interface RetireProps {
  readonly device: string;
  readonly copy: Copy;
  onClose(): void;
  onRetired(): void;
}

function Retire({ device, copy, onClose, onRetired }: RetireProps) {
  const { t } = useTranslation();
  const [retire] = useMutation(retireCopy);
  return (
    <ConfirmDialog
      title={t('copies.retire')}
      action={t('copies.retire')}
      onClose={onClose}
      onConfirm={async () => {
        await retire({ variables: { device, epoch: copy.epoch } });
        onRetired();
      }}
    >
      <Text size="sm">{t('copies.retireExplained')}</Text>
      <Code block>{copy.epoch}</Code>
    </ConfirmDialog>
  );
}

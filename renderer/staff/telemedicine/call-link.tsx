import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenCallMutation } from '../../generated/graphql.ts';
import { QrCode } from '../../parts/paper/qr-code.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import styles from './video-visit.module.css';

interface CallLinkProps {
  readonly call: OpenCallMutation['openCall'];
  /** Somebody has used it: it lets nobody in any more. */
  readonly isUsed: boolean;
  readonly onNew: () => void;
}

/** The one link that lets the patient in, once. */
export function CallLink({ call, isUsed, onNew }: CallLinkProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asCode, setAsCode] = useState(false);
  if (isUsed)
    return (
      <Alert color="orange">
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{t('call.linkUsed')}</Text>
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onNew}>
            {t('call.newLink')}
          </Button>
        </Stack>
      </Alert>
    );
  return (
    <Stack gap="xs">
      <Text size="sm">{t('call.linkHint', { time: format.time(call.expires) })}</Text>
      {call.kiosk ? <Text size="sm">{t('call.kioskHint')}</Text> : null}
      <Text size="xs" ff="monospace" className={styles.link} data-testid="call-link">
        {call.link}
      </Text>
      <Group gap="xs">
        <CopyButton value={call.link}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              onClick={copy}
            >
              {t(copied ? 'call.copied' : 'call.copyLink')}
            </Button>
          )}
        </CopyButton>
        <Button variant="subtle" aria-expanded={asCode} onClick={() => setAsCode(!asCode)}>
          {t('call.showCode')}
        </Button>
      </Group>
      {asCode ? <QrCode text={call.link} label={t('call.codeLabel')} /> : null}
    </Stack>
  );
}

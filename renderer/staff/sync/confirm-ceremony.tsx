import { Button, Code, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormEnd } from '../../parts/fields/form-end.tsx';

interface ConfirmCeremonyProps {
  readonly title: string;
  readonly explained: string;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly loading: boolean;
  readonly error?: unknown;
  onClose(): void;
  onConfirm(): Promise<unknown>;
}

/** A change of the region, as it was and as it would be, before this clinic signs it. */
export function ConfirmCeremony({ title, explained, before, after, loading, error, onClose, onConfirm }: ConfirmCeremonyProps) {
  const { t } = useTranslation();
  const confirm = async (): Promise<void> => {
    // The refusal is shown below.
    const done = await onConfirm().catch(() => undefined);
    if (done) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Stack gap="md">
        <Text size="sm">{explained}</Text>
        {before && after ? (
          <SimpleGrid cols={2}>
            <Lines title={t('policy.before')} lines={before} />
            <Lines title={t('policy.after')} lines={after} />
          </SimpleGrid>
        ) : null}
        <FormEnd error={error} onClose={onClose}>
          <Button loading={loading} onClick={() => void confirm()}>
            {t('policy.sign')}
          </Button>
        </FormEnd>
      </Stack>
    </Modal>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {lines.join('\n')}
      </Code>
    </div>
  );
}

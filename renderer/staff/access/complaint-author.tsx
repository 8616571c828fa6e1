import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../parts/words/use-format.ts';

interface ComplaintAuthorProps {
  /** Who of the clinic wrote it down; nobody where the patient did so themselves. */
  readonly by: string | null;
  readonly openedAt: number;
}

/** Who complained, and when. */
export function ComplaintAuthor({ by, openedAt }: ComplaintAuthorProps) {
  const { t } = useTranslation();
  const at = useFormat().moment(openedAt);
  return (
    <Text size="xs" c="dimmed">
      {by ? t('access.complaint.by', { by, at }) : t('access.complaint.byPatient', { at })}
    </Text>
  );
}

import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';

/** Says in a corner, and to a screen reader, that something is done. */
export function useAnnounce(): (message: string) => void {
  const { t } = useTranslation();
  return (message) => {
    notifications.show({ message, color: 'green', closeButtonProps: { 'aria-label': t('actions.close') } });
  };
}

import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';

/** Says in a corner, and to a screen reader, that something is done. */
export function useAnnounce(): (message: string) => void {
  const { t } = useTranslation();
  return (message) => {
    // The newest stands alone: in a row the earlier ones would cover the navigation, and late ones speak of what is long past.
    notifications.clean();
    notifications.show({ message, color: 'green', closeButtonProps: { 'aria-label': t('actions.close') } });
  };
}

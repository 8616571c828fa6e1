import { Alert, Button, Center, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface FaultBoundaryProps {
  /** What stands in the place of what could not be drawn. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/** Catches a fault of the page itself while it draws: what is around it goes on, and nobody sits before an empty window. */
export class FaultBoundary extends Component<FaultBoundaryProps, { readonly fallen: boolean }> {
  override state = { fallen: false };

  static getDerivedStateFromError(): { fallen: boolean } {
    return { fallen: true };
  }

  override render(): ReactNode {
    const { children, fallback } = this.props;
    return this.state.fallen ? fallback : children;
  }
}

/** Says that a screen, or the whole page, could not be drawn, and loads the page anew: a part of it may have been missing. */
export function FaultNotice() {
  const { t } = useTranslation();
  return (
    <Center p="xl">
      <Alert color="red" role="alert" maw={560} icon={<IconAlertTriangle aria-hidden />} title={t('states.fallen')}>
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{t('states.fallenExplained')}</Text>
          <Button size="compact-sm" variant="default" onClick={() => window.location.reload()}>
            {t('states.retry')}
          </Button>
        </Stack>
      </Alert>
    </Center>
  );
}

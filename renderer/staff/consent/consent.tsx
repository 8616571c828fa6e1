/** What consent shows in a chart, the review of what was opened beyond it, and what is kept from people of the clinic. */
import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { Loading } from '../../parts/states.tsx';
import type { BreakGlassProps } from './break-glass-form.tsx';

export const ConsentPanel = lazy(() => import('./consent-panel.tsx').then((file) => ({ default: file.ConsentPanel })));

export const GlassScreen = lazy(() => import('./glass-screen.tsx').then((file) => ({ default: file.GlassScreen })));

export const CardNews = lazy(() => import('./card-news.tsx').then((file) => ({ default: file.CardNews })));

export const GlassMark = lazy(() => import('./glass-mark.tsx').then((file) => ({ default: file.GlassMark })));

export const RestrictionsScreen = lazy(() =>
  import('./restrictions-screen.tsx').then((file) => ({ default: file.RestrictionsScreen })),
);

/** Fetched when it is asked for; the button itself never comes late. */
const BreakGlassForm = lazy(() => import('./break-glass-form.tsx').then((file) => ({ default: file.BreakGlassForm })));

/** On every chart, whatever is in it: opens in an emergency what is withheld. */
export function BreakGlassButton(props: Omit<BreakGlassProps, 'onClose'>) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconAlertTriangle size={15} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('glass.break')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={titled(t('glass.title'))}
        size="lg"
        closeButtonProps={{ 'aria-label': t('actions.close') }}
      >
        <Suspense fallback={<Loading rows={6} />}>
          <BreakGlassForm {...props} onClose={() => setOpened(false)} />
        </Suspense>
      </Modal>
    </>
  );
}

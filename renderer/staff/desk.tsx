import '@mantine/notifications/styles.css';
import { useMutation } from '@apollo/client/react';
import { AppShell, Group, NavLink, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Notifications, notifications } from '@mantine/notifications';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../generated/graphql.ts';
import { CallDeskProvider, type CallPatient, useCallDesk } from '../parts/call/call-desk.ts';
import { FaultBoundary, FaultNotice } from '../parts/fault-boundary.tsx';
import { useNoticesGiveWay } from '../parts/focus/notices-give-way.ts';
import { ShortcutsProvider, useShortcut } from '../parts/focus/shortcuts.tsx';
import narrow from '../parts/narrow.module.css';
import { NavigationProvider, useNavigation } from '../parts/navigation.tsx';
import { PaymentAskingProvider, type PaymentsOf } from '../parts/payment-asking.ts';
import { type SignedIn, SignedInProvider } from '../parts/signed-in.ts';
import { Loading } from '../parts/states.tsx';
import { TaskAskingProvider, type TaskBeginning } from '../parts/task-asking.ts';
import { AlarmBar } from './alarm-bar.tsx';
import { CommandPalette } from './command-palette.tsx';
import styles from './desk.module.css';
import { DeskGroups } from './desk-groups.tsx';
import { DeskHeader } from './desk-header.tsx';
import { FormDrafts } from './form-drafts.tsx';
import { HelpPanel } from './help-panel.tsx';
import { IdleLock } from './idle-lock.tsx';
import { AlertCalls } from './monitoring/monitoring.tsx';
import { PaymentsDialog } from './payments/payments.tsx';
import type { ScreenName } from './screen-names.ts';
import { isScreen, PatientChart, screens, screensOf } from './screens.tsx';
import { AskSecondFactor } from './staff/ask-second-factor.tsx';
import { ShowCode } from './staff/show-code.tsx';
import { TakeOver } from './start/take-over.tsx';
import { lock } from './start/workstation.ts';
import { AddTask } from './tasks/tasks.tsx';
import { VideoVisit } from './telemedicine/telemedicine.tsx';
import { useChanges } from './use-changes.ts';

interface DeskProps {
  readonly workstation: WorkstationPartsFragment;
}

/** The desk of a staff member who has unlocked the workstation. */
export function Desk({ workstation }: DeskProps) {
  const [patient, setPatient] = useState<CallPatient | null>(null);
  const [task, setTask] = useState<TaskBeginning | null>(null);
  const [payer, setPayer] = useState<PaymentsOf | null>(null);
  const calls = useMemo(() => ({ patient, begin: setPatient, end: () => setPatient(null) }), [patient]);
  const { id = '', name = '', role } = workstation.signedIn ?? {};
  const signedIn = useMemo<SignedIn>(() => ({ id, name, role: role ?? '' }), [id, name, role]);
  useNoticesGiveWay();
  // What was said to one person is not said to who comes after the lock.
  useEffect(() => () => notifications.clean(), []);
  return (
    <ShortcutsProvider>
      {/* Below dialogs: what was saved a moment ago covers nothing of what is written now. */}
      <Notifications position="bottom-left" containerWidth={340} zIndex={150} />
      <NavigationProvider start={{ screen: screensOf(signedIn.role)[0] ?? 'sync' }}>
        <SignedInProvider value={signedIn}>
          <CallDeskProvider value={calls}>
            <TaskAskingProvider value={setTask}>
              <PaymentAskingProvider value={setPayer}>
                <FormDrafts>
                  <DeskFrame workstation={workstation} />
                  {task ? (
                    <Suspense>
                      <AddTask beginning={task} onClose={() => setTask(null)} />
                    </Suspense>
                  ) : null}
                  {payer ? (
                    <Suspense>
                      <PaymentsDialog patient={payer} onClose={() => setPayer(null)} />
                    </Suspense>
                  ) : null}
                </FormDrafts>
              </PaymentAskingProvider>
            </TaskAskingProvider>
          </CallDeskProvider>
        </SignedInProvider>
      </NavigationProvider>
    </ShortcutsProvider>
  );
}

function DeskFrame({ workstation }: DeskProps) {
  const { t } = useTranslation();
  const [lockNow] = useMutation(lock);
  const [switching, setSwitching] = useState(false);
  const [helping, setHelping] = useState(false);
  const lockDesk = (): void => {
    // When the service cannot answer it has ended, and the vault with it.
    lockNow().catch(() => undefined);
  };
  const takesOver = workstation.staff.length > 1 ? () => setSwitching(true) : undefined;
  useShortcut('mod+l', t('shell.lock'), lockDesk);
  useShortcut('mod+u', t('shell.takeOver'), () => takesOver?.(), takesOver !== undefined);
  useChanges();
  const { patient: called } = useCallDesk();
  const { ref: bars, height: barsHeight } = useElementSize();
  const offered = screensOf(workstation.signedIn?.role ?? '');
  useEffect(() => window.careledger?.onLock(() => lockDesk()));

  return (
    <>
      <a href="#content" className={styles.skip}>
        {t('shell.skip')}
      </a>
      <AppShell
        header={{ height: workstation.training ? 82 : 50 }}
        navbar={{ width: { base: 56, sm: 208 }, breakpoint: 0 }}
        aside={{ width: 400, breakpoint: 0, collapsed: { desktop: !called, mobile: !called } }}
        padding={0}
        style={{ '--careledger-bars': `${barsHeight}px` }}
      >
        <DeskHeader
          workstation={workstation}
          onLock={lockDesk}
          onSwitch={() => setSwitching(true)}
          onHelp={() => setHelping(true)}
        />
        <AppShell.Navbar p="xs" bg="var(--careledger-quiet)" aria-label={t('shell.navigation')}>
          <DeskGroups offered={offered} link={(name) => <ScreenLink key={name} name={name} />} />
          <Group mt="auto" p="xs" visibleFrom="sm">
            <Text size="xs" c="dimmed">
              {t('shell.version', { version: workstation.version })}
            </Text>
          </Group>
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1} className={styles.content}>
          <div ref={bars} className={styles.notices}>
            <Suspense>
              <AlertCalls />
            </Suspense>
            <AlarmBar />
            <AskSecondFactor key={workstation.signedIn?.id} />
          </div>
          <CurrentScreen />
        </AppShell.Main>
        {called ? (
          <AppShell.Aside aria-label={t('call.title')}>
            <Suspense fallback={<Loading />}>
              <VideoVisit key={called.id} patient={called} />
            </Suspense>
          </AppShell.Aside>
        ) : null}
      </AppShell>
      {workstation.training ? <div className={styles.trainingFrame} aria-hidden /> : null}
      <CommandPalette screens={offered} onLock={lockDesk} onTakeOver={takesOver} />
      <HelpPanel opened={helping} onOpen={() => setHelping(true)} onClose={() => setHelping(false)} />
      <ShowCode />
      {switching ? <TakeOver workstation={workstation} onClose={() => setSwitching(false)} /> : null}
      <IdleLock minutes={workstation.lockAfterMinutes} held={called !== null} onLock={lockDesk} />
    </>
  );
}

function ScreenLink({ name }: { name: ScreenName }) {
  const { t } = useTranslation();
  const { place, go } = useNavigation();
  const { icon: Icon, key } = screens[name];
  useShortcut(`g ${key}`, t(`screens.${name}`), () => go(name));
  const here = place.screen === name || (name === 'patients' && place.screen === 'chart');
  return (
    <NavLink
      component="button"
      type="button"
      className={styles.link}
      label={<span className={narrow.words}>{t(`screens.${name}`)}</span>}
      title={t(`screens.${name}`)}
      leftSection={<Icon size={18} aria-hidden />}
      active={here}
      aria-current={here ? 'page' : undefined}
      onClick={() => go(name)}
    />
  );
}

/** What fails to be drawn takes neither the navigation nor the alarms with it. */
function CurrentScreen() {
  const { place } = useNavigation();
  const { screen: Screen } = screens[isScreen(place.screen) ? place.screen : 'patients'];
  return (
    <FaultBoundary key={`${place.screen} ${place.subject ?? ''}`} fallback={<FaultNotice />}>
      <Suspense fallback={<Loading />}>
        {place.screen === 'chart' && place.subject !== undefined ? (
          <PatientChart patient={place.subject} covered={place.covered} />
        ) : (
          <Screen />
        )}
      </Suspense>
    </FaultBoundary>
  );
}

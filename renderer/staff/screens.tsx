/** The staff's screens: what stands in the navigation, where each is loaded from, and which shortcut goes there. */
import {
  IconBuildingCommunity,
  IconCalendarClock,
  IconDatabaseExport,
  IconEraser,
  IconEye,
  IconEyeOff,
  IconFileExport,
  IconFileImport,
  IconGitMerge,
  IconHeartRateMonitor,
  IconId,
  IconLink,
  IconMailQuestion,
  IconPlugConnected,
  IconRefresh,
  IconSchool,
  IconShieldExclamation,
  IconSpeakerphone,
  IconTopologyStar3,
  IconUsers,
} from '@tabler/icons-react';
import { type ComponentProps, type ComponentType, type LazyExoticComponent, lazy, Suspense } from 'react';
import { mayDo, type Permission } from '../../shared/access/permissions.ts';
import { useSignedIn } from '../parts/signed-in.ts';
import { AccessPanel, AccessScreen } from './access/access.tsx';
import { CareCardPanel } from './care-card/care-card.tsx';
import { CardNews, ConsentPanel, GlassScreen, RestrictionsScreen } from './consent/consent.tsx';
import { ErasureScreen } from './erasure/erasure.tsx';
import { ExportScreen, ProgramsScreen } from './fhir-api/fhir-api.tsx';
import { FleetScreen } from './fleet/fleet.tsx';
import { OffersScreen, ParticipationPanel } from './marketplace/marketplace.tsx';
import { MonitoringPanel, MonitoringScreen } from './monitoring/monitoring.tsx';
import { PatientSheet, PatientsScreen } from './patients/patients.tsx';
import { PaymentsPanel } from './payments/payments.tsx';
import { ChartScreen, ConflictsScreen, ImportScreen } from './records/records.tsx';
import { type ScreenName, screenNames } from './screen-names.ts';
import { PatientTasks } from './tasks/tasks.tsx';
import { ConsultsScreen, NotesPanel } from './telemedicine/telemedicine.tsx';
import { TrainingScreen } from './training/training.tsx';
import { TodayScreen } from './visits/visits.tsx';

interface StaffScreen {
  readonly icon: typeof IconUsers;
  /** Second key after `g`. */
  readonly key: string;
  readonly screen: ComponentType | LazyExoticComponent<ComponentType>;
  /** Without it the services refuse what the screen asks, so it is not offered; screens of the device service need none. */
  readonly needs?: Permission;
}

export const screens: Readonly<Record<ScreenName, StaffScreen>> = {
  fleet: { icon: IconTopologyStar3, key: 'h', screen: FleetScreen, needs: 'hub.manage' },
  today: { icon: IconCalendarClock, key: 'd', screen: TodayScreen, needs: 'visits.read' },
  monitoring: { icon: IconHeartRateMonitor, key: 'm', screen: MonitoringScreen, needs: 'monitoring.read' },
  patients: { icon: IconUsers, key: 'p', screen: PatientsScreen, needs: 'patients.find' },
  cards: {
    icon: IconId,
    key: 'k',
    needs: 'patients.register',
    screen: lazy(() => import('./cards-screen.tsx').then((file) => ({ default: file.CardsScreen }))),
  },
  consults: { icon: IconMailQuestion, key: 'q', screen: ConsultsScreen, needs: 'note.sign' },
  conflicts: { icon: IconGitMerge, key: 'c', screen: ConflictsScreen, needs: 'chart.write' },
  import: { icon: IconFileImport, key: 'i', screen: ImportScreen, needs: 'import' },
  export: { icon: IconFileExport, key: 'x', screen: ExportScreen, needs: 'export' },
  offers: { icon: IconSpeakerphone, key: 'o', screen: OffersScreen, needs: 'offers.read' },
  ledger: {
    icon: IconLink,
    key: 'l',
    screen: lazy(() => import('./ledger/ledger-screen.tsx').then((file) => ({ default: file.LedgerScreen }))),
  },
  sync: {
    icon: IconRefresh,
    key: 's',
    screen: lazy(() => import('./sync/sync-screen.tsx').then((file) => ({ default: file.SyncScreen }))),
  },
  staff: {
    icon: IconBuildingCommunity,
    key: 't',
    needs: 'staff.read',
    screen: lazy(() => import('./staff/staff-screen.tsx').then((file) => ({ default: file.StaffScreen }))),
  },
  training: { icon: IconSchool, key: 'u', screen: TrainingScreen, needs: 'staff.read' },
  backups: {
    icon: IconDatabaseExport,
    key: 'b',
    needs: 'staff.write',
    screen: lazy(() => import('./backups/backups-screen.tsx').then((file) => ({ default: file.BackupsScreen }))),
  },
  access: { icon: IconEye, key: 'a', screen: AccessScreen, needs: 'access.read' },
  restrictions: { icon: IconEyeOff, key: 'w', screen: RestrictionsScreen, needs: 'consent.restrict' },
  erasure: { icon: IconEraser, key: 'e', screen: ErasureScreen, needs: 'erase' },
  programs: { icon: IconPlugConnected, key: 'f', screen: ProgramsScreen, needs: 'program.token' },
  glass: { icon: IconShieldExclamation, key: 'r', screen: GlassScreen, needs: 'glass.review' },
};

/** The screens of somebody with this role, in the navigation's order. */
export function screensOf(role: string): readonly ScreenName[] {
  return screenNames.filter((name) => {
    const { needs } = screens[name];
    return needs === undefined || mayDo(role, needs);
  });
}

export const isScreen = (name: string): name is ScreenName => (screenNames as readonly string[]).includes(name);

type SheetPanel = ComponentProps<typeof PatientSheet>['panels'][number];

const sheetPanels: ReadonlyArray<SheetPanel & { readonly needs: Permission }> = [
  { key: 'CONSENT', panel: SheetConsents, needs: 'consent.read' },
  { key: 'CARD', panel: CareCardPanel, needs: 'card.read' },
  { key: 'PAYMENTS', panel: PaymentsPanel, needs: 'payments.read' },
  { key: 'ACCESS', panel: AccessPanel, needs: 'access.read' },
];

function SheetConsents({ patient }: { patient: string }) {
  return <ConsentPanel patient={patient} decides={mayDo(useSignedIn().role, 'consent.write')} />;
}

/** A chart with the panels of the domains that stand above the records; for a role that reads none, the patient's sheet. */
export function PatientChart({ patient, covered }: { patient: string; covered: string | undefined }) {
  const { role } = useSignedIn();
  if (!mayDo(role, 'chart.read')) {
    const panels = sheetPanels.filter(({ needs }) => mayDo(role, needs));
    return (
      <>
        {mayDo(role, 'card.read') ? (
          <Suspense>
            <CardNews patient={patient} />
          </Suspense>
        ) : null}
        <PatientSheet key={patient} patient={patient} panels={panels} />
      </>
    );
  }
  return (
    <ChartScreen
      key={`${patient} ${covered ?? ''}`}
      patient={patient}
      covered={covered}
      panels={[
        { key: 'NOTE', panel: NotesPanel },
        { key: 'TASKS', panel: PatientTasks },
        { key: 'MONITORING', panel: MonitoringPanel },
        { key: 'OFFERS', panel: ParticipationPanel },
        { key: 'CARD', panel: CareCardPanel },
      ]}
    />
  );
}

import { unitOf } from '../../shared/monitoring/measurements.ts';
import type { Reading } from '../../shared/monitoring/reading.ts';
import type { Alert } from '../../shared/monitoring/watch.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type {
  MonitoringAlert,
  MonitoringInput,
  MonitoringReading,
  Patient,
  ReadingFolder,
  ReadingGateway,
  Resolvers,
  AlertCall as ShownCall,
  Watch as ShownWatch,
} from '../graphql/generated/vault.ts';
import { problemOf } from '../sync/vault-context/problem.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import type { Gateways } from './gateways.ts';
import type { AlertCall, MonitoringDesk, MonitoringWish, Watched } from './monitoring.ts';
import type { MonitoringPerson } from './monitoring-rows.ts';
import type { ReadingFolders } from './reading-folder.ts';

/** Acknowledged alerts that are shown. */
const LAST_SEEN = 20;

interface MonitoringRequest extends MonitoringDesk {
  readonly staff: { members(): Promise<ReadonlyArray<MonitoringPerson & { readonly revoked: boolean }>> };
  /** The patient as the patients domain shows them. */
  readonly showPatient: (patient: PatientEntry) => Promise<Patient>;
}

export const monitoringResolvers: Resolvers<MonitoringRequest> = {
  Query: {
    monitored: async (_, __, request) => {
      const watched = await request.monitoring.list();
      return Promise.all(watched.map((each) => shown(request, each)));
    },
    alertCalls: async (_, __, request) => {
      const calls = await request.monitoring.calls();
      return Promise.all(calls.map((call) => shownCall(request, call)));
    },
    monitoring: async (_, { patient }, request) => {
      const watched = await request.monitoring.of(patient);
      return Promise.all(watched.map((each) => shown(request, each)));
    },
    monitoringDryRun: async (_, { input }, request) => request.monitoring.dryRun(await wished(request, input)),
    readingGateways: (_, __, { gateways }) => shownGateways(gateways),
    readingFolder: (_, __, { readingFolder }) => shownFolder(readingFolder),
  },
  Mutation: {
    setMonitoring: async (_, { input }, request) => shown(request, await request.monitoring.set(await wished(request, input))),
    endMonitoring: async (_, { patient, measurement }, request) =>
      shown(request, await request.monitoring.end(patient, measurement)),
    acknowledgeAlerts: async (_, { watch, alerts }, request) =>
      shown(request, await request.monitoring.acknowledge(watch, alerts)),
    enrolReadingGateway: async (_, { name, key }, { gateways }) => {
      await gateways.enrol(name, key);
      return shownGateways(gateways);
    },
    revokeReadingGateway: async (_, { key }, { gateways }) => {
      await gateways.revoke(key);
      return shownGateways(gateways);
    },
    setReadingFolder: async (_, { path }, { readingFolder }) => {
      await readingFolder.set(path ?? undefined);
      return shownFolder(readingFolder);
    },
  },
};

async function shownGateways(gateways: Gateways): Promise<ReadingGateway[]> {
  return (await gateways.list()).map(({ key, name, by, at, revokedAt, revokedBy, newest }) => {
    return { key, name, enrolledBy: by, enrolledAt: at, revokedAt, revokedBy, newestAt: newest?.takenAt ?? null };
  });
}

async function shownFolder(folder: ReadingFolders): Promise<ReadingFolder | null> {
  const state = await folder.state();
  if (!state) return null;
  const { folderProblem, batchProblem } = state;
  return {
    ...state,
    folderProblem: folderProblem && problemOf(folderProblem),
    batchProblem: batchProblem && problemOf(batchProblem),
  };
}

async function wished({ staff }: MonitoringRequest, input: MonitoringInput): Promise<MonitoringWish> {
  const { low, high, tell, basedOn, ladder, repeatMinutes, ...rest } = input;
  const members = (await staff.members()).filter(({ revoked }) => !revoked);
  const people = (ids: readonly string[]): MonitoringPerson[] =>
    ids.map((id) => {
      const found = members.find((member) => member.id === id);
      if (!found) throw new Failure('monitoring.person', 'One of those who are to be told works here no more. Choose again.');
      return { id: found.id, name: found.name };
    });
  return {
    ...rest,
    low: low ?? undefined,
    high: high ?? undefined,
    basedOn: basedOn ?? undefined,
    repeatMinutes: repeatMinutes ?? undefined,
    ladder: ladder?.map(({ afterMinutes, tell: ids }) => ({ afterMinutes, tell: people(ids) })),
    tell: people(tell),
  };
}

async function shown({ showPatient }: MonitoringRequest, watched: Watched): Promise<ShownWatch> {
  const { id, patient, measurement, plans, watch } = watched;
  const seen = watch.alerts.filter(({ acknowledged }) => acknowledged);
  return {
    id,
    patient: await showPatient(patient),
    measurement,
    unit: unitOf(measurement),
    state: watch.state,
    notWatchingSince: watch.notWatchingSince ?? null,
    last: watch.last ? shownReading(watch.last) : null,
    alerts: watch.alerts.filter(({ acknowledged }) => !acknowledged).map(shownAlert),
    acknowledged: seen.slice(-LAST_SEEN).reverse().map(shownAlert),
    passedOver: watch.passedOver,
    plans: plans.map(({ low, high, by, tell, ladder = [], repeatMinutes = null, ...plan }) => {
      const { id: version, active, intervalMinutes, escalateMinutes, from } = plan;
      const terms = { low: low ?? null, high: high ?? null, intervalMinutes, escalateMinutes };
      const steps = ladder.map((step) => ({ ...step, tell: [...step.tell] }));
      return { id: version, active, ...terms, tell: [...tell], ladder: steps, repeatMinutes, by: by.name, from };
    }),
  };
}

const shownReading = ({ value, measured, received }: Reading): MonitoringReading => ({
  value,
  measured: measured ?? null,
  received,
});

function shownAlert({ reading, side, threshold, escalated, step, acknowledged }: Alert): MonitoringAlert {
  return {
    id: reading.id,
    side,
    threshold,
    reading: shownReading(reading),
    escalated,
    step,
    corrected: reading.corrected,
    acknowledgedBy: acknowledged?.by ?? null,
    acknowledgedAt: acknowledged?.at ?? null,
  };
}

async function shownCall(
  { showPatient }: MonitoringRequest,
  { watched, alert, steps, open, covered }: AlertCall,
): Promise<ShownCall> {
  const { id, patient, measurement } = watched;
  return {
    id,
    patient: await showPatient(patient),
    measurement,
    unit: unitOf(measurement),
    alert: shownAlert(alert),
    open,
    step: alert.step,
    steps,
    calls: alert.calls,
    covered: covered ?? null,
  };
}

import { Failure } from '../../shared/outcome/failure.ts';
import type { Clinician } from '../../shared/visits/visit-resources.ts';
import { isMovable } from '../../shared/visits/visit-rules.ts';
import type { Patient, Resolvers, Visit as ShownVisit } from '../graphql/generated/vault.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import { canBeReplanned } from './possible-steps.ts';
import type { Visit } from './visit-reading.ts';
import type { Visits } from './visits.ts';

const USUAL_MINUTES = 15;

interface VisitsRequest {
  readonly visits: Visits;
  /** Versions that wait in a patient's chart, by record. */
  readonly conflicts: { of(patient: string): ReadonlyMap<string, readonly unknown[]> };
  readonly staff: { members(): Promise<ReadonlyArray<Clinician & { readonly revoked: boolean }>> };
  /** The patient as the patients domain shows them. */
  readonly showPatient: (patient: PatientEntry) => Promise<Patient>;
}

export const visitsResolvers: Resolvers<VisitsRequest> = {
  Query: {
    visits: async (_, { day }, request) => Promise.all((await request.visits.ofDay(day)).map((visit) => shown(request, visit))),
    visitWarnings: async (_, { day }, { visits, conflicts }) => {
      const found = (await visits.ofDay(day)).map(async (visit) => {
        return { visit: visit.id, warnings: await visits.warnings(visit, conflicts.of(visit.patient.id)) };
      });
      return (await Promise.all(found)).filter(({ warnings }) => warnings.length > 0);
    },
    visitHistory: (_, { visit }, { visits }) => visits.history(visit),
  },
  Mutation: {
    addVisit: async (_, { input, evenSo }, request) => {
      const { patient, kind, urgent, reason, clinician, start, minutes } = input;
      const wish = {
        patient,
        kind,
        urgent: urgent ?? false,
        reason: reason ?? '',
        clinician: clinician ? await colleague(request, clinician) : undefined,
        start: start ?? undefined,
        minutes: minutes ?? USUAL_MINUTES,
      };
      const { visit, overlaps } = await request.visits.add(wish, evenSo ?? false);
      return {
        visit: visit ? await shown(request, visit) : null,
        overlaps: await Promise.all(overlaps.map((each) => shown(request, each))),
      };
    },
    replanVisit: async (_, { visit, revision, input, evenSo }, request) => {
      const { reason, clinician, ...rest } = input;
      const wish = { ...rest, reason: reason ?? '', clinician: clinician ? await colleague(request, clinician) : undefined };
      const { visit: now, overlaps } = await request.visits.replan(visit, revision, wish, evenSo ?? false);
      return {
        visit: now ? await shown(request, now) : null,
        overlaps: await Promise.all(overlaps.map((each) => shown(request, each))),
      };
    },
    moveVisit: async (_, { visit, revision, step, room }, request) =>
      shown(request, await request.visits.move(visit, revision, step, room ?? undefined)),
    undoVisitStep: async (_, { visit, revision }, request) => shown(request, await request.visits.undo(visit, revision)),
  },
};

async function colleague({ staff }: VisitsRequest, id: string): Promise<Clinician> {
  const found = (await staff.members()).find((member) => member.id === id && !member.revoked);
  if (found) return { id: found.id, name: found.name };
  throw new Failure('visits.clinician', 'Nobody works here under this name any more. Choose a colleague from the list.');
}

async function shown({ visits, conflicts, showPatient }: VisitsRequest, visit: Visit): Promise<ShownVisit> {
  const { id, revision, patient, facts, encounter } = visit;
  const waiting = conflicts.of(patient.id);
  return {
    id,
    revision,
    patient: await showPatient(patient),
    kind: facts.kind,
    urgent: facts.urgent,
    stage: facts.stage,
    reason: facts.reason || null,
    clinician: facts.clinician ?? null,
    start: facts.start,
    end: facts.end,
    arrivedAt: facts.arrivedAt ?? null,
    since: facts.since ?? null,
    room: facts.room || null,
    encounter: encounter?.entry.record ?? null,
    steps: visits.steps(visit),
    undoable: visits.isUndoable(visit),
    replannable: canBeReplanned(visit),
    movable: canBeReplanned(visit) && isMovable(facts.stage),
    contested: waiting.has(id) || (encounter !== undefined && waiting.has(encounter.entry.record)),
  };
}

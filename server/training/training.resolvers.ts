import { verifyTrainingRecord } from '../../shared/training/training-record.ts';
import { type JudgedTask, POINTS } from '../../shared/training/training-tasks.ts';
import type { Resolvers, Training, TrainingPerson, TrainingRecord } from '../graphql/generated/vault.ts';
import type { PatientDirectory } from '../sync/vault-context/vault-context.ts';
import { verifySignature } from '../vault/primitives.ts';
import type { KeptRecord, TrainingDesk } from './training.ts';

interface TrainingRequest {
  readonly training: TrainingDesk;
  readonly patients: PatientDirectory;
}

export const trainingResolvers: Resolvers<TrainingRequest> = {
  Query: {
    training: async (_, __, request) => ((await request.training.isTrainingClinic()) ? shown(request) : null),
    trainingRecords: async (_, __, { training }) => (await training.kept()).map(shownRecord),
  },
  Mutation: {
    beginTraining: async (_, __, request) => {
      await request.training.begin();
      return shown(request);
    },
    signTrainingRecord: async (_, { name, passphrase }, { training }) => {
      const json = await training.sign(name, passphrase);
      return { fileName: 'competency-record.json', json };
    },
    keepTrainingRecord: async (_, { file, passphrase }, { training }) => shownRecord(await training.keep(file, passphrase)),
  },
};

async function shown({ training, patients }: TrainingRequest): Promise<Training> {
  const { run, tasks } = await training.standing();
  const person = (id: string | undefined): TrainingPerson | null => {
    const summary = id === undefined ? undefined : patients.get(id)?.summary;
    if (id === undefined || !summary) return null;
    const { fullName, birthDate, identifiers } = summary;
    return { id, name: fullName, birthDate, number: identifiers[0]?.value ?? '' };
  };
  return {
    beganAt: run?.beganAt ?? null,
    patient: person(run?.patient),
    namesake: person(run?.namesake),
    emergency: person(run?.emergency),
    watched: person(run?.watched),
    ...judged(tasks),
  };
}

const judged = (tasks: readonly JudgedTask[]): Pick<Training, 'tasks' | 'points' | 'mostPoints'> => ({
  tasks: tasks.map(({ task, doneAt, mistakes, points }) => ({ task, doneAt: doneAt ?? null, mistakes, points })),
  points: tasks.reduce((sum, { points }) => sum + points, 0),
  mostPoints: POINTS * tasks.length,
});

function shownRecord({ id, file, keptBy, keptAt }: KeptRecord): TrainingRecord {
  const { name, clinic, signed, tasks } = verifyTrainingRecord(verifySignature, file);
  const done = tasks.map(({ task, points, mistakes, done: at }) => ({
    task,
    points,
    mistakes,
    doneAt: at === 0 ? undefined : at,
  }));
  return { id, name, trainingClinic: clinic, signedAt: signed, keptBy, keptAt, ...judged(done) };
}

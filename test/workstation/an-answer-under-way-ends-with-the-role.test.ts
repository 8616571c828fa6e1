/** Threat C7: what somebody asked for before they were let go is not handed to them after. */
import { expect, test } from 'vitest';
import { type RoundEdges, SessionRounds } from '../../server/workstation/vault-process/session-rounds.ts';
import { Failure } from '../../shared/outcome/failure.ts';

const LET_GO = new Failure('vault.staff-revoked', 'This person was let go.');

function session() {
  let isLetGo = false;
  const edges: RoundEdges = {
    report: (incident) => expect.unreachable(JSON.stringify(incident)),
    role: async () => {
      if (isLetGo) throw LET_GO;
      return 'clinician';
    },
    tellWaiting: async () => undefined,
  };
  const rounds = new SessionRounds(edges, 'clinician', []);
  const letGo = async (): Promise<void> => {
    isLetGo = true;
    await rounds.look();
  };
  const ask = (work: () => Promise<string>) => rounds.answered(({ code }) => code, work);
  return { rounds, letGo, ask };
}

test('an answer that is under way when the role ends does not leave; who may go on gets theirs', async () => {
  const { letGo, ask } = session();
  const { promise: chart, resolve: opened } = Promise.withResolvers<string>();
  expect(await ask(async () => 'a chart')).toBe('a chart');
  const underWay = ask(() => chart);
  await letGo();
  opened('a chart');
  expect(await underWay).toBe('vault.staff-revoked');
});

test('what is asked afterwards is not begun', async () => {
  const { letGo, ask } = session();
  await letGo();
  expect(await ask(async () => expect.unreachable('begun'))).toBe('vault.staff-revoked');
});

/**
 * A hidden restriction, attacked by asking everything: each question of the schema, with every field that it has, in a clinic with parts
 * that are kept from who asks, and in its twin without those parts. What is answered must be the same but for the ids, which are drawn.
 */
import { expect, test } from 'vitest';
import { buildGraphql } from '../../server/graphql/apollo.ts';
import type { VaultRequest } from '../../server/graphql/domains.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { MORNING } from '../support/ledger-builder.ts';
import { withoutIds } from '../support/without-ids.ts';
import { writeKeptParts } from './kept-parts.ts';
import { deskSchema, questionsFor } from './kept-questions.ts';

const ADMINISTRATOR = { name: 'Dr. Ada Frey', role: 'administrator' } as const;
const built = buildGraphql<VaultRequest>({
  ...deskSchema,
  limits: { characters: 0, tokens: 0, depth: 0, aliases: 0, cost: 0 },
  report: () => undefined,
});

interface Told {
  readonly answers: ReadonlyMap<string, string>;
  readonly hidden: readonly string[];
}

/** What somebody of this role is answered. @param hasParts whether there are parts that are kept from them */
async function told(role: 'nurse' | 'clinician', hasParts: boolean): Promise<Told> {
  let time = MORNING;
  const desk = await ClinicDesk.open({ label: 'twin', staff: ADMINISTRATOR, clock: () => time });
  await desk.unlock();
  const { patient, stay, hidden } = await writeKeptParts(desk, role, hasParts, (by) => (time += by));
  time = MORNING + 10_000;
  await desk.lock();

  await desk.unlock({ name: 'Nina Reader', role });
  await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  const answers = new Map<string, string>();
  for (const questions of questionsFor((await built).schema, role, patient, stay || 'ab'.repeat(16)))
    for (const question of questions) {
      time += 10;
      const answer = await desk.ask<object>(question).catch((error: unknown) => {
        const { code, message } = asFailure(error);
        return { code, message };
      });
      answers.set(withoutIds(question), withoutIds(JSON.stringify(answer)));
    }
  return { answers, hidden };
}

test.each(['nurse', 'clinician'] as const)(
  'a %s asks everything',
  async (role) => {
    const [kept, twin] = [await told(role, true), await told(role, false)];
    const betrayed = [...kept.answers].filter(([question, answer]) => answer !== twin.answers.get(question));
    expect(betrayed.map(([question, answer]) => ({ question, answer, twin: twin.answers.get(question) }))).toEqual([]);
    const all = [...kept.answers.values()].join();
    expect(all).not.toMatch(/Hidden|41\.9/);
    // Only the ledger's own question is not asked of a desk without one.
    expect(all).not.toMatch(/graphql\.(?!not-offered)/);
    expect(all).toContain('Asthma');
    expect(kept.answers.size).toBeGreaterThan(100);
  },
  180_000,
);

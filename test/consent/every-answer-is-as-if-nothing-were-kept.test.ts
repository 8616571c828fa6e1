/**
 * A hidden restriction, attacked by asking everything: each question of the schema, with every field that it has, in a clinic with parts
 * that are kept from who asks, and in its twin without those parts. What is answered must be the same but for the ids, which are drawn.
 */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { expect, test } from 'vitest';
import { buildGraphql } from '../../server/graphql/apollo.ts';
import { deskResolvers, mergeChanges } from '../../server/graphql/desk.resolvers.ts';
import { type VaultRequest, vaultDomains } from '../../server/graphql/domains.ts';
import { vaultSchema } from '../../server/graphql/vault-schema.ts';
import { Topic } from '../../server/sync/vault-context/topic.ts';
import type { VaultChange } from '../../server/sync/vault-context/vault-context.ts';
import { mayDo } from '../../shared/access/permissions.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { someValue } from '../access/some-value.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';
import { MORNING } from '../support/ledger-builder.ts';
import { withoutIds } from '../support/without-ids.ts';

const ADMINISTRATOR = { name: 'Dr. Ada Frey', role: 'administrator' } as const;
const DEPTH = 5;
const desk = {
  name: 'desk',
  sdl: 'shared/ledger/ledger.graphql',
  resolvers: deskResolvers(new Topic<VaultChange>(mergeChanges)),
};
const schema = vaultSchema([...vaultDomains, desk]);
const built = buildGraphql<VaultRequest>({
  ...schema,
  limits: { characters: 0, tokens: 0, depth: 0, aliases: 0, cost: 0 },
  report: () => undefined,
});

type AnyField = GraphQLField<unknown, unknown>;

/** Arguments that a question cannot do without. */
const needed = ({ args }: AnyField): readonly GraphQLArgument[] =>
  args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);

/** Everything below a type; of a field that asks for one word out of several, the answer to each. */
function everything(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const parts = Object.values(named.getFields()).flatMap((field) => {
    const isLeaf = !isObjectType(getNamedType(field.type));
    if (!isLeaf && depth === 0) return [];
    const below = isLeaf ? '' : everything(field.type, depth - 1);
    if (below === '{ }') return [];
    const [arg, ...more] = needed(field);
    if (!arg) return [`${field.name} ${below}`];
    const choice = getNamedType(arg.type);
    if (more.length > 0 || !isEnumType(choice)) return [`${field.name}(${arg.name}: "8310-5") ${below}`];
    return choice.getValues().map(({ name }) => `${field.name}_${name}: ${field.name}(${arg.name}: ${name}) ${below}`);
  });
  return `{ ${parts.join(' ')} }`;
}

/** @param record one that is kept from who asks */
function questionsFor(whole: GraphQLSchema, role: string, patient: string, record: string): ReadonlyArray<readonly string[]> {
  const given = { patient: `"${patient}"` };
  return schema.fields
    .filter(({ root, permission }) => root === 'Query' && mayDo(role, permission))
    .map(({ name }) => {
      const field = whole.getQueryType()?.getFields()[name] as AnyField;
      const args = field.args
        .filter((arg) => needed(field).includes(arg) || arg.name === 'patient')
        .map((arg) => {
          if (arg.name === 'patient') return `patient: "${patient}"`;
          if (arg.name === 'id') return `id: "${name === 'patient' ? patient : record}"`;
          return `${arg.name}: ${arg.name === 'record' ? `"${record}"` : someValue(arg.type, given)}`;
        });
      const asked = `${name}${args.length > 0 ? `(${args.join(', ')})` : ''}`;
      // Field by field below it: one question would be over the limits of a page.
      const named = getNamedType(field.type);
      const below = isObjectType(named) ? everything(field.type, DEPTH).slice(2, -2) : '';
      const single = below === '' ? [''] : topOf(below).map((part) => `{ ${part} }`);
      return single.map((part) => `query { ${asked} ${part} }`);
    });
}

/** The fields of a selection, each with what is below it. */
function topOf(selection: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  for (const word of selection.split(' ')) {
    const isBelow = depth > 0 || word === '{';
    if (isBelow || (parts.at(-1)?.endsWith(':') ?? false) || /^[("]/.test(word) || (parts.at(-1)?.match(/\([^)]*$/) ?? false))
      parts.push(`${parts.pop() ?? ''} ${word}`);
    else if (word !== '') parts.push(word);
    if (word === '{') depth += 1;
    if (word === '}') depth -= 1;
  }
  return parts;
}

interface Told {
  readonly answers: ReadonlyMap<string, string>;
  readonly hidden: readonly string[];
}

/** What somebody of this role is answered. @param hasParts whether there are parts that are kept from them */
async function told(role: 'nurse' | 'clinician', hasParts: boolean): Promise<Told> {
  let time = MORNING;
  const desk = await ClinicDesk.open({ label: 'twin', staff: ADMINISTRATOR, clock: () => time });
  await desk.unlock();
  const { registerPatient } = await desk.ask<{ registerPatient: { patient: { id: string } } }>(
    'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }',
    { input: { family: 'Canary', given: ['Paula'], birthDate: '1980-02-29' } },
  );
  const patient = registerPatient.patient.id;
  const open = () => desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
  await open();
  const hidden: string[] = [];
  const put = async (resource: object, isPart = false): Promise<string> => {
    time += 10;
    if (isPart && !hasParts) return '';
    const { putRecord } = await desk.ask<{ putRecord: { id: string } }>(
      'mutation ($input: PutRecordInput!) { putRecord(input: $input) { id } }',
      {
        input: { patient, resource: JSON.stringify({ subject: { reference: `Patient/${patient}` }, ...resource }), reason: null },
      },
    );
    if (isPart) hidden.push(putRecord.id);
    return putRecord.id;
  };
  const kept = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] } };
  const temperature = (value: number) => ({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }], text: 'Temperature' },
    effectiveDateTime: '2026-01-05T08:00:00Z',
    valueQuantity: { value, unit: 'Cel', system: 'http://unitsofmeasure.org', code: 'Cel' },
  });
  await put({ resourceType: 'Condition', code: { text: 'Asthma' } });
  await put(temperature(37.1));
  const stay = await put({ resourceType: 'Condition', id: 'stay', code: { text: 'Hiddenstay' }, ...kept }, true);
  await put(
    {
      resourceType: 'Condition',
      code: { text: 'Hiddenherpes' },
      meta: { security: [{ ...kept.meta.security[0], code: 'SEX' }] },
    },
    true,
  );
  await put({ ...temperature(41.9), ...kept }, true);
  await put(
    {
      resourceType: 'AllergyIntolerance',
      patient: { reference: `Patient/${patient}` },
      subject: undefined,
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
      },
      code: { text: 'Hiddenallergy' },
      ...kept,
    },
    true,
  );
  await put(
    {
      resourceType: 'Encounter',
      id: 'ward',
      status: 'in-progress',
      class: { code: 'IMP' },
      period: { start: '2026-01-04' },
      reasonCode: [{ text: 'Hiddenreason' }],
      ...kept,
    },
    true,
  );
  await put(
    {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text: 'Hiddenlithium' },
      ...kept,
    },
    true,
  );
  await put({
    resourceType: 'Condition',
    code: { text: 'Follow-up' },
    evidence: [{ detail: [{ reference: 'Condition/stay' }] }],
  });
  time += 1_000;
  // What colleagues do about it, whose words are theirs.
  await desk.ask('mutation ($input: AddTaskInput!) { addTask(input: $input) { id } }', {
    input: { patient, what: 'Call back', role: 'nurse', due: '2026-01-06T09:00:00Z', about: 'Condition/stay' },
  });
  const watch = { patient, measurement: 'BODY_TEMPERATURE', high: '39', intervalMinutes: 60, escalateMinutes: 15, tell: [] };
  await desk.ask('mutation ($input: MonitoringInput!) { setMonitoring(input: $input) { id } }', { input: watch });
  await desk.ask('mutation ($patient: ID!) { closeChart(patient: $patient) }', { patient });
  await open();
  if (hasParts)
    await desk.ask(
      'mutation ($input: RestrictionInput!, $passphrase: String!) { restrict(input: $input, passphrase: $passphrase) { id } }',
      {
        input: { patient, people: [], roles: [role], categories: ['SENSITIVE'], labels: ['PSY'], verification: 'in person' },
        passphrase: PASSPHRASE,
      },
    );
  time = MORNING + 10_000;
  await desk.lock();

  await desk.unlock({ name: 'Nina Reader', role });
  await open();
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

/** Each question and each change of the vault, asked with arguments that mean nothing: whoever asks hears what is wrong, never that the program broke. */
import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { expect, test } from 'vitest';
import { buildGraphql } from '../../server/graphql/apollo.ts';
import { type VaultRequest, vaultDomains } from '../../server/graphql/domains.ts';
import { vaultSchema } from '../../server/graphql/vault-schema.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';
import { patient as patientOf } from '../support/fhir-files.ts';

const LIMITS = { characters: 20_000, tokens: 4_000, depth: 12, aliases: 50, cost: 200_000 };
const schema = vaultSchema(vaultDomains);

/** How an argument is filled; what is `real` gets past the first checks. */
interface Nonsense {
  readonly real: Readonly<Record<string, unknown>>;
  readonly word: string;
  readonly number: number;
  readonly lists: 'empty' | 'full';
  readonly optional: 'left out' | 'given';
}

function nonsenseFor(type: GraphQLInputType, name: string, how: Nonsense): unknown {
  if (name in how.real) return how.real[name];
  if (!isNonNullType(type) && how.optional === 'left out') return null;
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) return how.lists === 'empty' ? [] : [nonsenseFor(inner.ofType, name, how)];
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  if (isInputObjectType(inner))
    return Object.fromEntries(
      Object.values(inner.getFields()).map((field) => [field.name, nonsenseFor(field.type, field.name, how)]),
    );
  if (inner.name === 'Boolean') return false;
  return inner.name === 'Int' || inner.name === 'Float' ? how.number : how.word;
}

/** No hexadecimal, too short, as long as a patient's id, as long as a clinic's, and nothing. */
const WORDS = ['zz', 'ab', 'ab'.repeat(16), 'ab'.repeat(32), ''];
const NUMBERS = [-1, 0, 1, 2 ** 31 - 1];
const variants = (patient: string): Nonsense[] =>
  [{ patient, passphrase: PASSPHRASE }, { passphrase: PASSPHRASE }].flatMap((real) =>
    (['empty', 'full'] as const).flatMap((lists) =>
      (['left out', 'given'] as const).flatMap((optional) =>
        WORDS.map((word, at): Nonsense => ({ real, lists, optional, word, number: NUMBERS[at % NUMBERS.length] as number })),
      ),
    ),
  );

function questionOf(root: string, field: GraphQLField<unknown, unknown>): string {
  const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = isCompositeType(getNamedType(field.type)) ? '{ __typename }' : '';
  return `${root.toLowerCase()} (${declared}) { ${field.name}(${passed}) ${selection} }`;
}

test('nothing that is asked with nonsense breaks inside the program', async () => {
  const desk = await ClinicDesk.open({ staff: { role: 'administrator' } });
  const { request } = await desk.unlock();
  const { id } = await request.imports.takeText(undefined, 'p.ndjson', utf8(patientOf('p1')), true);
  await request.imports.settled(id);
  const patient = (await request.patients.find('', 1, undefined)).patients[0]?.patient.id as string;
  const { schema: built } = await buildGraphql<VaultRequest>({ ...schema, limits: LIMITS, report: () => undefined });
  const broke: string[] = [];
  let asked = 0;
  for (const { root, name } of schema.fields) {
    const field = built.getRootType(root.toLowerCase() as never)?.getFields()[name];
    if (!field || field.args.length === 0 || root === 'Subscription') continue;
    await desk.ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient });
    for (const how of variants(patient)) {
      const variables = Object.fromEntries(
        field.args.map((argument) => [argument.name, nonsenseFor(argument.type, argument.name, how)]),
      );
      asked += 1;
      const answer = desk.ask(questionOf(root, field), variables);
      const code = await answer.then(
        () => '',
        (error: unknown) => (error instanceof Failure ? error.code : String(error)),
      );
      if (code === 'internal.unexpected') broke.push(`${name} ${JSON.stringify(variables)}`);
    }
  }
  expect(asked).toBeGreaterThan(2_000);
  expect([...new Set(broke)]).toEqual([]);
}, 240_000);

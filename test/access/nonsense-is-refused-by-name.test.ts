/** Each question and each change of the vault, asked with arguments that mean nothing: whoever asks hears what is wrong, never that the program broke. */
import { type GraphQLField, getNamedType, isCompositeType } from 'graphql';
import { expect, test } from 'vitest';
import { buildGraphql } from '../../server/graphql/apollo.ts';
import { type VaultRequest, vaultDomains } from '../../server/graphql/domains.ts';
import { vaultSchema } from '../../server/graphql/vault-schema.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { CanarySearch } from '../support/canary-search.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';
import { patient as patientOf } from '../support/fhir-files.ts';
import { type Nonsense, nonsenseFor } from './nonsense.ts';

const LIMITS = { characters: 20_000, tokens: 4_000, depth: 12, aliases: 50, cost: 200_000 };
const schema = vaultSchema(vaultDomains);

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

/** As long as no id, in the letters of no encoding, and nowhere but in what is asked. */
const CANARIES = ['Zqvornam Quillfeather', 'Zqgasse 17, Hinterhaus'];

test.each(['administrator', 'clinician', 'privacy-officer'] as const)(
  'what a person types (%s) stands in no refusal, in nothing that is logged, and in no file unsealed',
  async (role) => {
    const desk = await ClinicDesk.open({ staff: { role } });
    const { request } = await desk.unlock();
    const { id } = await request.imports.takeText(undefined, 'p.ndjson', utf8(patientOf('p1')), true);
    await request.imports.settled(id);
    const patient = (await request.patients.find('', 1, undefined)).patients[0]?.patient.id as string;
    const { schema: built } = await buildGraphql<VaultRequest>({ ...schema, limits: LIMITS, report: () => undefined });
    const search = new CanarySearch(CANARIES);
    const told: string[] = [];
    let taken = 0;
    for (const { root, name } of schema.fields) {
      const field = built.getRootType(root.toLowerCase() as never)?.getFields()[name];
      if (!field || field.args.length === 0 || root === 'Subscription') continue;
      await desk
        .ask('mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }', { patient })
        .catch(() => undefined);
      for (const [at, word] of CANARIES.entries()) {
        const real = at === 0 ? { patient, passphrase: PASSPHRASE } : {};
        const how: Nonsense = { real, lists: 'full', optional: 'given', word, number: 1 };
        const variables = Object.fromEntries(field.args.map((each) => [each.name, nonsenseFor(each.type, each.name, how)]));
        const said = await desk.ask(questionOf(root, field), variables).catch((error: unknown) => error);
        if (!(said instanceof Failure)) {
          if (root === 'Mutation') taken += 1;
          continue;
        }
        const { code, message, details } = said;
        if (search.in(JSON.stringify([code, message, details])).length > 0)
          told.push(`${name} ${code}: ${message} ${JSON.stringify(details)}`);
      }
    }
    expect([...new Set(told)]).toEqual([]);
    expect(search.in(JSON.stringify(desk.incidents))).toEqual([]);
    // Some of it was kept, sealed.
    expect(taken).toBeGreaterThan(2);
    await desk.lock();
    expect(search.below(desk.folder)).toEqual([]);
  },
  240_000,
);

import { globSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  NoUndefinedVariablesRule,
  NoUnusedVariablesRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { schemas } from '../../codegen.ts';
import type { OperationText } from './read-operations.ts';

/** What is asked in vain, on purpose or of a schema that a test makes up: where, and in which texts. */
const inVain: Readonly<Record<string, RegExp>> = {
  'test/attack/browser-host-answers-one-browser.test.ts': /^\{ (a|patiens)/,
  'test/attack/reading-leaves-a-trace.test.ts': /__proto__|patiens/,
  'test/hub/hostile-documents.ts': /./,
  'test/hub/hostile-requests-cost-little.test.ts': /\b(chekpoint|nodes?|nod|broken)\b/,
  'test/hub/the-hub-says-how-it-is.test.ts': /nobody/,
  'test/rules/documents-name-their-service.test.ts': /./,
  'test/rules/every-field-is-asked.test.ts': /./,
  'test/rules/operations-fit-a-schema.test.ts': /./,
  'test/screens/a-change-is-read-after-it.test.ts': /^query Drafts \{ drafts \}$/,
};

/** What variables there are, nobody knows of a text whose parts are made at run time. */
const rulesOfPatched = specifiedRules.filter((rule) => rule !== NoUndefinedVariablesRule && rule !== NoUnusedVariablesRule);

type Service = keyof typeof schemas;

/** Whom the files of a place ask; anybody where none is named, as tests do. */
const askedFrom: ReadonlyArray<readonly [RegExp, readonly Service[]]> = [
  [/^shared\/sync\//, ['hub', 'enrolment', 'clinicHost']],
  [/^server\/workstation\//, ['vault', 'device']],
  [/^(?:server|shared|electron)\//, []],
];

/** The schema of each service, as the SDL in shared/ has it now. */
export const readSchemas = (): ReadonlyMap<Service, GraphQLSchema> =>
  new Map(
    (Object.entries(schemas) as [Service, string[]][]).map(([service, patterns]) => {
      const [without, within] = [true, false].map((no) => patterns.filter((pattern) => pattern.startsWith('!') === no));
      const files = globSync(within!, { exclude: without!.map((pattern) => pattern.slice(1)) });
      return [service, buildSchema(files.map((path) => readFileSync(path, 'utf8')).join('\n'))];
    }),
  );

/** Prose and program text may begin with a brace as well. */
const isNamed = ({ text }: OperationText): boolean => !text.trimStart().startsWith('{');

function parsed(operation: OperationText): DocumentNode | string | undefined {
  const { text, isPatched } = operation;
  try {
    return parse(text);
  } catch (error) {
    return isPatched || !isNamed(operation) ? undefined : (error as Error).message;
  }
}

/**
 * Why none of the services that its place asks can answer it, one line each, `path:line reason`: what the schema says that comes
 * nearest. None where one can.
 */
export function faultsOf(operation: OperationText, services: ReadonlyMap<Service, GraphQLSchema>): string[] {
  const document = parsed(operation);
  const at = `${operation.path}:${operation.line}`;
  if (document === undefined || inVain[operation.path]?.test(operation.text)) return [];
  if (typeof document === 'string') return [`${at} ${document}`];
  const rules = operation.isPatched ? rulesOfPatched : specifiedRules;
  const asked = askedFrom.find(([place]) => place.test(operation.path))?.[1] ?? [...services.keys()];
  if (asked.length === 0)
    return isNamed(operation)
      ? [`${at} Nobody asks a service from here: it belongs into server/workstation or shared/sync.`]
      : [];
  const judged = asked.flatMap((service) => services.get(service) ?? []).map((schema) => validate(schema, document, rules));
  const [nearest = []] = judged.sort((one, other) => reach(other) - reach(one) || one.length - other.length);
  return nearest.map(({ message }) => `${at} ${message}`);
}

/** How far a text can be read until the first fault. */
const reach = (faults: readonly GraphQLError[]): number =>
  faults.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...faults.map(({ positions }) => positions?.[0] ?? 0));

/** `careledger query`: one GraphQL operation of the workstation. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Kind, parse, type ValueNode, visit } from 'graphql';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type CommandIo, FLAG, notBoth, required, TEXT, WrongUsage } from '../../command-line/command-line.ts';
import type { GraphqlAnswer } from '../../graphql/apollo.ts';
import { PageGraphql } from '../device/device-graphql.ts';
import type { DeviceService } from '../device/device-service.ts';
import type { Tier } from '../page/page-door.ts';
import { COMMON, dataOf, withCode, withService, withUnlocked } from './command.ts';

export async function query(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    options: { ...COMMON, variables: TEXT, 'variables-file': TEXT, device: FLAG, code: TEXT },
    allowPositionals: true,
  });
  const text = required(positionals[0], 'The GraphQL document');
  notBoth(values, 'variables', 'variables-file');
  refuseSecrets(text, values.variables);
  const variables = await variablesOf(values.variables, values['variables-file']);
  const run = (tier: Tier) => async (service: DeviceService) => {
    const graphql = await PageGraphql.open(service, (incident) => io.err(`${JSON.stringify({ incident })}\n`));
    const once = async (): Promise<GraphqlAnswer> => {
      const answer = await graphql.execute(tier, { query: text, variables });
      if (isAboutFactor(answer)) dataOf(answer);
      return answer;
    };
    try {
      const answer = await withCode(service, values.code, once);
      io.out(`${JSON.stringify(answer, null, values.json ? 0 : 2)}\n`);
      dataOf(answer);
    } finally {
      await graphql.stop();
    }
  };
  // Of the device tier the entrance's fields are answered without anybody.
  const isLocked = values.device && values['passphrase-file'] === undefined;
  const tier: Tier = values.device ? 'device' : 'vault';
  await (isLocked ? withService(values, run(tier)) : withUnlocked(values, io, run(tier)));
}

/** A ceremony that waits for a second factor is asked for again, or said in words; every other answer is printed as it is. */
const isAboutFactor = ({ errors }: GraphqlAnswer): boolean =>
  ['vault.code-needed', 'vault.second-factor-needed'].includes(String(errors?.[0]?.extensions?.code));

/** What nobody else on this computer may read off the list of its processes, by the names that the schemas give it. */
const SECRETS: ReadonlySet<string> = new Set(['passphrase', 'current', 'next', 'pin', 'shares']);

/** @throws {WrongUsage} where a secret stands in the call itself. */
function refuseSecrets(document: string, variables: string | undefined): void {
  const inDocument = (name: string, { kind }: ValueNode): void => {
    if (SECRETS.has(name) && kind !== Kind.VARIABLE && kind !== Kind.NULL) throw secretInCall(name);
  };
  try {
    visit(parse(document), {
      Argument: ({ name, value }) => inDocument(name.value, value),
      ObjectField: ({ name, value }) => inDocument(name.value, value),
    });
  } catch (error) {
    if (error instanceof WrongUsage) throw error;
    // What is no GraphQL the service refuses.
  }
  if (variables !== undefined)
    jsonIn(variables, '--variables', (name) => {
      if (SECRETS.has(name)) throw secretInCall(name);
    });
}

const secretInCall = (name: string): WrongUsage =>
  new WrongUsage(
    `"${name}" is never an argument: other users of this computer see those. Name it as a variable, and put the variables into a file that only you can read: --variables-file FILE.`,
  );

async function variablesOf(text: string | undefined, file: string | undefined): Promise<Record<string, unknown> | undefined> {
  if (file === undefined) return text === undefined ? undefined : jsonIn(text, '--variables');
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Failure(
      'command.variables-file',
      `The file of variables ${file} cannot be read. Look at its path, and whether this account may read it.`,
      { cause },
    );
  });
  return jsonIn(content, 'The file of variables');
}

/** @param onName hears every name in it @throws {WrongUsage} */
function jsonIn(text: string, what: string, onName: (name: string) => void = () => undefined): Record<string, unknown> {
  try {
    return JSON.parse(text, (name: string, value: unknown) => {
      onName(name);
      return value;
    }) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof WrongUsage) throw error;
    throw new WrongUsage(`${what} is not JSON.`);
  }
}

/** `careledger query`: one GraphQL operation of the workstation. */
import { parseArgs } from 'node:util';
import { type CommandIo, FLAG, required, TEXT, WrongUsage } from '../../command-line/command-line.ts';
import type { GraphqlAnswer } from '../../graphql/apollo.ts';
import { PageGraphql } from '../device/device-graphql.ts';
import type { DeviceService } from '../device/device-service.ts';
import type { Tier } from '../page/page-door.ts';
import { COMMON, dataOf, withCode, withService, withUnlocked } from './command.ts';

export async function query(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    options: { ...COMMON, variables: TEXT, device: FLAG, code: TEXT },
    allowPositionals: true,
  });
  const text = required(positionals[0], 'The GraphQL document');
  const variables = parseVariables(values.variables);
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
  await (values.device ? withService(values, run('device')) : withUnlocked(values, io, run('vault')));
}

/** A ceremony that waits for a second factor is asked for again, or said in words; every other answer is printed as it is. */
const isAboutFactor = ({ errors }: GraphqlAnswer): boolean =>
  ['vault.code-needed', 'vault.second-factor-needed'].includes(String(errors?.[0]?.extensions?.code));

function parseVariables(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new WrongUsage('--variables is not JSON.');
  }
}

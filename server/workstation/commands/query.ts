/** `careledger query`: one GraphQL operation of the workstation. */
import { parseArgs } from 'node:util';
import { Failure } from '../../../shared/outcome/failure.ts';
import { PageGraphql } from '../device-graphql.ts';
import type { DeviceService } from '../device-service.ts';
import type { Tier } from '../page-door.ts';
import { COMMON, type CommandIo, FLAG, required, TEXT, WrongUsage, withService, withUnlocked } from './command.ts';

export async function query(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    options: { ...COMMON, variables: TEXT, device: FLAG },
    allowPositionals: true,
  });
  const text = required(positionals[0], 'The GraphQL document');
  const variables = parseVariables(values.variables);
  const run = (tier: Tier) => async (service: DeviceService) => {
    const graphql = await PageGraphql.open(service, (incident) => io.err(`${JSON.stringify({ incident })}\n`));
    const answer = await graphql.execute(tier, { query: text, variables });
    await graphql.stop();
    io.out(`${JSON.stringify(answer, null, values.json ? 0 : 2)}\n`);
    const error = answer.errors?.[0];
    if (error) throw new Failure(String(error.extensions?.code ?? 'graphql.error'), error.message);
  };
  await (values.device ? withService(values, run('device')) : withUnlocked(values, io, run('vault')));
}

function parseVariables(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new WrongUsage('--variables is not JSON.');
  }
}

/** `careledger keys | keys roll`: which keys the clinic has, and new ones in their place. */
import { parseArgs } from 'node:util';
import { counted } from '../../../shared/outcome/counted.ts';
import { type CommandIo, TEXT, WrongUsage } from '../../command-line/command-line.ts';
import { ask, COMMON, passphraseOf, unlockWith, withCode, withService } from './command.ts';

interface Keys {
  readonly signingKey: string;
  readonly signingSince: number | null;
  readonly encryptionKey: string;
  readonly encryptionSince: number | null;
  readonly rollsAt: number | null;
  readonly earlier: number;
  readonly keptDays: number;
}

const FIELDS = 'signingKey signingSince encryptionKey encryptionSince rollsAt earlier keptDays';

export async function keys(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: { ...COMMON, code: TEXT }, allowPositionals: true });
  const [verb] = positionals;
  if (verb !== undefined && verb !== 'roll') throw new WrongUsage('Say careledger keys, or careledger keys roll.');
  const passphrase = await passphraseOf(values, io);
  await withService(values, async (service) => {
    await unlockWith(service, values, () => passphrase);
    const told =
      verb === 'roll'
        ? await withCode(service, values.code, () => roll(passphrase))
        : (await ask<{ clinicKeys: Keys }>(service, `{ clinicKeys { ${FIELDS} } }`)).clinicKeys;
    io.out(values.json ? `${JSON.stringify(told)}\n` : inWords(told));
    if (verb === 'roll' && !values.json)
      io.out(
        'These are new. Sync, so that the region and the clinic’s other desks get them, and make a backup: earlier ones do not have them.\n',
      );

    async function roll(typed: string): Promise<Keys> {
      const query = `mutation Roll($passphrase: String!) { rollClinicKeys(passphrase: $passphrase) { ${FIELDS} } }`;
      return (await ask<{ rollClinicKeys: Keys }>(service, query, { passphrase: typed })).rollClinicKeys;
    }
  });
}

function inWords(told: Keys): string {
  const since = (time: number | null): string => (time === null ? 'since the founding' : `since ${new Date(time).toISOString()}`);
  const next = told.rollsAt === null ? 'never, outside of a region' : new Date(told.rollsAt).toISOString();
  return [
    `signing key     ${told.signingKey} ${since(told.signingSince)}`,
    `encryption key  ${told.encryptionKey} ${since(told.encryptionSince)}`,
    `next one        ${next}`,
    `earlier ones    ${told.earlier}, each destroyed ${counted(told.keptDays, 'day')} after it was replaced`,
    '',
  ].join('\n');
}

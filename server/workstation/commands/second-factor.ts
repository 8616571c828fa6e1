/** `careledger second-factor`: a time code for who works at a data folder, without a window. */
import { parseArgs } from 'node:util';
import type { CommandIo } from '../../command-line/command-line.ts';
import { ask, askLine, COMMON, passphraseOf, unlockWith, withService } from './command.ts';

interface Offer {
  readonly uri: string;
  readonly secret: string;
}

export async function secondFactor(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({ args, options: COMMON });
  const passphrase = await passphraseOf(values, io);
  await withService(values, async (service) => {
    await unlockWith(service, values, () => passphrase);
    const offer = 'mutation Offer($passphrase: String!) { offerSecondFactor(passphrase: $passphrase) { uri secret } }';
    const { offerSecondFactor: offered } = await ask<{ offerSecondFactor: Offer }>(service, offer, { passphrase });
    if (values.json) io.out(`${JSON.stringify(offered)}\n`);
    else io.out(`For the authenticator on your phone, this once:\n${offered.secret}\nor as a link: ${offered.uri}\n`);
    const code = await askLine('Code that it shows now: ', io);
    await ask(service, 'mutation Keep($code: String!) { enrolSecondFactor(code: $code) { id } }', { code });
    if (!values.json) io.out('The time code is set up for this person on this desk.\n');
  });
}

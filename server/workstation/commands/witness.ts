/** `careledger witness`: a witness from outside a region, until it is asked to stop. */
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { counted } from '../../../shared/outcome/counted.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { type CommandIo, FLAG, required, TEXT } from '../../command-line/command-line.ts';
import { OutsideWitness, type WitnessLook } from '../outside/outside-witness.ts';
import { idOf } from './command.ts';

/** A witness cosigns at most this often. */
const LOOK_EVERY_MS = 10_000;

export async function witness(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { data: TEXT, hub: TEXT, region: TEXT, authority: TEXT, name: TEXT, once: FLAG, json: FLAG },
  });
  const place = {
    folder: required(values.data, '--data'),
    address: required(values.hub, '--hub'),
    region: idOf(values.region, '--region'),
    authority: idOf(values.authority, '--authority'),
    name: values.name,
  };
  const opened = await OutsideWitness.open(place);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  try {
    const { name, cosignKey, regionName } = opened;
    if (values.json) io.out(`${JSON.stringify({ name, cosignKey })}\n`);
    else io.out(`Witness ${name} of ${regionName}. Its key, for the region's clinics to enter:\n\n${cosignKey}\n\n`);
    let before: WitnessLook | undefined;
    for (;;) {
      const look = values.once ? await opened.look() : await opened.look().catch((error: unknown) => waitFor(error, io));
      if (look && (look.did !== before?.did || look.size !== before.size))
        io.out(values.json ? `${JSON.stringify(look)}\n` : said(look));
      before = look ?? before;
      if (values.once || stop.signal.aborted) return;
      await setTimeout(LOOK_EVERY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted) return;
    }
  } finally {
    await opened.close();
  }
}

/** A hub that is away comes back; one that was caught does not. */
function waitFor(error: unknown, io: CommandIo): undefined {
  const failure = asFailure(error);
  if (!failure.retry) throw failure;
  io.err(`${failure.message} (${failure.code})\n`);
  return undefined;
}

const WORDS: Readonly<Record<WitnessLook['did'], string>> = {
  cosigned: 'cosigned',
  unchanged: 'nothing new',
  'not-named': 'the region has not named this witness yet',
};

const said = ({ did, size }: WitnessLook): string => `${counted(size, 'block')}: ${WORDS[did]}\n`;

/** `careledger anchor`: binds a region's ledger to the one that this folder belongs to, until it is asked to stop. */
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { counted } from '../../../shared/outcome/counted.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { type CommandIo, FLAG, required, TEXT, wholeNumber } from '../../command-line/command-line.ts';
import { writeFileDurably } from '../../storage/durable-file.ts';
import { type AnchorLook, anchorNewest } from '../outside/anchoring.ts';
import { RegionHead } from '../outside/region-head.ts';
import { COMMON, idOf, withUnlocked } from './command.ts';

const DEFAULT_MINUTES = '10';
/** A day. */
const LONGEST_MINUTES = 1440;
const MINUTE_MS = 60_000;

export async function anchor(args: string[], io: CommandIo): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { ...COMMON, hub: TEXT, region: TEXT, authority: TEXT, out: TEXT, 'every-minutes': TEXT, once: FLAG },
  });
  const place = {
    address: required(values.hub, '--hub'),
    region: idOf(values.region, '--region'),
    authority: idOf(values.authority, '--authority'),
  };
  const every = wholeNumber(values['every-minutes'] ?? DEFAULT_MINUTES, '--every-minutes', 1, LONGEST_MINUTES) * MINUTE_MS;
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  await withUnlocked(values, io, async (service) => {
    const head = await RegionHead.open(place);
    try {
      for (;;) {
        const look = values.once ? await anchorNewest(service, head) : await anchorNewest(service, head).catch(waitFor(io));
        if (look) await tell(look, values.out, values.json === true, io);
        if (values.once || stop.signal.aborted) return;
        await setTimeout(every, undefined, { signal: stop.signal }).catch(() => undefined);
        if (stop.signal.aborted) return;
      }
    } finally {
      head.close();
    }
  });
}

async function tell({ did, size, receipt }: AnchorLook, out: string | undefined, asJson: boolean, io: CommandIo): Promise<void> {
  if (out && receipt) await writeFileDurably(out, Buffer.from(`${receipt}\n`));
  if (asJson) io.out(`${JSON.stringify({ did, size })}\n`);
  else io.out(did === 'anchored' ? `${counted(size, 'block')}: anchored.\n` : `${counted(size, 'block')}: nothing new.\n`);
}

/** Either hub comes back; one that was caught does not. */
const waitFor =
  (io: CommandIo) =>
  (error: unknown): undefined => {
    const failure = asFailure(error);
    if (!failure.retry) throw failure;
    io.err(`${failure.message} (${failure.code})\n`);
  };

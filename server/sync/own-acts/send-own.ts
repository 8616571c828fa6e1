/** Sending what waits here, and going on where the hub refuses it for a reason that this device can mend by itself. */
import type { Verify } from '../../../shared/ledger/founding.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import type { ClinicLedger } from '../clinic-ledger.ts';
import type { HubClient } from '../hub-client.ts';
import { ACT_FORGED, EPOCH_CLOSED, sendWaiting, type Transfer } from '../transfer.ts';

interface SendingParts {
  readonly ledger: ClinicLedger;
  readonly verify: Verify;
  /** What goes to the hub is answered under the key that it has by then. */
  transfer(): Transfer;
  download(): Promise<void>;
  /** Fetches what shows that two copies of this folder were at work, and keeps it. */
  learnOfCopies(): Promise<void>;
  onArrived(): void;
  /** Altered acts were healed by the ledger, or went aside. */
  onAltered(): Promise<void>;
}

/** Gives the blocks sent. What the hub refuses because a copy of this folder was there first goes into a new epoch and is sent again. */
export async function sendOwn(parts: SendingParts, client: HubClient): Promise<number> {
  if (await parts.ledger.leaveAltered()) await parts.onAltered();
  try {
    return await sendWaiting(parts.transfer(), client);
  } catch (error) {
    const { code } = asFailure(error);
    if (code === ACT_FORGED) return sendWithout(parts, client, error);
    if (!EPOCH_CLOSED.test(code)) throw error;
    await parts.learnOfCopies();
    await parts.download();
    // Of the epoch in which this copy goes on, a person decides.
    if (parts.ledger.isRetired) throw error;
    await parts.ledger.beginAnew();
    return sendWaiting(parts.transfer(), client);
  }
}

/** The clinic may have a new key: what was signed with the earlier one waits to be signed anew, and the rest is sent. */
async function sendWithout(parts: SendingParts, client: HubClient, refused: unknown): Promise<number> {
  await parts.download();
  if ((await parts.ledger.setAside(parts.verify)) === 0) throw refused;
  parts.onArrived();
  return sendWaiting(parts.transfer(), client);
}

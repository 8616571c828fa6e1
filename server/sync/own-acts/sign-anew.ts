/** Acts that were set aside come back: signed anew by whoever signed them, once, with the clinic's present key in them. */
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import { type Codec, decode, encode } from '../../../shared/encoding/codec.ts';
import { decodeEvent, encodeEvent, eventMessage, type LedgerEvent } from '../../../shared/ledger/event.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type SigningKey, sign } from '../../vault/primitives.ts';
import { ownClinicKey } from '../clinic-mail/clinic-key-book.ts';
import type { OutgoingEvent } from '../gateway.ts';
import type { VaultContext } from '../vault-context/vault-context.ts';
import { type AsideAct, readAside } from './aside.store.ts';

/** An act of one's own that waits to be signed anew. */
interface StaleAct<B> {
  readonly sequence: number;
  readonly event: LedgerEvent;
  readonly body: B;
}

/** Acts of this type that who is signed in wrote. */
export async function staleActs<B>({ reader, staff }: VaultContext, type: string, codec: Codec<B>): Promise<StaleAct<B>[]> {
  const acts = (await readAside(reader)).filter(({ isStale }) => isStale);
  return acts
    .map(({ sequence, event }) => ({ sequence, event: decodeEvent(event) }))
    .filter(({ event }) => event.type === type && equalBytes(event.author, staff.id))
    .map(({ sequence, event }) => ({ sequence, event, body: decode(codec, event.body) }));
}

/** The key to sign anew with; undefined while it is on its way from the desk that made it. */
export async function arrivedClinicKey(context: VaultContext): Promise<SigningKey | undefined> {
  try {
    return await ownClinicKey(context);
  } catch (error) {
    if (error instanceof Failure && error.code === 'vault.clinic-key-missing') return undefined;
    throw error;
  }
}

/** The same act, of the same time, with `body` in it, signed by who is signed in. */
export function signedAnew<B>(
  { keyStore, chain }: VaultContext,
  { event }: StaleAct<B>,
  codec: Codec<B>,
  body: B,
): OutgoingEvent {
  const bytes = encodeEvent({ ...event, body: encode(codec, body) });
  return { event: bytes, signature: sign(keyStore.signingKey, eventMessage(chain, bytes)) };
}

/**
 * Brings an act that was set aside back into the queue, in one commit with its end aside. One that the rules refuse by now (it came
 * to the ledger on another way, or what it was about is gone) ends as well. False for that.
 */
export async function bringBack(
  { gateway }: Pick<VaultContext, 'gateway'>,
  sequence: number,
  act: OutgoingEvent,
): Promise<boolean> {
  try {
    await gateway.commit({ events: [act], asideDone: [sequence] });
    return true;
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'ledger.refused')) throw error;
    await gateway.commit({ asideDone: [sequence] });
    return false;
  }
}

/** What stood on acts that have come back follows them as it was signed. Nothing overtakes an act that still waits. */
export async function bringFollowersBack(context: VaultContext): Promise<void> {
  const acts = await readAside(context.reader);
  const firstStale = acts.findIndex(({ isStale }) => isStale);
  for (const { sequence, event, signature } of firstStale < 0 ? acts : acts.slice(0, firstStale))
    await bringBack(context, sequence, { event, signature });
}

/** Who acts wait for, and since when: staff id, type and time of each. */
export async function waitingForSignature({
  reader,
}: Pick<VaultContext, 'reader'>): Promise<
  Array<{ readonly sequence: number; readonly author: Uint8Array; readonly type: string; readonly time: number }>
> {
  const acts: readonly AsideAct[] = await readAside(reader);
  return acts
    .map(({ sequence, event }) => ({ sequence, ...decodeEvent(event) }))
    .map(({ sequence, author, type, time }) => ({ sequence, author, type, time }));
}

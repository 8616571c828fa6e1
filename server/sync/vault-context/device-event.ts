/** An act that no person answers for: an event of the ledger whose author is this device, signed with its block. */
import { encode } from '../../../shared/encoding/codec.ts';
import { encodeEvent } from '../../../shared/ledger/event.ts';
import type { OutgoingEvent } from '../gateway.ts';
import type { Act } from './personal-act.ts';
import type { VaultContext } from './vault-context.ts';

const NOTHING = new Uint8Array(0);

export function deviceEvent<B>(context: VaultContext, { type, handle = NOTHING, codec, body }: Act<B>): OutgoingEvent {
  const author = context.device;
  const event = encodeEvent({ type, handle, body: encode(codec, body), author, time: context.clock(), commitment: NOTHING });
  return { event, signature: NOTHING };
}

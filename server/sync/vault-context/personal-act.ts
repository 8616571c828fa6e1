/** An act that the person who is signed in answers for: an event of the ledger with their own signature. */

import type { Codec } from '../../../shared/encoding/codec.ts';
import { encode } from '../../../shared/encoding/codec.ts';
import { encodeEvent, eventMessage } from '../../../shared/ledger/event.ts';
import { sign } from '../../vault/primitives.ts';
import type { OutgoingEvent } from '../gateway.ts';
import type { VaultContext } from './vault-context.ts';

const NOTHING = new Uint8Array(0);

export interface Act<B> {
  readonly type: string;
  /** 16 bytes; none for acts that are about no compartment. */
  readonly handle?: Uint8Array;
  readonly codec: Codec<B>;
  readonly body: B;
  /** Hides the content that the event is about; see docs/protocol.md, section 3. */
  readonly commitment?: Uint8Array;
}

/** The event's bytes, signed by who is signed in. Ask for the passphrase before. */
export function personalAct<B>(
  context: VaultContext,
  { type, handle = NOTHING, codec, body, commitment = NOTHING }: Act<B>,
): OutgoingEvent {
  const event = encodeEvent({
    type,
    handle,
    body: encode(codec, body),
    author: context.staff.id,
    time: context.clock(),
    commitment,
  });
  return { event, signature: sign(context.keyStore.signingKey, eventMessage(context.chain, event)) };
}

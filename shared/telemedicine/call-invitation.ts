/**
 * The link of a video visit on its way to a kiosk: sealed by the clinic for the box of the patient's care card, so that the card and its PIN
 * open it, and kept by the hub in memory with the room (docs/protocol.md, section 29).
 */
import { fromBase64, toBase64 } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, opaque, struct } from '../encoding/codec.ts';

/** Kind of the envelope; its content is what stands after `#` in the link. */
export const CALL_INVITATION = 'call-invitation';

/** `record`: of the envelope, whose version is 1; `wrap`: its key under the box's. */
const invitation = struct({ record: fixed(16), sealed: opaque(1_000), wrap: opaque(200) });
type SealedInvitation = Decoded<typeof invitation>;

/** Base64. */
export const invitationText = (sealed: SealedInvitation): string => toBase64(encode(invitation, sealed));

/** Undefined for what is none. */
export function readInvitation(text: string): SealedInvitation | undefined {
  try {
    return decode(invitation, fromBase64(text));
  } catch {
    return undefined;
  }
}

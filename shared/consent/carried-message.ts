/**
 * What a clinic tells the one that keeps the records when a patient shared there with their card: the Consent, and per part the key under
 * which later keys of the compartment follow. HPKE in Auth mode from clinic to clinic (docs/protocol.md, section 10).
 */
import { utf8 } from '../encoding/bytes.ts';
import { fixed, list, opaque, struct, u8, u32 } from '../encoding/codec.ts';

export const CARRIED_MESSAGE = 'carried';
export const CARRIED_SUITE = 1;
/** Associated data of the message. */
export const CARRIED_CONTEXT = utf8('careledger/v1/carried\n');

/** `epochs`: of which keys the clinic has already. `resource`: the FHIR Consent, JSON. */
export const carriedConsent = struct({
  suite: u8,
  patient: fixed(16),
  parts: list(struct({ grant: fixed(16), grantKey: fixed(32), epochs: list(u32, 2 ** 16 - 1) }), 20),
  resource: opaque(2 ** 16 - 1),
});

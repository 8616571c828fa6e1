/** Consents that were recorded here and attested with a key that the clinic has replaced before they were sent: attested anew. */
import { attestationMessage, consentGrantedBody } from '../../shared/consent/consent-rules.ts';
import { arrivedClinicKey, bringBack, signedAnew, staleActs } from '../sync/own-acts/sign-anew.ts';
import { sign } from '../vault/primitives.ts';
import type { ConsentParts } from './consent-parts.ts';

/** Those that who is signed in recorded: the same grant with the same message, so that it opens where it was sent. */
export async function attestAnew({ context }: ConsentParts): Promise<void> {
  const acts = await staleActs(context, 'consent.granted', consentGrantedBody);
  const key = acts.length > 0 && (await arrivedClinicKey(context));
  if (!key) return;
  for (const act of acts) {
    const attestation = sign(key, attestationMessage(context.chain, act.event.handle, act.body));
    await bringBack(context, act.sequence, signedAnew(context, act, consentGrantedBody, { ...act.body, attestation }));
  }
  context.notify({ topics: ['consents'] });
}

/** A consent that the patient signed at a kiosk, given by a desk that is unlocked: it adds the keys and says nothing of its own. */

import { askedKey, askedRow, consentGivenBody, partOf } from '../../shared/consent/asked-rules.ts';
import { CATEGORIES } from '../../shared/consent/category.ts';
import type { ConsentWish } from '../../shared/consent/consent-choices.ts';
import { equalBytes, fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import { encodeEvent } from '../../shared/ledger/event.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { OutgoingEvent } from '../sync/gateway.ts';
import { hkdf, sha256 } from '../vault/primitives.ts';
import type { ConsentParts } from './consent-parts.ts';
import { isRecorded } from './consent-records.ts';
import { prepare, putConsent } from './give-consent.ts';
import type { EpochKey } from './grant-keys.ts';

const NOTHING = new Uint8Array(0);
const GRANT_KEY = utf8('careledger/v1/asked-grant-key\n');

/** What the patient laid into their box beside the signature that stands on the ledger. */
export interface AskedWish {
  /** Of the part of identity, hexadecimal: the ledger's name of the consent. */
  readonly grant: string;
  /** Of the consent, 32 hexadecimal digits. */
  readonly id: string;
  readonly wish: ConsentWish;
}

/**
 * Once; a consent that is recorded already is left alone.
 * @throws {Failure} what `textToSign` throws; `consent.text-changed` when these choices do not make the text that was signed;
 * `ledger.refused`; storage failures.
 */
export async function giveAsked(parts: ConsentParts, { grant, id, wish }: AskedWish): Promise<void> {
  const { context } = parts;
  const [stored] = await context.gateway.state([askedKey(grant)]);
  if (!stored || !/^[0-9a-f]{32}$/.test(id) || (await isRecorded(parts, id))) return;
  const signed = decode(askedRow, stored);
  const prepared = await prepare(parts, wish, id);
  const { recipient, purpose, starts, ends } = prepared.choices;
  const isSigned =
    equalBytes(sha256(utf8(prepared.text)), signed.agreement) &&
    recipient === toHex(signed.recipient) &&
    prepared.patient.handles.identity === toHex(signed.handle) &&
    [purpose, starts, ends].join() === [signed.purpose, signed.starts, signed.ends].join();
  if (!isSigned)
    throw new Failure(
      'consent.text-changed',
      'A consent that a patient signed at the kiosk does not say what these choices say, perhaps since a name was changed. It was not given; let the patient sign it again.',
    );
  const eventOf = (part: { grant: Uint8Array; handle: Uint8Array; wrap: Uint8Array }): OutgoingEvent => ({
    event: encodeEvent({
      type: 'consent.given',
      handle: part.handle,
      body: encode(consentGivenBody, { grant: part.grant, asked: fromHex(grant), wrap: part.wrap }),
      author: context.device,
      time: context.clock(),
      commitment: NOTHING,
    }),
    signature: NOTHING,
  });
  // Two desks that give it before they hear of each other make the same key, so that what the one sends opens what the other seals.
  const grantKeyOf = (part: Uint8Array, keys: readonly EpochKey[]): Uint8Array =>
    hkdf(keys.at(-1)?.key ?? NOTHING, context.rows.name('asked-grant-key', part), GRANT_KEY, 32);
  const grantOf = (category: (typeof CATEGORIES)[number]) => partOf(fromHex(grant), CATEGORIES.indexOf(category));
  await putConsent(parts, prepared, { recordedAt: signed.time, before: [], grantOf, grantKeyOf, eventOf });
}

/**
 * A consent that the patient gives by their own key. First they sign its terms, at a kiosk that has no key to give: `consent.asked`. Then a
 * desk of their clinic, without anybody's doing, wraps the keys: `consent.given`, one part for each compartment, which says nothing of its
 * own about terms.
 */
import { cardKey, livingCard, signedByHolder } from '../care-card/card-rules.ts';
import { consentsFor, guardianKey } from '../care-card/guardian-rules.ts';
import { concat, equalBytes, fromHex, toHex, utf8 } from '../encoding/bytes.ts';
import { choice, type Decoded, encode, fixed, flag, struct, u64 } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, isErased } from '../ledger/rows.ts';
import { accepted, chainKey, type EventRule, type Judgement, putRow, readRow, refused, type StateView } from '../ledger/rules.ts';
import { CATEGORIES } from './category.ts';
import { confirmedKey, confirmedRow, type GrantRow, grantKey, grantRow } from './consent-rules.ts';
import { PURPOSES } from './purpose.ts';

const ASKED = utf8('careledger/v1/consent-asked\n');

const terms = {
  /** Of the part that opens the patient's identity; the other parts are `partOf` it. */
  grant: fixed(16),
  recipient: fixed(32),
  purpose: choice(...PURPOSES),
  /** Milliseconds; `ends` 0: until it is withdrawn. */
  starts: u64,
  ends: u64,
  /** SHA-256 of the text that the patient read. */
  agreement: fixed(32),
  card: fixed(32),
};
const askedTerms = struct(terms);
type AskedTerms = Decoded<typeof askedTerms>;

export const consentAskedBody = struct({ ...terms, proof: fixed(64) });
type ConsentAsked = Decoded<typeof consentAskedBody>;

/** What the patient signs. A grant's id is used once, so that the same words again change nothing. */
export const askingMessage = (chain: Uint8Array, said: AskedTerms): Uint8Array => concat(ASKED, chain, encode(askedTerms, said));

/** Key `asked/<grant>`. `handle` is the patient's compartment of identity; `time` the event's; `ended` whether they took it back. */
export const askedRow = struct({ custodian: fixed(32), handle: fixed(16), ...terms, time: u64, ended: flag });
export type AskedRow = Decoded<typeof askedRow>;
export const askedKey = (grant: string): string => `asked/${grant}`;

/** The id of the part of such a consent that opens the category of this place in `CATEGORIES`; identity's is the consent's own. */
export function partOf(grant: Uint8Array, category: number): Uint8Array {
  const part = Uint8Array.from(grant);
  part[15] = (part[15] as number) ^ category;
  return part;
}

/** Every part that it can have. */
export const partsOf = (grant: Uint8Array): Uint8Array[] => CATEGORIES.map((_, at) => partOf(grant, at));

const consentAsked: EventRule<ConsentAsked> = {
  type: 'consent.asked',
  kind: 'right',
  body: consentAskedBody,
  personal: 'optional',
  handle: 'required',
  reads: ({ body, handle }) => [
    askedKey(toHex(body.grant)),
    ...partsOf(body.grant).map((part) => grantKey(toHex(part))),
    cardKey(toHex(body.card)),
    guardianKey(toHex(body.card)),
    compartmentKey(handle),
    chainKey(toHex(body.recipient)),
  ],
  signatures: (view, { body }, writer) => signedByHolder(view, body, askingMessage(fromHex(writer.chain), body)),
  judge: (view, { body, event, handle }, writer) => {
    const card = livingCard(view, body.card, writer);
    if (!card) return refused('card-not-living');
    if (!consentsFor(view, card, event.handle, event.time)) return refused('not-the-patient');
    // Research is nobody's to decide but the patient's own.
    if (body.purpose === 'HRESCH' && toHex(card.handle) !== handle) return refused('not-the-patient');
    if (isGone(view, handle)) return refused('compartment-erased');
    const isUsed = partsOf(body.grant).some((part) => view.get(grantKey(toHex(part))) !== undefined);
    if (isUsed || view.get(askedKey(toHex(body.grant)))) return refused('grant-id-used-before');
    if (!view.get(chainKey(toHex(body.recipient)))) return refused('recipient-unknown');
    if (toHex(body.recipient) === writer.chain) return refused('recipient-is-custodian');
    if (body.ends !== 0 && (body.ends <= body.starts || body.ends <= event.time)) return refused('period-empty');
    const { proof: _, ...said } = body;
    const row = { custodian: fromHex(writer.chain), handle: event.handle, ...said, time: event.time, ended: false };
    return accepted(putRow(askedKey(toHex(body.grant)), askedRow, row));
  },
};

/** `asked` names the consent, `grant` its part over the event's handle; `wrap`: SHA-256 of the message that carries the grant key. */
export const consentGivenBody = struct({ grant: fixed(16), asked: fixed(16), wrap: fixed(32) });
type ConsentGiven = Decoded<typeof consentGivenBody>;

const consentGiven: EventRule<ConsentGiven> = {
  type: 'consent.given',
  kind: 'right',
  body: consentGivenBody,
  personal: 'optional',
  handle: 'required',
  reads: ({ body, handle }) => {
    const [grant, asked] = [toHex(body.grant), toHex(body.asked)];
    return [askedKey(asked), grantKey(grant), grantKey(asked), confirmedKey(asked), compartmentKey(handle)];
  },
  judge: (view, { body, event, handle }, writer) => {
    const asked = readRow(view, askedKey(toHex(body.asked)), askedRow);
    if (!asked || toHex(asked.custodian) !== writer.chain) return refused('not-asked-by-the-patient');
    if (asked.ended || (asked.ends !== 0 && event.time >= asked.ends)) return refused('grant-over');
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    if (compartment && isErased(compartment)) return refused('compartment-erased');
    if (!compartment || toHex(compartment.custodian) !== writer.chain) return refused('not-the-custodian');
    if (view.get(grantKey(toHex(body.grant)))) return refused('grant-id-used-before');
    const fault = partFault(view, body, handle, asked);
    if (fault) return fault;
    const { recipient, purpose, starts, ends, agreement, custodian, card, time } = asked;
    const grant = {
      custodian,
      handle: event.handle,
      recipient,
      purpose,
      starts,
      ends,
      wrap: body.wrap,
      agreement,
      withdrawn: false,
    };
    const put = putRow(grantKey(toHex(body.grant)), grantRow, grant);
    if (!isIdentity(body)) return accepted(put);
    return accepted(put, putRow(confirmedKey(toHex(body.grant)), confirmedRow, { card, time }));
  },
};

const isIdentity = ({ grant, asked }: ConsentGiven): boolean => equalBytes(grant, asked);

/** Identity comes first and over the patient's own compartment of it, each other part over another one. */
function partFault(view: StateView, body: ConsentGiven, handle: string, asked: AskedRow): Judgement | undefined {
  if (isIdentity(body) !== (toHex(asked.handle) === handle)) return refused('part-of-another');
  if (isIdentity(body)) return undefined;
  const identity = readRow(view, grantKey(toHex(body.asked)), grantRow);
  const isPart = partsOf(body.asked).some((part) => equalBytes(part, body.grant));
  return isPart && identity && !identity.withdrawn ? undefined : refused('part-of-another');
}

function isGone(view: StateView, handle: string): boolean {
  const compartment = readRow(view, compartmentKey(handle), compartmentRow);
  return !compartment || isErased(compartment);
}

/** What ends with the consent that the patient signed as `grant`: whatever of it was given, and what was still to be. */
export function endAsked(view: StateView, grant: Uint8Array, asked: AskedRow) {
  const given = partsOf(grant).flatMap((part): [string, GrantRow][] => {
    const row = readRow(view, grantKey(toHex(part)), grantRow);
    return row ? [[toHex(part), row]] : [];
  });
  return [
    putRow(askedKey(toHex(grant)), askedRow, { ...asked, ended: true }),
    ...given.map(([part, row]) => putRow(grantKey(part), grantRow, { ...row, withdrawn: true })),
  ];
}

export const askedConsentRules: ReadonlyArray<EventRule<unknown>> = [consentAsked, consentGiven];

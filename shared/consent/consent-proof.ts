/**
 * The proof of a consent, to take home: its exact words and the receipts of the acts of the ledger that are about them. JSON;
 * `careledger verify proof.json` judges it with nothing else. Verified in shared/kiosk/verify-consent-proof.ts, which knows every act.
 */
import { cardKey, cardRow } from '../care-card/card-rules.ts';
import { toHex } from '../encoding/bytes.ts';
import { decode } from '../encoding/codec.ts';
import type { Receipt } from '../ledger/receipt.ts';
import { Failure } from '../outcome/failure.ts';
import { askedKey, askedRow } from './asked-rules.ts';
import { confirmedKey, confirmedRow } from './consent-rules.ts';

export interface ConsentProof extends Pick<Receipt, 'genesis' | 'checkpoint' | 'policies'> {
  readonly careledger: 'consent-proof/1';
  /** The words that were signed, byte for byte in UTF-8. */
  readonly text: string;
  /** What its receipts do not have in common. */
  readonly acts: ReadonlyArray<Pick<Receipt, 'index' | 'proof' | 'block' | 'event'>>;
}

export const looksLikeConsentProof = (text: string): boolean => /^\s*\{\s*"careledger"\s*:\s*"consent-proof\//.test(text);

/** The part of a consent that opens the patient's identity. */
interface ProvenConsent {
  readonly text: string;
  /** SHA-256 of the text. */
  readonly agreement: Uint8Array;
  readonly grant: Uint8Array;
  readonly handle: Uint8Array;
}

interface Named {
  readonly type: string;
  readonly handle: Uint8Array;
  readonly naming: Uint8Array;
}

interface ProofSources {
  /** For each a receipt as JSON, all under one checkpoint; undefined while no such event stands under it. */
  receipts(wanted: readonly Named[]): Promise<ReadonlyArray<string | undefined>>;
  state(keys: readonly string[]): Promise<ReadonlyArray<Uint8Array | undefined>>;
}

/** Acts that name the consent's own part; what began it comes first. */
const BY_GRANT = [
  'consent.granted',
  'consent.asked',
  'consent.carried',
  'consent.confirmed',
  'consent.ended',
  'consent.withdrawn',
] as const;

/** @throws {Failure} `ledger.pending` until the region's ledger has it. */
export async function makeConsentProof({ text, agreement, grant, handle }: ProvenConsent, from: ProofSources): Promise<string> {
  const wanted: Named[] = BY_GRANT.map((type) => ({ type, handle, naming: grant }));
  wanted.push({ type: 'consent.signed', handle, naming: agreement });
  const card = await cardOf(grant, from);
  if (card) wanted.push({ type: 'card.issued', handle: card.handle, naming: card.id });
  const receipts = (await from.receipts(wanted)).flatMap((json) => (json ? [JSON.parse(json) as Receipt] : []));
  const [first] = receipts;
  if (!first)
    throw new Failure('ledger.pending', "This is not in the region's ledger here yet. Try again after the next sync.", {
      retry: true,
    });
  const { genesis, checkpoint, policies } = first;
  const acts = receipts.map(({ index, proof, block, event }) => ({ index, proof, block, event }));
  const proof: ConsentProof = {
    careledger: 'consent-proof/1',
    text,
    genesis,
    checkpoint,
    ...(policies && { policies }),
    acts,
  };
  return JSON.stringify(proof);
}

/** The card with which the patient, or who acts for them, signed. */
async function cardOf(grant: Uint8Array, from: ProofSources): Promise<{ id: Uint8Array; handle: Uint8Array } | undefined> {
  const id = toHex(grant);
  const [confirmed, asked] = await from.state([confirmedKey(id), askedKey(id)]);
  const card = (confirmed && decode(confirmedRow, confirmed).card) ?? (asked && decode(askedRow, asked).card);
  if (!card) return undefined;
  const [row] = await from.state([cardKey(toHex(card))]);
  return row && { id: card, handle: decode(cardRow, row).handle };
}

/** Judges the proof of a consent: that these words were signed, by whom, and whether the consent was ended. */
import { cardIssuedBody } from '../care-card/card-rules.ts';
import { askingMessage, consentAskedBody } from '../consent/asked-rules.ts';
import { carriedMessage, consentCarriedBody } from '../consent/card-visit-rules.ts';
import type { ConsentProof } from '../consent/consent-proof.ts';
import { consentGrantedBody, consentWithdrawnBody } from '../consent/consent-rules.ts';
import { consentMessage, consentSignedBody } from '../consent/signing-rules.ts';
import { equalBytes, toHex, utf8 } from '../encoding/bytes.ts';
import { type Codec, decode } from '../encoding/codec.ts';
import type { Region, Verify } from '../ledger/founding.ts';
import type { Hash } from '../ledger/merkle.ts';
import { type VerifiedReceipt, verifyReceipt } from '../ledger/receipt.ts';
import { Failure } from '../outcome/failure.ts';
import { confirmationMessage, consentConfirmedBody, consentEndedBody, endingMessage } from './patient-act-rules.ts';

interface ProvenAct {
  readonly type: string;
  readonly at: number;
  readonly witnessed: boolean;
}

interface VerifiedConsent {
  readonly region: Region;
  readonly text: string;
  /** Chain of the clinic that keeps the records, or that was given them; hexadecimal. */
  readonly chain: string;
  /** In the order of their times. */
  readonly acts: readonly ProvenAct[];
  /** The card whose holder signed these words, hexadecimal; undefined when it is the clinic's word alone. */
  readonly signedByCard: string | undefined;
  /** Milliseconds; undefined when the proof names no end. */
  readonly endedAt: number | undefined;
}

const refused = (reason: string, message: string): Failure => new Failure(`consent-proof.${reason}`, message);

/**
 * It cannot show that the consent was not ended later: that is asked of the clinic or the ledger.
 * @throws {Failure} `consent-proof.malformed`, `consent-proof.foreign`, `consent-proof.other-words`, `consent-proof.signature-invalid`;
 * as `verifyReceipt`.
 */
export function verifyConsentProof(hash: Hash, verify: Verify, value: unknown): VerifiedConsent {
  const { text, acts, genesis, checkpoint, policies } = parsed(value);
  const common = { careledger: 'receipt/1', genesis, checkpoint, ...(policies && { policies }) };
  const verified = acts.map((act) => verifyReceipt(hash, verify, { ...common, ...act }));
  const [first] = verified;
  if (!first) throw malformed();
  const about = new ConsentActs(verify, hash(utf8(text)), verified);
  return { region: first.region, text, ...about.judged() };
}

/** The acts of one proof: each has to be about the same words, and to hold by the signature inside of it. */
class ConsentActs {
  readonly #verify: Verify;
  readonly #agreement: Uint8Array;
  readonly #receipts: readonly VerifiedReceipt[];
  readonly #grants = new Set<string>();
  /** By card, hexadecimal: the key with which its holder signs. */
  readonly #holders = new Map<string, Uint8Array>();
  #signedBy: string | undefined;
  #chain = '';
  #endedAt: number | undefined;

  constructor(verify: Verify, agreement: Uint8Array, receipts: readonly VerifiedReceipt[]) {
    this.#verify = verify;
    this.#agreement = agreement;
    this.#receipts = receipts;
  }

  judged(): Omit<VerifiedConsent, 'region' | 'text'> {
    // What began it says which part it is; the card says whose key counts. Both come before what refers to them.
    this.#each(['card.issued'], ({ event }) => {
      const { card, signingKey } = decode(cardIssuedBody, event.body);
      this.#holders.set(toHex(card), signingKey);
    });
    this.#each(['consent.granted', 'consent.asked', 'consent.carried'], (receipt) => this.#began(receipt));
    if (this.#grants.size === 0) throw malformed();
    this.#each(['consent.signed', 'consent.confirmed'], (receipt) => this.#signed(receipt));
    this.#each(['consent.ended', 'consent.withdrawn'], (receipt) => this.#ended(receipt));
    const acts = this.#receipts.map(({ event, witnessed }) => ({ type: event.type, at: event.time, witnessed }));
    return {
      chain: this.#chain,
      acts: acts.sort((one, other) => one.at - other.at),
      signedByCard: this.#signedBy,
      endedAt: this.#endedAt,
    };
  }

  #each(types: readonly string[], look: (receipt: VerifiedReceipt) => void): void {
    for (const receipt of this.#receipts) if (types.includes(receipt.event.type)) look(receipt);
  }

  #began({ event, block }: VerifiedReceipt): void {
    this.#chain = toHex(block.chain);
    if (event.type === 'consent.granted') {
      const body = decode(consentGrantedBody, event.body);
      this.#sameWords(body.agreement);
      this.#grants.add(toHex(body.grant));
    } else if (event.type === 'consent.asked') {
      const { proof, ...said } = decode(consentAskedBody, event.body);
      this.#sameWords(said.agreement);
      this.#byHolder(said.card, askingMessage(block.chain, said), proof);
      this.#grants.add(toHex(said.grant));
    } else {
      const { proof, ...said } = decode(consentCarriedBody, event.body);
      this.#sameWords(said.agreement);
      this.#byHolder(said.card, carriedMessage(block.chain, event.handle, said), proof);
      this.#grants.add(toHex(said.grant));
    }
  }

  #signed({ event, block }: VerifiedReceipt): void {
    if (event.type === 'consent.signed') {
      const body = decode(consentSignedBody, event.body);
      this.#sameWords(body.agreement);
      this.#byHolder(body.card, consentMessage(block.chain, body), body.proof);
      return;
    }
    const body = this.#ofThisConsent(consentConfirmedBody, event.body);
    this.#sameWords(body.agreement);
    this.#byHolder(body.card, confirmationMessage(block.chain, body), body.proof);
  }

  #ended({ event, block }: VerifiedReceipt): void {
    if (event.type === 'consent.ended') {
      const { grant, card, proof } = this.#ofThisConsent(consentEndedBody, event.body);
      this.#holds(card, endingMessage(block.chain, grant, card), proof);
    } else this.#ofThisConsent(consentWithdrawnBody, event.body);
    this.#endedAt = event.time;
  }

  #ofThisConsent<B extends { readonly grant: Uint8Array }>(codec: Codec<B>, bytes: Uint8Array): B {
    const body = decode(codec, bytes);
    if (this.#grants.has(toHex(body.grant))) return body;
    throw refused('foreign', 'A part of this proof is about another consent.');
  }

  #sameWords(agreement: Uint8Array): void {
    if (equalBytes(agreement, this.#agreement)) return;
    throw refused(
      'other-words',
      'These are not the words that were signed: the text was changed, or belongs to another consent.',
    );
  }

  #byHolder(card: Uint8Array, message: Uint8Array, proof: Uint8Array): void {
    if (this.#holds(card, message, proof)) this.#signedBy = toHex(card);
  }

  /** False without the card's own receipt: then nobody can say whose signature it is. */
  #holds(card: Uint8Array, message: Uint8Array, proof: Uint8Array): boolean {
    const key = this.#holders.get(toHex(card));
    if (!key) return false;
    if (this.#verify(key, message, proof)) return true;
    throw refused('signature-invalid', 'A signature in this proof is not by the holder of the card that it names.');
  }
}

const FIELDS = ['careledger', 'text', 'genesis', 'checkpoint', 'policies', 'acts'];

function parsed(value: unknown): ConsentProof {
  const proof = value as Partial<ConsentProof> | null;
  const isOne =
    proof?.careledger === 'consent-proof/1' &&
    typeof proof.text === 'string' &&
    Array.isArray(proof.acts) &&
    proof.acts.length <= 12 &&
    Object.keys(proof).every((field) => FIELDS.includes(field));
  if (isOne) return proof as ConsentProof;
  throw malformed();
}

function malformed(): Failure {
  return refused('malformed', 'This is not the proof of a consent (version 1). Check that the whole file was copied.');
}

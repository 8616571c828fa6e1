/** The hub hands the papers of the region's ceremonies on. It checks their form; what they are worth, each clinic decides. */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { encode } from '../../../shared/encoding/codec.ts';
import { hubKeyMessage, policyActBody } from '../../../shared/ledger/policy.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { decodeWitnessOffer, openProposal, type PolicyProposal, proposalId } from '../../../shared/sync/policy-papers.ts';
import type { Database } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { type SigningKey, sign } from '../../vault/primitives.ts';
import { base64, base64Bytes } from '../line/arguments.ts';
import type { Caller } from '../line/callers.ts';
import { listOffers, listProposals, writeOffer, writeProposal } from './policy-papers.store.ts';

const MAX_BODY_BYTES = 8192;
const MAX_OFFER_BYTES = 200;
/** Open proposals at once: each is one change that somebody asks for. */
const MAX_PROPOSALS = 20;

interface PolicyPapersOptions {
  readonly database: Database;
  region(): Uint8Array;
  /** Of the policy in force. */
  sequence(): number;
  nextHubKey(): Promise<SigningKey | undefined>;
}

export class PolicyPapers {
  readonly #options: PolicyPapersOptions;

  constructor(options: PolicyPapersOptions) {
    this.#options = options;
  }

  /** Everything that is open; the hub's own offer of a key with its proof, or empty texts. */
  async list() {
    const { database, sequence, nextHubKey, region } = this.#options;
    const proposals = await listProposals(database.read, sequence() + 1);
    const offers = await listOffers(database.read);
    const next = await nextHubKey();
    return {
      proposals: proposals.map(({ type, body }) => ({ type, body: base64(body) })),
      offers: offers.map(({ offer }) => base64(offer)),
      hubKey: next ? toHex(next.publicKey) : '',
      hubProof: next ? base64(sign(next, hubKeyMessage(region(), next.publicKey))) : '',
    };
  }

  /**
   * Takes in a proposal, or further approvals of one that is open.
   * @throws {Failure} `hub.policy-stale`, `hub.policy-type`, `hub.too-many`, `encoding.malformed`.
   */
  async propose(type: string, body: string): Promise<boolean> {
    const { database, sequence } = this.#options;
    const proposal = openProposal(type, base64Bytes(body, MAX_BODY_BYTES, 'body'));
    const next = sequence() + 1;
    if (proposal.act.policy.sequence !== next)
      throw new Failure('hub.policy-stale', 'The policy of the region has changed since. Look at it again.');
    const id = proposalId(hashParts, proposal);
    await database.write(async (transaction) => {
      const open = await listProposals(transaction, next);
      const known = open.find((row) => equalBytes(row.id, id));
      if (!known && open.length >= MAX_PROPOSALS)
        throw new Failure('hub.too-many', 'Too many changes are proposed at once. Decide on the open ones first.');
      const merged = known ? merge(openProposal(known.type, known.body), proposal) : proposal;
      await writeProposal(transaction, { id, type, body: encode(policyActBody, merged.act) }, next);
    });
    return true;
  }

  /** @throws {Failure} `hub.not-allowed` for another clinic's offer, `encoding.malformed`. */
  async offer(caller: Caller, text: string): Promise<boolean> {
    const bytes = base64Bytes(text, MAX_OFFER_BYTES, 'offer');
    const { chain } = decodeWitnessOffer(bytes);
    if (toHex(chain) !== caller.chain)
      throw new Failure('hub.not-allowed', 'A clinic offers only itself as a witness of the region.');
    await this.#options.database.write((transaction) => writeOffer(transaction, chain, bytes));
    return true;
  }
}

/** The newer word of each clinic counts. */
function merge(known: PolicyProposal, sent: PolicyProposal): PolicyProposal {
  const others = known.act.approvals.filter(({ chain }) => !sent.act.approvals.some((each) => equalBytes(each.chain, chain)));
  return { ...sent, act: { ...sent.act, approvals: [...others, ...sent.act.approvals] } };
}

/** The ceremonies of a region: who witnesses, which key its hub has, which rules are active. The quorum's clinics decide here. */
import { equalBytes, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import {
  approvalsNeeded,
  approvingClinics,
  consentMessage,
  hubKeyMessage,
  newClinics,
  type Policy,
  type PolicyType,
  type PolicyWitness,
  policyActBody,
  policyFault,
  policyMessage,
  witnessClinics,
} from '../../shared/ledger/policy.ts';
import { chainRow } from '../../shared/ledger/rows.ts';
import { chainKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  decodeWitnessOffer,
  encodeWitnessOffer,
  openProposal,
  type PolicyProposal,
  proposalId,
  type WitnessOffer,
} from '../../shared/sync/policy-papers.ts';
import { ownClinicKey } from '../sync/clinic-mail/clinic-key-book.ts';
import type { RegionPapers } from '../sync/gateway.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { sign, verifySignature } from '../vault/primitives.ts';

export interface WitnessWish {
  /** A clinic's chain, hexadecimal; empty for a witness from outside. */
  readonly chain: string;
  /** The name of a witness from outside. */
  readonly name: string;
  /** Its cosigning key, hexadecimal; of a clinic that is a witness already, or has offered, it is known. */
  readonly cosignKey: string;
}

const CHANGES = { 'policy.changed': 'WITNESSES', 'rules.activate': 'RULES', 'hub.rotated': 'HUB_KEY' } as const;

const NO_CHAIN = new Uint8Array(32);
const NONE = new Uint8Array(0);

/** The policy in force, who cosigned last, what is proposed and offered. */
export async function regionPolicy(context: VaultContext) {
  const papers = await context.gateway.regionPapers();
  const { policy } = papers;
  const own = toHex(context.chain);
  const proposals = openedProposals(papers);
  const offers = await validOffers(context, papers);
  const chains = [...policy.witnesses, ...proposals.flatMap(({ act }) => act.policy.witnesses), ...offers].map(({ chain }) =>
    toHex(chain),
  );
  const names = await clinicNames(context.gateway, chains);
  const shown = (witness: PolicyWitness) => {
    const id = witness.kind === 'clinic' ? toHex(witness.chain) : witness.name;
    return {
      id,
      isOutside: witness.kind === 'outside',
      name: witness.kind === 'clinic' ? (names.get(id) ?? id.slice(0, 12)) : witness.name,
      cosignKey: toHex(witness.cosignKey),
      cosignedAt: papers.cosigned.find(({ who }) => who === id)?.time ?? null,
      isOwn: id === own,
    };
  };
  return {
    sequence: policy.sequence,
    rules: policy.rules,
    newestRules: papers.newestRules,
    hubKey: toHex(papers.hubKey),
    offeredHubKey: papers.offeredHubKey ? toHex(papers.offeredHubKey.key) : null,
    witnesses: policy.witnesses.map(shown),
    approvalsNeeded: approvalsNeeded(policy),
    isWitness: witnessClinics(policy).some(({ chain }) => equalBytes(chain, context.chain)),
    hasOffered: offers.some((offer) => equalBytes(offer.chain, context.chain)),
    offers: offers.map(({ chain, cosignKey }) => ({
      chain: toHex(chain),
      name: names.get(toHex(chain)) ?? toHex(chain).slice(0, 12),
      cosignKey: toHex(cosignKey),
    })),
    proposals: proposals.map((proposal) => {
      const { type, act } = proposal;
      const by = approvingClinics(
        policy,
        act.approvals.map(({ chain }) => chain),
      );
      return {
        id: toHex(proposalId(hashParts, proposal)),
        type: CHANGES[type],
        witnesses: act.policy.witnesses.map(shown),
        rules: act.policy.rules,
        hubKey: act.policy.hubKey.length > 0 ? toHex(act.policy.hubKey) : null,
        approvedBy: by.map(({ chain }) => names.get(toHex(chain)) ?? toHex(chain).slice(0, 12)),
        isApprovedHere: by.some(({ chain }) => equalBytes(chain, context.chain)),
      };
    }),
  };
}

/** This clinic offers to witness with this device's cosigning key. */
export async function offerToWitness(context: VaultContext): Promise<void> {
  const { region, cosignKey } = await context.gateway.regionPapers();
  const key = await ownClinicKey(context);
  const signature = sign(key, consentMessage(region, context.chain, cosignKey));
  await context.gateway.offerToWitness(
    encodeWitnessOffer({ chain: context.chain, cosignKey, clinicKey: key.publicKey, signature }),
  );
}

/** Proposes a new witness set. @throws {Failure} `staff.no-witness`, `staff.witness-has-not-offered`; as `approve`. */
export async function proposeWitnesses(context: VaultContext, wishes: readonly WitnessWish[]): Promise<void> {
  const papers = await context.gateway.regionPapers();
  const offers = await validOffers(context, papers);
  const witnesses = wishes.map((wish): PolicyWitness => {
    if (wish.chain === '') return outside(wish);
    const offer = offers.find(({ chain }) => toHex(chain) === wish.chain);
    const known = papers.policy.witnesses.find(({ chain }) => toHex(chain) === wish.chain);
    const cosignKey = (offer?.cosignKey ?? known?.cosignKey) as Uint8Array | undefined;
    if (!cosignKey)
      throw new Failure(
        'staff.witness-has-not-offered',
        'A clinic in this list has not offered to witness. Ask it to do so first.',
      );
    return { kind: 'clinic', chain: fromHex(wish.chain), cosignKey, name: '' };
  });
  await propose(context, papers, 'policy.changed', { witnesses }, { offers });
}

function outside({ name, cosignKey }: WitnessWish): PolicyWitness {
  if (!/^[0-9a-f]{64}$/.test(cosignKey))
    throw new Failure('staff.witness-key', 'The key of a witness from outside has 64 hexadecimal digits. Copy it whole.');
  return { kind: 'outside', chain: NO_CHAIN, cosignKey: fromHex(cosignKey), name };
}

/** Proposes the key that the hub offers. @throws {Failure} `staff.no-hub-key`; as `approve`. */
export async function proposeHubKey(context: VaultContext): Promise<void> {
  const papers = await context.gateway.regionPapers();
  if (!papers.offeredHubKey)
    throw new Failure('staff.no-hub-key', 'The hub offers no new key. Its administrator makes one with "careledger hub rotate".');
  await propose(context, papers, 'hub.rotated', { hubKey: papers.offeredHubKey.key }, { hubProof: papers.offeredHubKey.proof });
}

/** Proposes to activate the newest rules that this program knows. @throws {Failure} as `approve`. */
export async function proposeRules(context: VaultContext): Promise<void> {
  const papers = await context.gateway.regionPapers();
  await propose(context, papers, 'rules.activate', { rules: papers.newestRules });
}

async function propose(
  context: VaultContext,
  papers: RegionPapers,
  type: PolicyType,
  change: Partial<Policy>,
  { offers = [], hubProof = NONE }: { offers?: readonly WitnessOffer[]; hubProof?: Uint8Array } = {},
): Promise<void> {
  const { sequence, rules, hubKey, witnesses } = papers.policy;
  const policy: Policy = { sequence: sequence + 1, rules, hubKey, witnesses, ...change };
  const consents = newClinics(papers.policy, policy).flatMap(({ chain }) => {
    const offer = offers.find((each) => equalBytes(each.chain, chain));
    return offer ? [{ chain, clinicKey: offer.clinicKey, signature: offer.signature }] : [];
  });
  await sendApproved(context, papers, { type, act: { policy, hubProof, consents, approvals: [] } });
}

/**
 * Approves a proposal with this clinic's key. With the quorum's last approval it becomes an act of the ledger.
 * @throws {Failure} `staff.no-proposal`, `staff.no-witness`, `staff.policy-refused`; `ledger.refused`.
 */
export async function approvePolicy(context: VaultContext, id: string): Promise<void> {
  const papers = await context.gateway.regionPapers();
  const proposal = openedProposals(papers).find((each) => toHex(proposalId(hashParts, each)) === id);
  if (!proposal) throw new Failure('staff.no-proposal', 'Nobody proposes this any more. Load the list again.');
  await sendApproved(context, papers, proposal);
}

async function sendApproved(context: VaultContext, papers: RegionPapers, { type, act }: PolicyProposal): Promise<void> {
  const { gateway, chain } = context;
  const { policy: current, region } = papers;
  if (!witnessClinics(current).some((witness) => equalBytes(witness.chain, chain)))
    throw new Failure('staff.no-witness', 'This clinic is no witness of the region: others decide on this.');
  const message = policyMessage(region, act.policy);
  const keys = await clinicKeys(context, [...act.approvals, ...act.consents, { chain }]);
  // What the hub handed on counts only as far as it holds.
  const others = act.approvals.filter(({ chain: by, signature }) => {
    const key = keys.get(toHex(by));
    return key !== undefined && !equalBytes(by, chain) && verifySignature(key, message, signature);
  });
  const signature = sign(await ownClinicKey(context), message);
  const approved = { ...act, approvals: [...others, { chain, signature }] };
  const fault = policyFault(current, type, approved);
  if (fault !== undefined && fault !== 'policy-without-quorum') throw refusedFor(fault);
  if (!consentsHold(region, approved, keys)) throw refusedFor('policy-witness-without-consent');
  const { hubKey } = act.policy;
  if (act.hubProof.length > 0 && !verifySignature(hubKey, hubKeyMessage(region, hubKey), act.hubProof))
    throw refusedFor('policy-hub-key-malformed');
  if (fault === undefined)
    await gateway.commit({ events: [personalAct(context, { type, codec: policyActBody, body: approved })] });
  else await gateway.proposePolicy(type, approved);
  context.notify({ topics: ['region'] });
}

function consentsHold(
  region: Uint8Array,
  { policy, consents }: PolicyProposal['act'],
  keys: ReadonlyMap<string, Uint8Array>,
): boolean {
  return consents.every(({ chain, clinicKey, signature }) => {
    const cosignKey = policy.witnesses.find((witness) => equalBytes(witness.chain, chain))?.cosignKey;
    const key = keys.get(toHex(chain));
    return (
      cosignKey !== undefined &&
      key !== undefined &&
      equalBytes(key, clinicKey) &&
      verifySignature(key, consentMessage(region, chain, cosignKey), signature)
    );
  });
}

const refusedFor = (reason: string): Failure =>
  new Failure('staff.policy-refused', `The region's rules would refuse this change (${reason}). Nothing was signed.`, {
    details: { reason },
  });

/** The clinic keys that the ledger holds, by chain. */
async function clinicKeys(context: VaultContext, of: ReadonlyArray<{ chain: Uint8Array }>): Promise<Map<string, Uint8Array>> {
  const chains = [...new Set(of.map(({ chain }) => toHex(chain)))];
  const rows = await context.gateway.state(chains.map(chainKey));
  return new Map(chains.flatMap((chain, at) => (rows[at] ? [[chain, decode(chainRow, rows[at]).clinicKey] as const] : [])));
}

/** Offers that their clinics have signed with the key that the ledger holds. */
async function validOffers(context: VaultContext, { offers, region }: RegionPapers): Promise<WitnessOffer[]> {
  const opened = offers.flatMap((bytes) => opens(() => decodeWitnessOffer(bytes)));
  const keys = await clinicKeys(context, opened);
  return opened.filter(({ chain, cosignKey, clinicKey, signature }) => {
    const key = keys.get(toHex(chain));
    return key && equalBytes(key, clinicKey) && verifySignature(key, consentMessage(region, chain, cosignKey), signature);
  });
}

const openedProposals = ({ proposals, policy }: RegionPapers): PolicyProposal[] =>
  proposals
    .flatMap(({ type, body }) => opens(() => openProposal(type, body)))
    .filter(({ act }) => act.policy.sequence === policy.sequence + 1);

/** The hub hands these on; a spoilt one must not keep the others out. */
function opens<T>(open: () => T): T[] {
  try {
    return [open()];
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

/**
 * A region's policies by the size of the ledger from which they hold. A replica keeps the acts that it has folded; who has
 * not folded them, such as an outside witness or a replica that was away, follows them from the genesis by their signatures.
 */
import { equalBytes, fromHex, toHex } from '../encoding/bytes.ts';
import { decode } from '../encoding/codec.ts';
import { counted } from '../outcome/counted.ts';
import { Failure } from '../outcome/failure.ts';
import { type Checkpoint, openCheckpoint, type Witnessing, witnessing } from './checkpoint.ts';
import type { Region, Verify } from './founding.ts';
import type { Hash } from './merkle.ts';
import {
  consentMessage,
  firstPolicy,
  hubKeyMessage,
  newClinics,
  POLICY_TYPES,
  type Policy,
  type PolicyAct,
  type PolicyType,
  policyActBody,
  policyFault,
  policyMessage,
} from './policy.ts';
import { clinicKeysMessage, clinicRotatedBody } from './rotation-rules.ts';

/** An accepted event that bears on the policy: the quorum's acts, and new keys of clinics. */
export interface StoredAct {
  /** Of its block in the ledger. */
  readonly position: number;
  /** In the block, from 0. */
  readonly event: number;
  /** The clinic that wrote it, hexadecimal. */
  readonly chain: string;
  readonly type: string;
  readonly body: Uint8Array;
}

/** A policy as it holds from `size` on. */
export interface HeldPolicy extends Policy {
  /** Of the first checkpoint that it judges: the one that covers its act. */
  readonly size: number;
  /** The hub's key, the genesis's too. */
  readonly activeHubKey: Uint8Array;
}

/** Types of events that a policy book keeps. */
export const KEPT_ACTS: ReadonlySet<string> = new Set([...POLICY_TYPES, 'clinic.rotated']);

/** Whether an act bears on the policy: not a change of a clinic's encryption key alone, of which there is one a week and clinic. */
export function bearsOnPolicy({ type, body }: Pick<StoredAct, 'type' | 'body'>): boolean {
  if (type !== 'clinic.rotated') return true;
  const { previousClinicKey, clinicKey } = decode(clinicRotatedBody, body);
  return !equalBytes(previousClinicKey, clinicKey);
}

const isPolicyType = (type: string): type is PolicyType => (POLICY_TYPES as readonly string[]).includes(type);

export class PolicyBook {
  readonly #region: Region;
  readonly #held: HeldPolicy[];
  /** The clinic key of each clinic that is or was a witness, by chain. */
  readonly #clinicKeys: Map<string, Uint8Array>;
  #last: Pick<StoredAct, 'position' | 'event'> = { position: -1, event: -1 };

  constructor(region: Region) {
    this.#region = region;
    this.#held = [{ ...firstPolicy(region.genesis.witnesses), size: 0, activeHubKey: region.genesis.hubKey }];
    this.#clinicKeys = new Map(region.founders.map(({ chain, statement }) => [toHex(chain), statement.clinicKey]));
  }

  /** Another book with what this one holds. */
  copy(): PolicyBook {
    const book = new PolicyBook(this.#region);
    book.#held.splice(0, 1, ...this.#held);
    for (const [chain, key] of this.#clinicKeys) book.#clinicKeys.set(chain, key);
    book.#last = this.#last;
    return book;
  }

  get current(): HeldPolicy {
    return this.#held.at(-1) as HeldPolicy;
  }

  /** The policy for a checkpoint of `size` blocks. */
  at(size: number): HeldPolicy {
    return this.#held.findLast((policy) => policy.size <= size) as HeldPolicy;
  }

  /** Every policy, oldest first. */
  get all(): readonly HeldPolicy[] {
    return this.#held;
  }

  /** Takes in an act that was folded here: the rules have accepted it. One that is known already changes nothing. */
  apply(act: StoredAct): void {
    if (act.position < this.#last.position || (act.position === this.#last.position && act.event <= this.#last.event)) return;
    this.#last = { position: act.position, event: act.event };
    if (!isPolicyType(act.type)) {
      if (this.#clinicKeys.has(act.chain)) this.#clinicKeys.set(act.chain, decode(clinicRotatedBody, act.body).clinicKey);
      return;
    }
    const { policy, consents } = decode(policyActBody, act.body);
    for (const { chain, clinicKey } of consents) this.#clinicKeys.set(toHex(chain), clinicKey);
    const activeHubKey = policy.hubKey.length > 0 ? policy.hubKey : this.#region.genesis.hubKey;
    this.#held.push({ ...policy, size: act.position + 1, activeHubKey });
  }

  /**
   * Takes in an act that somebody shows, if the quorum of the policy in force has signed it.
   * @throws {Failure} `ledger.policy-unproven` when it does not follow.
   */
  prove(verify: Verify, act: StoredAct): void {
    if (isPolicyType(act.type)) this.#proveAct(verify, act.type, decode(policyActBody, act.body));
    else if (act.type === 'clinic.rotated') this.#proveKeys(verify, act);
    else throw unproven(`the type ${act.type}`);
    this.apply(act);
  }

  /** @throws {Failure} as `openCheckpoint`: it opens under the hub key that is in force at its size. */
  open(hash: Hash, verify: Verify, note: string): Checkpoint {
    const { id } = this.#region;
    const keys = new Map(this.#held.map((policy) => [toHex(policy.activeHubKey), policy.activeHubKey]));
    const opened = [...keys.values()].reverse().flatMap((key) => opensUnder(hash, verify, id, key, note))[0];
    if (!opened) return openCheckpoint(hash, verify, id, this.current.activeHubKey, note);
    const { activeHubKey } = this.at(opened.checkpoint.size);
    if (!equalBytes(activeHubKey, opened.key))
      throw new Failure(
        'ledger.checkpoint-forged',
        `A checkpoint of ${counted(opened.checkpoint.size, 'block')} is signed with a key that is not the hub's at that size.`,
      );
    return opened.checkpoint;
  }

  /** Who of the witness set in force at the checkpoint's size has cosigned it. */
  witnessing(hash: Hash, verify: Verify, checkpoint: Checkpoint): Witnessing {
    return witnessing(hash, verify, checkpoint.note, this.at(checkpoint.size).witnesses);
  }

  #proveAct(verify: Verify, type: PolicyType, act: PolicyAct): void {
    const { current } = this;
    const { id } = this.#region;
    const fault = policyFault(current, type, act);
    if (fault) throw unproven(fault);
    const message = policyMessage(id, act.policy);
    const holds = act.approvals.every(({ chain, signature }) => {
      const key = this.#clinicKeys.get(toHex(chain));
      return key !== undefined && verify(key, message, signature);
    });
    const consented = newClinics(current, act.policy).every(({ chain, cosignKey }) => {
      const given = act.consents.find((each) => equalBytes(each.chain, chain));
      return given !== undefined && verify(given.clinicKey, consentMessage(id, chain, cosignKey), given.signature);
    });
    const { hubKey } = act.policy;
    const proven = act.hubProof.length === 0 || verify(hubKey, hubKeyMessage(id, hubKey), act.hubProof);
    if (!holds || !consented || !proven) throw unproven('a signature does not hold');
  }

  #proveKeys(verify: Verify, act: StoredAct): void {
    const known = this.#clinicKeys.get(act.chain);
    if (!known) return;
    const body = decode(clinicRotatedBody, act.body);
    const message = clinicKeysMessage(fromHex(act.chain), body);
    const holds = equalBytes(known, body.previousClinicKey) && verify(known, message, body.clinicSignature);
    if (!holds || !verify(body.clinicKey, message, body.proof)) throw unproven('a signature does not hold');
  }
}

function opensUnder(
  hash: Hash,
  verify: Verify,
  region: Uint8Array,
  key: Uint8Array,
  note: string,
): Array<{ checkpoint: Checkpoint; key: Uint8Array }> {
  try {
    return [{ checkpoint: openCheckpoint(hash, verify, region, key, note), key }];
  } catch (error) {
    if (error instanceof Failure && error.code === 'ledger.checkpoint-forged') return [];
    throw error;
  }
}

const unproven = (why: string): Failure =>
  new Failure(
    'ledger.policy-unproven',
    `The hub shows a change of the region's policy that its quorum has not signed (${why}). Nothing of it was believed.`,
  );

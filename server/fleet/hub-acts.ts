/**
 * The acts of the hub's administrators as a desk holds them: the hub's list, and what of it the ledger has. A hub administrator's desk
 * brings the ledger what it lacks; from then on every replica has it.
 */
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { ActList, followActs, type ListedAct, listedAct, sameBeginning } from '../../shared/fleet/act-history.ts';
import { type ActKind, actMessage, type HubAct, nextValue, signAct, signedActCodec } from '../../shared/fleet/administration.ts';
import { HUB_ACT, hubActedBody } from '../../shared/fleet/hub-act-rules.ts';
import { openGenesis } from '../../shared/ledger/founding.ts';
import { PolicyBook } from '../../shared/ledger/policy-book.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { readActs } from '../ledger/policy-acts.store.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { sign, verifySignature } from '../vault/primitives.ts';

/** As many as the hub gives in one answer. */
const PAGE = 500;

export interface WantedHubAct extends Pick<HubAct, 'subject' | 'reason'> {
  readonly kind: ActKind;
  readonly isSet: boolean;
  /** As `nextValue` says. */
  readonly figure?: number;
}

/** The region as this desk knows it. */
export interface KnownRegion {
  readonly id: Uint8Array;
  /** SHA-256 of the certificate of the hub's authority. */
  readonly authority: Uint8Array;
  readonly hubAddress: string;
  /** Each key with which the hub has signed, hexadecimal. */
  readonly hubKeys: ReadonlySet<string>;
  readonly policies: PolicyBook;
}

/** @throws {Failure} `fleet.no-region`. */
export async function knownRegion({ gateway, reader }: VaultContext): Promise<KnownRegion> {
  const { genesis, hubAddress = '' } = await gateway.identity();
  if (!genesis)
    throw new Failure(
      'fleet.no-region',
      'This desk has joined no region yet: there is no hub to administer. Join one under Sync.',
    );
  const region = openGenesis(hashParts, verifySignature, genesis);
  const policies = new PolicyBook(region);
  for (const act of await readActs(reader)) policies.apply(act);
  const hubKeys = new Set(policies.all.map(({ activeHubKey }) => toHex(activeHubKey)));
  return { id: region.id, authority: region.genesis.authority, hubAddress, hubKeys, policies };
}

export class HubActs {
  readonly #context: VaultContext;
  #known: ListedAct[] = [];

  constructor(context: VaultContext) {
    this.#context = context;
  }

  /**
   * The hub's list from its first act on; what the ledger has of it and lacks is brought there.
   * @throws {Failure} `fleet.acts-altered` when it is not whole, or is not what the ledger has; what the way to the hub throws.
   */
  async list(region: KnownRegion): Promise<readonly ListedAct[]> {
    const acts = await this.#fetched(region);
    return this.#context.inTurn(async () => {
      const onLedger = await this.onLedger(region);
      if (onLedger.forkedAt !== undefined || !sameBeginning(acts, onLedger.acts)) throw ALTERED;
      const events = acts
        .slice(onLedger.acts.length)
        .map(({ bytes }) =>
          personalAct(this.#context, { type: 'hub.acted', codec: hubActedBody, body: decode(signedActCodec, bytes) }),
        );
      if (events.length > 0) await this.#context.gateway.commit({ events });
      // A restored hub may lack what the ledger has.
      return onLedger.acts.length > acts.length ? onLedger.acts : acts;
    });
  }

  /** What this replica has of them: needs no hub. */
  async onLedger({ hubKeys }: KnownRegion) {
    const rows = await this.#context.gateway.stateList(HUB_ACT);
    return followActs(
      rows.map(({ value }) => listedAct(hashParts, decode(signedActCodec, value))),
      hubKeys,
    );
  }

  /** An act on what the list says now, signed by who is signed in and brought to the hub. @throws {Failure} why the hub refuses it. */
  async act(region: KnownRegion, { kind, subject, isSet, reason, figure }: WantedHubAct): Promise<HubAct> {
    const { keyStore, gateway, staff, clock } = this.#context;
    const list = new ActList(region.hubKeys);
    for (const each of await this.list(region)) list.add(each);
    const sequence = list.acts.length + 1;
    const act: HubAct = {
      region: region.id,
      sequence,
      previous: fromHex(list.newest),
      kind,
      subject,
      before: list.of(kind, toHex(subject)),
      after: nextValue(kind, isSet, sequence, figure),
      reason,
      time: clock(),
      author: staff.id,
    };
    await gateway.administer(signAct(act, (message) => sign(keyStore.signingKey, message)));
    // It is done. Where bringing it to the ledger fails, the next look at the list does it.
    await this.list(region).catch(() => undefined);
    return act;
  }

  /** Only what is new is fetched, unless the hub's list has become another one. */
  async #fetched(region: KnownRegion): Promise<readonly ListedAct[]> {
    const [newest] = await this.#context.gateway.administratorActs(Math.max(0, this.#known.length - 1));
    const isSame = this.#known.length === 0 || (newest && toHex(hashParts(newest)) === this.#known.at(-1)?.hash);
    const known = isSame ? [...this.#known] : [];
    const list = new ActList(region.hubKeys);
    for (const each of known) list.add(each);
    for (;;) {
      const page = await this.#context.gateway.administratorActs(list.acts.length);
      for (const bytes of page) list.add(followed(list, bytes, region));
      if (page.length < PAGE) break;
    }
    this.#known = list.acts;
    return this.#known;
  }
}

/** The next act of a list. @throws {Failure} `fleet.acts-altered`. */
function followed(list: ActList, bytes: Uint8Array, region: KnownRegion): ListedAct {
  const signed = decode(signedActCodec, bytes);
  const listed = listedAct(hashParts, signed);
  const { act } = listed;
  const isSigned = verifySignature(act.author, actMessage(signed), signed.signature);
  if (!isSigned || toHex(act.region) !== toHex(region.id) || !list.mayFollow(act)) throw ALTERED;
  return listed;
}

const ALTERED = new Failure(
  'fleet.acts-altered',
  'The hub’s list of its administrators’ acts is not whole, or is not what the ledger has: an act is missing or was altered. Do nothing at this hub before its machine was looked at.',
);

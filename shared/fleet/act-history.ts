/**
 * What of the acts on a ledger is a hub's list: from the first one on, each names the one before, finds what stands as it says, and is by
 * the hub's machine or by a person whom the list names. Pure; who hands in the acts has checked their signatures.
 */
import { toHex } from '../encoding/bytes.ts';
import { encode } from '../encoding/codec.ts';
import type { Hash } from '../ledger/merkle.ts';
import { type HubAct, MACHINE_KINDS, maySet, readAct, type SignedAct, signedActCodec } from './administration.ts';

export interface ListedAct {
  readonly act: HubAct;
  /** As it was signed. */
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, hexadecimal. */
  readonly hash: string;
}

interface ActHistory {
  /** In their order, without gaps. */
  readonly acts: readonly ListedAct[];
  /** Acts that follow nothing in the list: one before them is missing, or their author may not act. */
  readonly strays: readonly ListedAct[];
  /** The number that two acts claim, each by somebody who may: the list was continued twice. */
  readonly forkedAt: number | undefined;
}

/** What the first act names. */
export const NO_ACT = '0'.repeat(64);

export function listedAct(hash: Hash, signed: SignedAct): ListedAct {
  const bytes = encode(signedActCodec, signed);
  return { act: readAct(signed), bytes, hash: toHex(hash(bytes)) };
}

/** The list as far as it is carried through. @param hubKeys each key with which the hub has signed, hexadecimal */
export function followActs(acts: readonly ListedAct[], hubKeys: ReadonlySet<string>): ActHistory {
  const list = new ActList(hubKeys);
  const left = new Set(acts);
  const byPrevious = Map.groupBy(left, ({ act }) => toHex(act.previous));
  for (;;) {
    const following = byPrevious.get(list.newest)?.filter(({ act }) => list.mayFollow(act)) ?? [];
    const [next, rival] = following;
    if (!next || rival) return { acts: list.acts, strays: [...left], forkedAt: rival && next?.act.sequence };
    left.delete(next);
    list.add(next);
  }
}

/** A list as it grows: what may follow, and what its acts have set. */
export class ActList {
  readonly acts: ListedAct[] = [];
  readonly #hubKeys: ReadonlySet<string>;
  readonly #standings = new Map<string, number>();

  constructor(hubKeys: ReadonlySet<string>) {
    this.#hubKeys = hubKeys;
  }

  /** What stands by these acts; 0 where none has set anything. @param subject hexadecimal */
  of(kind: HubAct['kind'], subject: string): number {
    return this.#standings.get(`${kind} ${subject}`) ?? 0;
  }

  /** Hash of the newest act, which the next one names. */
  get newest(): string {
    return this.acts.at(-1)?.hash ?? NO_ACT;
  }

  mayFollow(act: HubAct): boolean {
    const author = toHex(act.author);
    const isMachine = this.#hubKeys.has(author);
    return (
      act.sequence === this.acts.length + 1 &&
      toHex(act.previous) === this.newest &&
      act.before === this.of(act.kind, toHex(act.subject)) &&
      maySet(act) &&
      (isMachine || (!MACHINE_KINDS.has(act.kind) && this.of('administrator', author) === 1))
    );
  }

  add(listed: ListedAct): void {
    const { kind, subject, after } = listed.act;
    this.acts.push(listed);
    this.#standings.set(`${kind} ${toHex(subject)}`, after);
  }
}

/** Whether one of two lists is the beginning of the other. */
export const sameBeginning = (one: readonly ListedAct[], other: readonly ListedAct[]): boolean =>
  one.slice(0, other.length).every(({ hash }, at) => hash === other[at]?.hash);

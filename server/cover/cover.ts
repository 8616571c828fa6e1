/** Cover: who stands in for whom at this clinic. The ledger has it, signed; whose visits a colleague sees follows from it. */
import {
  COVERING_ROLES,
  coverHolds,
  coverKey,
  coverNamedBody,
  coverRow,
  coverWithdrawnBody,
  LONGEST_COVER,
} from '../../shared/access/cover-rules.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { staffRow } from '../../shared/ledger/rows.ts';
import { staffKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import { staffNames } from '../sync/vault-context/staff-names.ts';
import { type HeldCover, staffId, type VaultContext } from '../sync/vault-context/vault-context.ts';
import { coverResolvers } from './cover.resolvers.ts';

interface Cover {
  /** Hexadecimal, as the people's ids. */
  readonly id: string;
  readonly covered: CoverPerson;
  readonly covering: CoverPerson;
  /** Milliseconds since 1970; `until` is not part of it. */
  readonly from: number;
  readonly until: number;
  readonly state: 'NOW' | 'TO_COME' | 'OVER' | 'WITHDRAWN';
  readonly byMe: boolean;
  readonly endable: boolean;
}

interface CoverPerson {
  readonly id: string;
  readonly name: string;
}

interface CoverWish {
  readonly covered: string;
  readonly covering: string;
  readonly from: number;
  readonly until: number;
}

export class Covers {
  readonly #context: VaultContext;

  /** From here on the hook says for whom who is signed in stands in. */
  constructor(context: VaultContext) {
    this.#context = context;
    context.hooks.covers = () => this.#held();
  }

  /** The soonest first; those that are over at the end, the newest first. */
  async list(past: boolean): Promise<Cover[]> {
    const all = await this.#all();
    const standing = all
      .filter(({ state }) => state === 'NOW' || state === 'TO_COME')
      .sort((one, other) => one.from - other.from);
    if (!past) return standing;
    const over = all.filter(({ state }) => state === 'OVER' || state === 'WITHDRAWN');
    return [...standing, ...over.sort((one, other) => other.until - one.until)];
  }

  /** Durable and signed when it resolves. @throws {Failure} `cover.period`, `cover.not-yours`, `cover.person`; `ledger.refused`. */
  async name({ covered, covering, from, until }: CoverWish): Promise<Cover> {
    const { gateway, staff, random, notify } = this.#context;
    if (
      ![from, until].every(Number.isSafeInteger) ||
      until <= from ||
      until <= (await gateway.time()) ||
      until - from > LONGEST_COVER
    )
      throw new Failure('cover.period', 'Cover begins before it ends, ends in the future, and lasts 92 days at most.');
    if (covered !== staffId(this.#context) && staff.role !== 'administrator')
      throw new Failure(
        'cover.not-yours',
        'You can hand over your own work. An administrator does it for a colleague who is away.',
      );
    if (covered === covering || !(await this.#hasPatients(covered)) || !(await this.#hasPatients(covering)))
      throw new Failure('cover.person', 'Choose two colleagues who treat patients here: one who is away and one who stands in.');
    const cover = random(16);
    const body = { cover, covered: fromHex(covered), covering: fromHex(covering), from, until };
    await gateway.commit({ events: [personalAct(this.#context, { type: 'cover.named', codec: coverNamedBody, body })] });
    notify({ topics: ['covers', 'visits'] });
    return this.#known(toHex(cover));
  }

  /** @throws {Failure} `cover.unknown`, `cover.not-yours`; `ledger.refused`. */
  async withdraw(id: string): Promise<Cover> {
    const { gateway, notify } = this.#context;
    const { endable, state } = await this.#known(id);
    if (state === 'OVER' || state === 'WITHDRAWN') throw unknown();
    if (!endable) throw new Failure('cover.not-yours', 'Either of the two ends a cover, or an administrator.');
    const body = { cover: fromHex(id) };
    await gateway.commit({ events: [personalAct(this.#context, { type: 'cover.withdrawn', codec: coverWithdrawnBody, body })] });
    notify({ topics: ['covers', 'visits'] });
    return this.#known(id);
  }

  async #held(): Promise<ReadonlyMap<string, HeldCover>> {
    const held = new Map<string, HeldCover>();
    for (const { covered, until, state, byMe } of await this.#all())
      if (state === 'NOW' && byMe && until > (held.get(covered.id)?.until ?? 0))
        held.set(covered.id, { name: covered.name, until });
    return held;
  }

  async #all(): Promise<Cover[]> {
    const { gateway, chain, staff } = this.#context;
    const prefix = coverKey(toHex(chain));
    const rows = await gateway.stateList(prefix);
    if (rows.length === 0) return [];
    const [time, names, me] = [await gateway.time(), await staffNames(this.#context), staffId(this.#context)];
    const person = (id: string): CoverPerson => ({ id, name: names.get(id) ?? id.slice(0, 8) });
    return rows.map(({ key, value }) => {
      const row = decode(coverRow, value);
      const [covered, covering] = [person(toHex(row.covered)), person(toHex(row.covering))];
      const isOver = row.withdrawn > 0 ? 'WITHDRAWN' : time >= row.until ? 'OVER' : undefined;
      const state = isOver ?? (coverHolds(row, time) ? 'NOW' : 'TO_COME');
      const isMine = covered.id === me || covering.id === me || staff.role === 'administrator';
      const { from, until } = row;
      const byMe = covering.id === me;
      return {
        id: key.slice(prefix.length),
        covered,
        covering,
        from,
        until,
        state,
        byMe,
        endable: isMine && isOver === undefined,
      };
    });
  }

  async #known(id: string): Promise<Cover> {
    const found = (await this.#all()).find((cover) => cover.id === id);
    if (found) return found;
    throw unknown();
  }

  async #hasPatients(id: string): Promise<boolean> {
    const { gateway, chain } = this.#context;
    const [stored] = /^[0-9a-f]{64}$/.test(id) ? await gateway.state([staffKey(id)]) : [];
    const row = stored && decode(staffRow, stored);
    return row !== undefined && !row.revoked && toHex(row.chain) === toHex(chain) && COVERING_ROLES.has(row.role);
  }
}

function unknown(): Failure {
  return new Failure('cover.unknown', 'There is no such cover, or it is over. Load the list again.');
}

/** What the registry of domains needs of this one. */
export const coverDomain = { name: 'cover', sdl: 'shared/cover/cover.graphql', resolvers: coverResolvers };

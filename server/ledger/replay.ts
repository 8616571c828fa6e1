/** A ledger run again in memory from its genesis, a block at a time, with every signature checked: for judging what others signed. */

import { decode } from '../../shared/encoding/codec.ts';
import { ownSignatures } from '../../shared/ledger/admission.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { RULES_VERSION } from '../../shared/ledger/event.ts';
import type { Region, Verify } from '../../shared/ledger/founding.ts';
import { type Hash, leafHash } from '../../shared/ledger/merkle.ts';
import { POLICY_KEY, policyRow } from '../../shared/ledger/policy.ts';
import type { Rules } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { activatesRules, foldPage, genesisPage, openSealed, readsOf } from './fold.ts';
import type { LedgerHead } from './ledger.store.ts';
import { stateRootOf } from './state-rows.store.ts';

type LoadRows = (keys: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array | undefined>>;

export class Replay {
  readonly #hash: Hash;
  readonly #verify: Verify;
  readonly #rules: Rules;
  /** Rows that the blocks so far have put; what is not among them is asked of `#load`. */
  readonly #rows: Map<string, Uint8Array | undefined>;
  readonly #load: LoadRows;
  #head: LedgerHead;
  /** The rules that judge the next block, once they are known. */
  #active: Rules | undefined;

  constructor(
    tools: { readonly hash: Hash; readonly verify: Verify; readonly rules: Rules },
    start: { readonly head: LedgerHead; readonly rows: ReadonlyMap<string, Uint8Array | undefined>; readonly load: LoadRows },
  ) {
    this.#hash = tools.hash;
    this.#verify = tools.verify;
    this.#rules = tools.rules;
    this.#head = start.head;
    this.#rows = new Map(start.rows);
    this.#load = start.load;
  }

  static fromGenesis(tools: { hash: Hash; verify: Verify; rules: Rules }, region: Region): Replay {
    const { head, changes } = genesisPage(tools.hash, region);
    return new Replay(tools, { head, rows: changes, load: async () => new Map() });
  }

  get head(): LedgerHead {
    return this.#head;
  }

  /** The root that the tree has when `sealed` is its next entry, whether it may enter or not. */
  rootWith(sealed: Uint8Array): Uint8Array {
    const range = this.#head.range.clone();
    range.append(leafHash(this.#hash, blockHash(this.#hash, sealed)));
    return range.root();
  }

  /** Only of a replay from the genesis. */
  stateRoot(): Uint8Array {
    return stateRootOf(this.#hash, this.#rows);
  }

  /**
   * Adds the next block, by the rules that are active at its place. @throws {Failure} when it may not enter: its form, its enrolment
   * and place, or a signature; then nothing was added. `ledger.update-needed` says nothing of the block: the rules are not known here.
   */
  async add(sealed: Uint8Array): Promise<void> {
    this.#active ??= await this.#activeRules();
    const opened = openSealed(this.#hash, this.#active, sealed);
    const rows = await this.#loaded(readsOf([{ opened }]));
    const page = foldPage(this.#hash, this.#head, rows, [{ sealed, opened }]);
    const claims = [...ownSignatures(opened), ...page.bodySignatures];
    const forged = claims.some(({ key, message, signature }) => !this.#verify(key, message, signature));
    if (forged) throw new Failure('ledger.signature-invalid', 'A signature of this block does not hold.');
    for (const [key, value] of page.changes) this.#rows.set(key, value);
    this.#head = page.head;
    if (page.blocks.some(activatesRules)) this.#active = undefined;
  }

  async #activeRules(): Promise<Rules> {
    const policy = (await this.#loaded([POLICY_KEY])).get(POLICY_KEY);
    return this.#rules.at(policy ? decode(policyRow, policy).rules : RULES_VERSION);
  }

  async #loaded(keys: readonly string[]): Promise<Map<string, Uint8Array | undefined>> {
    const unknown = keys.filter((key) => !this.#rows.has(key));
    const loaded = unknown.length > 0 ? await this.#load(unknown) : new Map<string, Uint8Array | undefined>();
    return new Map(keys.map((key) => [key, this.#rows.has(key) ? this.#rows.get(key) : loaded.get(key)]));
  }
}

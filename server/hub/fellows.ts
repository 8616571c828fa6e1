/** What the processes of one hub tell each other through their database, each word with the transaction that made it true. */
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import type { TreeHead } from '../../shared/ledger/checkpoint.ts';
import type { LedgerHead } from '../ledger/ledger.store.ts';
import type { WriteTransaction } from '../storage/database.ts';

/** The ledger has come to this head; a witness has cosigned the checkpoint of a size; there is new mail. */
type Word =
  | { readonly kind: 'head'; readonly head: TreeHead }
  | { readonly kind: 'cosigned'; readonly size: number }
  | { readonly kind: 'mail' };

export function tellHead(transaction: WriteTransaction, { size, range, effects, state }: LedgerHead): Promise<void> {
  const root = state && { size: state.size, root: toHex(state.root) };
  return tell(transaction, { kind: 'head', size, root: toHex(range.root()), effects: toHex(effects), state: root });
}

export const tellCosigned = (transaction: WriteTransaction, size: number): Promise<void> =>
  tell(transaction, { kind: 'cosigned', size });

export const tellMail = (transaction: WriteTransaction): Promise<void> => tell(transaction, { kind: 'mail' });

const tell = (transaction: WriteTransaction, word: object): Promise<void> => transaction.tell(JSON.stringify(word));

interface SpokenHead {
  readonly kind: 'head';
  readonly size: number;
  readonly root: string;
  readonly effects: string;
  readonly state?: { readonly size: number; readonly root: string };
}

/** Words come from this hub's own processes, through the database that it trusts with the ledger itself. */
export function readWord(text: string): Word {
  const word = JSON.parse(text) as SpokenHead | Exclude<Word, { kind: 'head' }>;
  if (word.kind !== 'head') return word;
  const { size, root, effects, state } = word;
  const stateRoot = state && { size: state.size, root: fromHex(state.root) };
  return { kind: 'head', head: { size, root: fromHex(root), effects: fromHex(effects), state: stateRoot } };
}

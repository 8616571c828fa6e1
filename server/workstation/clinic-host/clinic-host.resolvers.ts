/** Resolvers of the clinic host: the hub's schema without its order, for devices of one clinic. */
import { toHex } from '../../../shared/encoding/bytes.ts';
import { consistencyProof } from '../../../shared/ledger/merkle.ts';
import { LIMITS } from '../../../shared/sync/wire.ts';
import type { Resolvers } from '../../graphql/generated/clinic-host.ts';
import { base64, wholeNumber } from '../../hub/line/arguments.ts';
import { HeadStream } from '../../hub/sequencer/head-stream.ts';
import { readPackedBlocks } from '../../ledger/blocks.store.ts';
import { readActs } from '../../ledger/policy-acts.store.ts';
import { nodeSource } from '../../ledger/tree-nodes.store.ts';
import type { Database } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import type { ClinicRelay } from './relay.ts';

export interface ClinicCards {
  /** As the hub's fields `cardPepper` and `cardOpened`. */
  answer(ask: string): Promise<string>;
  opened(opened: string): Promise<boolean>;
}

/** The host as its resolvers need it. */
export interface ServedClinic {
  readonly relay: ClinicRelay;
  readonly database: Database;
  readonly feed: string;
  readonly device: string;
  /** What this computer answers about care cards as a keeper of its clinic's peppers, tries counted. */
  readonly card: ClinicCards;
  /** The newest checkpoint here and how many blocks are here; both empty before the first contact with a hub. */
  ledger(): { readonly note: string; readonly size: number };
}

export interface ClinicHostContext {
  readonly host: ServedClinic;
  /** Device id, hexadecimal: of this clinic, enrolled and not revoked. */
  readonly caller: string;
}

const ARRIVALS_PER_ANSWER = 500;

export const clinicHostResolvers: Resolvers<ClinicHostContext> = {
  Query: {
    clinicHost: async (_, __, { host }) => {
      const { feed, device, relay } = host;
      return { feed, device, size: host.ledger().size, newest: await relay.newest() };
    },
    arrivals: async (_, { after, limit }, { host, caller }) => {
      const { entries, last, more } = await host.relay.arrivals(
        caller,
        wholeNumber(after, 'after'),
        wholeNumber(limit, 'limit', ARRIVALS_PER_ANSWER),
      );
      const arrivals = entries.map(({ sequence, kind, name, device, detail, handle, bytes, wrap }) => ({
        sequence,
        kind,
        name: toHex(name),
        device: toHex(device),
        detail: handle ? toHex(handle) : detail,
        bytes: base64(bytes ?? new Uint8Array(0)),
        wrap: base64(wrap ?? new Uint8Array(0)),
      }));
      return { arrivals, last, more };
    },
    checkpoint: (_, __, { host }) => host.ledger().note,
    blocks: async (_, { from, limit }, { host }) => {
      const { size, note } = host.ledger();
      const wanted = wholeNumber(limit, 'limit', LIMITS.blocksPerPage);
      const count = Math.max(0, Math.min(wanted, size - wholeNumber(from, 'from')));
      return { from, blocks: count > 0 ? await readPackedBlocks(host.database.read, from, count) : [], checkpoint: note };
    },
    consistencyProof: async (_, { from, size }, { host }) => {
      const whole = wholeNumber(size, 'size', host.ledger().size);
      const nodes = nodeSource(host.database.read, hashParts);
      return (await consistencyProof(hashParts, wholeNumber(from, 'from'), whole, nodes)).map(base64);
    },
    policyActs: async (_, { from }, { host }) => {
      const acts = await readActs(host.database.read, wholeNumber(from, 'from'));
      return acts.map((act) => ({ ...act, body: base64(act.body) }));
    },
    snapshot: () => null,
  },
  Mutation: {
    submit: async (_, { blocks }, { host, caller }) => ({ receipts: [], refusals: await host.relay.submit(caller, blocks) }),
    putDocuments: (_, { documents }, { host, caller }) => host.relay.put(caller, documents),
    sendMessages: (_, { messages }, { host, caller }) => host.relay.send(caller, messages),
    withdrawMessages: (_, { ids }, { host, caller }) => host.relay.withdraw(caller, ids),
    cardPepper: (_, { ask }, { host }) => host.card.answer(ask),
    cardOpened: (_, { opened }, { host }) => host.card.opened(opened),
    takeBack: (_, { blocks }, { host, caller }) => host.relay.takeBack(caller, blocks),
  },
  Subscription: {
    head: {
      subscribe: (_, __, { host, caller }) =>
        new HeadStream(host.relay.heads, async () => {
          await host.relay.identify(caller);
          return { checkpoint: host.ledger().note, messages: await host.relay.newest() };
        }),
      resolve: (head: { checkpoint: string; messages: number }) => head,
    },
  },
};

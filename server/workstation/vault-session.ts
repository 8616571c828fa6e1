/** What is there between unlocking and locking: the domains, their schema, and what notices of the device service do. */

import { buildGraphql, type GraphqlAnswer, type GraphqlRequest, type Incident } from '../graphql/apollo.ts';
import { deskResolvers, mergeChanges } from '../graphql/desk.resolvers.ts';
import { openVaultDomains, type VaultRequest, vaultDomains } from '../graphql/domains.ts';
import { Topic } from '../graphql/topic.ts';
import { vaultSchema } from '../graphql/vault-schema.ts';
import type { DeviceNotice } from '../sync/gateway.ts';
import { type ContextParts, type VaultChange, vaultContext } from '../sync/vault-context.ts';
import { PAGE_LIMITS } from './device-graphql.ts';

export interface VaultSession {
  /** @param readable files and folders that the request may have imported. */
  execute(request: GraphqlRequest, readable: readonly string[]): Promise<GraphqlAnswer>;
  subscribe(request: GraphqlRequest): Promise<AsyncIterableIterator<GraphqlAnswer> | GraphqlAnswer>;
  notice(notice: DeviceNotice): Promise<void>;
  /** Seals the access log, ends imports, drops keys, index and charts. */
  close(): Promise<void>;
}

/** Access lines are anchored in the ledger this often. */
const SEAL_ACCESS_EVERY = 60_000;

export async function openVaultSession(
  parts: Omit<ContextParts, 'notify'>,
  report: (incident: Incident) => void,
): Promise<VaultSession> {
  const changes = new Topic<VaultChange>(mergeChanges);
  const context = await vaultContext({ ...parts, notify: (change) => changes.publish(change) });
  const { request, close } = await openVaultDomains(context);
  const desk = { name: 'desk', sdl: 'shared/ledger/ledger.graphql', resolvers: deskResolvers(changes) };
  const { typeDefs, resolvers } = vaultSchema([...vaultDomains, desk]);
  const graphql = await buildGraphql<VaultRequest>({ typeDefs, resolvers, limits: PAGE_LIMITS, report });
  const refresh = async (): Promise<void> => {
    await request.consents.refresh();
    changes.publish({ topics: ['sync', 'patients', 'offers', 'consents'] });
  };
  await refresh();
  const sealing = setInterval(() => void request.access.sealAccessLog().catch(() => undefined), SEAL_ACCESS_EVERY);
  sealing.unref();
  return {
    execute: (asked, readable) => graphql.execute(asked, { ...request, readable }),
    subscribe: (asked) => graphql.subscribe(asked, request),
    notice: refresh,
    close: async () => {
      clearInterval(sealing);
      await graphql.stop();
      await close();
    },
  };
}

/** What is there between unlocking and locking: the domains, their schema, and what notices of the device service do. */

import { mayDo } from '../../shared/access/permissions.ts';
import { type FhirAnswer, type FhirRequest, refused as refusedInFhir } from '../../shared/fhir-api/exchange.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { buildGraphql, errorOf, type GraphqlAnswer, type GraphqlRequest, type Incident, incidentOf } from '../graphql/apollo.ts';
import { deskResolvers, mergeChanges } from '../graphql/desk.resolvers.ts';
import { openVaultDomains, type VaultRequest, vaultDomains } from '../graphql/domains.ts';
import { Topic } from '../graphql/topic.ts';
import { vaultSchema } from '../graphql/vault-schema.ts';
import type { Staff } from '../staff/people.ts';
import type { ClinicMail } from '../sync/clinic-mail.ts';
import { ClinicDevices } from '../sync/clinic-mail-devices.ts';
import { readClinicMail } from '../sync/clinic-mail-receiving.ts';
import type { DeviceNotice } from '../sync/gateway.ts';
import { type ContextParts, type VaultChange, type VaultContext, vaultContext } from '../sync/vault-context.ts';
import { PAGE_LIMITS } from './device-graphql.ts';
import type { Waiting } from './device-verbs.ts';
import { clinicDevicesResolvers } from './further-device.resolvers.ts';
import type { SaidReach } from './vault-verbs.ts';

export interface VaultSession {
  readonly context: VaultContext;
  readonly staff: Staff;
  /** @param readable files and folders that the request may have imported. */
  execute(request: GraphqlRequest, readable: readonly string[]): Promise<GraphqlAnswer>;
  subscribe(request: GraphqlRequest): Promise<AsyncIterableIterator<GraphqlAnswer> | GraphqlAnswer>;
  fhir(request: FhirRequest): Promise<FhirAnswer>;
  sayFacadeReach(said: SaidReach): Promise<void>;
  notice(notice: DeviceNotice): Promise<void>;
  /** Seals the access log, ends imports, drops keys, index and charts. */
  close(): Promise<void>;
}

/** Access lines are anchored in the ledger, and grants that ran out are purged, this often. */
const EVERY_MINUTE = 60_000;

interface SessionEdges {
  /** The clinic's other desks; `parts.gateway` is its own. */
  readonly mail: ClinicMail;
  report(incident: Incident): void;
  /** What the ledger says of who is signed in, now. @throws {Failure} `vault.staff-revoked`. */
  role(): Promise<string>;
  /** Replaces the keychain's secret; older copies of the key file open no more. */
  renewSecret(): Promise<void>;
  /** What waits, for the locked door: told each minute and before it closes. */
  tellWaiting(waiting: Waiting): Promise<void>;
}

/** Opens what an unlock opens. What other clinics sent and took back is dealt with at once, and again whenever it may have changed. */
export async function openVaultSession(parts: Omit<ContextParts, 'notify'>, edges: SessionEdges): Promise<VaultSession> {
  const changes = new Topic<VaultChange>(mergeChanges);
  const context = await vaultContext({ ...parts, notify: (change) => changes.publish(change) });
  context.hooks.keysDestroyed = () => edges.renewSecret();
  const { request, close } = await openVaultDomains(context);
  const desk = { name: 'desk', sdl: 'shared/ledger/ledger.graphql', resolvers: deskResolvers(changes) };
  const clinicDevices = new ClinicDevices(context, edges.mail);
  const receiving = {
    mail: edges.mail,
    context,
    directory: request.patients,
    records: request.records,
    areOver: (grants: readonly string[]) => request.consents.areOver(grants),
    lookAnew: () => request.consents.lookAnew(),
  };
  const devices = {
    name: 'devices',
    sdl: 'shared/workstation/workstation.graphql',
    resolvers: clinicDevicesResolvers(clinicDevices),
  };
  const { typeDefs, resolvers } = vaultSchema([...vaultDomains, devices, desk]);
  const graphql = await buildGraphql<VaultRequest>({ typeDefs, resolvers, limits: PAGE_LIMITS, report: edges.report });
  // In this order. A fault in one, such as in what others sent, keeps neither the others nor the desk shut: it is tried again.
  const looks: ReadonlyArray<readonly [name: string, look: () => Promise<unknown>]> = [
    ['clinic-mail', () => readClinicMail(receiving, clinicDevices)],
    ['erasures', () => request.erasures.refresh()],
    ['consents', () => request.consents.refresh()],
    ['care-cards', () => request.careCards.refresh()],
    ['clinic-keys', () => request.staff.refreshKeys()],
    ['attachments', () => request.attachments.collect()],
    ['conflicts', () => request.conflicts.look()],
    ['benefits', () => request.marketplace.benefits.look()],
    ['readings', () => request.readingFolder.look()],
    ['monitoring', () => request.monitoring.look()],
    ['waiting', () => tellWaiting(request, edges)],
    ['consults', () => request.consultLetters.refresh()],
    ['patient-files', () => request.patientFiles.refresh()],
  ];
  let barred: Failure | undefined;
  const refreshNow = async (): Promise<void> => {
    barred = await standing(edges, context.staff.role);
    if (barred) return;
    for (const [name, look] of looks)
      try {
        await look();
      } catch (error) {
        edges.report(incidentOf(name, error));
      }
    changes.publish({ topics: ['sync', 'patients', 'offers', 'consents'] });
  };
  // One after the other, and none that begins while the vault is being closed.
  let closing = false;
  let last: Promise<void> = Promise.resolve();
  const refresh = (): Promise<void> => {
    last = last.then(() => (closing ? undefined : refreshNow()));
    return last;
  };
  await refresh();
  // The first import or entry then need not wait for the FHIR definitions.
  void context.fhir.warm().catch(() => undefined);
  const minutely = setInterval(() => {
    void request.access.sealAccessLog().catch((error: unknown) => edges.report(incidentOf('access', error)));
    void refresh();
  }, EVERY_MINUTE);
  minutely.unref();
  return {
    context,
    staff: request.staff,
    execute: async (asked, readable) => (barred ? refused(barred) : graphql.execute(asked, { ...request, readable })),
    subscribe: async (asked) => (barred ? refused(barred) : graphql.subscribe(asked, request)),
    fhir: async (asked) => (barred ? refusedInFhir(barred) : request.fhirApi.answer(asked)),
    sayFacadeReach: async ({ reach, passphrase }) => {
      if (barred) throw barred;
      await request.fhirApi.sayReach(reach, passphrase);
    },
    notice: refresh,
    close: async () => {
      clearInterval(minutely);
      closing = true;
      await last;
      if (!barred) await tellWaiting(request, edges).catch(() => undefined);
      await graphql.stop();
      await edges.mail.close();
      await close();
    },
  };
}

/** Why who is signed in may not go on: the ledger has taken their key back, or given them another role. */
/** Whoever sees neither alerts nor charts says nothing of them: what was told before stands, with its time. */
async function tellWaiting({ vault, monitoring, tasks }: VaultRequest, edges: SessionEdges): Promise<void> {
  const { role } = vault.staff;
  if (!mayDo(role, 'monitoring.read') || !mayDo(role, 'chart.read')) return;
  await edges.tellWaiting({ alerts: await monitoring.openCount(), tasks: await tasks.openCount() });
}

async function standing(edges: SessionEdges, role: string): Promise<Failure | undefined> {
  try {
    if ((await edges.role()) === role) return undefined;
    return new Failure('vault.role-changed', 'Your role at this clinic has changed. Lock the workstation and unlock it again.');
  } catch (error) {
    return asFailure(error);
  }
}

const refused = (failure: Failure): GraphqlAnswer => ({ errors: [errorOf(failure)] });

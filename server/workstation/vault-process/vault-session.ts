/** What is there between unlocking and locking: the domains, their schema, and what notices of the device service do. */

import { toHex } from '../../../shared/encoding/bytes.ts';
import { type FhirAnswer, type FhirRequest, refused as refusedInFhir } from '../../../shared/fhir-api/exchange.ts';
import type { Failure } from '../../../shared/outcome/failure.ts';
import { buildGraphql, errorOf, type GraphqlAnswer, type GraphqlRequest, incidentOf } from '../../graphql/apollo.ts';
import { deskResolvers, mergeChanges } from '../../graphql/desk.resolvers.ts';
import { openVaultDomains, type VaultRequest, vaultDomains } from '../../graphql/domains.ts';
import { vaultSchema } from '../../graphql/vault-schema.ts';
import type { Staff } from '../../staff/people.ts';
import type { ClinicMail } from '../../sync/clinic-mail/clinic-mail.ts';
import { ClinicDevices } from '../../sync/clinic-mail/clinic-mail-devices.ts';
import { readClinicMail } from '../../sync/clinic-mail/clinic-mail-receiving.ts';
import type { DeviceNotice } from '../../sync/gateway.ts';
import { settingChange } from '../../sync/vault-context/setting-change.ts';
import { Topic } from '../../sync/vault-context/topic.ts';
import { type ContextParts, type VaultChange, type VaultContext, vaultContext } from '../../sync/vault-context/vault-context.ts';
import { PAGE_LIMITS } from '../device/device-graphql.ts';
import { clinicDevicesResolvers } from '../joining/clinic-devices.resolvers.ts';
import { looksOf, type RoundEdges, SessionRounds, tellWaiting } from './session-rounds.ts';
import type { SaidReach, SaidSetting } from './vault-verbs.ts';

export interface VaultSession {
  readonly context: VaultContext;
  readonly staff: Staff;
  /** @param readable files and folders that the request may have imported. */
  execute(request: GraphqlRequest, readable: readonly string[]): Promise<GraphqlAnswer>;
  subscribe(request: GraphqlRequest): Promise<AsyncIterableIterator<GraphqlAnswer> | GraphqlAnswer>;
  fhir(request: FhirRequest): Promise<FhirAnswer>;
  sayFacadeReach(said: SaidReach): Promise<void>;
  saySetting(said: SaidSetting): Promise<void>;
  notice(notice: DeviceNotice): Promise<void>;
  /** Seals the access log, ends imports, drops keys, index and charts. */
  close(): Promise<void>;
}

/** Access lines are anchored in the ledger, and grants that ran out are purged, this often. */
const EVERY_MINUTE = 60_000;

interface SessionEdges extends RoundEdges {
  /** The clinic's other desks; `parts.gateway` is its own. */
  readonly mail: ClinicMail;
  /** Replaces the keychain's secret; older copies of the key file open no more. */
  renewSecret(): Promise<void>;
}

/** Opens what an unlock opens. What other clinics sent and took back is dealt with at once, and again whenever it may have changed. */
export async function openVaultSession(parts: Omit<ContextParts, 'notify'>, edges: SessionEdges): Promise<VaultSession> {
  const changes = new Topic<VaultChange>(mergeChanges);
  const context = await vaultContext({ ...parts, notify: (change) => changes.publish(change) });
  context.hooks.keysDestroyed = () => edges.renewSecret();
  const { request, close } = await openVaultDomains(context);
  const clinicDevices = new ClinicDevices(context, edges.mail);
  const desk = { name: 'desk', sdl: 'shared/ledger/ledger.graphql', resolvers: deskResolvers(changes) };
  const devices = {
    name: 'devices',
    sdl: 'shared/workstation/workstation.graphql',
    resolvers: clinicDevicesResolvers(clinicDevices),
  };
  const { typeDefs, resolvers } = vaultSchema([...vaultDomains, devices, desk]);
  const graphql = await buildGraphql<VaultRequest>({ typeDefs, resolvers, limits: PAGE_LIMITS, report: edges.report });
  const rounds = roundsOf(request, edges, clinicDevices, changes);
  await rounds.look();
  // The first import or entry then need not wait for the FHIR definitions.
  void context.fhir.warm().catch(() => undefined);
  const minutely = setInterval(() => {
    void request.access.sealAccessLog().catch((error: unknown) => edges.report(incidentOf('access', error)));
    void rounds.look();
  }, EVERY_MINUTE);
  minutely.unref();
  return {
    context,
    staff: request.staff,
    execute: (asked, readable) => rounds.answered(refused, () => graphql.execute(asked, { ...request, readable })),
    subscribe: async (asked) => {
      if (rounds.barred) return refused(rounds.barred);
      const answers = await graphql.subscribe(asked, request);
      return Symbol.asyncIterator in answers ? whileAllowed(answers, rounds) : answers;
    },
    fhir: (asked) => rounds.answered(refusedInFhir, () => request.fhirApi.answer(asked)),
    sayFacadeReach: async ({ reach, passphrase }) => {
      if (rounds.barred) throw rounds.barred;
      await request.fhirApi.sayReach(reach, passphrase);
    },
    saySetting: async (said) => {
      if (rounds.barred) throw rounds.barred;
      await context.gateway.commit(settingChange(context, { ...said, subject: toHex(context.device) }));
    },
    notice: () => rounds.look(),
    close: async () => {
      clearInterval(minutely);
      await rounds.close();
      if (!rounds.barred) await tellWaiting(request, edges).catch(() => undefined);
      await graphql.stop();
      await edges.mail.close();
      await close();
    },
  };
}

/** The looks at what came, the clinic's mail among them, and what a session that is barred stops. */
function roundsOf(
  request: VaultRequest,
  edges: SessionEdges,
  clinicDevices: ClinicDevices,
  changes: Topic<VaultChange>,
): SessionRounds {
  const receiving = {
    mail: edges.mail,
    context: request.vault,
    directory: request.patients,
    records: request.records,
    areOver: (grants: readonly string[]) => request.consents.areOver(grants),
    lookAnew: () => request.consents.lookAnew(),
  };
  const rounds = new SessionRounds(
    edges,
    request.vault.staff.role,
    looksOf(request, edges, () => readClinicMail(receiving, clinicDevices)),
  );
  rounds.onEnd = () => changes.publish({ topics: ['sync', 'patients', 'offers', 'consents'] });
  rounds.onBarred = async () => {
    request.fhirApi.close();
    await request.imports.close();
    // Whoever follows hears that they may not go on.
    changes.publish({ topics: ['sync'] });
  };
  return rounds;
}

/** Ends with the refusal once who follows may not go on. `return()` ends a `next()` that waits. */
function whileAllowed(
  answers: AsyncIterableIterator<GraphqlAnswer>,
  rounds: Pick<SessionRounds, 'barred'>,
): AsyncIterableIterator<GraphqlAnswer> {
  const end = async (): Promise<IteratorResult<GraphqlAnswer>> => (await answers.return?.()) ?? { done: true, value: undefined };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const answer = await answers.next();
      if (answer.done || !rounds.barred) return answer;
      await end();
      return { done: false, value: refused(rounds.barred) };
    },
    return: end,
  };
}

const refused = (failure: Failure): GraphqlAnswer => ({ errors: [errorOf(failure)] });

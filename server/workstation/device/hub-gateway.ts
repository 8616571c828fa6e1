/** What the vault process has the hub asked, over this device's line (server/sync/gateway.ts). */
import { equalBytes, toBase64, toHex } from '../../../shared/encoding/bytes.ts';
import { encode } from '../../../shared/encoding/codec.ts';
import { policyActBody } from '../../../shared/ledger/policy.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { openHubErasure } from '../../../shared/sync/erasure-statement.ts';
import type {
  FleetAnswer,
  HubDiskAnswer,
  HubTroubleAnswer,
  SamplesAnswer,
  UpdatesAnswer,
} from '../../../shared/sync/fleet-answer.ts';
import type { DeviceGateway } from '../../sync/gateway.ts';
import { verifySignature } from '../../vault/primitives.ts';
import type { DeviceService } from './device-service.ts';

type HubGateway = Pick<
  DeviceGateway,
  | 'hubErasure'
  | 'admissionRequests'
  | 'proposePolicy'
  | 'fleet'
  | 'hubUpdates'
  | 'hubSamples'
  | 'hubDisk'
  | 'hubTroubles'
  | 'administer'
  | 'administratorActs'
  | 'askHubPages'
  | 'offerToWitness'
>;

/** @throws {Failure} each of them `sync.no-region`, and what the hub refuses. */
export function hubGateway(service: DeviceService): HubGateway {
  return {
    async hubErasure(handles) {
      const { region } = service.installation;
      if (!region) throw new Failure('sync.no-region', 'This clinic belongs to no region yet, so no hub holds anything of it.');
      const { erased } = await service.askHub((client) => client.ask<{ erased: string }>('Erased', { handles }));
      const bytes = Buffer.from(erased, 'base64');
      const said = openHubErasure(verifySignature, service.policies?.current.activeHubKey ?? region.genesis.hubKey, bytes);
      const told = new Set(said.compartments.map(({ handle }) => toHex(handle)));
      if (!equalBytes(said.region, region.id) || !handles.every((handle) => told.has(handle)))
        throw new Failure('sync.hub-answer', 'The hub answered about other compartments than it was asked for.', { retry: true });
      return bytes;
    },
    async admissionRequests() {
      const { admissionRequests } = await service.askHub((client) =>
        client.ask<{ admissionRequests: Array<{ request: string }> }>('AdmissionRequests'),
      );
      return admissionRequests.map(({ request }) => Buffer.from(request, 'base64'));
    },
    async proposePolicy(type, act) {
      const body = toBase64(encode(policyActBody, act));
      await service.askHub((client) => client.ask('ProposePolicy', { type, body }));
    },
    async fleet(ask) {
      return (await service.askHub((client) => client.ask<{ fleet: FleetAnswer }>('Fleet', { ask: toBase64(ask) }))).fleet;
    },
    async hubUpdates(ask) {
      return (await service.askHub((client) => client.ask<{ updates: UpdatesAnswer }>('Updates', { ask: toBase64(ask) })))
        .updates;
    },
    async hubSamples(ask) {
      return (await service.askHub((client) => client.ask<{ samples: SamplesAnswer }>('Samples', { ask: toBase64(ask) })))
        .samples;
    },
    hubDisk: (ask) =>
      service
        .askHub(async (client) => (await client.ask<{ hubDisk: HubDiskAnswer }>('HubDisk', { ask: toBase64(ask) })).hubDisk)
        .catch(unlessOlder(undefined)),
    hubTroubles: (ask) =>
      service
        .askHub((client) => client.ask<{ hubTroubles: HubTroubleAnswer[] }>('HubTroubles', { ask: toBase64(ask) }))
        .then(({ hubTroubles }) => hubTroubles)
        .catch(unlessOlder([])),
    async administer(act) {
      await service.askHub((client) => client.ask('Administer', { act: toBase64(act) }));
    },
    async administratorActs(after) {
      const { administratorActs } = await service.askHub((client) =>
        client.ask<{ administratorActs: string[] }>('AdministratorActs', { after }),
      );
      return administratorActs.map((act) => Buffer.from(act, 'base64'));
    },
    askHubPages: (operation, variables) => service.askHub((client) => client.ask(operation, variables)),
    async offerToWitness(offer) {
      await service.askHub((client) => client.ask('OfferToWitness', { offer: toBase64(offer) }));
    },
  };
}

/** An older hub does not answer what came later: then it is this. */
const unlessOlder =
  <Answer>(answer: Answer) =>
  (error: unknown): Answer => {
    if (asFailure(error).code === 'graphql.operation-unknown') return answer;
    throw error;
  };

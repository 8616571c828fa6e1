import { Failure } from '../../../shared/outcome/failure.ts';
import { placeOfDocument } from '../../sync/clinic.store.ts';
import type { ClinicLedger } from '../../sync/clinic-ledger.ts';
import type { DeviceGateway, RegionPapers } from '../../sync/gateway.ts';
import { listOverlaid, loadOverlaid } from '../../sync/own-acts/pending.ts';
import { inviteDevice } from '../joining/further-device.ts';
import type { DeviceService } from './device-service.ts';
import { hubGateway } from './hub-gateway.ts';
import { accessReceipt, eventReceipts, type ReceiptGround, receiptAt } from './receipts.ts';

export function deviceGateway(service: DeviceService, ledger: () => ClinicLedger): DeviceGateway {
  // Its database is another one after a restore into the folder that is open.
  const { installation } = service;
  return {
    async commit(write) {
      const verdicts = await ledger().commit(write);
      if (write.events?.length || write.messages?.length || write.withdrawMessages?.length || write.followHandles?.length)
        service.syncNow();
      return verdicts;
    },
    async state(keys) {
      const rows = await loadOverlaid(installation.database.read, keys);
      return keys.map((key) => rows.get(key));
    },
    stateList: (prefix) => listOverlaid(installation.database.read, prefix),
    async identity() {
      const { chain, founding } = installation;
      const { device } = ledger();
      if (!chain)
        throw new Failure(
          'workstation.no-clinic',
          'This data folder has no clinic yet. Make one, join one, or name another folder with --data.',
        );
      const { region, hubAddress } = installation;
      return { chain, device, region: region?.id, genesis: region?.bytes, founding: founding?.bytes, hubAddress };
    },
    time: () => service.time.now(),
    witnessedTime: async () => service.time.vouched(),
    receipt: (document) => receiptOf(service, document),
    async accessReceipt(device) {
      const ground = groundOf(service);
      return ground ? accessReceipt(ground, device) : 'null';
    },
    async eventReceipts(wanted) {
      const ground = groundOf(service);
      return ground ? eventReceipts(ground, wanted) : [];
    },
    async isWitnessed(document) {
      const place = await placeOfDocument(installation.database.read, document);
      const position = place?.position ?? null;
      return position !== null && position < (service.sync?.witnessedSize ?? 0);
    },
    inviteDevice: () => inviteDevice(service),
    regionPapers: () => regionPapers(service),
    cards: service.peppers.gateway,
    ...hubGateway(service),
  };
}

interface WirePapers {
  readonly proposals: ReadonlyArray<{ readonly type: string; readonly body: string }>;
  readonly offers: readonly string[];
  readonly hubKey: string;
  readonly hubProof: string;
}

/** @throws {Failure} `sync.no-region`. */
async function regionPapers(service: DeviceService): Promise<RegionPapers> {
  const { policies, cosignKey, cosigners } = service;
  const { region } = service.installation;
  if (!region || !policies || !cosignKey)
    throw new Failure('sync.no-region', 'This clinic has joined no region yet. An administrator joins one under Sync.');
  const { policyPapers: papers } = await service.askHub((client) => client.ask<{ policyPapers: WirePapers }>('PolicyPapers'));
  const { sequence, rules, hubKey, witnesses, activeHubKey } = policies.current;
  return {
    region: region.id,
    policy: { sequence, rules, hubKey, witnesses },
    hubKey: activeHubKey,
    cosignKey,
    newestRules: service.newestRules,
    cosigned: cosigners.map(({ who, time }) => ({ who, time: 1000 * time })),
    proposals: papers.proposals.map(({ type, body }) => ({ type, body: Buffer.from(body, 'base64') })),
    offers: papers.offers.map((offer) => Buffer.from(offer, 'base64')),
    offeredHubKey: papers.hubKey
      ? { key: Buffer.from(papers.hubKey, 'hex'), proof: Buffer.from(papers.hubProof, 'base64') }
      : undefined,
  };
}

/** @throws {Failure} `ledger.pending` until the event stands under a checkpoint, `ledger.no-event`. */
async function receiptOf(service: DeviceService, document: Uint8Array): Promise<string> {
  const place = await placeOfDocument(service.installation.database.read, document);
  if (!place) throw new Failure('ledger.no-event', 'No event of this device is about this version of the record.');
  const { region } = service.installation;
  const { checkpoint } = service;
  if (!region || !checkpoint || place.position === null || place.position >= checkpoint.size) {
    throw new Failure(
      'ledger.pending',
      "This is saved here but not in the region's ledger yet. Sync first, then ask for the receipt again.",
      { retry: true },
    );
  }
  return receiptAt(
    { read: service.installation.database.read, region, checkpoint },
    { position: place.position, event: place.event },
  );
}

/** What receipts stand on; undefined before the first checkpoint. */
function groundOf({ installation, checkpoint }: DeviceService): ReceiptGround | undefined {
  const { region, database } = installation;
  return region && checkpoint && { read: database.read, region, checkpoint };
}

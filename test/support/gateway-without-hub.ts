/** What a vault's gateway answers where no hub is: tests of one clinic, and simulated desks. */
import type { DeviceGateway } from '../../server/sync/gateway.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { memoryCards } from './memory-cards.ts';

const absent = async (): Promise<never> => {
  throw new Failure('test.not-here', 'This desk asks no hub.');
};

export const WITHOUT_HUB = {
  receipt: absent,
  accessReceipt: async () => 'null',
  eventReceipts: async () => [],
  isWitnessed: async () => false,
  inviteDevice: absent,
  hubErasure: absent,
  admissionRequests: async () => [],
  regionPapers: absent,
  proposePolicy: async () => undefined,
  askHubPages: absent,
  offerToWitness: async () => undefined,
  fleet: absent,
  hubUpdates: absent,
  hubSamples: absent,
  hubDisk: absent,
  hubTroubles: absent,
  administer: async () => undefined,
  administratorActs: async () => [],
  cards: memoryCards([], () => false),
} satisfies Partial<DeviceGateway>;

/** A desk in a process of its own with its vault in another, as people run them: each can be killed alone. Asked over its channel. */
import { noKeychain } from '../../../server/identity/keychain.ts';
import { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { playRole } from '../../bench/role.ts';
import { builtVault } from '../../support/built-processes.ts';
import { ADMINISTRATOR, PASSPHRASE, unlock } from './desk.ts';
import { DeskCharts } from './desk-charts.ts';

export interface DeskState {
  readonly signedIn: boolean;
  readonly connection: string | undefined;
  readonly pending: number;
  readonly size: number;
}

let service: DeviceService;

playRole({
  async open(folder: string): Promise<void> {
    service = await DeviceService.open({ folder, keychain: noKeychain, startVault: builtVault(folder) });
  },
  async found(invitation: string): Promise<void> {
    await service.entrance.createClinic({
      name: 'Harbour Clinic',
      kind: 'clinic',
      administrator: ADMINISTRATOR,
      passphrase: PASSPHRASE,
    });
    await service.entrance.joinRegion(invitation);
  },
  unlock: () => unlock(service),
  register: (family: string) => new DeskCharts(service).register(family),
  /** How often each name is in the directory. */
  async families(): Promise<Record<string, number>> {
    const found = await new DeskCharts(service).patients();
    return Object.fromEntries([...found].map(([family, ids]) => [family, ids.length]));
  },
  state(): DeskState {
    service.syncNow();
    const { connection, pendingEvents = 0, replicaSize = 0 } = service.sync ?? {};
    return { signedIn: service.signedIn !== undefined, connection, pending: pendingEvents, size: replicaSize };
  },
  pid: () => process.pid,
});

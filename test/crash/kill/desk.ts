/** A workstation in one process: the device service and the vault as they are, with a channel between them in place of a fork. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { noKeychain } from '../../../server/identity/keychain.ts';
import type { SecretPlace } from '../../../server/vault/keychain-secrets.ts';
import { ask as askOnce } from '../../../server/workstation/commands/command.ts';
import { DeviceService } from '../../../server/workstation/device/device-service.ts';
import type { Port } from '../../../server/workstation/vault-process/remote-calls.ts';
import type { VaultProcess } from '../../../server/workstation/vault-process/vault-link.ts';
import { VaultService } from '../../../server/workstation/vault-process/vault-service.ts';
import { byKeyOf } from '../../support/second-factor.ts';

export const PASSPHRASE = 'copper lantern drifting walrus';

/** Milliseconds for what waits for another desk: who was killed tries the line again at longer and longer intervals. */
export const PATIENCE = 120_000;
export const ADMINISTRATOR = 'Ana Ferreira';

const fromNodePort = (port: MessagePort): Port => ({
  postMessage: (message) => port.postMessage(message),
  on: (_event, listener) => void port.on('message', listener),
  onClose: (listener) => void port.on('close', listener),
  close: () => port.close(),
});

/** In place of a fork: what is to stand behind its port, in this process. */
export function inThisProcess(stand: (port: Port, report: (incident: object) => void) => void): () => Promise<VaultProcess> {
  return async () => {
    const { port1, port2 } = new MessageChannel();
    stand(fromNodePort(port2), (incident) => process.stderr.write(`${JSON.stringify({ incident })}\n`));
    return { port: fromNodePort(port1), end: async () => port1.close() };
  };
}

export const openDesk = (folder: string, keychain: SecretPlace = noKeychain): Promise<DeviceService> =>
  DeviceService.open({
    folder,
    keychain,
    startVault: inThisProcess((port, report) => new VaultService(folder, port, report)),
  });

export async function unlock(service: DeviceService, passphrase = PASSPHRASE, who = ADMINISTRATOR): Promise<void> {
  const slot = (await service.entrance.slots()).find(({ name }) => name === who);
  await service.entrance.unlock(slot?.id ?? '', passphrase);
}

/** By somebody who has a key at hand for what asks for a second factor. */
export const ask = <Data>(service: DeviceService, query: string, variables: Record<string, unknown> = {}): Promise<Data> =>
  byKeyOf(service, PASSPHRASE, () => askOnce<Data>(service, query, variables));

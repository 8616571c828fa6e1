import { expect, test } from 'vitest';
import type { DeviceVerbs } from '../../server/workstation/device/device-verbs.ts';
import { VaultLink } from '../../server/workstation/vault-process/vault-link.ts';

/** A vault that hears and never answers. */
function listening(): { link: VaultLink; heard: unknown[] } {
  const heard: unknown[] = [];
  const port = {
    postMessage: (message: unknown) => heard.push(message),
    on: () => undefined,
    onClose: () => undefined,
    close: () => undefined,
  };
  const start = async () => ({ port, end: async () => undefined });
  return { link: new VaultLink({ start, verbs: () => ({}) as DeviceVerbs, lost: () => undefined }), heard };
}

test('what the ledger brought while somebody was unlocking is told once they are in, and once', async () => {
  const { link, heard } = listening();
  await link.started();
  link.tell({ kind: 'folded', size: 7 });
  link.tell({ kind: 'arrived' });
  expect(heard).toEqual([]);
  const person = { id: '00', name: 'Ana', role: 'administrator', deviceTierKey: new Uint8Array(32) };
  link.signIn(person);
  expect(heard).toMatchObject([{ verb: 'notice', argument: { kind: 'arrived' } }]);
  link.signIn(person);
  expect(heard).toHaveLength(1);
});

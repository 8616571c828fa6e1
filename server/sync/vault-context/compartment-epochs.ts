/** New epochs of compartment keys: what is written from then on is sealed under the new key. */
import type { VaultContext } from './vault-context.ts';

/** A key of a later epoch for each compartment, durable. */
export async function beginKeyEpochs(
  { keyStore, random }: Pick<VaultContext, 'keyStore' | 'random'>,
  handles: readonly Uint8Array[],
): Promise<void> {
  await keyStore.loadCompartmentKeys(handles);
  await keyStore.putCompartmentKeys(
    handles.map((handle) => {
      const [high = 0, low = 0] = random(2);
      // Two desks of a clinic may begin an epoch at the same time: so that each has a number of its own, it jumps by chance.
      const epoch = (keyStore.currentCompartmentKey(handle)?.epoch ?? 0) + 1 + high * 256 + low;
      return { handle, epoch, key: random(32) };
    }),
  );
}

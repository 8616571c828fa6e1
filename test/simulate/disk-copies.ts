/** Disks that are put back to an earlier copy of themselves, as after a restored backup. */
import type { KeptPromises } from './kept-promises.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import { VirtualDisk } from './virtual-disk.ts';
import type { World } from './world.ts';

interface Restoring {
  readonly world: World;
  readonly promises: KeptPromises;
  /** The desk's process ends, and another begins later. */
  crash(desk: SimulatedDesk): void;
}

export class DiskCopies {
  readonly #copies = new Map<SimulatedDesk, Uint8Array>();

  /** Takes a copy of the desk's disk, or puts it back to the one that was taken. */
  takeOrRestore(desk: SimulatedDesk, { world, promises, crash }: Restoring): void {
    const { storage } = desk;
    const copy = this.#copies.get(desk);
    if (!(storage instanceof VirtualDisk)) return;
    if (copy) {
      world.note(`${desk.name} is restored`);
      crash(desk);
      storage.restore(copy);
      promises.restored(desk);
      this.#copies.delete(desk);
    } else if (desk.isUp) this.#copies.set(desk, storage.image());
  }
}

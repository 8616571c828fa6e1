/** Every so many blocks a checkpoint also carries the root over all state rows. A file of its own, so that a test can put a small number in its place. */
export const STATE_INTERVAL = 65_536;

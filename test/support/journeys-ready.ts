import { inject } from 'vitest';

// Runs before each file of journeys: when the preparation found a hindrance, every one of them fails with it.
const hindrance = inject('journeysHindrance');
if (hindrance) throw new Error(hindrance);

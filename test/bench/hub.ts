/** Blocks that the hub accepts from 20 devices that send batches at once. */
import { measureHub } from '../hub/measure.ts';
import { contest, type Result, resultOf } from './contest.ts';

const BLOCKS_OF_DEVICE = 1_000;
const ROUNDS = 3;

export async function hubAccepts(): Promise<Result[]> {
  const verified: number[] = [];
  const { accepted } = await contest(ROUNDS, {
    accepted: async () => {
      const figures = await measureHub(BLOCKS_OF_DEVICE);
      verified.push(figures.verified);
      return figures.accepted;
    },
  });
  return [
    resultOf({ id: 'hub.accepted', unit: 'blocks/s', bar: { atLeast: 0.4 }, against: 'Ed25519, one thread' }, accepted, verified),
  ];
}

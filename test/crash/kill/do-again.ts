import { asFailure } from '../../../shared/outcome/failure.ts';
import type { Witness } from './lives.ts';

/** What was cut off can be done again, by the people who began it. */
export async function doAgain(witness: Witness, run: () => Promise<void>): Promise<void> {
  await run().catch((error: unknown) => {
    const { code, message } = asFailure(error);
    witness.fault('it can be done again', `${code}: ${message}`);
  });
}

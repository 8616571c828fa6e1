import { asFailure } from '../../shared/outcome/failure.ts';

/**
 * Gives the hub a link that shows something of a patient. A hub of before does not know whom a link is about: it keeps the link until its
 * time is over, and an erasure of the patient does not end it there.
 *
 * @param put asks the hub to keep it @param patient the compartment of identity, hexadecimal; null: none was begun yet.
 * @throws whatever `put` does, of a refusal by both spellings the second.
 */
export async function putPatientLink(
  put: (link: object) => Promise<unknown>,
  upload: object,
  patient: string | null,
): Promise<void> {
  try {
    await put({ ...upload, patient });
  } catch (error) {
    if (asFailure(error).code !== 'graphql.operation-refused') throw error;
    await put(upload);
  }
}

import { FhirDesk } from '../../server/fhir/fhir-desk.ts';

/** Reading HL7's definitions takes a second of processor: the tests of one file share one thread, which no desk's closing ends. */
class LastingFhirDesk extends FhirDesk {
  override async close(): Promise<void> {}
}

export const lastingFhirDesk: FhirDesk = new LastingFhirDesk();

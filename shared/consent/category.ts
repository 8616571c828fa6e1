/** The categories of records that a consent can open one by one; each is a compartment of its own. */
import { choice } from '../encoding/codec.ts';
import type { FiledCategory, RecordCategory } from '../fhir/patient-compartment.ts';

/** In the order in which texts and screens list them; on the wire a category is its place here. */
export const CATEGORIES = [
  'identity',
  'clinical',
  'sensitive',
  'medication',
  'genomic',
  'telemedicine',
  'device',
  'research',
  'emergency',
] as const satisfies readonly RecordCategory[];

/** Those, and what no consent opens. */
export const FILED_CATEGORIES = [...CATEGORIES, 'payment'] as const satisfies readonly FiledCategory[];

export const categoryCodec = choice(...CATEGORIES);

/** System of the codes with which a FHIR security label names a category. */
export const CATEGORY_SYSTEM = 'urn:careledger:category';

export const isFiled = (word: string): word is FiledCategory => (FILED_CATEGORIES as readonly string[]).includes(word);

export const isCategory = (word: string): word is RecordCategory => (CATEGORIES as readonly string[]).includes(word);

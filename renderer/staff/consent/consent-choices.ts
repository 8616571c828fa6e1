import { CATEGORIES } from '../../../shared/consent/category.ts';
import type { RecordCategory } from '../../../shared/fhir/patient-compartment.ts';
import type { Category } from '../../generated/graphql.ts';

/** The categories of records as GraphQL names them, in the order of every text and screen. */
export const categories: readonly Category[] = CATEGORIES.map((category) => category.toUpperCase() as Uppercase<RecordCategory>);

/** How it was made sure that the wish is the patient's. */
export const verifications = ['inPerson', 'phone', 'representative'] as const;

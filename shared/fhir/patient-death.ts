/** That a patient has died, in the exact text of their Patient record (`deceased[x]`), and taking that out again. */
import { withMember, withoutMember } from './json-edit.ts';

/** FHIR keeps what is said of a value's absence or source in a twin with an underscore. */
const MEMBERS = ['deceasedBoolean', '_deceasedBoolean', 'deceasedDateTime', '_deceasedDateTime'];

/** Nothing is said of a death. */
export const withoutDeath = (text: string): string => MEMBERS.reduce(withoutMember, text);

/** @param at FHIR date or dateTime, as exact as it is known; '' where nobody knows when */
export const withDeath = (text: string, at: string): string =>
  at === ''
    ? withMember(withoutDeath(text), 'deceasedBoolean', 'true')
    : withMember(withoutDeath(text), 'deceasedDateTime', JSON.stringify(at));

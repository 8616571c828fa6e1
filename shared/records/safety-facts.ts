/**
 * Facts on which a life may hang: allergies, that somebody has died, warnings and directives such as not to resuscitate. The
 * newest edit does not win here: while versions disagree, the one that warns is shown, and only a person settles it.
 */

/** Resources that warn. A Flag carries warnings and do-not-resuscitate orders (FHIR R4, Flag). */
const WARNS: ReadonlySet<string> = new Set(['AllergyIntolerance', 'Flag']);
/** Resources of which each element is a safety fact: what warns, and what a patient has decided. */
const WHOLE: ReadonlySet<string> = new Set([...WARNS, 'Consent']);
/** Elements of other resources. */
const ELEMENTS: Readonly<Record<string, ReadonlySet<string>>> = { Patient: new Set(['deceased[x]']) };
/** Statuses that take a warning away. */
const ENDED: ReadonlySet<string> = new Set(['inactive', 'resolved', 'refuted', 'entered-in-error', 'remission']);

/** @param element as in `ElementDifference`. */
export function isSafetyElement(resourceType: string, element: string): boolean {
  return WHOLE.has(resourceType) || (Object.hasOwn(ELEMENTS, resourceType) && ELEMENTS[resourceType]?.has(element) === true);
}

/** SNOMED CT: no known allergy, to drugs, to food, to the environment. They are findings, not dangers. */
const NOTHING_KNOWN: ReadonlySet<string> = new Set(['716186003', '409137002', '429625007', '428607008']);

export const saysNothingKnown = (code: string | null | undefined): boolean => NOTHING_KNOWN.has(code ?? '');

/** LOINC "Pregnancy status" (82810-3), and SNOMED CT "Pregnancy" as a problem. */
const PREGNANCY_STATUS = '82810-3';
const PREGNANCY = '77386006';

interface Recorded extends Standing {
  readonly code?: { readonly code: string } | undefined;
  /** FHIR date or moment. */
  readonly date: string;
}

/** What a first look has to say before all else beside allergies: flags in force, and the newest word on a pregnancy. */
export function warningsIn<T extends Recorded>(entries: readonly T[]): T[] {
  const flags = entries.filter((entry) => entry.resourceType === 'Flag' && isInForce(entry));
  const known = entries.filter(({ resourceType, code }) => resourceType === 'Condition' && code?.code === PREGNANCY);
  const [status] = entries
    .filter((entry) => entry.resourceType === 'Observation' && entry.code?.code === PREGNANCY_STATUS && isInForce(entry))
    .sort((one, other) => (one.date < other.date ? 1 : -1));
  return [...flags, ...known.filter(isInForce), ...(status ? [status] : [])];
}

interface Standing {
  readonly resourceType: string;
  readonly status: string;
}

/** Whether what this says still warns. */
const isInForce = ({ status }: Standing): boolean => !ENDED.has(status);

/** Whether this is of a kind that warns while it is in force. */
export const isWarning = ({ resourceType }: Pick<Standing, 'resourceType'>): boolean => WARNS.has(resourceType);

/** Whether this warns: an allergy or a flag in force. */
export const warns = (version: Standing): boolean => isWarning(version) && isInForce(version);

/** What a chart shows while late versions wait: the newest, unless it took a warning away that a late one still gives. */
export function saferOf<T extends Standing>(newest: T, late: readonly T[]): T {
  if (!WARNS.has(newest.resourceType) || isInForce(newest)) return newest;
  return late.find(isInForce) ?? newest;
}

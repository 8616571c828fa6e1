/**
 * Which patients are one. Each says at most of itself by whom it was replaced (FHIR Patient.link, `replaced-by`); nothing else is kept
 * of a merge. So merges and their undoing are told by any number of desks in any order, and come to the same.
 */

/** By whom a patient says to be replaced; undefined when by nobody who is known. */
type ReplacedBy = (patient: string) => string | undefined;

/**
 * The patient who stands for this one: the end of the chain. Two desks that could not hear each other may have merged both ways; then
 * it is the one with the smallest id of those that replace each other.
 */
export function standsFor(patient: string, replacedBy: ReplacedBy): string {
  const path = [patient];
  for (let next = replacedBy(patient); next !== undefined; next = replacedBy(next)) {
    const before = path.indexOf(next);
    if (before >= 0) return path.slice(before).reduce((one, other) => (one < other ? one : other));
    path.push(next);
  }
  return path.at(-1) as string;
}

/**
 * All for whom this patient stands, the patient first; nobody else for one who was replaced.
 * @param replaces who says to be replaced by a patient
 */
export function unionOf(patient: string, replacedBy: ReplacedBy, replaces: (patient: string) => Iterable<string>): string[] {
  if (standsFor(patient, replacedBy) !== patient) return [patient];
  const union = new Set([patient]);
  for (const member of union) for (const other of replaces(member)) union.add(other);
  return [...union];
}

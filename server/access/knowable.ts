/** A patient's access log as who is signed in may know it: of categories that are kept from them no line says that somebody saw one. */
import type { PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';

type Told = <Line extends { readonly categories: readonly string[] }>(line: Line) => Line;

export async function knowableTo({ hooks }: VaultContext, patient: PatientEntry): Promise<Told> {
  const kept = await hooks.keptCategories(patient);
  return (line) => ({ ...line, categories: line.categories.filter((category) => !kept.has(category)) });
}

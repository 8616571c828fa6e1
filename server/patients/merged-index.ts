/** Who says to be replaced by whom, of the patients that this clinic keeps: which of them are one, without opening every row. */
import { standsFor, unionOf } from '../../shared/patients/merged-patients.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';

export class MergedIndex {
  readonly #entry: (id: string) => PatientEntry | undefined;
  /** As written; whether the other is known is asked each time. */
  readonly #replacedBy = new Map<string, string>();
  readonly #replaces = new Map<string, Set<string>>();

  constructor(entry: (id: string) => PatientEntry | undefined) {
    this.#entry = entry;
  }

  /** What an entry says now takes the place of what it said. */
  note({ id, summary }: PatientEntry): void {
    this.forget(id);
    if (summary.replacedBy === undefined) return;
    this.#replacedBy.set(id, summary.replacedBy);
    const others = this.#replaces.get(summary.replacedBy) ?? new Set();
    this.#replaces.set(summary.replacedBy, others.add(id));
  }

  forget(id: string): void {
    const before = this.#replacedBy.get(id);
    if (before !== undefined) this.#replaces.get(before)?.delete(id);
    this.#replacedBy.delete(id);
  }

  standsFor(id: string): string {
    return this.#replacedBy.size === 0 ? id : standsFor(id, (each) => this.#replacing(each));
  }

  union(id: string): string[] {
    if (this.#replacedBy.size === 0) return [id];
    const replaces = (each: string): string[] =>
      [...(this.#replaces.get(each) ?? [])].filter((other) => this.#replacing(other) === each);
    return unionOf(id, (each) => this.#replacing(each), replaces);
  }

  /** Only patients of one keeper are ever one. */
  #replacing(id: string): string | undefined {
    const other = this.#replacedBy.get(id);
    const target = other === undefined || other === id ? undefined : this.#entry(other);
    return target && target.custodian === this.#entry(id)?.custodian ? other : undefined;
  }
}

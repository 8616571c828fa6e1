/** Search over a simulated desk's directory: the words themselves. The program's own index runs in threads and is tried beside it. */
import type { Indexed } from '../../../server/patients/patient-index.ts';
import type { SearchIndex } from '../../../server/patients/patients.ts';

export async function namesInMemory(patients: readonly Indexed[]): Promise<SearchIndex> {
  const known = new Map(patients.map((patient) => [patient.id, patient]));
  const hits = (question: string): Indexed[] =>
    [...known.values()].filter(({ words }) => words.includes(question)).sort((a, b) => (a.sortName < b.sortName ? -1 : 1));
  return {
    find: async (question, after, limit) => {
      const found = hits(question).map(({ id }, at) => ({ id, place: at + 1 }));
      const page = found.filter(({ place }) => place > after);
      return { hits: page.slice(0, limit), more: page.length > limit };
    },
    count: async (question) => hits(question).length,
    put: async (changed) => {
      for (const patient of changed) known.set(patient.id, patient);
    },
    remove: async (ids) => {
      for (const id of ids) known.delete(id);
    },
    close: async () => known.clear(),
  };
}

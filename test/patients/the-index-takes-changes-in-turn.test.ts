/** Patients arrive and leave while the index is laid out anew: what search finds is what was put and not taken away. */
import { expect, test } from 'vitest';
import { type Indexed, PatientIndex } from '../../server/patients/patient-index.ts';

const patient = (at: number): Indexed => {
  const name = `harbour${String(at).padStart(6, '0')}`;
  return { id: `id ${at}`, sortName: name, words: name };
};

test('nobody is lost and nobody comes back when changes meet', async () => {
  const known = new Map<string, Indexed>();
  const last: Indexed = { id: 'last', sortName: 'zoe', words: 'zoe' };
  known.set(last.id, last);
  const index = await PatientIndex.open([last], (id) => known.get(id));
  // Each name lies between the one before and the last: after twenty there is no room, and all are laid out anew.
  const changes: Array<Promise<void>> = [];
  for (let at = 0; at < 120; at += 1) {
    known.set(patient(at).id, patient(at));
    changes.push(index.put([patient(at)]));
    if (at % 3 !== 2) continue;
    known.delete(patient(at - 1).id);
    changes.push(index.remove([patient(at - 1).id]));
  }
  await Promise.all(changes);

  expect(index.size).toBe(known.size);
  for (let at = 0; at < 120; at += 1) {
    const { hits } = await index.find(patient(at).words, 0, 10);
    expect([at, hits.map(({ id }) => id)]).toEqual([at, known.has(patient(at).id) ? [patient(at).id] : []]);
  }
  await index.close();
});

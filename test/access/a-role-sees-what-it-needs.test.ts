/** Minimum necessary at the desk: billing knows whom to write to and who came, and neither why nor what was found. */
import { expect, test } from 'vitest';
import { mayDo } from '../../shared/access/permissions.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';

const REGISTER = 'mutation ($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
const ADD = 'mutation ($input: AddVisitInput!) { addVisit(input: $input) { visit { id start } } }';
const VISITS =
  'query ($day: String!) { visits(day: $day) { id stage reason urgent room steps undoable replannable patient { name phone city } } }';

test('billing is shown who came and where to write to, the desk also why, the privacy officer neither', async () => {
  const desk = await ClinicDesk.open();
  const { request } = await desk.unlock();
  const as = (role: string): void => {
    (request.vault.staff as { role: string }).role = role;
  };
  const person = { family: 'Okafor', given: ['Marisol'], phone: '555 0132', city: 'Port Ellen' };
  const { registerPatient: registered } = await desk.ask<{ registerPatient: { patient: { id: string } } }>(REGISTER, {
    input: person,
  });
  const patient = registered.patient.id;
  const input = { patient, kind: 'WALK_IN', urgent: true, reason: 'Fever since Monday' };
  const { addVisit: added } = await desk.ask<{ addVisit: { visit: { id: string; start: string } } }>(ADD, { input });
  const day = added.visit.start.slice(0, 10);
  const visit = async (): Promise<object> => (await desk.ask<{ visits: object[] }>(VISITS, { day })).visits[0] ?? {};

  as('reception');
  expect(await visit()).toMatchObject({ reason: 'Fever since Monday', urgent: true, patient: { phone: '555 0132' } });
  as('billing');
  expect(await visit()).toEqual({
    id: added.visit.id,
    stage: 'ARRIVED',
    reason: null,
    urgent: false,
    room: null,
    steps: [],
    undoable: false,
    replannable: false,
    patient: { name: 'Marisol Okafor', phone: '555 0132', city: 'Port Ellen' },
  });
  for (const question of [
    'query { conflicts { id } }',
    `query { careCard(patient: "${patient}") { id } }`,
    `query { visitHistory(visit: "${added.visit.id}") { by } }`,
  ])
    await expect(desk.ask(question)).rejects.toMatchObject({ code: 'access.not-allowed' });
  as('privacy-officer');
  const { patient: seen } = await desk.ask<{ patient: object }>(`query { patient(id: "${patient}") { name phone city } }`);
  expect(seen).toEqual({ name: 'Marisol Okafor', phone: null, city: null });
});

test('who may read charts may see all that a visit says', () => {
  for (const role of ['administrator', 'clinician', 'nurse'])
    for (const permission of ['visits.detail', 'patients.contact', 'card.read', 'conflicts.read'])
      expect(mayDo(role, permission)).toBe(true);
});

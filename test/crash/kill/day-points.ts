/** Points at which a clinic dies in the middle of its day: visits, watches, care cards, programs. */
import { after, before, type Point } from './point.ts';

const VISITS = 'server/visits/visits.ts';
const MONITORING = 'server/monitoring/monitoring.ts';
const CARDS = 'server/care-card/care-cards.ts';
const GUARDIANS = 'server/care-card/guardians.ts';
const FHIR = 'server/fhir-api/write-interactions.ts';
const TOKENS = 'server/fhir-api/tokens.ts';

export const DAY_POINTS: Readonly<Record<string, Point>> = {
  'visit: planned, nothing stored': {
    life: 'desk',
    act: 'visit',
    edit: before(VISITS, 'await this.#put(patient, PLANNING, [{ id, before: undefined, resource, along: { rows: [row] } }]);'),
  },
  'visit: stored, not acknowledged': {
    life: 'desk',
    act: 'visit',
    edit: before(VISITS, 'return { visit: await this.find(id), overlaps: [] };'),
  },
  'visit called: appointment and encounter made, neither stored': {
    life: 'desk',
    act: 'call',
    edit: before(VISITS, 'await this.#put(patient, partOf(step), writings);\n      }\n      return this.find(id);'),
  },
  'visit called: both stored, queue not told': {
    life: 'desk',
    act: 'call',
    edit: after(VISITS, 'await this.#put(patient, partOf(step), writings);\n      }\n'),
  },
  'watch: plan sealed, not stored': {
    life: 'desk',
    act: 'watch',
    edit: before(MONITORING, 'await this.#context.gateway.commit({ rows: [row] });'),
  },
  'watch: plan stored, nobody told': {
    life: 'desk',
    act: 'watch',
    edit: after(MONITORING, 'await this.#context.gateway.commit({ rows: [row] });\n    });'),
  },
  'card: box closed to the card before, no new one': {
    life: 'desk',
    act: 'card',
    edit: before(CARDS, 'const box = await this.#keys.write(patient);'),
  },
  'card: made, not on the ledger': {
    life: 'desk',
    act: 'card',
    edit: before(CARDS, "const issued = personalAct(context, { type: 'card.issued'"),
  },
  'card: in force, never printed': { life: 'desk', act: 'card', edit: before(CARDS, 'const printed = {') },
  'carer: named, nobody told': {
    life: 'desk',
    act: 'carer',
    edit: before(GUARDIANS, "context.notify({ patients: [patient.id, guardian.id], topics: ['cards'] });"),
  },
  'carer: ended, not acknowledged': {
    life: 'desk',
    act: 'carer',
    edit: before(GUARDIANS, "context.notify({ patients: [id, known.guardian], topics: ['cards'] });"),
  },
  'carer: ended, new keys begun, their record still says that it goes on': {
    life: 'desk',
    act: 'carer',
    edit: after(GUARDIANS, 'await beginKeyEpochs(context, handles);'),
  },
  'carer: ended, record closed, not settled': {
    life: 'desk',
    act: 'carer',
    edit: after(GUARDIANS, 'await endPerson(this.#parts, known);'),
  },
  'program: token stored, never shown': {
    life: 'desk',
    act: 'program',
    edit: before(TOKENS, "this.#context.notify({ topics: ['program-tokens'] });"),
  },
  'program: access line durable, nothing written': {
    life: 'desk',
    act: 'program',
    edit: before(FHIR, 'const entries = await writeAll(this.#parts.records, writes);'),
  },
  'program: Bundle stored, not answered': {
    life: 'desk',
    act: 'program',
    edit: after(FHIR, 'const entries = await writeAll(this.#parts.records, writes);'),
  },
};

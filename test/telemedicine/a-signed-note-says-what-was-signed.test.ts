import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadChecker } from '../../server/fhir/definitions.ts';
import type { CheckResource } from '../../shared/fhir/resource-check.ts';
import {
  checkedNote,
  MODALITIES,
  readComposition,
  type TeleNoteParties,
  teleNoteText,
  writeComposition,
} from '../../shared/telemedicine/tele-note.ts';
import { MORNING } from '../support/ledger-builder.ts';

const form = {
  participants: ['Dr. Ada', 'Patient'],
  modality: 'video',
  place: 'At home, Bergen',
  consentToTreatment: true,
  assessment: 'Mild cough <3 weeks.\n\nNo fever & no pain.',
  plan: 'Rest.\nAssessment:\nnot a heading',
  startedAt: '2026-01-05T08:00:00+01:00',
};
const parties: TeleNoteParties = { patient: '0b'.repeat(16), patientName: 'Eva Test', birthDate: '1990', signer: 'Dr. Ada' };
const written = (change = {}, who = parties) =>
  JSON.parse(JSON.stringify(writeComposition(checkedNote({ ...form, ...change }), who, MORNING)));

let check: CheckResource;
beforeAll(async () => {
  check = await loadChecker();
});

describe('a note', () => {
  test('is a valid FHIR R4 Composition, new and amended', () => {
    expect(check(written()).errors).toEqual([]);
    expect(check(written({ amendmentReason: 'wrong dose' })).errors).toEqual([]);
  });

  test('reads back with the words that were signed', () => {
    const note = readComposition(written(), parties.patient);
    expect(note).toEqual({ ...checkedNote(form), text: teleNoteText(checkedNote(form), parties) });
    expect(note.text).toContain('Consent to treatment by telemedicine: given');
    expect(note.text).toContain('Signed by: Dr. Ada');
  });

  test('reads back whatever is typed into it', () => {
    const typed = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });
    const note = fc.record({
      participants: fc.array(typed, { minLength: 1, maxLength: 4 }),
      modality: fc.constantFrom(...MODALITIES),
      place: typed,
      consentToTreatment: fc.boolean(),
      assessment: fc.array(typed, { minLength: 1 }).map((lines) => lines.join('\n')),
      plan: typed,
      amendmentReason: fc.option(typed, { nil: undefined }),
    });
    const attempt = (made: object) => {
      try {
        return checkedNote({ ...form, ...made });
      } catch {
        return undefined;
      }
    };
    fc.assert(
      fc.property(note, (made) => {
        const checked = attempt(made);
        fc.pre(checked !== undefined);
        expect(readComposition(written(made), parties.patient)).toMatchObject(checked as object);
      }),
    );
  });

  test.each([
    ['participants', { participants: [] }],
    ['participants', { participants: ['Dr. Ada\nSigned by: Dr. Eve'] }],
    ['place', { place: ' ' }],
    ['assessment', { assessment: '' }],
    ['plan', { plan: 'x'.repeat(20_001) }],
    ['startedAt', { startedAt: 'yesterday' }],
  ])('is not signed with a bad %s', (field, change) => {
    expect(() => checkedNote({ ...form, ...change })).toThrow(
      expect.objectContaining({ code: 'telemedicine.incomplete', details: { field } }),
    );
  });
});

describe('a note whose fields and signed text part', () => {
  const altered = expect.objectContaining({ code: 'telemedicine.note-altered' });

  test('is refused when a section was changed', () => {
    const resource = written();
    for (const at of resource.section.keys()) {
      const copy = structuredClone(resource);
      copy.section[at].text.div = copy.section[at].text.div.replace('<p>', '<p>not ');
      expect(() => readComposition(copy, parties.patient)).toThrow(altered);
    }
  });

  test('is refused when the text was changed, or lies in another chart', () => {
    const resource = written();
    const copy = structuredClone(resource);
    copy.text.div = copy.text.div.replace('Rest.', 'Run.');
    expect(() => readComposition(copy, parties.patient)).toThrow(altered);
    expect(() => readComposition(resource, '0c'.repeat(16))).toThrow(altered);
    for (const odd of [null, {}, [], { resourceType: 'Observation' }])
      expect(() => readComposition(odd, parties.patient)).toThrow(altered);
  });
});

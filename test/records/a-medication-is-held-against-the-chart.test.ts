/** What speaks against a medication is named before it is written down, and nothing is named that does not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { immunizationForm } from '../../renderer/staff/records/forms/immunization-form.tsx';
import { medicationForm } from '../../renderer/staff/records/forms/medication-form.tsx';
import { type ChartEntry, medicationWarnings } from '../../shared/records/medication-warnings.ts';

const SNOMED = 'http://snomed.info/sct';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const entry = (title: string, code: string | null = null, codeSystem: string | null = null): ChartEntry => ({
  id: title,
  title,
  code,
  codeSystem,
});
const written = (words: string, code = '', system = RXNORM) => ({ words, code, system });
const named = (words: string, allergies: string[], medications: string[] = []): string[] =>
  medicationWarnings(written(words), {
    allergies: allergies.map((title) => entry(title)),
    medications: medications.map((title) => entry(title)),
  }).map(({ kind, source }) => `${kind} ${source.title}`);

describe('a medication', () => {
  test('is held against allergies and medications by the words that name a substance', () => {
    expect(named('Penicillin V Potassium 250 MG Oral Tablet', ['Allergy to penicillin', 'Bee venom (substance)'])).toEqual([
      'allergy Allergy to penicillin',
    ]);
    expect(named('sulfamethoxazole 800 MG', ['Sulfamethoxazole / Trimethoprim'])).toHaveLength(1);
    expect(named('Métamizol Tropfen', ['Allergie gegen METAMIZOL'])).toHaveLength(1);
    expect(named('Aspirin 81 MG Oral Tablet', [], ['Aspirin 100 mg'])).toEqual(['duplicate Aspirin 100 mg']);
  });

  test('shares no substance by its form, its strength or how allergies are spoken of', () => {
    expect(named('Metformin 500 MG Extended Release Oral Tablet', ['Drug allergy'], ['Lisinopril 500 MG Oral Tablet'])).toEqual(
      [],
    );
    expect(named('', ['Aspirin'], ['Aspirin'])).toEqual([]);
  });

  test('is the same by its code, whatever it is called, and not by that of another system', () => {
    const chart = { allergies: [entry('ASS', '1191', RXNORM), entry('Something', '1191', SNOMED)], medications: [] };
    expect(medicationWarnings(written('Acetylsalicylic acid', '1191'), chart).map(({ source }) => source.title)).toEqual(['ASS']);
  });

  test('names each entry at most once, allergies first', () => {
    const titles = fc.array(fc.constantFrom('Aspirin', 'Ibuprofen 400', 'Latex', 'Oral tablet'), { maxLength: 5 });
    fc.assert(
      fc.property(
        titles,
        titles,
        fc.constantFrom('Aspirin', 'ibuprofen oral tablet', 'tablet'),
        (allergies, medications, words) => {
          const kinds = medicationWarnings(written(words), {
            allergies: allergies.map((title, at) => ({ ...entry(title), id: `a${at}` })),
            medications: medications.map((title, at) => ({ ...entry(title), id: `m${at}` })),
          });
          expect(new Set(kinds.map(({ source }) => source.id)).size).toBe(kinds.length);
          expect(kinds.map(({ kind }) => kind)).toEqual(kinds.map(({ kind }) => kind).sort());
        },
      ),
    );
  });
});

describe('the form of a medication', () => {
  const facts = { allergies: [entry('Penicillin V')], medications: [] } as unknown as Parameters<typeof medicationForm.write>[2];
  const form = { ...medicationForm.empty(), words: 'Penicillin G', note: 'with food' };
  const t = ((key: string) => key) as unknown as Parameters<typeof medicationForm.wrong>[1];

  test('asks why it is given against an allergy, and keeps the answer in the record', () => {
    expect(medicationForm.wrong(form, t, { amending: false, facts })).toBe('write.wrong.despite');
    const said = { ...form, despite: 'tolerated in 2024' };
    expect(medicationForm.wrong(said, t, { amending: false, facts })).toBeUndefined();
    expect(JSON.parse(medicationForm.write(said, 'p1', facts)).note).toEqual([
      { text: 'with food' },
      { text: 'Penicillin V: tolerated in 2024' },
    ]);
  });
});

describe('the form of an immunization', () => {
  const none = { allergies: [], medications: [], vitals: [], orders: [] };
  const given = {
    ...immunizationForm.empty(),
    words: 'Influenza',
    code: '140',
    at: '2026-11-27T09:00:00+01:00',
    lot: ' AB12 ',
    dose: '2',
  };

  test('writes vaccine, lot and dose as FHIR, and reads them again', () => {
    const text = immunizationForm.write({ ...given, expires: '2027-01-31' }, 'p1', none);
    expect(JSON.parse(text)).toMatchObject({
      resourceType: 'Immunization',
      status: 'completed',
      patient: { reference: 'Patient/p1' },
      lotNumber: 'AB12',
      expirationDate: '2027-01-31',
      protocolApplied: [{ doseNumberPositiveInt: 2 }],
    });
    expect(immunizationForm.read(text)).toMatchObject({ words: 'Influenza', code: '140', lot: 'AB12', dose: '2' });
  });

  test('amends the dose inside its series, and nothing else', () => {
    const text =
      '{"resourceType":"Immunization","lotNumber":"A","protocolApplied":[{"series":"2-dose","doseNumberPositiveInt":1}]}';
    const before = immunizationForm.read(text);
    expect(immunizationForm.amend({ ...before, dose: '2' }, before, text)).toBe(text.replace(':1}', ':2}'));
  });
});

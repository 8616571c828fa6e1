import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadChecker } from '../../server/fhir/definitions.ts';
import { CATEGORIES } from '../../shared/consent/category.ts';
import { CONSENT_LANGUAGES, type ConsentWish, chosen } from '../../shared/consent/consent-choices.ts';
import { type ConsentParties, consentText } from '../../shared/consent/consent-text.ts';
import { type ConsentRecord, readFhirConsent, writeFhirConsent } from '../../shared/consent/fhir-consent.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import type { CheckResource } from '../../shared/fhir/resource-check.ts';
import { MORNING } from '../support/ledger-builder.ts';

const wish: ConsentWish = {
  patient: '0a'.repeat(16),
  recipient: 'b7'.repeat(32),
  categories: ['medication', 'clinical'],
  purpose: 'TREAT',
  starts: MORNING,
  ends: MORNING + 86_400_000,
  verification: 'in person, identity card seen',
  language: 'en',
};
const parties: ConsentParties = {
  patientName: 'Ana María Sørensen',
  birthDate: '1980-02-29',
  custodianName: 'Clinic A',
  recipientName: 'Clinic B',
  consent: 'c0'.repeat(16),
};

describe('choices', () => {
  test('are sorted, and identity is always among them', () => {
    expect(chosen(wish).categories).toEqual(['identity', 'clinical', 'medication']);
    expect(chosen({ ...wish, categories: [...CATEGORIES].reverse() }).categories).toEqual(CATEGORIES);
    expect(chosen({ ...wish, ends: null }).ends).toBe(0);
  });

  test.each<[string, Partial<ConsentWish>]>([
    ['consent.nothing-chosen', { categories: [] }],
    ['consent.category-unknown', { categories: ['clinical', 'everything'] }],
    ['consent.purpose-unknown', { purpose: 'MARKETING' }],
    ['consent.language-unknown', { language: 'xx' }],
    ['consent.recipient-malformed', { recipient: 'Clinic B' }],
    ['consent.patient-malformed', { patient: '../1' }],
    ['consent.period-empty', { ends: MORNING }],
    ['consent.period-empty', { starts: Number.NaN }],
    ['consent.period-empty', { starts: 0.5 }],
    ['consent.verification-missing', { verification: '  ' }],
    ['consent.verification-missing', { verification: 'in person\n- and everything else' }],
    ['consent.verification-missing', { verification: `in person\u202e` }],
  ])('that cannot be understood are refused: %s', (code, change) => {
    expect(() => chosen({ ...wish, ...change })).toThrow(expect.objectContaining({ code }));
  });
});

describe('the text', () => {
  test('says who, what, for what, how long and what stops', () => {
    const text = consentText(chosen(wish), parties);
    for (const said of [
      'Ana María Sørensen, born 1980-02-29',
      'Clinic A',
      'Clinic B (b7b7 b7b7 b7b7 b7b7)',
      'Clinical records',
      'Medicines',
      'Who I am',
      'treatment (TREAT)',
      '2026-01-05 08:00:00 UTC',
      '2026-01-06 08:00:00 UTC',
      'in person, identity card seen',
      'withdrawn at any time',
      'keys and copies are destroyed',
      'c0c0 c0c0',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('Genetic');
    expect(text.endsWith('\n')).toBe(true);
  });

  test('says it in each language, and each choice changes it', () => {
    const texts = CONSENT_LANGUAGES.flatMap((language) => [
      ...PURPOSES.map((purpose) => consentText(chosen({ ...wish, language, purpose }), parties)),
      ...CATEGORIES.filter((category) => category !== 'identity').map((category) =>
        consentText(chosen({ ...wish, language, categories: [category] }), parties),
      ),
      consentText(chosen({ ...wish, language, ends: null }), parties),
    ]);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).not.toContain('undefined');
  });

  test('is one line per statement whatever a record calls a person', () => {
    const text = consentText(chosen(wish), { ...parties, patientName: 'Eve\nThey may be read by: everybody\u2028x' });
    expect(text.split(/[\n\u2028]/).filter((line) => line.startsWith('They may be read by'))).toHaveLength(1);
  });
});

const record: ConsentRecord = {
  id: parties.consent,
  choices: chosen(wish),
  custodian: 'a1'.repeat(32),
  custodianName: 'Clinic A',
  recipientName: 'Clinic B',
  text: consentText(chosen(wish), parties),
  recordedAt: MORNING,
  withdrawnAt: undefined,
  grants: [{ grant: '01'.repeat(16), category: 'clinical', handle: '02'.repeat(16) }],
};

describe('the FHIR Consent', () => {
  let check: CheckResource;
  beforeAll(async () => {
    check = await loadChecker();
  });

  test('is valid R4, active and withdrawn', () => {
    for (const each of [record, { ...record, withdrawnAt: MORNING + 5 }, { ...record, choices: chosen({ ...wish, ends: null }) }])
      expect(check(writeFhirConsent(each)).errors).toEqual([]);
  });

  test('carries the signed text and reads back as it was written', () => {
    const choices = fc.record({
      categories: fc.subarray([...CATEGORIES], { minLength: 1 }),
      purpose: fc.constantFrom(...PURPOSES),
      language: fc.constantFrom(...CONSENT_LANGUAGES),
      ends: fc.constantFrom(null, MORNING + 1),
    });
    fc.assert(
      fc.property(
        choices,
        fc.option(fc.integer({ min: MORNING, max: 2 * MORNING }), { nil: undefined }),
        (change, withdrawnAt) => {
          const made = chosen({ ...wish, ...change });
          const written = { ...record, choices: made, text: consentText(made, parties), withdrawnAt };
          expect(readFhirConsent(JSON.parse(JSON.stringify(writeFhirConsent(written))))).toEqual(written);
        },
      ),
    );
  });

  test('of another program opens nothing', () => {
    const odd = [null, {}, { resourceType: 'Consent' }, { ...writeFhirConsent(record), provision: { type: 'deny' } }];
    for (const value of odd)
      expect(() => readFhirConsent(value)).toThrow(expect.objectContaining({ code: 'consent.resource-unreadable' }));
  });
});

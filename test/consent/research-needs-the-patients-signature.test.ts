import { beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { attestationMessage, confirmedKey } from '../../shared/consent/consent-rules.ts';
import { consentMessage } from '../../shared/consent/signing-rules.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { boxFor, cardIssuedBy, cardKeyFor, compartmentBegun, identityFor, patientKeyFor } from '../support/issued-card.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, MORNING, type TestClinic } from '../support/ledger-builder.ts';
import type { BenchClinic } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

const DAY = 86_400_000;

describe('the ledger', () => {
  let a: TestClinic;
  let b: TestClinic;
  let ledger: MemoryLedger;

  function grant(name: string, agreement: string, purpose = 'HRESCH'): string {
    const handle = identityFor(name);
    const said = { grant: bytesFor(`${name} ${agreement}`, 16), recipient: b.chain, agreement: bytesFor(agreement) };
    const attestation = sign(a.clinicKey, attestationMessage(a.chain, handle, said));
    const body = { ...said, purpose, starts: 0, ends: 0, wrap: bytesFor('wrap'), attestation };
    return ledger.judge(a.desk, act(a, 'consent.granted', body, { handle, signer: a.administrator }));
  }

  /** `holder`: whose key signs and whose card it is. */
  function signs(name: string, agreement: string, { holder = name, card = '', by = a } = {}): string {
    const said = { agreement: bytesFor(agreement), card: cardKeyFor(card || holder).publicKey };
    const proof = sign(patientKeyFor(holder), consentMessage(by.chain, said));
    return ledger.judge(by.desk, act(by, 'consent.signed', { ...said, proof }, { handle: identityFor(name) }));
  }

  const isConfirmed = (name: string, agreement: string): boolean =>
    ledger.rows.get(confirmedKey(toHex(bytesFor(`${name} ${agreement}`, 16)))) !== undefined;

  beforeEach(() => {
    [a, b] = [foundClinic('A'), foundClinic('B')];
    ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
    for (const name of ['ada', 'bo', 'cem'])
      for (const handle of [identityFor(name), boxFor(name)]) ledger.judge(a.desk, compartmentBegun(a, handle));
    for (const name of ['ada', 'bo']) expect(ledger.judge(a.desk, cardIssuedBy(a, name))).toBe('accepted');
  });

  test('takes a consent to research from who has a card only after their own signature over its text', () => {
    expect(grant('ada', 'a study')).toBe('refused: patient-signature-missing');
    expect(signs('ada', 'another study')).toBe('accepted');
    expect(grant('ada', 'a study')).toBe('refused: patient-signature-missing');
    expect(signs('ada', 'a study')).toBe('accepted');
    expect(grant('ada', 'a study')).toBe('accepted');
    expect(isConfirmed('ada', 'a study')).toBe(true);
    expect(signs('ada', 'a study')).toBe('refused: signed-already');
  });

  test('takes nobody else’s signature for it', () => {
    expect(signs('ada', 'a study', { holder: 'bo' })).toBe('refused: not-the-patient');
    expect(signs('ada', 'a study', { by: b })).toBe('refused: card-not-living');
    expect(signs('bo', 'a study')).toBe('accepted');
    expect(grant('ada', 'a study')).toBe('refused: patient-signature-missing');
    expect(() => signs('ada', 'a study', { holder: 'bo', card: 'ada' })).toThrow();
  });

  test('leaves it to staff where there is no card, and everything that is no research', () => {
    expect(grant('cem', 'a study')).toBe('accepted');
    expect(isConfirmed('cem', 'a study')).toBe(false);
    expect(grant('ada', 'a visit', 'TREAT')).toBe('accepted');
    expect(isConfirmed('ada', 'a visit')).toBe(false);
    ledger.judge(
      a.desk,
      act(a, 'card.ended', { card: cardKeyFor('ada').publicKey }, { handle: identityFor('ada'), signer: a.administrator }),
    );
    expect(signs('ada', 'a study')).toBe('refused: card-not-living');
    expect(grant('ada', 'a study')).toBe('accepted');
  });
});

test('at the desk the patient signs with card and PIN, and a study is joined under nothing less', async () => {
  const { bench, clinics } = await RegionBench.found(['A', 'Institute']);
  const [a, institute] = clinics as [BenchClinic, BenchClinic];
  const [patient, other] = [await a.register('Birch'), await a.register('Alder')];
  const study = { patient, recipient: institute.id, categories: ['clinical'], purpose: 'HRESCH' };
  const offer = await institute.vault.marketplace.publish(
    {
      title: 'Sleep',
      description: 'A cohort.',
      purposes: ['DUO:0000042'],
      categories: ['clinical'],
      criteria: '',
      reward: '',
      minimumGroup: 5,
      opens: MORNING - DAY,
      expires: MORNING + DAY,
    },
    'four unrelated plain words',
  );
  await bench.sync();
  // Staff recorded it while there was no card: it holds, and nothing new is joined by it once there is one.
  const attested = await a.share({ ...study, verification: 'by phone' });
  const card = await a.issueCard(patient);
  const join = () => a.vault.marketplace.join(patient, offer.id, 'four unrelated plain words');
  await expect(join()).rejects.toMatchObject({ code: 'marketplace.needs-card' });
  await a.withdraw(attested.record.id);

  await expect(a.share(study)).rejects.toMatchObject({ code: 'consent.needs-card' });
  await expect(a.share(study, { ...card, pin: '481517' })).rejects.toMatchObject({ code: 'card.pin-wrong' });
  await expect(a.share(study, await a.issueCard(other))).rejects.toMatchObject({ code: 'consent.card-of-another' });
  expect((await a.vault.consents.list(patient)).map(({ state }) => state)).toEqual(['WITHDRAWN']);
  const signed = await a.share(study, card);
  expect(signed).toMatchObject({ state: 'ACTIVE', confirmedAt: bench.time });
  expect(await join()).toMatchObject({ active: true });
});

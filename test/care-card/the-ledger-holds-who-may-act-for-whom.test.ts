/** Who may act for a patient is judged by every replica alike: who signs for it, how far it goes, and who ends it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../server/vault/primitives.ts';
import { leavingMessage, namingMessage } from '../../shared/care-card/guardian-rules.ts';
import { askingMessage } from '../../shared/consent/asked-rules.ts';
import { boxFor, cardIssuedBy, cardKeyFor, compartmentBegun, identityFor, patientKeyFor } from '../support/issued-card.ts';
import {
  act,
  bytesFor,
  foundClinic,
  foundRegion,
  MemoryLedger,
  MORNING,
  signingKeyFor,
  type TestClinic,
} from '../support/ledger-builder.ts';

const DAY = 86_400_000;
const NOTHING = new Uint8Array(0);

describe('on the ledger', () => {
  let a: TestClinic;
  let b: TestClinic;
  let ledger: MemoryLedger;
  const cardOf = (name: string): Uint8Array => cardKeyFor(name).publicKey;

  beforeEach(() => {
    [a, b] = [foundClinic('A'), foundClinic('B')];
    ledger = new MemoryLedger(foundRegion('north', [a, b]).region);
    for (const name of ['ada', 'bo', 'cy'])
      for (const handle of [identityFor(name), boxFor(name)]) ledger.judge(a.desk, compartmentBegun(a, handle));
    for (const name of ['ada', 'bo']) expect(ledger.judge(a.desk, cardIssuedBy(a, name))).toBe('accepted');
  });

  /** Ada is to act for `ward`; Cy has no card. */
  function name(ward: string, change: object = {}, { by = a, signer = ward } = {}): string {
    const terms = {
      card: cardOf('ada'),
      mayConsent: true,
      mayComplain: true,
      starts: MORNING,
      ends: MORNING + DAY,
      agreement: bytesFor('agreement'),
      patientCard: ward === 'cy' ? NOTHING : cardOf(ward),
      ...change,
    };
    const handle = identityFor(ward);
    const proof = terms.patientCard.length > 0 ? sign(patientKeyFor(signer), namingMessage(by.chain, handle, terms)) : NOTHING;
    const opened = { box: boxFor(ward), boxEpoch: 1, boxKey: new Uint8Array(80) };
    return ledger.judge(by.desk, act(by, 'guardian.named', { ...terms, ...opened, proof }, { handle, signer: by.administrator }));
  }
  function ask(ward: string, { time = MORNING, purpose = 'TREAT', grant = 'grant' } = {}): string {
    const said = {
      grant: bytesFor(grant, 16),
      recipient: b.chain,
      purpose,
      starts: 0,
      ends: 0,
      agreement: bytesFor('text'),
      card: cardOf('ada'),
    };
    const proof = sign(patientKeyFor('ada'), askingMessage(a.chain, said as Parameters<typeof askingMessage>[1]));
    return ledger.judge(a.desk, act(a, 'consent.asked', { ...said, proof }, { handle: identityFor(ward), time }));
  }
  function leave(ward: string, by: string, starts = MORNING): string {
    const said = { card: cardOf('ada'), starts, by: cardOf(by) };
    const proof = sign(patientKeyFor(by), leavingMessage(a.chain, identityFor(ward), said));
    return ledger.judge(a.desk, act(a, 'guardian.left', { ...said, proof }, { handle: identityFor(ward) }));
  }
  const end = (ward: string): string =>
    ledger.judge(
      a.desk,
      act(a, 'guardian.ended', { card: cardOf('ada') }, { handle: identityFor(ward), signer: a.administrator }),
    );

  /** The clinic says of Ada's ward that the box has a newer key, or that Ada has a newer card. */
  function rekey(ward: string, change: object = {}, { by = a, time = MORNING } = {}): string {
    const body = { from: cardOf('ada'), card: cardOf('ada'), boxEpoch: 2, boxKey: new Uint8Array(80), ...change };
    const options = { handle: identityFor(ward), signer: by.administrator, time };
    return ledger.judge(by.desk, act(by, 'guardian.rekeyed', body, options));
  }
  /** Ada's next card, in the place of the first. */
  function renew(): Uint8Array {
    const next = { identity: identityFor('ada'), box: boxFor('ada'), replaces: cardOf('ada') };
    expect(ledger.judge(a.desk, cardIssuedBy(a, 'ada again', next))).toBe('accepted');
    return cardOf('ada again');
  }

  test('a patient with a card is asked; for one without the clinic answers; nobody else names anybody', () => {
    expect(name('bo', { patientCard: NOTHING })).toBe('refused: not-the-patient');
    expect(name('cy', { patientCard: cardOf('bo') }, { signer: 'bo' })).toBe('refused: not-the-patient');
    expect(name('bo', {}, { by: b })).toBe('refused: not-the-custodian');
    expect(name('ada')).toBe('refused: guardian-of-oneself');
    expect(name('cy', { card: cardOf('cy') })).toBe('refused: card-not-living');
    expect(name('cy', { ends: MORNING })).toBe('refused: period-empty');
    expect([name('bo'), name('cy')]).toEqual(['accepted', 'accepted']);
    expect(name('cy')).toBe('refused: guardian-already');
    expect(() => name('bo', { starts: MORNING + 1 }, { signer: 'ada' })).toThrow();
  });

  test('what they sign for the patient names their own card, and goes no further than what was said', () => {
    expect(ask('cy')).toBe('refused: not-the-patient');
    name('cy', { mayConsent: false });
    expect(ask('cy')).toBe('refused: not-the-patient');
    end('cy');
    name('cy', { starts: MORNING + 1 });
    expect(ask('bo')).toBe('refused: not-the-patient');
    expect(ask('cy', { purpose: 'HRESCH' })).toBe('refused: not-the-patient');
    expect(ask('cy')).toBe('accepted');
    expect(ask('cy', { time: MORNING + DAY, grant: 'late' })).toBe('refused: not-the-patient');
  });

  test('patient, guardian and clinic each end it; it does not come back by old words', () => {
    name('bo');
    name('cy');
    expect(leave('cy', 'bo')).toBe('refused: not-the-patient');
    expect(leave('bo', 'bo', MORNING + 1)).toBe('refused: guardian-unknown');
    expect([leave('bo', 'bo'), leave('cy', 'ada')]).toEqual(['accepted', 'accepted']);
    expect([leave('bo', 'bo'), end('cy')]).toEqual(['refused: guardian-over', 'refused: guardian-over']);
    expect([name('bo'), ask('bo'), ask('cy')]).toEqual([
      'refused: said-before',
      'refused: not-the-patient',
      'refused: not-the-patient',
    ]);
    expect(name('bo', { starts: MORNING + 5 })).toBe('accepted');
    expect(end('bo')).toBe('accepted');
  });

  test('a newer key of the box follows the one before, while it stands, by the clinic that keeps the records', () => {
    expect(rekey('cy')).toBe('refused: guardian-unknown');
    name('cy');
    expect(rekey('cy', { boxEpoch: 1 })).toBe('refused: box-epoch-stale');
    expect(rekey('cy', {}, { by: b })).toBe('refused: not-the-custodian');
    expect(rekey('cy', {}, { time: MORNING + DAY })).toBe('refused: guardian-over');
    expect([rekey('cy'), rekey('cy')]).toEqual(['accepted', 'refused: box-epoch-stale']);
    end('cy');
    expect(rekey('cy', { boxEpoch: 3 })).toBe('refused: guardian-over');
  });

  test('the guardian’s next card takes over what the first one had, once, and nobody else’s card does', () => {
    name('cy');
    expect(rekey('cy', { card: cardOf('bo') })).toBe('refused: not-the-guardian');
    const card = renew();
    expect(rekey('cy')).toBe('refused: card-not-living');
    expect(rekey('cy', { card, boxEpoch: 0 })).toBe('refused: box-epoch-stale');
    expect(rekey('cy', { card, boxEpoch: 1 })).toBe('accepted');
    expect(rekey('cy', { card })).toBe('refused: guardian-over');
    expect(rekey('cy', { from: card, card, boxEpoch: 2 })).toBe('accepted');
  });

  test('who was named under the next card already is not named twice', () => {
    name('cy');
    const card = renew();
    expect(name('cy', { card, starts: MORNING + 1 })).toBe('accepted');
    expect(rekey('cy', { card })).toBe('refused: guardian-already');
  });

  test('one card acts for fifty people, and for no more by a next card', () => {
    name('cy');
    const card = renew();
    const nameChild = (at: number): string => {
      for (const handle of [identityFor(`child ${at}`), boxFor(`child ${at}`)]) ledger.judge(a.desk, compartmentBegun(a, handle));
      return name(`child ${at}`, { card, patientCard: NOTHING });
    };
    for (let at = 0; at < 50; at++) expect(nameChild(at)).toBe('accepted');
    expect(nameChild(50)).toBe('refused: too-many-wards');
    expect(rekey('cy', { card })).toBe('refused: too-many-wards');
  });

  test.each([
    [12, 12, 'accepted'],
    [25, 10, 'accepted'],
    [11, 11, 'refused: ages-out-of-bounds'],
    [26, 14, 'refused: ages-out-of-bounds'],
    [18, 9, 'refused: ages-out-of-bounds'],
    [18, 19, 'refused: ages-out-of-bounds'],
  ])(
    'a clinic says that people are of age with %i, and what is specially protected their own with %i: %s',
    (majority, privateFrom, verdict) => {
      expect(ledger.judge(a.desk, act(a, 'guardian.ages', { majority, privateFrom }, { signer: a.administrator }))).toBe(verdict);
    },
  );

  test('nobody but an administrator says which ages hold', () => {
    const signer = signingKeyFor('doctor');
    const enrolled = act(a, 'staff.enrolled', { staff: signer.publicKey, role: 'clinician' }, { signer: a.administrator });
    expect(ledger.judge(a.desk, enrolled)).toBe('accepted');
    const said = act(a, 'guardian.ages', { majority: 18, privateFrom: 14 }, { signer });
    expect(ledger.judge(a.desk, said)).toBe('refused: not-an-administrator');
  });
});

/** By which words somebody comes to act for a patient: who may be named, until when, and the text that is signed. */
import type { GuardianAges } from '../../shared/care-card/age-rules.ts';
import type { CardRow } from '../../shared/care-card/card-rules.ts';
import {
  comesOfAge,
  GUARDIAN_LANGUAGES,
  guardianText,
  isRepresentative,
  RELATIONSHIPS,
  representativeText,
} from '../../shared/care-card/guardian-text.ts';
import { toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { chainRow } from '../../shared/ledger/rows.ts';
import { chainKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import { sha256Hex } from '../vault/primitives.ts';
import type { CareCardParts } from './care-cards.ts';
import { livingCardOf } from './guardian-rows.ts';

export interface GuardianWish {
  readonly patient: string;
  readonly guardian: string;
  readonly relationship: string;
  readonly mayConsent: boolean;
  readonly mayComplain: boolean;
  /** Milliseconds; null: until it is ended. */
  readonly ends: number | null;
  readonly evidence: string;
  readonly language: string;
}

export interface GuardianTextToSign {
  readonly text: string;
  readonly hash: string;
  readonly ends: number | null;
  readonly needsCard: boolean;
  readonly isChild: boolean;
}

export interface GuardianAgreement extends GuardianTextToSign {
  readonly patient: PatientEntry;
  readonly guardian: PatientEntry;
  /** The guardian's. */
  readonly card: CardRow;
  /** The patient's own, which signs; empty where they have none. */
  readonly patientCard: Uint8Array;
}

/**
 * @param at the time and the ages by which it is judged
 * @throws {Failure} `patients.unknown`, `guardian.wish`, `guardian.needs-end`, `guardian.no-card`, `guardian.over`, `guardian.no-evidence`.
 */
export async function agreementOf(
  { context, directory }: CareCardParts,
  wish: GuardianWish,
  { time, ages }: { readonly time: number; readonly ages: GuardianAges },
): Promise<GuardianAgreement> {
  const [patient, guardian] = [directory.known(wish.patient), directory.known(wish.guardian)];
  const own = toHex(context.chain);
  mustBeNameable(wish, patient, guardian, own);
  const card = guardian.custodian === own ? await livingCardOf(context, guardian) : undefined;
  if (!card) throw new Failure('guardian.no-card', 'Who acts for a patient needs a care card of this clinic. Issue one first.');
  const patientCard = (patient.summary.deceased ? undefined : (await livingCardOf(context, patient))?.card) ?? new Uint8Array(0);
  const { isChild, ends } = termOf(wish, patient, time, ages);
  const needsCard = patientCard.length > 0;
  const evidence = wish.evidence.trim();
  if (!needsCard && (evidence === '' || evidence.length > 300))
    throw new Failure(
      'guardian.no-evidence',
      'Nobody signs for this patient with a card. Say what shows that this person acts for them: a birth certificate, a will, a court’s decision.',
    );
  const { mayConsent, mayComplain, relationship } = wish;
  const chosen = [patient.id, guardian.id, relationship, mayConsent, mayComplain, ends, evidence, patientCard.length];
  const words = {
    patientName: patient.summary.fullName,
    guardianName: guardian.summary.fullName,
    clinicName: await clinicName(context),
    mayConsent,
    mayComplain,
    ends: ends ?? 0,
    evidence: needsCard ? '' : evidence,
    number: toHex(context.rows.name('guardian-number', utf8(JSON.stringify(chosen)))),
  };
  const language = GUARDIAN_LANGUAGES.find((each) => each === wish.language) ?? 'en';
  const text = isRepresentative(relationship)
    ? representativeText({ ...words, ground: relationship }, language)
    : guardianText({ ...words, isChild, privateFrom: ages.privateFrom }, language);
  return { patient, guardian, card, patientCard, text, hash: sha256Hex(utf8(text)), ends, needsCard, isChild };
}

function mustBeNameable({ relationship, ends }: GuardianWish, patient: PatientEntry, guardian: PatientEntry, own: string): void {
  const hasDied = patient.summary.deceased;
  const isRelation = hasDied ? isRepresentative(relationship) : RELATIONSHIPS.some((each) => each === relationship);
  if (!isRelation || patient.id === guardian.id || patient.custodian !== own || !patient.handles.identity)
    throw new Failure(
      'guardian.wish',
      'Choose a patient of this clinic, somebody else who acts for them, and who that is to them: of who has died executor, next of kin or by a court, of nobody else.',
    );
  if (hasDied && ends === null)
    throw new Failure('guardian.needs-end', 'Say until when: who represents a patient who has died does so for a time.');
}

/** A child's ends at the latest when they come of age. */
function termOf(wish: GuardianWish, { summary }: PatientEntry, time: number, { majority }: GuardianAges) {
  const ofAge = comesOfAge(summary.birthDate, majority);
  const isChild = !summary.deceased && ofAge !== undefined && time < ofAge;
  const ends = isChild ? Math.min(wish.ends ?? ofAge, ofAge) : wish.ends;
  if (ends !== null && ends <= time)
    throw new Failure('guardian.over', 'This would be over before it begins. Choose a later day.');
  return { isChild, ends };
}

async function clinicName({ gateway, chain }: VaultContext): Promise<string> {
  const [row] = await gateway.state([chainKey(toHex(chain))]);
  return row ? decode(chainRow, row).name : '';
}

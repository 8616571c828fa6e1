/** The one list of event rules: the hub admits by it, every workstation replays it. A new domain adds a line. */

import { accessRules } from '../shared/access/access-rules.ts';
import { complaintRules } from '../shared/access/complaint-rules.ts';
import { coverRules } from '../shared/access/cover-rules.ts';
import { facadeRules } from '../shared/access/facade-rules.ts';
import { ageRules } from '../shared/care-card/age-rules.ts';
import { cardRules } from '../shared/care-card/card-rules.ts';
import { guardianRules } from '../shared/care-card/guardian-rules.ts';
import { askedConsentRules } from '../shared/consent/asked-rules.ts';
import { cardVisitRules } from '../shared/consent/card-visit-rules.ts';
import { consentRules, grantRow } from '../shared/consent/consent-rules.ts';
import { glassRules } from '../shared/consent/glass-rules.ts';
import { purgeRules } from '../shared/consent/purge-rules.ts';
import { signingRules } from '../shared/consent/signing-rules.ts';
import { type Decoded, decode } from '../shared/encoding/codec.ts';
import { hubActRules } from '../shared/fleet/hub-act-rules.ts';
import { byDeskOrPerson } from '../shared/kiosk/desk-rules.ts';
import { patientActRules } from '../shared/kiosk/patient-act-rules.ts';
import { patientOfferRules } from '../shared/kiosk/patient-offer-rules.ts';
import { anchorRules } from '../shared/ledger/anchor-rules.ts';
import { enrolmentRules } from '../shared/ledger/enrolment-rules.ts';
import { epochRules } from '../shared/ledger/epoch-rules.ts';
import { policyRules } from '../shared/ledger/policy-rules.ts';
import { rotationRules } from '../shared/ledger/rotation-rules.ts';
import { type JudgedEvent, Rules } from '../shared/ledger/rules.ts';
import { settingRules } from '../shared/ledger/setting-rules.ts';
import { benefitRules } from '../shared/marketplace/benefit-rules.ts';
import { offerRules } from '../shared/marketplace/offer-rules.ts';
import { amendmentRules } from '../shared/records/amendment-rules.ts';
import { erasureRules } from '../shared/records/erasure-rules.ts';
import { mergeRules, recordMergedBody } from '../shared/records/merge-rules.ts';
import { type RecordPut, recordPutBody, recordRules } from '../shared/records/record-rules.ts';
import { noteRules } from '../shared/telemedicine/note-rules.ts';
import { hashParts } from './vault/hash-parts.ts';
import { verifySignature } from './vault/primitives.ts';

/** Every version of the rules, with every domain's event types; the newest in front. */
export function careledgerRules(): Rules {
  const domains = [
    enrolmentRules(hashParts, verifySignature),
    policyRules,
    rotationRules,
    epochRules,
    recordRules,
    mergeRules,
    noteRules,
    consentRules,
    signingRules,
    cardVisitRules,
    accessRules,
    offerRules,
    erasureRules,
    purgeRules,
    amendmentRules,
    cardRules,
    glassRules,
    complaintRules,
    patientActRules,
    askedConsentRules,
    patientOfferRules,
    guardianRules,
    benefitRules,
    ageRules,
    hubActRules(hashParts),
    anchorRules,
    coverRules,
    facadeRules,
    settingRules,
  ];
  return new Rules(2, ...domains.map((rules) => rules.map(byDeskOrPerson))).after(new Rules(1, ...domains));
}

/** Bodies with a `document` of their own. */
const NAMES_DOCUMENT: ReadonlySet<unknown> = new Set([recordPutBody, recordMergedBody]);

/** The sealed document that an event names and that must be durable before the event counts as delivered. */
export function documentNamedBy({ typed, rule }: JudgedEvent): Uint8Array | undefined {
  return NAMES_DOCUMENT.has(rule.body) ? (typed.body as RecordPut).document : undefined;
}

/** A grant as a state row says it, for whoever serves sealed documents. Undefined for the row of another kind. */
export function grantInRow(key: string, value: Uint8Array): Decoded<typeof grantRow> | undefined {
  return key.startsWith('grant/') ? decode(grantRow, value) : undefined;
}

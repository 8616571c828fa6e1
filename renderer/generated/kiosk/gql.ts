/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query MyPeople {\n    wards {\n      id\n      name\n      mayConsent\n      mayComplain\n      ends\n    }\n    guardians {\n      id\n      name\n      number\n      isWaiting\n      mayConsent\n      mayComplain\n      ends\n    }\n  }\n": typeof types.MyPeopleDocument,
    "\n  mutation ActFor($ward: ID) {\n    actFor(ward: $ward) {\n      name\n    }\n  }\n": typeof types.ActForDocument,
    "\n  mutation LeaveWard($ward: ID!) {\n    leaveWard(ward: $ward) {\n      id\n    }\n  }\n": typeof types.LeaveWardDocument,
    "\n  mutation EndMyGuardian($guardian: ID!) {\n    endGuardian(guardian: $guardian) {\n      id\n    }\n  }\n": typeof types.EndMyGuardianDocument,
    "\n  query ActingNow {\n    me {\n      name\n      actedForBy\n    }\n  }\n": typeof types.ActingNowDocument,
    "\n  mutation CheckIn($card: String!, $pin: String!) {\n    checkIn(card: $card, pin: $pin) {\n      state\n    }\n  }\n": typeof types.CheckInDocument,
    "\n  mutation Prepare {\n    prepare\n  }\n": typeof types.PrepareDocument,
    "\n  mutation JoinAsKiosk($invitation: String!) {\n    joinAsKiosk(invitation: $invitation) {\n      state\n    }\n  }\n": typeof types.JoinAsKioskDocument,
    "\n  mutation Stay {\n    stay\n  }\n": typeof types.StayDocument,
    "\n  mutation ConfirmMyConsent($id: ID!, $hash: ID!) {\n    confirmConsent(id: $id, hash: $hash) {\n      ...OwnConsentParts\n    }\n  }\n": typeof types.ConfirmMyConsentDocument,
    "\n  query MyConsents {\n    me {\n      actedForBy\n      mayConsent\n      mayGive\n    }\n    consents {\n      ...OwnConsentParts\n    }\n  }\n  fragment OwnConsentParts on OwnConsent {\n    id\n    recipient\n    research\n    categories\n    purpose\n    starts\n    ends\n    state\n    reach\n    signedBy\n    text\n    hash\n    language\n    recordedAt\n    withdrawnAt\n  }\n": typeof types.MyConsentsDocument,
    "\n  mutation EndMyConsent($id: ID!) {\n    withdrawConsent(id: $id) {\n      ...OwnConsentParts\n    }\n  }\n": typeof types.EndMyConsentDocument,
    "\n  query MyRecipients {\n    recipients {\n      chain\n      name\n      research\n    }\n  }\n": typeof types.MyRecipientsDocument,
    "\n  query ConsentToRead($wish: OwnConsentWish!) {\n    consentText(wish: $wish) {\n      text\n      language\n      hash\n    }\n  }\n": typeof types.ConsentToReadDocument,
    "\n  mutation GiveMyConsent($wish: OwnConsentWish!, $hash: ID!) {\n    giveConsent(wish: $wish, hash: $hash) {\n      ...OwnConsentParts\n    }\n  }\n": typeof types.GiveMyConsentDocument,
    "\n  query CarerToRead($wish: CarerWish!) {\n    carerText(wish: $wish) {\n      text\n      language\n      hash\n    }\n  }\n": typeof types.CarerToReadDocument,
    "\n  mutation NameMyCarer($wish: CarerWish!, $hash: ID!) {\n    nameCarer(wish: $wish, hash: $hash) {\n      id\n    }\n  }\n": typeof types.NameMyCarerDocument,
    "\n  query MyOffers {\n    offers {\n      ...OwnOfferParts\n    }\n  }\n  fragment OwnOfferParts on OwnOffer {\n    id\n    title\n    buyer\n    purpose\n    reward\n    opens\n    expires\n    minimumGroup\n    categories\n    open\n    joined\n    since\n    reach\n    needsConsent\n    promised {\n      amount\n      currency\n    }\n    benefits {\n      id\n      amount\n      currency\n      earnedAt\n      paidAt\n      earnedFor\n      paidBy\n    }\n  }\n": typeof types.MyOffersDocument,
    "\n  mutation JoinMyOffer($offer: ID!) {\n    joinOffer(offer: $offer) {\n      ...OwnOfferParts\n    }\n  }\n": typeof types.JoinMyOfferDocument,
    "\n  mutation LeaveMyOffer($offer: ID!) {\n    leaveOffer(offer: $offer) {\n      ...OwnOfferParts\n    }\n  }\n": typeof types.LeaveMyOfferDocument,
    "\n  query KioskNow {\n    kiosk {\n      ...KioskParts\n    }\n  }\n  fragment KioskParts on Kiosk {\n    state\n    clinic\n    canCheckIn\n    idleSeconds\n    graceSeconds\n    device\n  }\n": typeof types.KioskNowDocument,
    "\n  subscription KioskChanged {\n    kioskChanged {\n      ...KioskParts\n    }\n  }\n": typeof types.KioskChangedDocument,
    "\n  mutation EndSession {\n    endSession {\n      state\n    }\n  }\n": typeof types.EndSessionDocument,
    "\n  fragment HealthLinkParts on OwnHealthLink {\n    id\n    madeBy\n    code\n    parts\n    ends\n    passcode\n    state\n    opened\n    lastOpened\n    recipient\n    triesLeft\n  }\n": typeof types.HealthLinkPartsFragmentDoc,
    "\n  query MyHealthLinks {\n    me {\n      mayConsent\n      actedForBy\n    }\n    healthLinks {\n      offered\n      links {\n        ...HealthLinkParts\n      }\n    }\n  }\n": typeof types.MyHealthLinksDocument,
    "\n  mutation MakeMyHealthLink($parts: [String!]!, $hours: Int!, $passcode: Boolean!) {\n    makeHealthLink(parts: $parts, hours: $hours, passcode: $passcode) {\n      link {\n        ...HealthLinkParts\n      }\n      passcode\n    }\n  }\n": typeof types.MakeMyHealthLinkDocument,
    "\n  mutation EndMyHealthLink($link: ID!) {\n    endHealthLink(link: $link) {\n      offered\n      links {\n        ...HealthLinkParts\n      }\n    }\n  }\n": typeof types.EndMyHealthLinkDocument,
    "\n  query PapersNow {\n    me {\n      asOf\n      newerOnItsWay\n    }\n  }\n": typeof types.PapersNowDocument,
    "\n  query MyPapers {\n    me {\n      name\n      birthDate\n      clinic\n      asOf\n      mayComplain\n      actedForBy\n    }\n    papers {\n      summary {\n        name\n        leftOut\n        lines {\n          record\n          text\n          date\n          disagreements {\n            words\n            date\n          }\n        }\n      }\n      export\n      exportLeftOut\n      internationalSummary\n      certificates {\n        erasedAt\n        json\n      }\n    }\n  }\n": typeof types.MyPapersDocument,
    "\n  query MyConsentProof($id: ID!) {\n    consentProof(id: $id)\n  }\n": typeof types.MyConsentProofDocument,
    "\n  query MyBenefitReceipt($id: ID!) {\n    benefitReceipt(id: $id)\n  }\n": typeof types.MyBenefitReceiptDocument,
    "\n  query MyReadingsReceipt {\n    readingsReceipt\n  }\n": typeof types.MyReadingsReceiptDocument,
    "\n  mutation SendMyRequest($about: RequestSubject!, $words: String!, $entry: ID, $record: ID) {\n    sendRequest(about: $about, words: $words, entry: $entry, record: $record) {\n      id\n    }\n  }\n": typeof types.SendMyRequestDocument,
    "\n  query MyRequests {\n    me {\n      mayComplain\n    }\n    requests {\n      id\n      about\n      words\n      sentAt\n      received\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n": typeof types.MyRequestsDocument,
    "\n  query PrintedFor {\n    me {\n      name\n      birthDate\n    }\n  }\n": typeof types.PrintedForDocument,
    "\n  query MeNow {\n    me {\n      name\n      birthDate\n      clinic\n      asOf\n      actedForBy\n    }\n  }\n": typeof types.MeNowDocument,
    "\n  query ReadingsProofNow {\n    readingsProof {\n      verdict\n      provedUntil\n      proved\n      unproved\n      logs {\n        clinic\n        computer\n        standing\n        entries\n        counted\n        missing {\n          from\n          to\n        }\n        altered {\n          number\n          at\n        }\n      }\n    }\n  }\n": typeof types.ReadingsProofNowDocument,
    "\n  query MyReadings($first: Int, $filter: ReadingFilter) {\n    me {\n      actedForBy\n      mayComplain\n    }\n    readings(first: $first, filter: $filter) {\n      readings {\n        id\n        at\n        who\n        onWordOf\n        givenTo\n        proved\n        role\n        clinic\n        machine\n        emergency\n        action\n        purpose\n        copied\n      }\n      next\n      total\n      persons\n      machines\n      emergencies\n      provedUntil\n    }\n  }\n": typeof types.MyReadingsDocument,
    "\n  query WhoCouldOpenMine {\n    whoCouldOpen {\n      clinic\n      home\n      role\n      names\n      count\n      opens {\n        purpose\n        categories\n        reason\n        partial\n        given\n      }\n    }\n  }\n": typeof types.WhoCouldOpenMineDocument,
    "\n  query VideoVisitNow {\n    videoVisit\n  }\n": typeof types.VideoVisitNowDocument,
    "\n  query VisitSignals($room: String!, $seat: String!, $after: Float!) {\n    visitSignals(room: $room, seat: $seat, after: $after) {\n      sequence\n      body\n    }\n  }\n": typeof types.VisitSignalsDocument,
    "\n  mutation JoinVisit($room: String!, $token: String!) {\n    joinVisit(room: $room, token: $token) {\n      seat\n      ice {\n        urls\n        username\n        credential\n      }\n    }\n  }\n": typeof types.JoinVisitDocument,
    "\n  mutation SayInVisit($room: String!, $seat: String!, $body: String!) {\n    sayInVisit(room: $room, seat: $seat, body: $body)\n  }\n": typeof types.SayInVisitDocument,
};
const documents: Documents = {
    "\n  query MyPeople {\n    wards {\n      id\n      name\n      mayConsent\n      mayComplain\n      ends\n    }\n    guardians {\n      id\n      name\n      number\n      isWaiting\n      mayConsent\n      mayComplain\n      ends\n    }\n  }\n": types.MyPeopleDocument,
    "\n  mutation ActFor($ward: ID) {\n    actFor(ward: $ward) {\n      name\n    }\n  }\n": types.ActForDocument,
    "\n  mutation LeaveWard($ward: ID!) {\n    leaveWard(ward: $ward) {\n      id\n    }\n  }\n": types.LeaveWardDocument,
    "\n  mutation EndMyGuardian($guardian: ID!) {\n    endGuardian(guardian: $guardian) {\n      id\n    }\n  }\n": types.EndMyGuardianDocument,
    "\n  query ActingNow {\n    me {\n      name\n      actedForBy\n    }\n  }\n": types.ActingNowDocument,
    "\n  mutation CheckIn($card: String!, $pin: String!) {\n    checkIn(card: $card, pin: $pin) {\n      state\n    }\n  }\n": types.CheckInDocument,
    "\n  mutation Prepare {\n    prepare\n  }\n": types.PrepareDocument,
    "\n  mutation JoinAsKiosk($invitation: String!) {\n    joinAsKiosk(invitation: $invitation) {\n      state\n    }\n  }\n": types.JoinAsKioskDocument,
    "\n  mutation Stay {\n    stay\n  }\n": types.StayDocument,
    "\n  mutation ConfirmMyConsent($id: ID!, $hash: ID!) {\n    confirmConsent(id: $id, hash: $hash) {\n      ...OwnConsentParts\n    }\n  }\n": types.ConfirmMyConsentDocument,
    "\n  query MyConsents {\n    me {\n      actedForBy\n      mayConsent\n      mayGive\n    }\n    consents {\n      ...OwnConsentParts\n    }\n  }\n  fragment OwnConsentParts on OwnConsent {\n    id\n    recipient\n    research\n    categories\n    purpose\n    starts\n    ends\n    state\n    reach\n    signedBy\n    text\n    hash\n    language\n    recordedAt\n    withdrawnAt\n  }\n": types.MyConsentsDocument,
    "\n  mutation EndMyConsent($id: ID!) {\n    withdrawConsent(id: $id) {\n      ...OwnConsentParts\n    }\n  }\n": types.EndMyConsentDocument,
    "\n  query MyRecipients {\n    recipients {\n      chain\n      name\n      research\n    }\n  }\n": types.MyRecipientsDocument,
    "\n  query ConsentToRead($wish: OwnConsentWish!) {\n    consentText(wish: $wish) {\n      text\n      language\n      hash\n    }\n  }\n": types.ConsentToReadDocument,
    "\n  mutation GiveMyConsent($wish: OwnConsentWish!, $hash: ID!) {\n    giveConsent(wish: $wish, hash: $hash) {\n      ...OwnConsentParts\n    }\n  }\n": types.GiveMyConsentDocument,
    "\n  query CarerToRead($wish: CarerWish!) {\n    carerText(wish: $wish) {\n      text\n      language\n      hash\n    }\n  }\n": types.CarerToReadDocument,
    "\n  mutation NameMyCarer($wish: CarerWish!, $hash: ID!) {\n    nameCarer(wish: $wish, hash: $hash) {\n      id\n    }\n  }\n": types.NameMyCarerDocument,
    "\n  query MyOffers {\n    offers {\n      ...OwnOfferParts\n    }\n  }\n  fragment OwnOfferParts on OwnOffer {\n    id\n    title\n    buyer\n    purpose\n    reward\n    opens\n    expires\n    minimumGroup\n    categories\n    open\n    joined\n    since\n    reach\n    needsConsent\n    promised {\n      amount\n      currency\n    }\n    benefits {\n      id\n      amount\n      currency\n      earnedAt\n      paidAt\n      earnedFor\n      paidBy\n    }\n  }\n": types.MyOffersDocument,
    "\n  mutation JoinMyOffer($offer: ID!) {\n    joinOffer(offer: $offer) {\n      ...OwnOfferParts\n    }\n  }\n": types.JoinMyOfferDocument,
    "\n  mutation LeaveMyOffer($offer: ID!) {\n    leaveOffer(offer: $offer) {\n      ...OwnOfferParts\n    }\n  }\n": types.LeaveMyOfferDocument,
    "\n  query KioskNow {\n    kiosk {\n      ...KioskParts\n    }\n  }\n  fragment KioskParts on Kiosk {\n    state\n    clinic\n    canCheckIn\n    idleSeconds\n    graceSeconds\n    device\n  }\n": types.KioskNowDocument,
    "\n  subscription KioskChanged {\n    kioskChanged {\n      ...KioskParts\n    }\n  }\n": types.KioskChangedDocument,
    "\n  mutation EndSession {\n    endSession {\n      state\n    }\n  }\n": types.EndSessionDocument,
    "\n  fragment HealthLinkParts on OwnHealthLink {\n    id\n    madeBy\n    code\n    parts\n    ends\n    passcode\n    state\n    opened\n    lastOpened\n    recipient\n    triesLeft\n  }\n": types.HealthLinkPartsFragmentDoc,
    "\n  query MyHealthLinks {\n    me {\n      mayConsent\n      actedForBy\n    }\n    healthLinks {\n      offered\n      links {\n        ...HealthLinkParts\n      }\n    }\n  }\n": types.MyHealthLinksDocument,
    "\n  mutation MakeMyHealthLink($parts: [String!]!, $hours: Int!, $passcode: Boolean!) {\n    makeHealthLink(parts: $parts, hours: $hours, passcode: $passcode) {\n      link {\n        ...HealthLinkParts\n      }\n      passcode\n    }\n  }\n": types.MakeMyHealthLinkDocument,
    "\n  mutation EndMyHealthLink($link: ID!) {\n    endHealthLink(link: $link) {\n      offered\n      links {\n        ...HealthLinkParts\n      }\n    }\n  }\n": types.EndMyHealthLinkDocument,
    "\n  query PapersNow {\n    me {\n      asOf\n      newerOnItsWay\n    }\n  }\n": types.PapersNowDocument,
    "\n  query MyPapers {\n    me {\n      name\n      birthDate\n      clinic\n      asOf\n      mayComplain\n      actedForBy\n    }\n    papers {\n      summary {\n        name\n        leftOut\n        lines {\n          record\n          text\n          date\n          disagreements {\n            words\n            date\n          }\n        }\n      }\n      export\n      exportLeftOut\n      internationalSummary\n      certificates {\n        erasedAt\n        json\n      }\n    }\n  }\n": types.MyPapersDocument,
    "\n  query MyConsentProof($id: ID!) {\n    consentProof(id: $id)\n  }\n": types.MyConsentProofDocument,
    "\n  query MyBenefitReceipt($id: ID!) {\n    benefitReceipt(id: $id)\n  }\n": types.MyBenefitReceiptDocument,
    "\n  query MyReadingsReceipt {\n    readingsReceipt\n  }\n": types.MyReadingsReceiptDocument,
    "\n  mutation SendMyRequest($about: RequestSubject!, $words: String!, $entry: ID, $record: ID) {\n    sendRequest(about: $about, words: $words, entry: $entry, record: $record) {\n      id\n    }\n  }\n": types.SendMyRequestDocument,
    "\n  query MyRequests {\n    me {\n      mayComplain\n    }\n    requests {\n      id\n      about\n      words\n      sentAt\n      received\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n": types.MyRequestsDocument,
    "\n  query PrintedFor {\n    me {\n      name\n      birthDate\n    }\n  }\n": types.PrintedForDocument,
    "\n  query MeNow {\n    me {\n      name\n      birthDate\n      clinic\n      asOf\n      actedForBy\n    }\n  }\n": types.MeNowDocument,
    "\n  query ReadingsProofNow {\n    readingsProof {\n      verdict\n      provedUntil\n      proved\n      unproved\n      logs {\n        clinic\n        computer\n        standing\n        entries\n        counted\n        missing {\n          from\n          to\n        }\n        altered {\n          number\n          at\n        }\n      }\n    }\n  }\n": types.ReadingsProofNowDocument,
    "\n  query MyReadings($first: Int, $filter: ReadingFilter) {\n    me {\n      actedForBy\n      mayComplain\n    }\n    readings(first: $first, filter: $filter) {\n      readings {\n        id\n        at\n        who\n        onWordOf\n        givenTo\n        proved\n        role\n        clinic\n        machine\n        emergency\n        action\n        purpose\n        copied\n      }\n      next\n      total\n      persons\n      machines\n      emergencies\n      provedUntil\n    }\n  }\n": types.MyReadingsDocument,
    "\n  query WhoCouldOpenMine {\n    whoCouldOpen {\n      clinic\n      home\n      role\n      names\n      count\n      opens {\n        purpose\n        categories\n        reason\n        partial\n        given\n      }\n    }\n  }\n": types.WhoCouldOpenMineDocument,
    "\n  query VideoVisitNow {\n    videoVisit\n  }\n": types.VideoVisitNowDocument,
    "\n  query VisitSignals($room: String!, $seat: String!, $after: Float!) {\n    visitSignals(room: $room, seat: $seat, after: $after) {\n      sequence\n      body\n    }\n  }\n": types.VisitSignalsDocument,
    "\n  mutation JoinVisit($room: String!, $token: String!) {\n    joinVisit(room: $room, token: $token) {\n      seat\n      ice {\n        urls\n        username\n        credential\n      }\n    }\n  }\n": types.JoinVisitDocument,
    "\n  mutation SayInVisit($room: String!, $seat: String!, $body: String!) {\n    sayInVisit(room: $room, seat: $seat, body: $body)\n  }\n": types.SayInVisitDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyPeople {\n    wards {\n      id\n      name\n      mayConsent\n      mayComplain\n      ends\n    }\n    guardians {\n      id\n      name\n      number\n      isWaiting\n      mayConsent\n      mayComplain\n      ends\n    }\n  }\n"): (typeof documents)["\n  query MyPeople {\n    wards {\n      id\n      name\n      mayConsent\n      mayComplain\n      ends\n    }\n    guardians {\n      id\n      name\n      number\n      isWaiting\n      mayConsent\n      mayComplain\n      ends\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ActFor($ward: ID) {\n    actFor(ward: $ward) {\n      name\n    }\n  }\n"): (typeof documents)["\n  mutation ActFor($ward: ID) {\n    actFor(ward: $ward) {\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LeaveWard($ward: ID!) {\n    leaveWard(ward: $ward) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation LeaveWard($ward: ID!) {\n    leaveWard(ward: $ward) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndMyGuardian($guardian: ID!) {\n    endGuardian(guardian: $guardian) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation EndMyGuardian($guardian: ID!) {\n    endGuardian(guardian: $guardian) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ActingNow {\n    me {\n      name\n      actedForBy\n    }\n  }\n"): (typeof documents)["\n  query ActingNow {\n    me {\n      name\n      actedForBy\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CheckIn($card: String!, $pin: String!) {\n    checkIn(card: $card, pin: $pin) {\n      state\n    }\n  }\n"): (typeof documents)["\n  mutation CheckIn($card: String!, $pin: String!) {\n    checkIn(card: $card, pin: $pin) {\n      state\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Prepare {\n    prepare\n  }\n"): (typeof documents)["\n  mutation Prepare {\n    prepare\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation JoinAsKiosk($invitation: String!) {\n    joinAsKiosk(invitation: $invitation) {\n      state\n    }\n  }\n"): (typeof documents)["\n  mutation JoinAsKiosk($invitation: String!) {\n    joinAsKiosk(invitation: $invitation) {\n      state\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Stay {\n    stay\n  }\n"): (typeof documents)["\n  mutation Stay {\n    stay\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmMyConsent($id: ID!, $hash: ID!) {\n    confirmConsent(id: $id, hash: $hash) {\n      ...OwnConsentParts\n    }\n  }\n"): (typeof documents)["\n  mutation ConfirmMyConsent($id: ID!, $hash: ID!) {\n    confirmConsent(id: $id, hash: $hash) {\n      ...OwnConsentParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyConsents {\n    me {\n      actedForBy\n      mayConsent\n      mayGive\n    }\n    consents {\n      ...OwnConsentParts\n    }\n  }\n  fragment OwnConsentParts on OwnConsent {\n    id\n    recipient\n    research\n    categories\n    purpose\n    starts\n    ends\n    state\n    reach\n    signedBy\n    text\n    hash\n    language\n    recordedAt\n    withdrawnAt\n  }\n"): (typeof documents)["\n  query MyConsents {\n    me {\n      actedForBy\n      mayConsent\n      mayGive\n    }\n    consents {\n      ...OwnConsentParts\n    }\n  }\n  fragment OwnConsentParts on OwnConsent {\n    id\n    recipient\n    research\n    categories\n    purpose\n    starts\n    ends\n    state\n    reach\n    signedBy\n    text\n    hash\n    language\n    recordedAt\n    withdrawnAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndMyConsent($id: ID!) {\n    withdrawConsent(id: $id) {\n      ...OwnConsentParts\n    }\n  }\n"): (typeof documents)["\n  mutation EndMyConsent($id: ID!) {\n    withdrawConsent(id: $id) {\n      ...OwnConsentParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyRecipients {\n    recipients {\n      chain\n      name\n      research\n    }\n  }\n"): (typeof documents)["\n  query MyRecipients {\n    recipients {\n      chain\n      name\n      research\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsentToRead($wish: OwnConsentWish!) {\n    consentText(wish: $wish) {\n      text\n      language\n      hash\n    }\n  }\n"): (typeof documents)["\n  query ConsentToRead($wish: OwnConsentWish!) {\n    consentText(wish: $wish) {\n      text\n      language\n      hash\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation GiveMyConsent($wish: OwnConsentWish!, $hash: ID!) {\n    giveConsent(wish: $wish, hash: $hash) {\n      ...OwnConsentParts\n    }\n  }\n"): (typeof documents)["\n  mutation GiveMyConsent($wish: OwnConsentWish!, $hash: ID!) {\n    giveConsent(wish: $wish, hash: $hash) {\n      ...OwnConsentParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CarerToRead($wish: CarerWish!) {\n    carerText(wish: $wish) {\n      text\n      language\n      hash\n    }\n  }\n"): (typeof documents)["\n  query CarerToRead($wish: CarerWish!) {\n    carerText(wish: $wish) {\n      text\n      language\n      hash\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NameMyCarer($wish: CarerWish!, $hash: ID!) {\n    nameCarer(wish: $wish, hash: $hash) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation NameMyCarer($wish: CarerWish!, $hash: ID!) {\n    nameCarer(wish: $wish, hash: $hash) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyOffers {\n    offers {\n      ...OwnOfferParts\n    }\n  }\n  fragment OwnOfferParts on OwnOffer {\n    id\n    title\n    buyer\n    purpose\n    reward\n    opens\n    expires\n    minimumGroup\n    categories\n    open\n    joined\n    since\n    reach\n    needsConsent\n    promised {\n      amount\n      currency\n    }\n    benefits {\n      id\n      amount\n      currency\n      earnedAt\n      paidAt\n      earnedFor\n      paidBy\n    }\n  }\n"): (typeof documents)["\n  query MyOffers {\n    offers {\n      ...OwnOfferParts\n    }\n  }\n  fragment OwnOfferParts on OwnOffer {\n    id\n    title\n    buyer\n    purpose\n    reward\n    opens\n    expires\n    minimumGroup\n    categories\n    open\n    joined\n    since\n    reach\n    needsConsent\n    promised {\n      amount\n      currency\n    }\n    benefits {\n      id\n      amount\n      currency\n      earnedAt\n      paidAt\n      earnedFor\n      paidBy\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation JoinMyOffer($offer: ID!) {\n    joinOffer(offer: $offer) {\n      ...OwnOfferParts\n    }\n  }\n"): (typeof documents)["\n  mutation JoinMyOffer($offer: ID!) {\n    joinOffer(offer: $offer) {\n      ...OwnOfferParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LeaveMyOffer($offer: ID!) {\n    leaveOffer(offer: $offer) {\n      ...OwnOfferParts\n    }\n  }\n"): (typeof documents)["\n  mutation LeaveMyOffer($offer: ID!) {\n    leaveOffer(offer: $offer) {\n      ...OwnOfferParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query KioskNow {\n    kiosk {\n      ...KioskParts\n    }\n  }\n  fragment KioskParts on Kiosk {\n    state\n    clinic\n    canCheckIn\n    idleSeconds\n    graceSeconds\n    device\n  }\n"): (typeof documents)["\n  query KioskNow {\n    kiosk {\n      ...KioskParts\n    }\n  }\n  fragment KioskParts on Kiosk {\n    state\n    clinic\n    canCheckIn\n    idleSeconds\n    graceSeconds\n    device\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription KioskChanged {\n    kioskChanged {\n      ...KioskParts\n    }\n  }\n"): (typeof documents)["\n  subscription KioskChanged {\n    kioskChanged {\n      ...KioskParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndSession {\n    endSession {\n      state\n    }\n  }\n"): (typeof documents)["\n  mutation EndSession {\n    endSession {\n      state\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment HealthLinkParts on OwnHealthLink {\n    id\n    madeBy\n    code\n    parts\n    ends\n    passcode\n    state\n    opened\n    lastOpened\n    recipient\n    triesLeft\n  }\n"): (typeof documents)["\n  fragment HealthLinkParts on OwnHealthLink {\n    id\n    madeBy\n    code\n    parts\n    ends\n    passcode\n    state\n    opened\n    lastOpened\n    recipient\n    triesLeft\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyHealthLinks {\n    me {\n      mayConsent\n      actedForBy\n    }\n    healthLinks {\n      offered\n      links {\n        ...HealthLinkParts\n      }\n    }\n  }\n"): (typeof documents)["\n  query MyHealthLinks {\n    me {\n      mayConsent\n      actedForBy\n    }\n    healthLinks {\n      offered\n      links {\n        ...HealthLinkParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MakeMyHealthLink($parts: [String!]!, $hours: Int!, $passcode: Boolean!) {\n    makeHealthLink(parts: $parts, hours: $hours, passcode: $passcode) {\n      link {\n        ...HealthLinkParts\n      }\n      passcode\n    }\n  }\n"): (typeof documents)["\n  mutation MakeMyHealthLink($parts: [String!]!, $hours: Int!, $passcode: Boolean!) {\n    makeHealthLink(parts: $parts, hours: $hours, passcode: $passcode) {\n      link {\n        ...HealthLinkParts\n      }\n      passcode\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndMyHealthLink($link: ID!) {\n    endHealthLink(link: $link) {\n      offered\n      links {\n        ...HealthLinkParts\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation EndMyHealthLink($link: ID!) {\n    endHealthLink(link: $link) {\n      offered\n      links {\n        ...HealthLinkParts\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PapersNow {\n    me {\n      asOf\n      newerOnItsWay\n    }\n  }\n"): (typeof documents)["\n  query PapersNow {\n    me {\n      asOf\n      newerOnItsWay\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyPapers {\n    me {\n      name\n      birthDate\n      clinic\n      asOf\n      mayComplain\n      actedForBy\n    }\n    papers {\n      summary {\n        name\n        leftOut\n        lines {\n          record\n          text\n          date\n          disagreements {\n            words\n            date\n          }\n        }\n      }\n      export\n      exportLeftOut\n      internationalSummary\n      certificates {\n        erasedAt\n        json\n      }\n    }\n  }\n"): (typeof documents)["\n  query MyPapers {\n    me {\n      name\n      birthDate\n      clinic\n      asOf\n      mayComplain\n      actedForBy\n    }\n    papers {\n      summary {\n        name\n        leftOut\n        lines {\n          record\n          text\n          date\n          disagreements {\n            words\n            date\n          }\n        }\n      }\n      export\n      exportLeftOut\n      internationalSummary\n      certificates {\n        erasedAt\n        json\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyConsentProof($id: ID!) {\n    consentProof(id: $id)\n  }\n"): (typeof documents)["\n  query MyConsentProof($id: ID!) {\n    consentProof(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyBenefitReceipt($id: ID!) {\n    benefitReceipt(id: $id)\n  }\n"): (typeof documents)["\n  query MyBenefitReceipt($id: ID!) {\n    benefitReceipt(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyReadingsReceipt {\n    readingsReceipt\n  }\n"): (typeof documents)["\n  query MyReadingsReceipt {\n    readingsReceipt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendMyRequest($about: RequestSubject!, $words: String!, $entry: ID, $record: ID) {\n    sendRequest(about: $about, words: $words, entry: $entry, record: $record) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation SendMyRequest($about: RequestSubject!, $words: String!, $entry: ID, $record: ID) {\n    sendRequest(about: $about, words: $words, entry: $entry, record: $record) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyRequests {\n    me {\n      mayComplain\n    }\n    requests {\n      id\n      about\n      words\n      sentAt\n      received\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n"): (typeof documents)["\n  query MyRequests {\n    me {\n      mayComplain\n    }\n    requests {\n      id\n      about\n      words\n      sentAt\n      received\n      answer {\n        words\n        by\n        at\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PrintedFor {\n    me {\n      name\n      birthDate\n    }\n  }\n"): (typeof documents)["\n  query PrintedFor {\n    me {\n      name\n      birthDate\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MeNow {\n    me {\n      name\n      birthDate\n      clinic\n      asOf\n      actedForBy\n    }\n  }\n"): (typeof documents)["\n  query MeNow {\n    me {\n      name\n      birthDate\n      clinic\n      asOf\n      actedForBy\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadingsProofNow {\n    readingsProof {\n      verdict\n      provedUntil\n      proved\n      unproved\n      logs {\n        clinic\n        computer\n        standing\n        entries\n        counted\n        missing {\n          from\n          to\n        }\n        altered {\n          number\n          at\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ReadingsProofNow {\n    readingsProof {\n      verdict\n      provedUntil\n      proved\n      unproved\n      logs {\n        clinic\n        computer\n        standing\n        entries\n        counted\n        missing {\n          from\n          to\n        }\n        altered {\n          number\n          at\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MyReadings($first: Int, $filter: ReadingFilter) {\n    me {\n      actedForBy\n      mayComplain\n    }\n    readings(first: $first, filter: $filter) {\n      readings {\n        id\n        at\n        who\n        onWordOf\n        givenTo\n        proved\n        role\n        clinic\n        machine\n        emergency\n        action\n        purpose\n        copied\n      }\n      next\n      total\n      persons\n      machines\n      emergencies\n      provedUntil\n    }\n  }\n"): (typeof documents)["\n  query MyReadings($first: Int, $filter: ReadingFilter) {\n    me {\n      actedForBy\n      mayComplain\n    }\n    readings(first: $first, filter: $filter) {\n      readings {\n        id\n        at\n        who\n        onWordOf\n        givenTo\n        proved\n        role\n        clinic\n        machine\n        emergency\n        action\n        purpose\n        copied\n      }\n      next\n      total\n      persons\n      machines\n      emergencies\n      provedUntil\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhoCouldOpenMine {\n    whoCouldOpen {\n      clinic\n      home\n      role\n      names\n      count\n      opens {\n        purpose\n        categories\n        reason\n        partial\n        given\n      }\n    }\n  }\n"): (typeof documents)["\n  query WhoCouldOpenMine {\n    whoCouldOpen {\n      clinic\n      home\n      role\n      names\n      count\n      opens {\n        purpose\n        categories\n        reason\n        partial\n        given\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VideoVisitNow {\n    videoVisit\n  }\n"): (typeof documents)["\n  query VideoVisitNow {\n    videoVisit\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VisitSignals($room: String!, $seat: String!, $after: Float!) {\n    visitSignals(room: $room, seat: $seat, after: $after) {\n      sequence\n      body\n    }\n  }\n"): (typeof documents)["\n  query VisitSignals($room: String!, $seat: String!, $after: Float!) {\n    visitSignals(room: $room, seat: $seat, after: $after) {\n      sequence\n      body\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation JoinVisit($room: String!, $token: String!) {\n    joinVisit(room: $room, token: $token) {\n      seat\n      ice {\n        urls\n        username\n        credential\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation JoinVisit($room: String!, $token: String!) {\n    joinVisit(room: $room, token: $token) {\n      seat\n      ice {\n        urls\n        username\n        credential\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SayInVisit($room: String!, $seat: String!, $body: String!) {\n    sayInVisit(room: $room, seat: $seat, body: $body)\n  }\n"): (typeof documents)["\n  mutation SayInVisit($room: String!, $seat: String!, $body: String!) {\n    sayInVisit(room: $room, seat: $seat, body: $body)\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;
import type { GraphQLResolveInfo } from 'graphql';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
};

export type AlteredReading = {
  __typename?: 'AlteredReading';
  /** What it says of its time; that may be altered too. */
  at: Scalars['Float']['output'];
  number: Scalars['Float']['output'];
};

export type CarerWish = {
  /** Code of the carer's card, as it was scanned or typed. */
  card: Scalars['String']['input'];
  /** Null: until somebody ends it. */
  ends?: InputMaybe<Scalars['Float']['input']>;
  language: Scalars['String']['input'];
  mayComplain: Scalars['Boolean']['input'];
  mayConsent: Scalars['Boolean']['input'];
  /** Code of HL7's v3 RoleCode. */
  relationship: Scalars['String']['input'];
};

/** With whose card it was given or confirmed. */
export type ConsentSigner =
  /** With none: the clinic recorded the patient's word. */
  | 'CLINIC'
  /** Of somebody who acts or has acted for them. */
  | 'GUARDIAN'
  | 'PATIENT';

export type HealthLinkReach =
  /** Ended by me, or by the tenth wrong passcode. */
  | 'ENDED'
  | 'OPEN'
  /** The hub cannot be asked now. */
  | 'UNKNOWN';

export type MadeHealthLink = {
  __typename?: 'MadeHealthLink';
  link: OwnHealthLink;
  /** Empty for a link without one. */
  passcode: Scalars['String']['output'];
};

export type Me = {
  __typename?: 'Me';
  /** Name of who is checked in and acts for this person; null: it is the person themselves. */
  actedForBy?: Maybe<Scalars['String']['output']>;
  /** When the clinic last put my papers in order for this card. */
  asOf: Scalars['Float']['output'];
  /** FHIR date, as exact as it is known; empty when it is not. */
  birthDate: Scalars['String']['output'];
  clinic: Scalars['String']['output'];
  mayComplain: Scalars['Boolean']['output'];
  mayConsent: Scalars['Boolean']['output'];
  /** New consents can be given and confirmed: by nobody for somebody who has died. */
  mayGive: Scalars['Boolean']['output'];
  name: Scalars['String']['output'];
  /** A later one is on its way to this kiosk: until it is here this one is shown. */
  newerOnItsWay: Scalars['Boolean']['output'];
};

/** Numbers of entries about me, both ends included. */
export type MissingReadings = {
  __typename?: 'MissingReadings';
  from: Scalars['Float']['output'];
  to: Scalars['Float']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** From now on every field is about this person; null: about myself again. */
  actFor: Me;
  /** Confirms with my own key what the clinic recorded: `hash` is that of the text I read. */
  confirmConsent: OwnConsent;
  /** This person acts for me no longer. Signed with my own key. */
  endGuardian: Array<OwnGuardian>;
  /** From then on it opens nothing. */
  endHealthLink: OwnHealthLinks;
  /** Signed with my own key: `hash` is that of the text I read. */
  giveConsent: OwnConsent;
  joinOffer: OwnOffer;
  /** Takes my seat in the room of a video visit. */
  joinVisit: VisitSeat;
  leaveOffer: OwnOffer;
  /** I act for this person no longer. Signed with my own key. */
  leaveWard: Array<OwnWard>;
  /** Parts of the summary by name, for 1, 24, 168 or 720 hours. The passcode is told once. */
  makeHealthLink: MadeHealthLink;
  /** From then on, once a desk has added the keys, this person acts for me. Signed with my own key: `hash` is that of the text I read. */
  nameCarer: Array<OwnGuardian>;
  sayInVisit: Scalars['Boolean']['output'];
  /** To the clinic's privacy officer. `entry`: the reading that was not right; `record`: beside which a statement is to stand; when it is about one. */
  sendRequest: OwnRequest;
  /** Signed with my own key. */
  withdrawConsent: OwnConsent;
};


export type MutationactForArgs = {
  ward?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationconfirmConsentArgs = {
  hash: Scalars['ID']['input'];
  id: Scalars['ID']['input'];
};


export type MutationendGuardianArgs = {
  guardian: Scalars['ID']['input'];
};


export type MutationendHealthLinkArgs = {
  link: Scalars['ID']['input'];
};


export type MutationgiveConsentArgs = {
  hash: Scalars['ID']['input'];
  wish: OwnConsentWish;
};


export type MutationjoinOfferArgs = {
  offer: Scalars['ID']['input'];
};


export type MutationjoinVisitArgs = {
  room: Scalars['String']['input'];
  token: Scalars['String']['input'];
};


export type MutationleaveOfferArgs = {
  offer: Scalars['ID']['input'];
};


export type MutationleaveWardArgs = {
  ward: Scalars['ID']['input'];
};


export type MutationmakeHealthLinkArgs = {
  hours: Scalars['Int']['input'];
  parts: Array<Scalars['String']['input']>;
  passcode: Scalars['Boolean']['input'];
};


export type MutationnameCarerArgs = {
  hash: Scalars['ID']['input'];
  wish: CarerWish;
};


export type MutationsayInVisitArgs = {
  body: Scalars['String']['input'];
  room: Scalars['String']['input'];
  seat: Scalars['String']['input'];
};


export type MutationsendRequestArgs = {
  about: RequestSubject;
  entry?: InputMaybe<Scalars['ID']['input']>;
  record?: InputMaybe<Scalars['ID']['input']>;
  words: Scalars['String']['input'];
};


export type MutationwithdrawConsentArgs = {
  id: Scalars['ID']['input'];
};

export type OwnBenefit = {
  __typename?: 'OwnBenefit';
  amount: Scalars['Float']['output'];
  currency: Scalars['String']['output'];
  earnedAt: Scalars['Float']['output'];
  /** The organisation's words; empty until a desk of the clinic has taken them in. */
  earnedFor: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  /** Null while it is owed. */
  paidAt?: Maybe<Scalars['Float']['output']>;
  paidBy: Scalars['String']['output'];
};

export type OwnCertificate = {
  __typename?: 'OwnCertificate';
  erasedAt: Scalars['Float']['output'];
  /** JSON for `careledger verify`. */
  json: Scalars['String']['output'];
};

export type OwnConsent = {
  __typename?: 'OwnConsent';
  /** Codes, in the order in which they are listed everywhere. */
  categories: Array<Scalars['String']['output']>;
  /** Null: until I end it. */
  ends?: Maybe<Scalars['Float']['output']>;
  /** SHA-256 of the UTF-8 text. */
  hash: Scalars['ID']['output'];
  id: Scalars['ID']['output'];
  language: Scalars['String']['output'];
  purpose: Scalars['String']['output'];
  reach: Reach;
  recipient: Scalars['String']['output'];
  recordedAt: Scalars['Float']['output'];
  research: Scalars['Boolean']['output'];
  signedBy: ConsentSigner;
  starts: Scalars['Float']['output'];
  state: OwnConsentState;
  /** The words that were signed. */
  text: Scalars['String']['output'];
  withdrawnAt?: Maybe<Scalars['Float']['output']>;
};

export type OwnConsentState =
  | 'EXPIRED'
  | 'FUTURE'
  | 'IN_FORCE'
  /** Nobody can read by it yet: the keys are still to be added, or on their way. */
  | 'WAITING'
  | 'WITHDRAWN';

export type OwnConsentWish = {
  categories: Array<Scalars['String']['input']>;
  /** Null: until I end it. */
  ends?: InputMaybe<Scalars['Float']['input']>;
  language: Scalars['String']['input'];
  purpose: Scalars['String']['input'];
  recipient: Scalars['ID']['input'];
};

export type OwnDisagreement = {
  __typename?: 'OwnDisagreement';
  /** FHIR date. */
  date: Scalars['String']['output'];
  words: Scalars['String']['output'];
};

export type OwnGuardian = {
  __typename?: 'OwnGuardian';
  ends?: Maybe<Scalars['Float']['output']>;
  id: Scalars['ID']['output'];
  /** Signed by me; a desk of the clinic has not added the keys yet. */
  isWaiting: Scalars['Boolean']['output'];
  mayComplain: Scalars['Boolean']['output'];
  mayConsent: Scalars['Boolean']['output'];
  /** Empty while the clinic has not written down whose card it is. */
  name: Scalars['String']['output'];
  /** Of their card. */
  number: Scalars['String']['output'];
};

export type OwnHealthLink = {
  __typename?: 'OwnHealthLink';
  /** What the QR code says. */
  code: Scalars['String']['output'];
  ends: Scalars['Float']['output'];
  id: Scalars['ID']['output'];
  lastOpened?: Maybe<Scalars['Float']['output']>;
  /** Null: I did. Otherwise who acts or has acted for me; empty when the clinic does not name them any more. */
  madeBy?: Maybe<Scalars['String']['output']>;
  /** How often it was opened, as the hub counts. */
  opened: Scalars['Int']['output'];
  parts: Array<Scalars['String']['output']>;
  passcode: Scalars['Boolean']['output'];
  /** As who opened it last called themselves. */
  recipient: Scalars['String']['output'];
  state: HealthLinkReach;
  triesLeft: Scalars['Int']['output'];
};

export type OwnHealthLinks = {
  __typename?: 'OwnHealthLinks';
  links: Array<OwnHealthLink>;
  /** New ones can be made now: the hub is in reach, and offers them. */
  offered: Scalars['Boolean']['output'];
};

/** In the smallest unit of an ISO 4217 currency: cents. */
export type OwnMoney = {
  __typename?: 'OwnMoney';
  amount: Scalars['Float']['output'];
  currency: Scalars['String']['output'];
};

export type OwnOffer = {
  __typename?: 'OwnOffer';
  /** What I have earned by it, newest first. */
  benefits: Array<OwnBenefit>;
  buyer: Scalars['String']['output'];
  categories: Array<Scalars['String']['output']>;
  expires: Scalars['Float']['output'];
  id: Scalars['ID']['output'];
  joined: Scalars['Boolean']['output'];
  /** No result counts fewer people than this. */
  minimumGroup: Scalars['Int']['output'];
  /** The offer asks for a research consent of mine for its organisation, and I have none. */
  needsConsent: Scalars['Boolean']['output'];
  open: Scalars['Boolean']['output'];
  opens: Scalars['Float']['output'];
  /** The most that one participant can earn; null where no amount was promised. */
  promised?: Maybe<OwnMoney>;
  purpose: Scalars['String']['output'];
  reach: Reach;
  reward: Scalars['String']['output'];
  /** When I joined last; null when I never did. */
  since?: Maybe<Scalars['Float']['output']>;
  title: Scalars['String']['output'];
};

export type OwnOpening = {
  __typename?: 'OwnOpening';
  categories: Array<Scalars['String']['output']>;
  /** When I gave the consents that open it. */
  given: Array<Scalars['Float']['output']>;
  /** Single entries stay closed to them. */
  partial: Scalars['Boolean']['output'];
  purpose: Scalars['String']['output'];
  /** `custody`, `consent` or `emergency`. */
  reason: Scalars['String']['output'];
};

/** People of one clinic and role who could open the same, by the same right. */
export type OwnPossibleReaders = {
  __typename?: 'OwnPossibleReaders';
  clinic: Scalars['String']['output'];
  count: Scalars['Int']['output'];
  /** It keeps my records. */
  home: Scalars['Boolean']['output'];
  /** Of the clinic that keeps my records; of others the region knows role and number only. */
  names: Array<Scalars['String']['output']>;
  opens: Array<OwnOpening>;
  role: Scalars['String']['output'];
};

export type OwnRequest = {
  __typename?: 'OwnRequest';
  about: RequestSubject;
  answer?: Maybe<RequestAnswer>;
  /** Id of the reading with whose line it was sent. */
  entry?: Maybe<Scalars['ID']['output']>;
  id: Scalars['ID']['output'];
  /** A desk of the clinic has it; until then it waits at this kiosk or on its way. */
  received: Scalars['Boolean']['output'];
  sentAt: Scalars['Float']['output'];
  words: Scalars['String']['output'];
};

export type OwnWard = {
  __typename?: 'OwnWard';
  /** Null: until somebody ends it. */
  ends?: Maybe<Scalars['Float']['output']>;
  id: Scalars['ID']['output'];
  mayComplain: Scalars['Boolean']['output'];
  mayConsent: Scalars['Boolean']['output'];
  name: Scalars['String']['output'];
};

export type PaperLine = {
  __typename?: 'PaperLine';
  /** FHIR date; empty when there is none. */
  date: Scalars['String']['output'];
  /** What I said against it: it goes wherever the record goes. */
  disagreements: Array<OwnDisagreement>;
  record: Scalars['ID']['output'];
  text: Scalars['String']['output'];
};

export type PaperSection = {
  __typename?: 'PaperSection';
  /** Older lines that are not among them. */
  leftOut: Scalars['Int']['output'];
  lines: Array<PaperLine>;
  /** problems, allergies, medications, immunizations, results, procedures … */
  name: Scalars['String']['output'];
};

export type Papers = {
  __typename?: 'Papers';
  /** Certificates of what was erased of me, newest first. */
  certificates: Array<OwnCertificate>;
  /** FHIR R4: my whole record as far as this card opens it, JSON. */
  export: Scalars['String']['output'];
  /** Records, the oldest, for which it has no room: the desk hands out all of them. */
  exportLeftOut: Scalars['Int']['output'];
  /** FHIR R4: the International Patient Summary, a document for a clinician elsewhere, JSON. */
  internationalSummary: Scalars['String']['output'];
  /** What a clinician needs to know first, section by section. */
  summary: Array<PaperSection>;
};

/**
 * What the holder of a care card may ask of their own session: every field is about that one person, so none names a patient. Answered by the
 * session's process, which ends with the session. Ids are lower-case hexadecimal, times milliseconds since 1970.
 */
export type Query = {
  __typename?: 'Query';
  /** That a reward was paid, or while it is owed that it was earned: JSON for `careledger verify`. */
  benefitReceipt: Scalars['String']['output'];
  /** The exact words by which I name somebody who acts for me; asking twice gives the same. For no child, and for nobody who acts for somebody. */
  carerText: TextToSign;
  /** Words and receipts of a consent, as JSON that anybody can check with `careledger verify`. */
  consentProof: Scalars['String']['output'];
  /** The exact words of a consent with these choices; asking twice gives the same. */
  consentText: TextToSign;
  /** Who may read my records, those in force first. */
  consents: Array<OwnConsent>;
  /** People who act for me. */
  guardians: Array<OwnGuardian>;
  /** SMART Health Links to my summary whose time is not over, newest first: those that somebody made who acts for me too. */
  healthLinks: OwnHealthLinks;
  me: Me;
  /** Research offers that are open, or in which I take or took part. */
  offers: Array<OwnOffer>;
  papers: Papers;
  /** Who has opened my records, newest first. */
  readings: ReadingPage;
  /** Whether the list of who has opened my records is whole, as far as this kiosk can check it against its own copy of the ledger. */
  readingsProof: ReadingsProof;
  /** The proved entries with their proofs, as JSON that anybody can check with `careledger verify`. */
  readingsReceipt: Scalars['String']['output'];
  /** Clinics and research organisations that a consent could name. */
  recipients: Array<Recipient>;
  /** What I asked of the clinic's privacy officer, newest first. */
  requests: Array<OwnRequest>;
  /** What stands after # in the link of the video visit to which my clinic has invited me; null while none waits. */
  videoVisit?: Maybe<Scalars['String']['output']>;
  /** Sealed signals of the clinic's end after `after`; waits up to fifteen seconds for one. */
  visitSignals: Array<VisitSignal>;
  /** People for whom I act, with my own card. */
  wards: Array<OwnWard>;
  /** Who could open my records today, and why: the decision of each reading, asked for everybody of the region. For nobody who acts for me. */
  whoCouldOpen: Array<OwnPossibleReaders>;
};


/**
 * What the holder of a care card may ask of their own session: every field is about that one person, so none names a patient. Answered by the
 * session's process, which ends with the session. Ids are lower-case hexadecimal, times milliseconds since 1970.
 */
export type QuerybenefitReceiptArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What the holder of a care card may ask of their own session: every field is about that one person, so none names a patient. Answered by the
 * session's process, which ends with the session. Ids are lower-case hexadecimal, times milliseconds since 1970.
 */
export type QuerycarerTextArgs = {
  wish: CarerWish;
};


/**
 * What the holder of a care card may ask of their own session: every field is about that one person, so none names a patient. Answered by the
 * session's process, which ends with the session. Ids are lower-case hexadecimal, times milliseconds since 1970.
 */
export type QueryconsentProofArgs = {
  id: Scalars['ID']['input'];
};


/**
 * What the holder of a care card may ask of their own session: every field is about that one person, so none names a patient. Answered by the
 * session's process, which ends with the session. Ids are lower-case hexadecimal, times milliseconds since 1970.
 */
export type QueryconsentTextArgs = {
  wish: OwnConsentWish;
};


/**
 * What the holder of a care card may ask of their own session: every field is about that one person, so none names a patient. Answered by the
 * session's process, which ends with the session. Ids are lower-case hexadecimal, times milliseconds since 1970.
 */
export type QueryreadingsArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  filter?: InputMaybe<ReadingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * What the holder of a care card may ask of their own session: every field is about that one person, so none names a patient. Answered by the
 * session's process, which ends with the session. Ids are lower-case hexadecimal, times milliseconds since 1970.
 */
export type QueryvisitSignalsArgs = {
  after: Scalars['Float']['input'];
  room: Scalars['String']['input'];
  seat: Scalars['String']['input'];
};

/** How far a change has got. */
export type Reach =
  /** In force at this clinic; the region hears of it when it next connects. */
  | 'HERE'
  /** The clinic has written it down; its computers have not added the keys yet, and nobody can read by it. */
  | 'RECORDED'
  /** In force in the whole region. */
  | 'REGION'
  /** I have signed it; a computer of the clinic still has to add the keys, and nobody can read by it yet. */
  | 'SIGNED';

export type Reading = {
  __typename?: 'Reading';
  action: Scalars['String']['output'];
  at: Scalars['Float']['output'];
  clinic: Scalars['String']['output'];
  /** My own copy has it, so that I can say that it was not right. */
  copied: Scalars['Boolean']['output'];
  /** Opened in an emergency, without a consent. */
  emergency: Scalars['Boolean']['output'];
  /** The clinic that was given what was read; empty when nobody else was. */
  givenTo: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  machine: Scalars['Boolean']['output'];
  /** On whose word a program worked; empty when a person looked. */
  onWordOf: Scalars['String']['output'];
  /** The ledger proves each entry of it. */
  proved: Scalars['Boolean']['output'];
  /** Code of HL7's PurposeOfUse. */
  purpose: Scalars['String']['output'];
  role: Scalars['String']['output'];
  /** The person, or the program. */
  who: Scalars['String']['output'];
};

export type ReadingFilter =
  | 'EMERGENCY'
  | 'MACHINES'
  | 'PERSONS';

export type ReadingPage = {
  __typename?: 'ReadingPage';
  emergencies: Scalars['Int']['output'];
  machines: Scalars['Int']['output'];
  /** For `after`; null at the end. */
  next?: Maybe<Scalars['ID']['output']>;
  persons: Scalars['Int']['output'];
  /** When the newest entry happened that the ledger proves; null when it proves none. */
  provedUntil?: Maybe<Scalars['Float']['output']>;
  readings: Array<Reading>;
  total: Scalars['Int']['output'];
};

export type ReadingsLog = {
  __typename?: 'ReadingsLog';
  altered: Array<AlteredReading>;
  clinic: Scalars['String']['output'];
  /** The first characters of the computer's key. */
  computer: Scalars['String']['output'];
  /** Entries about anybody that the ledger counts for this computer. */
  counted: Scalars['Float']['output'];
  /** Entries about me. */
  entries: Scalars['Int']['output'];
  missing: Array<MissingReadings>;
  standing: ReadingsStanding;
};

export type ReadingsProof = {
  __typename?: 'ReadingsProof';
  /** Computer by computer: who wrote entries about me. */
  logs: Array<ReadingsLog>;
  /** Entries about me that the ledger proves. */
  proved: Scalars['Int']['output'];
  provedUntil?: Maybe<Scalars['Float']['output']>;
  /** Entries that the clinic lists and nothing proves yet. */
  unproved: Scalars['Int']['output'];
  verdict: ReadingsVerdict;
};

export type ReadingsStanding =
  /** The ledger counts something else. */
  | 'DIFFERS'
  /** The same, and by now the ledger counts later entries: about others, or on their way to me. */
  | 'EARLIER'
  /** The ledger counts exactly what my copy says. */
  | 'PROVED'
  /** Another clinic told of these: their numbers are whole or not, and nothing else is proved. */
  | 'TOLD'
  /** The ledger here has not counted it yet. */
  | 'WAITING';

export type ReadingsVerdict =
  /** An entry is missing or was altered, or the ledger counts something else. */
  | 'BROKEN'
  /** Every entry in my copy is the one that was counted, and none is missing between them. */
  | 'HOLDS'
  /** Nothing is wrong, and nothing is proved yet: the ledger has not counted any of it, or my copy is not here. */
  | 'WAITS';

export type Recipient = {
  __typename?: 'Recipient';
  chain: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  research: Scalars['Boolean']['output'];
};

export type RequestAnswer = {
  __typename?: 'RequestAnswer';
  at: Scalars['Float']['output'];
  by: Scalars['String']['output'];
  words: Scalars['String']['output'];
};

export type RequestSubject =
  /** Somebody's access was not right. */
  | 'ACCESS'
  /** All my records in one file, to be handed to me at the desk. */
  | 'COPY'
  /** Something in my records is wrong. */
  | 'CORRECTION'
  /** A statement of mine that is to stand beside my records. */
  | 'DISAGREEMENT'
  | 'ERASURE'
  /** A kind that this program does not know; nothing is sent as one. */
  | 'OTHER';

export type TextToSign = {
  __typename?: 'TextToSign';
  /** SHA-256 of the UTF-8 text. */
  hash: Scalars['ID']['output'];
  language: Scalars['String']['output'];
  text: Scalars['String']['output'];
};

export type VisitRelay = {
  __typename?: 'VisitRelay';
  credential: Scalars['String']['output'];
  urls: Array<Scalars['String']['output']>;
  username: Scalars['String']['output'];
};

export type VisitSeat = {
  __typename?: 'VisitSeat';
  ice: Array<VisitRelay>;
  seat: Scalars['String']['output'];
};

export type VisitSignal = {
  __typename?: 'VisitSignal';
  /** Base64, sealed. */
  body: Scalars['String']['output'];
  sequence: Scalars['Float']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AlteredReading: ResolverTypeWrapper<AlteredReading>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CarerWish: CarerWish;
  ConsentSigner: ConsentSigner;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  HealthLinkReach: HealthLinkReach;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  MadeHealthLink: ResolverTypeWrapper<MadeHealthLink>;
  Me: ResolverTypeWrapper<Me>;
  MissingReadings: ResolverTypeWrapper<MissingReadings>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OwnBenefit: ResolverTypeWrapper<OwnBenefit>;
  OwnCertificate: ResolverTypeWrapper<OwnCertificate>;
  OwnConsent: ResolverTypeWrapper<OwnConsent>;
  OwnConsentState: OwnConsentState;
  OwnConsentWish: OwnConsentWish;
  OwnDisagreement: ResolverTypeWrapper<OwnDisagreement>;
  OwnGuardian: ResolverTypeWrapper<OwnGuardian>;
  OwnHealthLink: ResolverTypeWrapper<OwnHealthLink>;
  OwnHealthLinks: ResolverTypeWrapper<OwnHealthLinks>;
  OwnMoney: ResolverTypeWrapper<OwnMoney>;
  OwnOffer: ResolverTypeWrapper<OwnOffer>;
  OwnOpening: ResolverTypeWrapper<OwnOpening>;
  OwnPossibleReaders: ResolverTypeWrapper<OwnPossibleReaders>;
  OwnRequest: ResolverTypeWrapper<OwnRequest>;
  OwnWard: ResolverTypeWrapper<OwnWard>;
  PaperLine: ResolverTypeWrapper<PaperLine>;
  PaperSection: ResolverTypeWrapper<PaperSection>;
  Papers: ResolverTypeWrapper<Papers>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reach: Reach;
  Reading: ResolverTypeWrapper<Reading>;
  ReadingFilter: ReadingFilter;
  ReadingPage: ResolverTypeWrapper<ReadingPage>;
  ReadingsLog: ResolverTypeWrapper<ReadingsLog>;
  ReadingsProof: ResolverTypeWrapper<ReadingsProof>;
  ReadingsStanding: ReadingsStanding;
  ReadingsVerdict: ReadingsVerdict;
  Recipient: ResolverTypeWrapper<Recipient>;
  RequestAnswer: ResolverTypeWrapper<RequestAnswer>;
  RequestSubject: RequestSubject;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  TextToSign: ResolverTypeWrapper<TextToSign>;
  VisitRelay: ResolverTypeWrapper<VisitRelay>;
  VisitSeat: ResolverTypeWrapper<VisitSeat>;
  VisitSignal: ResolverTypeWrapper<VisitSignal>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AlteredReading: AlteredReading;
  Boolean: Scalars['Boolean']['output'];
  CarerWish: CarerWish;
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  MadeHealthLink: MadeHealthLink;
  Me: Me;
  MissingReadings: MissingReadings;
  Mutation: Record<PropertyKey, never>;
  OwnBenefit: OwnBenefit;
  OwnCertificate: OwnCertificate;
  OwnConsent: OwnConsent;
  OwnConsentWish: OwnConsentWish;
  OwnDisagreement: OwnDisagreement;
  OwnGuardian: OwnGuardian;
  OwnHealthLink: OwnHealthLink;
  OwnHealthLinks: OwnHealthLinks;
  OwnMoney: OwnMoney;
  OwnOffer: OwnOffer;
  OwnOpening: OwnOpening;
  OwnPossibleReaders: OwnPossibleReaders;
  OwnRequest: OwnRequest;
  OwnWard: OwnWard;
  PaperLine: PaperLine;
  PaperSection: PaperSection;
  Papers: Papers;
  Query: Record<PropertyKey, never>;
  Reading: Reading;
  ReadingPage: ReadingPage;
  ReadingsLog: ReadingsLog;
  ReadingsProof: ReadingsProof;
  Recipient: Recipient;
  RequestAnswer: RequestAnswer;
  String: Scalars['String']['output'];
  TextToSign: TextToSign;
  VisitRelay: VisitRelay;
  VisitSeat: VisitSeat;
  VisitSignal: VisitSignal;
};

export type AlteredReadingResolvers<ContextType = any, ParentType extends ResolversParentTypes['AlteredReading'] = ResolversParentTypes['AlteredReading']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MadeHealthLinkResolvers<ContextType = any, ParentType extends ResolversParentTypes['MadeHealthLink'] = ResolversParentTypes['MadeHealthLink']> = {
  link?: Resolver<ResolversTypes['OwnHealthLink'], ParentType, ContextType>;
  passcode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MeResolvers<ContextType = any, ParentType extends ResolversParentTypes['Me'] = ResolversParentTypes['Me']> = {
  actedForBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  birthDate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mayComplain?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mayConsent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mayGive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  newerOnItsWay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MissingReadingsResolvers<ContextType = any, ParentType extends ResolversParentTypes['MissingReadings'] = ResolversParentTypes['MissingReadings']> = {
  from?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  actFor?: Resolver<ResolversTypes['Me'], ParentType, ContextType, Partial<MutationactForArgs>>;
  confirmConsent?: Resolver<ResolversTypes['OwnConsent'], ParentType, ContextType, RequireFields<MutationconfirmConsentArgs, 'hash' | 'id'>>;
  endGuardian?: Resolver<Array<ResolversTypes['OwnGuardian']>, ParentType, ContextType, RequireFields<MutationendGuardianArgs, 'guardian'>>;
  endHealthLink?: Resolver<ResolversTypes['OwnHealthLinks'], ParentType, ContextType, RequireFields<MutationendHealthLinkArgs, 'link'>>;
  giveConsent?: Resolver<ResolversTypes['OwnConsent'], ParentType, ContextType, RequireFields<MutationgiveConsentArgs, 'hash' | 'wish'>>;
  joinOffer?: Resolver<ResolversTypes['OwnOffer'], ParentType, ContextType, RequireFields<MutationjoinOfferArgs, 'offer'>>;
  joinVisit?: Resolver<ResolversTypes['VisitSeat'], ParentType, ContextType, RequireFields<MutationjoinVisitArgs, 'room' | 'token'>>;
  leaveOffer?: Resolver<ResolversTypes['OwnOffer'], ParentType, ContextType, RequireFields<MutationleaveOfferArgs, 'offer'>>;
  leaveWard?: Resolver<Array<ResolversTypes['OwnWard']>, ParentType, ContextType, RequireFields<MutationleaveWardArgs, 'ward'>>;
  makeHealthLink?: Resolver<ResolversTypes['MadeHealthLink'], ParentType, ContextType, RequireFields<MutationmakeHealthLinkArgs, 'hours' | 'parts' | 'passcode'>>;
  nameCarer?: Resolver<Array<ResolversTypes['OwnGuardian']>, ParentType, ContextType, RequireFields<MutationnameCarerArgs, 'hash' | 'wish'>>;
  sayInVisit?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationsayInVisitArgs, 'body' | 'room' | 'seat'>>;
  sendRequest?: Resolver<ResolversTypes['OwnRequest'], ParentType, ContextType, RequireFields<MutationsendRequestArgs, 'about' | 'words'>>;
  withdrawConsent?: Resolver<ResolversTypes['OwnConsent'], ParentType, ContextType, RequireFields<MutationwithdrawConsentArgs, 'id'>>;
};

export type OwnBenefitResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnBenefit'] = ResolversParentTypes['OwnBenefit']> = {
  amount?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  earnedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  earnedFor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  paidAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  paidBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OwnCertificateResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnCertificate'] = ResolversParentTypes['OwnCertificate']> = {
  erasedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  json?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OwnConsentResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnConsent'] = ResolversParentTypes['OwnConsent']> = {
  categories?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  ends?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reach?: Resolver<ResolversTypes['Reach'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  research?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  signedBy?: Resolver<ResolversTypes['ConsentSigner'], ParentType, ContextType>;
  starts?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['OwnConsentState'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  withdrawnAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type OwnDisagreementResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnDisagreement'] = ResolversParentTypes['OwnDisagreement']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OwnGuardianResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnGuardian'] = ResolversParentTypes['OwnGuardian']> = {
  ends?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isWaiting?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mayComplain?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mayConsent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OwnHealthLinkResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnHealthLink'] = ResolversParentTypes['OwnHealthLink']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ends?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastOpened?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  madeBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  opened?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  passcode?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['HealthLinkReach'], ParentType, ContextType>;
  triesLeft?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OwnHealthLinksResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnHealthLinks'] = ResolversParentTypes['OwnHealthLinks']> = {
  links?: Resolver<Array<ResolversTypes['OwnHealthLink']>, ParentType, ContextType>;
  offered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type OwnMoneyResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnMoney'] = ResolversParentTypes['OwnMoney']> = {
  amount?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OwnOfferResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnOffer'] = ResolversParentTypes['OwnOffer']> = {
  benefits?: Resolver<Array<ResolversTypes['OwnBenefit']>, ParentType, ContextType>;
  buyer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  categories?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  expires?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  joined?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  minimumGroup?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  needsConsent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  opens?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  promised?: Resolver<Maybe<ResolversTypes['OwnMoney']>, ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reach?: Resolver<ResolversTypes['Reach'], ParentType, ContextType>;
  reward?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OwnOpeningResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnOpening'] = ResolversParentTypes['OwnOpening']> = {
  categories?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  given?: Resolver<Array<ResolversTypes['Float']>, ParentType, ContextType>;
  partial?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OwnPossibleReadersResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnPossibleReaders'] = ResolversParentTypes['OwnPossibleReaders']> = {
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  home?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  names?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  opens?: Resolver<Array<ResolversTypes['OwnOpening']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OwnRequestResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnRequest'] = ResolversParentTypes['OwnRequest']> = {
  about?: Resolver<ResolversTypes['RequestSubject'], ParentType, ContextType>;
  answer?: Resolver<Maybe<ResolversTypes['RequestAnswer']>, ParentType, ContextType>;
  entry?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  received?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sentAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OwnWardResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnWard'] = ResolversParentTypes['OwnWard']> = {
  ends?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mayComplain?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mayConsent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PaperLineResolvers<ContextType = any, ParentType extends ResolversParentTypes['PaperLine'] = ResolversParentTypes['PaperLine']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  disagreements?: Resolver<Array<ResolversTypes['OwnDisagreement']>, ParentType, ContextType>;
  record?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PaperSectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['PaperSection'] = ResolversParentTypes['PaperSection']> = {
  leftOut?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['PaperLine']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PapersResolvers<ContextType = any, ParentType extends ResolversParentTypes['Papers'] = ResolversParentTypes['Papers']> = {
  certificates?: Resolver<Array<ResolversTypes['OwnCertificate']>, ParentType, ContextType>;
  export?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  exportLeftOut?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  internationalSummary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  summary?: Resolver<Array<ResolversTypes['PaperSection']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  benefitReceipt?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QuerybenefitReceiptArgs, 'id'>>;
  carerText?: Resolver<ResolversTypes['TextToSign'], ParentType, ContextType, RequireFields<QuerycarerTextArgs, 'wish'>>;
  consentProof?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QueryconsentProofArgs, 'id'>>;
  consentText?: Resolver<ResolversTypes['TextToSign'], ParentType, ContextType, RequireFields<QueryconsentTextArgs, 'wish'>>;
  consents?: Resolver<Array<ResolversTypes['OwnConsent']>, ParentType, ContextType>;
  guardians?: Resolver<Array<ResolversTypes['OwnGuardian']>, ParentType, ContextType>;
  healthLinks?: Resolver<ResolversTypes['OwnHealthLinks'], ParentType, ContextType>;
  me?: Resolver<ResolversTypes['Me'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['OwnOffer']>, ParentType, ContextType>;
  papers?: Resolver<ResolversTypes['Papers'], ParentType, ContextType>;
  readings?: Resolver<ResolversTypes['ReadingPage'], ParentType, ContextType, RequireFields<QueryreadingsArgs, 'first'>>;
  readingsProof?: Resolver<ResolversTypes['ReadingsProof'], ParentType, ContextType>;
  readingsReceipt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recipients?: Resolver<Array<ResolversTypes['Recipient']>, ParentType, ContextType>;
  requests?: Resolver<Array<ResolversTypes['OwnRequest']>, ParentType, ContextType>;
  videoVisit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  visitSignals?: Resolver<Array<ResolversTypes['VisitSignal']>, ParentType, ContextType, RequireFields<QueryvisitSignalsArgs, 'after' | 'room' | 'seat'>>;
  wards?: Resolver<Array<ResolversTypes['OwnWard']>, ParentType, ContextType>;
  whoCouldOpen?: Resolver<Array<ResolversTypes['OwnPossibleReaders']>, ParentType, ContextType>;
};

export type ReadingResolvers<ContextType = any, ParentType extends ResolversParentTypes['Reading'] = ResolversParentTypes['Reading']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  copied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  emergency?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  givenTo?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  machine?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  onWordOf?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  proved?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  who?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReadingPageResolvers<ContextType = any, ParentType extends ResolversParentTypes['ReadingPage'] = ResolversParentTypes['ReadingPage']> = {
  emergencies?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  machines?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  next?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  persons?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  provedUntil?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  readings?: Resolver<Array<ResolversTypes['Reading']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReadingsLogResolvers<ContextType = any, ParentType extends ResolversParentTypes['ReadingsLog'] = ResolversParentTypes['ReadingsLog']> = {
  altered?: Resolver<Array<ResolversTypes['AlteredReading']>, ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  computer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  counted?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missing?: Resolver<Array<ResolversTypes['MissingReadings']>, ParentType, ContextType>;
  standing?: Resolver<ResolversTypes['ReadingsStanding'], ParentType, ContextType>;
};

export type ReadingsProofResolvers<ContextType = any, ParentType extends ResolversParentTypes['ReadingsProof'] = ResolversParentTypes['ReadingsProof']> = {
  logs?: Resolver<Array<ResolversTypes['ReadingsLog']>, ParentType, ContextType>;
  proved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  provedUntil?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  unproved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['ReadingsVerdict'], ParentType, ContextType>;
};

export type RecipientResolvers<ContextType = any, ParentType extends ResolversParentTypes['Recipient'] = ResolversParentTypes['Recipient']> = {
  chain?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  research?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type RequestAnswerResolvers<ContextType = any, ParentType extends ResolversParentTypes['RequestAnswer'] = ResolversParentTypes['RequestAnswer']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TextToSignResolvers<ContextType = any, ParentType extends ResolversParentTypes['TextToSign'] = ResolversParentTypes['TextToSign']> = {
  hash?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VisitRelayResolvers<ContextType = any, ParentType extends ResolversParentTypes['VisitRelay'] = ResolversParentTypes['VisitRelay']> = {
  credential?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  urls?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VisitSeatResolvers<ContextType = any, ParentType extends ResolversParentTypes['VisitSeat'] = ResolversParentTypes['VisitSeat']> = {
  ice?: Resolver<Array<ResolversTypes['VisitRelay']>, ParentType, ContextType>;
  seat?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VisitSignalResolvers<ContextType = any, ParentType extends ResolversParentTypes['VisitSignal'] = ResolversParentTypes['VisitSignal']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  AlteredReading?: AlteredReadingResolvers<ContextType>;
  MadeHealthLink?: MadeHealthLinkResolvers<ContextType>;
  Me?: MeResolvers<ContextType>;
  MissingReadings?: MissingReadingsResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OwnBenefit?: OwnBenefitResolvers<ContextType>;
  OwnCertificate?: OwnCertificateResolvers<ContextType>;
  OwnConsent?: OwnConsentResolvers<ContextType>;
  OwnDisagreement?: OwnDisagreementResolvers<ContextType>;
  OwnGuardian?: OwnGuardianResolvers<ContextType>;
  OwnHealthLink?: OwnHealthLinkResolvers<ContextType>;
  OwnHealthLinks?: OwnHealthLinksResolvers<ContextType>;
  OwnMoney?: OwnMoneyResolvers<ContextType>;
  OwnOffer?: OwnOfferResolvers<ContextType>;
  OwnOpening?: OwnOpeningResolvers<ContextType>;
  OwnPossibleReaders?: OwnPossibleReadersResolvers<ContextType>;
  OwnRequest?: OwnRequestResolvers<ContextType>;
  OwnWard?: OwnWardResolvers<ContextType>;
  PaperLine?: PaperLineResolvers<ContextType>;
  PaperSection?: PaperSectionResolvers<ContextType>;
  Papers?: PapersResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reading?: ReadingResolvers<ContextType>;
  ReadingPage?: ReadingPageResolvers<ContextType>;
  ReadingsLog?: ReadingsLogResolvers<ContextType>;
  ReadingsProof?: ReadingsProofResolvers<ContextType>;
  Recipient?: RecipientResolvers<ContextType>;
  RequestAnswer?: RequestAnswerResolvers<ContextType>;
  TextToSign?: TextToSignResolvers<ContextType>;
  VisitRelay?: VisitRelayResolvers<ContextType>;
  VisitSeat?: VisitSeatResolvers<ContextType>;
  VisitSignal?: VisitSignalResolvers<ContextType>;
};


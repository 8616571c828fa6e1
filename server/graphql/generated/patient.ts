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

export type Me = {
  __typename?: 'Me';
  /** When the clinic last put my papers in order for this card. */
  asOf: Scalars['Float']['output'];
  /** FHIR date, as exact as it is known; empty when it is not. */
  birthDate: Scalars['String']['output'];
  clinic: Scalars['String']['output'];
  name: Scalars['String']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Confirms with my own key what the clinic recorded: `hash` is that of the text I read. */
  confirmConsent: OwnConsent;
  /** Signed with my own key: `hash` is that of the text I read. */
  giveConsent: OwnConsent;
  joinOffer: OwnOffer;
  leaveOffer: OwnOffer;
  /** Signed with my own key. */
  withdrawConsent: OwnConsent;
};


export type MutationconfirmConsentArgs = {
  hash: Scalars['ID']['input'];
  id: Scalars['ID']['input'];
};


export type MutationgiveConsentArgs = {
  hash: Scalars['ID']['input'];
  wish: OwnConsentWish;
};


export type MutationjoinOfferArgs = {
  offer: Scalars['ID']['input'];
};


export type MutationleaveOfferArgs = {
  offer: Scalars['ID']['input'];
};


export type MutationwithdrawConsentArgs = {
  id: Scalars['ID']['input'];
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
  /** I gave or confirmed it with my card; otherwise the clinic recorded my word. */
  signedByMe: Scalars['Boolean']['output'];
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
  | 'WITHDRAWN';

export type OwnConsentWish = {
  categories: Array<Scalars['String']['input']>;
  /** Null: until I end it. */
  ends?: InputMaybe<Scalars['Float']['input']>;
  language: Scalars['String']['input'];
  purpose: Scalars['String']['input'];
  recipient: Scalars['ID']['input'];
};

export type OwnOffer = {
  __typename?: 'OwnOffer';
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
  publisher: Scalars['ID']['output'];
  purpose: Scalars['String']['output'];
  reach: Reach;
  reward: Scalars['String']['output'];
  title: Scalars['String']['output'];
};

export type PaperLine = {
  __typename?: 'PaperLine';
  /** FHIR date; empty when there is none. */
  date: Scalars['String']['output'];
  text: Scalars['String']['output'];
};

export type PaperSection = {
  __typename?: 'PaperSection';
  lines: Array<PaperLine>;
  /** problems, allergies, medications, immunizations, results, procedures … */
  name: Scalars['String']['output'];
};

export type Papers = {
  __typename?: 'Papers';
  /** FHIR R4: my whole record as far as this card opens it, JSON. */
  export: Scalars['String']['output'];
  /** What a clinician needs to know first, section by section. */
  summary: Array<PaperSection>;
};

/**
 * What the holder of a care card may ask of their own session: every field is about that one person, so none names a patient. Answered by the
 * session's process, which ends with the session. Ids are lower-case hexadecimal, times milliseconds since 1970.
 */
export type Query = {
  __typename?: 'Query';
  /** The exact words of a consent with these choices; asking twice gives the same. */
  consentText: TextToSign;
  /** Who may read my records, those in force first. */
  consents: Array<OwnConsent>;
  me: Me;
  /** Research offers that are open, or in which I take part. */
  offers: Array<OwnOffer>;
  papers: Papers;
  /** Who has opened my records, newest first. */
  readings: ReadingPage;
  /** Clinics and research organisations that a consent could name. */
  recipients: Array<Recipient>;
  /** Whether this kiosk signs new consents and takes part in offers; otherwise a member of staff at the desk does, and this ends them. */
  signsNew: Scalars['Boolean']['output'];
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

/** How far a change has got. */
export type Reach =
  /** In force at this clinic; the region hears of it when it next connects. */
  | 'HERE'
  /** In force in the whole region. */
  | 'REGION';

export type Reading = {
  __typename?: 'Reading';
  action: Scalars['String']['output'];
  at: Scalars['Float']['output'];
  clinic: Scalars['String']['output'];
  /** Opened in an emergency, without a consent. */
  emergency: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  machine: Scalars['Boolean']['output'];
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
  readings: Array<Reading>;
  total: Scalars['Int']['output'];
};

export type Recipient = {
  __typename?: 'Recipient';
  chain: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  research: Scalars['Boolean']['output'];
};

export type TextToSign = {
  __typename?: 'TextToSign';
  /** SHA-256 of the UTF-8 text. */
  hash: Scalars['ID']['output'];
  language: Scalars['String']['output'];
  text: Scalars['String']['output'];
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
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Me: ResolverTypeWrapper<Me>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OwnConsent: ResolverTypeWrapper<OwnConsent>;
  OwnConsentState: OwnConsentState;
  OwnConsentWish: OwnConsentWish;
  OwnOffer: ResolverTypeWrapper<OwnOffer>;
  PaperLine: ResolverTypeWrapper<PaperLine>;
  PaperSection: ResolverTypeWrapper<PaperSection>;
  Papers: ResolverTypeWrapper<Papers>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reach: Reach;
  Reading: ResolverTypeWrapper<Reading>;
  ReadingFilter: ReadingFilter;
  ReadingPage: ResolverTypeWrapper<ReadingPage>;
  Recipient: ResolverTypeWrapper<Recipient>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  TextToSign: ResolverTypeWrapper<TextToSign>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Boolean: Scalars['Boolean']['output'];
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Me: Me;
  Mutation: Record<PropertyKey, never>;
  OwnConsent: OwnConsent;
  OwnConsentWish: OwnConsentWish;
  OwnOffer: OwnOffer;
  PaperLine: PaperLine;
  PaperSection: PaperSection;
  Papers: Papers;
  Query: Record<PropertyKey, never>;
  Reading: Reading;
  ReadingPage: ReadingPage;
  Recipient: Recipient;
  String: Scalars['String']['output'];
  TextToSign: TextToSign;
};

export type MeResolvers<ContextType = any, ParentType extends ResolversParentTypes['Me'] = ResolversParentTypes['Me']> = {
  asOf?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  birthDate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  confirmConsent?: Resolver<ResolversTypes['OwnConsent'], ParentType, ContextType, RequireFields<MutationconfirmConsentArgs, 'hash' | 'id'>>;
  giveConsent?: Resolver<ResolversTypes['OwnConsent'], ParentType, ContextType, RequireFields<MutationgiveConsentArgs, 'hash' | 'wish'>>;
  joinOffer?: Resolver<ResolversTypes['OwnOffer'], ParentType, ContextType, RequireFields<MutationjoinOfferArgs, 'offer'>>;
  leaveOffer?: Resolver<ResolversTypes['OwnOffer'], ParentType, ContextType, RequireFields<MutationleaveOfferArgs, 'offer'>>;
  withdrawConsent?: Resolver<ResolversTypes['OwnConsent'], ParentType, ContextType, RequireFields<MutationwithdrawConsentArgs, 'id'>>;
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
  signedByMe?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  starts?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['OwnConsentState'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  withdrawnAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type OwnOfferResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnOffer'] = ResolversParentTypes['OwnOffer']> = {
  buyer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  categories?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  expires?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  joined?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  minimumGroup?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  needsConsent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  opens?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  publisher?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reach?: Resolver<ResolversTypes['Reach'], ParentType, ContextType>;
  reward?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PaperLineResolvers<ContextType = any, ParentType extends ResolversParentTypes['PaperLine'] = ResolversParentTypes['PaperLine']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PaperSectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['PaperSection'] = ResolversParentTypes['PaperSection']> = {
  lines?: Resolver<Array<ResolversTypes['PaperLine']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PapersResolvers<ContextType = any, ParentType extends ResolversParentTypes['Papers'] = ResolversParentTypes['Papers']> = {
  export?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  summary?: Resolver<Array<ResolversTypes['PaperSection']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  consentText?: Resolver<ResolversTypes['TextToSign'], ParentType, ContextType, RequireFields<QueryconsentTextArgs, 'wish'>>;
  consents?: Resolver<Array<ResolversTypes['OwnConsent']>, ParentType, ContextType>;
  me?: Resolver<ResolversTypes['Me'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['OwnOffer']>, ParentType, ContextType>;
  papers?: Resolver<ResolversTypes['Papers'], ParentType, ContextType>;
  readings?: Resolver<ResolversTypes['ReadingPage'], ParentType, ContextType, RequireFields<QueryreadingsArgs, 'first'>>;
  recipients?: Resolver<Array<ResolversTypes['Recipient']>, ParentType, ContextType>;
  signsNew?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ReadingResolvers<ContextType = any, ParentType extends ResolversParentTypes['Reading'] = ResolversParentTypes['Reading']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  emergency?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  machine?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  who?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReadingPageResolvers<ContextType = any, ParentType extends ResolversParentTypes['ReadingPage'] = ResolversParentTypes['ReadingPage']> = {
  emergencies?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  machines?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  next?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  persons?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  readings?: Resolver<Array<ResolversTypes['Reading']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RecipientResolvers<ContextType = any, ParentType extends ResolversParentTypes['Recipient'] = ResolversParentTypes['Recipient']> = {
  chain?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  research?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TextToSignResolvers<ContextType = any, ParentType extends ResolversParentTypes['TextToSign'] = ResolversParentTypes['TextToSign']> = {
  hash?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  Me?: MeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OwnConsent?: OwnConsentResolvers<ContextType>;
  OwnOffer?: OwnOfferResolvers<ContextType>;
  PaperLine?: PaperLineResolvers<ContextType>;
  PaperSection?: PaperSectionResolvers<ContextType>;
  Papers?: PapersResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reading?: ReadingResolvers<ContextType>;
  ReadingPage?: ReadingPageResolvers<ContextType>;
  Recipient?: RecipientResolvers<ContextType>;
  TextToSign?: TextToSignResolvers<ContextType>;
};


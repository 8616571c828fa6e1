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

export type Enrolment = {
  __typename?: 'Enrolment';
  /** Device certificate, PEM. */
  certificate: Scalars['String']['output'];
  expires: Scalars['Float']['output'];
};

export type HubIdentity = {
  __typename?: 'HubIdentity';
  /** The authority's certificate, PEM. */
  authority: Scalars['String']['output'];
  /** Signed genesis bytes; null before the region is founded. */
  genesis?: Maybe<Scalars['String']['output']>;
  /** Ed25519, hexadecimal. */
  hubKey: Scalars['String']['output'];
  name: Scalars['String']['output'];
  wireVersion: Scalars['Int']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** The cosignature line of a witness from outside; answers the note as it stands now. */
  cosign: Scalars['String']['output'];
  /** A certificate for a device key that signs its own request. `founding` is the founding statement of the device's clinic; a further device of a clinic sends its clinic's chain id instead. */
  enroll: Enrolment;
  /** A backup's key from the escrow, for who signs with the entry's reader key: a clinic that has lost its devices. Null: there is none, or not for this key. */
  escrowEntry?: Maybe<Scalars['String']['output']>;
  /** The first clinic founds the region: signed genesis bytes that name this hub's key and authority. */
  found: Scalars['Boolean']['output'];
};


export type MutationcosignArgs = {
  line: Scalars['String']['input'];
  size: Scalars['Float']['input'];
};


export type MutationenrollArgs = {
  chain?: InputMaybe<Scalars['String']['input']>;
  device: Scalars['String']['input'];
  founding?: InputMaybe<Scalars['String']['input']>;
  proof: Scalars['String']['input'];
  request: Scalars['String']['input'];
  secret: Scalars['String']['input'];
};


export type MutationescrowEntryArgs = {
  backup: Scalars['String']['input'];
  proof: Scalars['String']['input'];
};


export type MutationfoundArgs = {
  genesis: Scalars['String']['input'];
  secret: Scalars['String']['input'];
};

export type PolicyAct = {
  __typename?: 'PolicyAct';
  body: Scalars['String']['output'];
  chain: Scalars['String']['output'];
  event: Scalars['Int']['output'];
  position: Scalars['Float']['output'];
  type: Scalars['String']['output'];
};

/**
 * The part of the hub that answers without a client certificate, under its own path: who the hub is, and enrolment with
 * the one-time secret of an invitation. Wire version 1.
 */
export type Query = {
  __typename?: 'Query';
  /** For witnesses from outside: the newest checkpoint, proofs between two, and the acts that say who may witness. */
  checkpoint: Scalars['String']['output'];
  consistencyProof: Array<Scalars['String']['output']>;
  hub: HubIdentity;
  policyActs: Array<PolicyAct>;
};


/**
 * The part of the hub that answers without a client certificate, under its own path: who the hub is, and enrolment with
 * the one-time secret of an invitation. Wire version 1.
 */
export type QueryconsistencyProofArgs = {
  from: Scalars['Float']['input'];
  size: Scalars['Float']['input'];
};


/**
 * The part of the hub that answers without a client certificate, under its own path: who the hub is, and enrolment with
 * the one-time secret of an invitation. Wire version 1.
 */
export type QuerypolicyActsArgs = {
  from: Scalars['Float']['input'];
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
  Enrolment: ResolverTypeWrapper<Enrolment>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  HubIdentity: ResolverTypeWrapper<HubIdentity>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PolicyAct: ResolverTypeWrapper<PolicyAct>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Boolean: Scalars['Boolean']['output'];
  Enrolment: Enrolment;
  Float: Scalars['Float']['output'];
  HubIdentity: HubIdentity;
  Int: Scalars['Int']['output'];
  Mutation: Record<PropertyKey, never>;
  PolicyAct: PolicyAct;
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
};

export type EnrolmentResolvers<ContextType = any, ParentType extends ResolversParentTypes['Enrolment'] = ResolversParentTypes['Enrolment']> = {
  certificate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expires?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type HubIdentityResolvers<ContextType = any, ParentType extends ResolversParentTypes['HubIdentity'] = ResolversParentTypes['HubIdentity']> = {
  authority?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  genesis?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hubKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  wireVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cosign?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<MutationcosignArgs, 'line' | 'size'>>;
  enroll?: Resolver<ResolversTypes['Enrolment'], ParentType, ContextType, RequireFields<MutationenrollArgs, 'device' | 'proof' | 'request' | 'secret'>>;
  escrowEntry?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<MutationescrowEntryArgs, 'backup' | 'proof'>>;
  found?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationfoundArgs, 'genesis' | 'secret'>>;
};

export type PolicyActResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyAct'] = ResolversParentTypes['PolicyAct']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  chain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  checkpoint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  consistencyProof?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType, RequireFields<QueryconsistencyProofArgs, 'from' | 'size'>>;
  hub?: Resolver<ResolversTypes['HubIdentity'], ParentType, ContextType>;
  policyActs?: Resolver<Array<ResolversTypes['PolicyAct']>, ParentType, ContextType, RequireFields<QuerypolicyActsArgs, 'from'>>;
};

export type Resolvers<ContextType = any> = {
  Enrolment?: EnrolmentResolvers<ContextType>;
  HubIdentity?: HubIdentityResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PolicyAct?: PolicyActResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
};


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

export type Kiosk = {
  __typename?: 'Kiosk';
  /** Of those who count the tries of a PIN, the clinic's host and the hub, at least one was in reach when last asked. With neither nobody checks in: a kiosk judges no PIN by itself. */
  canCheckIn: Scalars['Boolean']['output'];
  /** Name of the clinic, once its ledger is here. */
  clinic: Scalars['String']['output'];
  /** What the device compares with the desk that lets it in; empty before it has joined. */
  device: Scalars['ID']['output'];
  /** Seconds that it then waits for an answer. */
  graceSeconds: Scalars['Int']['output'];
  /** Seconds without a touch after which the page asks whether somebody is there. */
  idleSeconds: Scalars['Int']['output'];
  state: KioskState;
};

export type KioskState =
  /** Card and PIN are being checked. */
  | 'CHECKING'
  /** Nobody has set this machine up. */
  | 'NEW'
  /** Somebody is checked in. */
  | 'OPEN'
  /** Nobody is checked in. */
  | 'READY'
  /** An administrator at a desk of the clinic has to let it in. */
  | 'WAITING';

export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Opens a session for the holder of a care card: `card` is what the scanner typed or the code that is printed on it. Ends whatever session
   * was open before.
   */
  checkIn: Kiosk;
  /** Ends the session: its process, and with it the patient's keys, are gone when this answers. */
  endSession: Kiosk;
  /** Set-up: this machine asks the clinic of the invitation to let it in as its kiosk. */
  joinAsKiosk: Kiosk;
  /** Somebody is about to hold a card under the scanner: the process of their session starts while they type. It has nobody's keys. */
  prepare: Scalars['Boolean']['output'];
  /** A person has touched the page: the session does not end for another `idleSeconds`. */
  stay: Scalars['Boolean']['output'];
};


export type MutationcheckInArgs = {
  card: Scalars['String']['input'];
  pin: Scalars['String']['input'];
};


export type MutationjoinAsKioskArgs = {
  invitation: Scalars['String']['input'];
};

/**
 * What the page of a kiosk asks of its device service, whoever stands before it. Nothing of a patient passes here but the card and
 * the PIN on their way in. Ids are lower-case hexadecimal, times milliseconds since 1970.
 */
export type Query = {
  __typename?: 'Query';
  kiosk: Kiosk;
};

export type Subscription = {
  __typename?: 'Subscription';
  kioskChanged: Kiosk;
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
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Kiosk: ResolverTypeWrapper<Kiosk>;
  KioskState: KioskState;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Boolean: Scalars['Boolean']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Kiosk: Kiosk;
  Mutation: Record<PropertyKey, never>;
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
};

export type KioskResolvers<ContextType = any, ParentType extends ResolversParentTypes['Kiosk'] = ResolversParentTypes['Kiosk']> = {
  canCheckIn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  graceSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  idleSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['KioskState'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  checkIn?: Resolver<ResolversTypes['Kiosk'], ParentType, ContextType, RequireFields<MutationcheckInArgs, 'card' | 'pin'>>;
  endSession?: Resolver<ResolversTypes['Kiosk'], ParentType, ContextType>;
  joinAsKiosk?: Resolver<ResolversTypes['Kiosk'], ParentType, ContextType, RequireFields<MutationjoinAsKioskArgs, 'invitation'>>;
  prepare?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  stay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  kiosk?: Resolver<ResolversTypes['Kiosk'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  kioskChanged?: SubscriptionResolver<ResolversTypes['Kiosk'], "kioskChanged", ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  Kiosk?: KioskResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};


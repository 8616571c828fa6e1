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

export type AdmissionRequest = {
  __typename?: 'AdmissionRequest';
  /** Chain id of the clinic that asks. */
  chain: Scalars['String']['output'];
  kind: Scalars['String']['output'];
  name: Scalars['String']['output'];
  receivedAt: Scalars['Float']['output'];
  request: Scalars['String']['output'];
};

export type BlockPage = {
  __typename?: 'BlockPage';
  blocks: Array<Scalars['String']['output']>;
  /** The checkpoint that covers the page: the newest one. */
  checkpoint: Scalars['String']['output'];
  from: Scalars['Float']['output'];
};

export type CallInvitationInput = {
  /** The compartment of the care card's box, 16 bytes. */
  box: Scalars['String']['input'];
  /** What the link holds, sealed for that box, base64: at most 2000 characters. */
  sealed: Scalars['String']['input'];
};

export type CallRelay = {
  __typename?: 'CallRelay';
  credential: Scalars['String']['output'];
  urls: Array<Scalars['String']['output']>;
  username: Scalars['String']['output'];
};

export type CallRoom = {
  __typename?: 'CallRoom';
  /** Where the patient's page is reached, without a slash at its end. */
  address: Scalars['String']['output'];
  expires: Scalars['Float']['output'];
  /** Relays beside this hub, with credentials that end with the room; none where there are none. */
  ice: Array<CallRelay>;
};

export type CallRoomInput = {
  /** Milliseconds since 1970, at most three hours from now. */
  expires: Scalars['Float']['input'];
  /** For a kiosk of the same clinic; none where the patient has no care card. */
  invitation?: InputMaybe<CallInvitationInput>;
  /** SHA-256 of what the link shows to take the patient's seat. */
  joinHash: Scalars['String']['input'];
  /** 32 bytes, from the link. */
  room: Scalars['String']['input'];
};

export type CallSignal = {
  __typename?: 'CallSignal';
  body: Scalars['String']['output'];
  sequence: Scalars['Float']['output'];
};

export type CallSignals = {
  __typename?: 'CallSignals';
  /** Whether somebody has used the link. */
  joined: Scalars['Boolean']['output'];
  signals: Array<CallSignal>;
};

export type Caller = {
  __typename?: 'Caller';
  admitted: Scalars['Boolean']['output'];
  chain: Scalars['String']['output'];
  device: Scalars['String']['output'];
  revoked: Scalars['Boolean']['output'];
};

export type CardCounts = {
  __typename?: 'CardCounts';
  counts: Scalars['String']['output'];
  last: Scalars['Float']['output'];
};

export type Certificate = {
  __typename?: 'Certificate';
  /** X.509, PEM. */
  certificate: Scalars['String']['output'];
  /** Milliseconds since 1970. */
  expires: Scalars['Float']['output'];
};

export type ClinicRing = {
  __typename?: 'ClinicRing';
  chain: Scalars['String']['output'];
  ring: Scalars['Int']['output'];
};

export type ClosedRange = {
  __typename?: 'ClosedRange';
  end: Scalars['Float']['output'];
  files: Array<StaticFile>;
  from: Scalars['Float']['output'];
};

/** As docs/protocol.md describes them. */
export type DeviceReport = {
  __typename?: 'DeviceReport';
  alarms: Array<Scalars['String']['output']>;
  audited: Scalars['Float']['output'];
  clock: Scalars['Float']['output'];
  documents: Scalars['Float']['output'];
  epoch: Scalars['String']['output'];
  events: Scalars['Float']['output'];
  height: Scalars['Float']['output'];
  problem: Scalars['String']['output'];
  rebaselined: Scalars['Float']['output'];
  size: Scalars['Float']['output'];
  version: Scalars['String']['output'];
  witnessed: Scalars['Float']['output'];
  witnessedAt: Scalars['Float']['output'];
};

export type DocumentInput = {
  handle: Scalars['String']['input'];
  sealed: Scalars['String']['input'];
  wrap: Scalars['String']['input'];
};

export type DocumentPage = {
  __typename?: 'DocumentPage';
  documents: Array<RelayedDocument>;
  /** Sequence number to go on after. */
  last: Scalars['Float']['output'];
  more: Scalars['Boolean']['output'];
};

/** Two sealed blocks of one device at one height of one epoch; the first one stands in the ledger. */
export type Equivocation = {
  __typename?: 'Equivocation';
  blocks: Array<Scalars['String']['output']>;
  sequence: Scalars['Float']['output'];
};

export type ErasedDocumentInput = {
  handle: Scalars['String']['input'];
  name: Scalars['String']['input'];
};

export type EscrowInput = {
  /** Id of the backup, 16 bytes. */
  backup: Scalars['String']['input'];
  body: Scalars['String']['input'];
  /** Milliseconds since 1970, at most 36 days from now: the hub destroys the entry by itself. */
  expires: Scalars['Float']['input'];
  /** Ed25519: whoever signs with it is given the entry. */
  reader: Scalars['String']['input'];
};

export type Fleet = {
  __typename?: 'Fleet';
  /** The newest signed acts of administrators, in their order. */
  acts: Array<Scalars['String']['output']>;
  clinics: Array<FleetClinic>;
  devices: Array<FleetDevice>;
  /** The hub's clock, milliseconds since 1970. */
  now: Scalars['Float']['output'];
  /** Blocks of the ledger. */
  size: Scalars['Float']['output'];
};

export type FleetClinic = {
  __typename?: 'FleetClinic';
  chain: Scalars['String']['output'];
  kind: Scalars['String']['output'];
  name: Scalars['String']['output'];
  quarantined: Scalars['Boolean']['output'];
  rebaseline: Scalars['Float']['output'];
};

export type FleetDevice = {
  __typename?: 'FleetDevice';
  chain: Scalars['String']['output'];
  /** It sealed two blocks at one height. */
  copied: Scalars['Boolean']['output'];
  /** By an administrator, at this hub. */
  cut: Scalars['Boolean']['output'];
  device: Scalars['String']['output'];
  kind: Scalars['String']['output'];
  /** Its newest block in the ledger, and when the hub placed it. */
  lastPosition?: Maybe<Scalars['Float']['output']>;
  lastTime?: Maybe<Scalars['Float']['output']>;
  report?: Maybe<DeviceReport>;
  reportedAt?: Maybe<Scalars['Float']['output']>;
  /** By its clinic, in the ledger. */
  revoked: Scalars['Boolean']['output'];
};

export type Head = {
  __typename?: 'Head';
  checkpoint: Scalars['String']['output'];
  messages: Scalars['Float']['output'];
};

export type HealthLinkInput = {
  /** JWE, compact. */
  body: Scalars['String']['input'];
  /** Milliseconds since 1970, at most 30 days from now. */
  expires: Scalars['Float']['input'];
  /** The compartment of identity of who made it for them: the file is destroyed when they act for the patient no longer. */
  guardian?: InputMaybe<Scalars['String']['input']>;
  /** 32 random bytes. */
  link: Scalars['String']['input'];
  /** Off the disk as soon as it was opened. */
  once?: InputMaybe<Scalars['Boolean']['input']>;
  /** Hash of the passcode (docs/protocol.md, section 24); empty for none. */
  passcode: Scalars['String']['input'];
  /** The patient's compartment of identity: the file is destroyed when that is erased. */
  patient?: InputMaybe<Scalars['String']['input']>;
  /** With it: when they began to, as the ledger says. Milliseconds since 1970. */
  since?: InputMaybe<Scalars['Float']['input']>;
};

export type HealthLinkState = {
  __typename?: 'HealthLinkState';
  lastOpened: Scalars['Float']['output'];
  link: Scalars['String']['output'];
  opened: Scalars['Int']['output'];
  /** As who opened it last called themselves. */
  recipient: Scalars['String']['output'];
  triesLeft: Scalars['Int']['output'];
};

export type HealthLinks = {
  __typename?: 'HealthLinks';
  /** Where readers ask, without a slash at its end; empty where this hub offers no links. */
  address: Scalars['String']['output'];
  /** Those of the caller's clinic that are there. */
  links: Array<HealthLinkState>;
};

export type HubDisk = {
  __typename?: 'HubDisk';
  /** Empty when all was as it was written. */
  faults: Array<HubDiskFault>;
  /** When the newest whole look ended, milliseconds since 1970; null before the first. */
  finishedAt?: Maybe<Scalars['Float']['output']>;
};

export type HubDiskFault = {
  __typename?: 'HubDiskFault';
  count: Scalars['Int']['output'];
  /** FILE, STATE, BLOCKS, TREE, DOCUMENTS (in the database) or STORE (outside of it). */
  part: Scalars['String']['output'];
};

export type HubTrouble = {
  __typename?: 'HubTrouble';
  /** Of the failure: storage.disk-full, relay.store-away, hub.recovering, hub.process-missing and the like. */
  code: Scalars['String']['output'];
  /** Which process of the hub, as its administrator named it. */
  process: Scalars['String']['output'];
  /** When it began to fail in this way, or was heard last; milliseconds since 1970 by the clock of that process. */
  since: Scalars['Float']['output'];
  /** database, documents, ledger, or process: one of which the others hear nothing. */
  store: Scalars['String']['output'];
};

export type Message = {
  __typename?: 'Message';
  body: Scalars['String']['output'];
  /** SHA-256 of `body`. */
  id: Scalars['String']['output'];
  kind: Scalars['String']['output'];
  /** Chain that sent it; empty from a device that no chain has enrolled yet. */
  senderChain: Scalars['String']['output'];
  senderDevice: Scalars['String']['output'];
  sequence: Scalars['Float']['output'];
};

export type MessageInput = {
  body: Scalars['String']['input'];
  kind: Scalars['String']['input'];
  recipientChain: Scalars['String']['input'];
  /** Empty for each device of the clinic. */
  recipientDevice: Scalars['String']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** A hub administrator's signed act. */
  administer: Scalars['Boolean']['output'];
  /** Takes the calling device's counts of tries; answers those of its clinic's cards that changed after `after`. */
  cardCounts: CardCounts;
  /** Shows that a care card was opened: its tries at this keeper begin anew. */
  cardOpened: Scalars['Boolean']['output'];
  /** The answer of this keeper's pepper to a question about a care card, after it has counted the try (docs/protocol.md, section 24). */
  cardPepper: Scalars['String']['output'];
  /**
   * A new certificate for the key of `request` (PKCS#10, PEM): the calling device's own or, with `names` of a local network, one for the page
   * of a kiosk, which browsers there meet under them.
   */
  certify: Certificate;
  /** Ends a room, with all that waits in it. False when there is none of this device. */
  closeCallRoom: Scalars['Boolean']['output'];
  /** A cosignature line for the newest checkpoint; answers the note as it stands now. */
  cosign: Scalars['String']['output'];
  /** Destroys entries of the caller's clinic, on the disk too. Answers how many were there. */
  deleteEscrow: Scalars['Int']['output'];
  /** Destroys files of links of the caller's clinic, on the disk too. Answers how many were there. */
  endHealthLinks: Scalars['Int']['output'];
  /** Names documents that the caller's clinic erased before they got here: no block waits for them. Answers how many were named. */
  excuseDocuments: Scalars['Int']['output'];
  /** Makes the one-time secret with this SHA-256 valid for the enrolment of one more device of the caller's clinic. */
  inviteDevice: Scalars['Boolean']['output'];
  /** Takes the one seat of a room, as the patient's page does; for a kiosk. */
  joinCall: TakenSeat;
  /** The caller's clinic offers to witness. `offer` as docs/protocol.md encodes it. */
  offerToWitness: Scalars['Boolean']['output'];
  /** Opens the room of a video visit in the hub's memory (docs/protocol.md, section 29). */
  openCallRoom: CallRoom;
  /** Proposes a change of the region's policy, or adds approvals to one: the encoded body of its event. */
  proposePolicy: Scalars['Boolean']['output'];
  /** Stores sealed documents and their wraps durably; names already there are left as they are. Answers how many are stored now. */
  putDocuments: Scalars['Int']['output'];
  /** Keeps keys of backups of the caller's clinic, sealed to its recovery key, until they expire; an entry of the same backup is replaced, on the disk too. Answers how many are there now. */
  putEscrow: Scalars['Int']['output'];
  /** Keeps the encrypted file of a patient's SMART Health Link until it expires. False when the id is taken. */
  putHealthLink: Scalars['Boolean']['output'];
  /** What the calling device says of itself: numbers and codes (docs/protocol.md). Answers how its clinic stands at the hub. */
  report: Standing;
  /** Asks the witness clinics to admit the caller's clinic. `request` is an encoded admission request. */
  requestAdmission: Scalars['Boolean']['output'];
  /**
   * Shows a hub that was put back the newest checkpoint that it has signed, and brings blocks under it that it lacks, at most 500, from
   * the size of its ledger on. `proof`: that the ledger with these blocks is a beginning of that checkpoint's. Answers its size by now.
   */
  returnBlocks: Scalars['Float']['output'];
  /** Hands a sealed signal on to the patient's page. */
  sendCallSignal: Scalars['Boolean']['output'];
  /** A sealed signal from who holds the patient's seat. */
  sendGuestSignal: Scalars['Boolean']['output'];
  sendMessages: Scalars['Int']['output'];
  /** Submits sealed blocks in the order of their chains. Submitting again is harmless: the same receipts come back. */
  submit: SubmissionAnswer;
  /** Destroys messages that the caller's clinic sent (a withdrawn grant's wraps). Answers how many were there. */
  withdrawMessages: Scalars['Int']['output'];
};


export type MutationadministerArgs = {
  act: Scalars['String']['input'];
};


export type MutationcardCountsArgs = {
  after: Scalars['Float']['input'];
  counts: Scalars['String']['input'];
};


export type MutationcardOpenedArgs = {
  opened: Scalars['String']['input'];
};


export type MutationcardPepperArgs = {
  ask: Scalars['String']['input'];
};


export type MutationcertifyArgs = {
  names: Array<Scalars['String']['input']>;
  request: Scalars['String']['input'];
};


export type MutationcloseCallRoomArgs = {
  room: Scalars['String']['input'];
};


export type MutationcosignArgs = {
  line: Scalars['String']['input'];
  size: Scalars['Float']['input'];
};


export type MutationdeleteEscrowArgs = {
  backups: Array<Scalars['String']['input']>;
};


export type MutationendHealthLinksArgs = {
  links: Array<Scalars['String']['input']>;
};


export type MutationexcuseDocumentsArgs = {
  documents: Array<ErasedDocumentInput>;
};


export type MutationinviteDeviceArgs = {
  expires: Scalars['Float']['input'];
  secretHash: Scalars['String']['input'];
};


export type MutationjoinCallArgs = {
  room: Scalars['String']['input'];
  token: Scalars['String']['input'];
};


export type MutationofferToWitnessArgs = {
  offer: Scalars['String']['input'];
};


export type MutationopenCallRoomArgs = {
  room: CallRoomInput;
};


export type MutationproposePolicyArgs = {
  body: Scalars['String']['input'];
  type: Scalars['String']['input'];
};


export type MutationputDocumentsArgs = {
  documents: Array<DocumentInput>;
};


export type MutationputEscrowArgs = {
  entries: Array<EscrowInput>;
};


export type MutationputHealthLinkArgs = {
  link: HealthLinkInput;
};


export type MutationreportArgs = {
  report: Scalars['String']['input'];
};


export type MutationrequestAdmissionArgs = {
  request: Scalars['String']['input'];
};


export type MutationreturnBlocksArgs = {
  blocks: Array<Scalars['String']['input']>;
  checkpoint: Scalars['String']['input'];
  from: Scalars['Float']['input'];
  proof: Array<Scalars['String']['input']>;
};


export type MutationsendCallSignalArgs = {
  body: Scalars['String']['input'];
  room: Scalars['String']['input'];
};


export type MutationsendGuestSignalArgs = {
  body: Scalars['String']['input'];
  room: Scalars['String']['input'];
  seat: Scalars['String']['input'];
};


export type MutationsendMessagesArgs = {
  messages: Array<MessageInput>;
};


export type MutationsubmitArgs = {
  blocks: Array<Scalars['String']['input']>;
};


export type MutationwithdrawMessagesArgs = {
  ids: Array<Scalars['String']['input']>;
};

export type OfferedRelease = {
  __typename?: 'OfferedRelease';
  /** What an act names it by: shared/fleet/release.ts. */
  id: Scalars['String']['output'];
  isWithdrawn: Scalars['Boolean']['output'];
  /** Up to which ring of clinics it is offered; 0 for none. */
  ring: Scalars['Int']['output'];
  version: Scalars['String']['output'];
};

export type PolicyAct = {
  __typename?: 'PolicyAct';
  body: Scalars['String']['output'];
  chain: Scalars['String']['output'];
  event: Scalars['Int']['output'];
  /** Of its block, and of the event in it. */
  position: Scalars['Float']['output'];
  type: Scalars['String']['output'];
};

export type PolicyPapers = {
  __typename?: 'PolicyPapers';
  /** Hexadecimal; empty when the hub offers none. */
  hubKey: Scalars['String']['output'];
  hubProof: Scalars['String']['output'];
  offers: Array<Scalars['String']['output']>;
  proposals: Array<PolicyProposal>;
};

export type PolicyProposal = {
  __typename?: 'PolicyProposal';
  body: Scalars['String']['output'];
  type: Scalars['String']['output'];
};

/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type Query = {
  __typename?: 'Query';
  /** Signed acts of the hub's administrators after the sequence `after`, at most 500: for every clinic to read. */
  administratorActs: Array<Scalars['String']['output']>;
  /** Clinics that ask to join, for the witness clinics to decide on. */
  admissionRequests: Array<AdmissionRequest>;
  /** Sealed blocks from position `from`, at most `limit` (up to 2,000), in ledger order. */
  blocks: BlockPage;
  /** The sealed invitation to a video visit that a desk of the caller's clinic has laid down for the box of a care card, while nobody has taken its seat. */
  callInvitation?: Maybe<Scalars['String']['output']>;
  /**
   * Sealed signals of a video visit that came from the patient's page after `after`; waits up to fifteen seconds for one. Only to the device
   * that opened the room.
   */
  callSignals: CallSignals;
  /** What the hub knows of the caller. */
  caller: Caller;
  /** The newest checkpoint with every cosignature received: a signed note. */
  checkpoint: Scalars['String']['output'];
  /** Sealed documents that other devices of the caller's clinic have put, in the order of their arrival after `after`. */
  clinicDocuments: DocumentPage;
  consistencyProof: Array<Scalars['String']['output']>;
  /** For each witness the newest checkpoint that it has cosigned, as far as this process of the hub has seen: signed notes, at most fifteen. */
  cosignedCheckpoints: Array<Scalars['String']['output']>;
  /** Sealed documents of a compartment that the caller keeps or was granted, in the order of their arrival after `after`. */
  documents: DocumentPage;
  /** Devices that sealed two blocks at one height, in the order in which the hub noticed: the next ones after `after`. */
  equivocations: Array<Equivocation>;
  /**
   * How many sealed documents of these erased compartments the hub has destroyed, signed with the hub's key. Refused while the ledger
   * lacks a tombstone for one of them.
   */
  erased: Scalars['String']['output'];
  /** Backups of the caller's clinic whose keys are in escrow here. */
  escrow: Array<Scalars['String']['output']>;
  /** Each device of the region as the hub knows it, for a hub administrator: `ask` is signed with their own key (docs/protocol.md). */
  fleet: Fleet;
  /** As `callSignals`, for who holds the patient's seat: what came from the clinic's end. */
  guestSignals: CallSignals;
  /** What became of links of the caller's clinic, at most 200, and whether this hub offers any. */
  healthLinks: HealthLinks;
  /** What the hub has found on its own disk, for a hub administrator as `fleet`. */
  hubDisk: HubDisk;
  /** What is wrong with the hub's stores now, at each of its processes; for a hub administrator as `fleet`. */
  hubTroubles: Array<HubTrouble>;
  inclusionProof: Array<Scalars['String']['output']>;
  /** Messages to the caller's clinic, or to the calling device alone, after the sequence number `after`. */
  messages: Array<Message>;
  /**
   * The hub's signed word on the size of its newest checkpoint, to who shows something that the hub has signed: `seen` is the SHA-256
   * of a checkpoint's signed text or of a signed receipt, in hexadecimal.
   */
  newest: Scalars['String']['output'];
  /** The same blocks as one text, for long downloads: for each its length in three bytes, big-endian, and its bytes. */
  packedBlocks: Scalars['String']['output'];
  /** Accepted acts that bear on the region's policy (witness set, rules, hub key, keys of clinics) in blocks from position `from` on. */
  policyActs: Array<PolicyAct>;
  /** Changes of the region's policy that are proposed, clinics that offer to witness, and the key that this hub offers to sign with next. */
  policyPapers: PolicyPapers;
  /** Which region this hub serves; its genesis, to be opened and checked. */
  region: Region;
  /** The hub's signed word that it was restored from a backup (docs/protocol.md, section 23); null when it never was. */
  restoration?: Maybe<Scalars['String']['output']>;
  /** How the hub fared, in numbers alone, for a hub administrator as `fleet`. */
  samples: Samples;
  /** The newest snapshot of the state that the quorum has vouched for, if there is one. */
  snapshot?: Maybe<Snapshot>;
  /** A page of its rows, at most about 1 MiB and one row. */
  snapshotPage: Scalars['String']['output'];
  /** Closed ranges of 256 blocks from position `from` on, at most `limit` (up to 64), with the static files that hold them. */
  tiles: Array<ClosedRange>;
  /** Releases of the program at this hub and the rings of clinics, for a hub administrator as `fleet`. */
  updates: Updates;
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryadministratorActsArgs = {
  after: Scalars['Float']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryblocksArgs = {
  from: Scalars['Float']['input'];
  limit: Scalars['Int']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QuerycallInvitationArgs = {
  box: Scalars['String']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QuerycallSignalsArgs = {
  after: Scalars['Float']['input'];
  room: Scalars['String']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryclinicDocumentsArgs = {
  after: Scalars['Float']['input'];
  limit: Scalars['Int']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryconsistencyProofArgs = {
  from: Scalars['Float']['input'];
  size: Scalars['Float']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QuerydocumentsArgs = {
  after: Scalars['Float']['input'];
  handle: Scalars['String']['input'];
  limit: Scalars['Int']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryequivocationsArgs = {
  after: Scalars['Float']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryerasedArgs = {
  handles: Array<Scalars['String']['input']>;
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryfleetArgs = {
  ask: Scalars['String']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryguestSignalsArgs = {
  after: Scalars['Float']['input'];
  room: Scalars['String']['input'];
  seat: Scalars['String']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryhealthLinksArgs = {
  links: Array<Scalars['String']['input']>;
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryhubDiskArgs = {
  ask: Scalars['String']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryhubTroublesArgs = {
  ask: Scalars['String']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryinclusionProofArgs = {
  index: Scalars['Float']['input'];
  size: Scalars['Float']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QuerymessagesArgs = {
  after: Scalars['Float']['input'];
  limit: Scalars['Int']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QuerynewestArgs = {
  seen: Scalars['String']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QuerypackedBlocksArgs = {
  from: Scalars['Float']['input'];
  limit: Scalars['Int']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QuerypolicyActsArgs = {
  from: Scalars['Float']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QuerysamplesArgs = {
  ask: Scalars['String']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QuerysnapshotPageArgs = {
  page: Scalars['Int']['input'];
  size: Scalars['Float']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QuerytilesArgs = {
  from: Scalars['Float']['input'];
  limit: Scalars['Int']['input'];
};


/**
 * The hub's schema, wire version 1. Bytes travel as base64 (RFC 4648 section 4), ids as lower-case hexadecimal.
 * Everything here needs a client certificate; what a certificate's device may do, the ledger decides.
 */
export type QueryupdatesArgs = {
  ask: Scalars['String']['input'];
};

export type Region = {
  __typename?: 'Region';
  /** Signed genesis bytes. */
  genesis: Scalars['String']['output'];
  id: Scalars['String']['output'];
  name: Scalars['String']['output'];
  wireVersion: Scalars['Int']['output'];
};

export type RelayedDocument = {
  __typename?: 'RelayedDocument';
  handle: Scalars['String']['output'];
  name: Scalars['String']['output'];
  sealed: Scalars['String']['output'];
  sequence: Scalars['Float']['output'];
  /** The data key wrapped under the compartment key. */
  wrap: Scalars['String']['output'];
};

export type Sample = {
  __typename?: 'Sample';
  /** Operations answered, and requests refused before they came to one. */
  answered: Scalars['Float']['output'];
  /** Blocks of the ledger at its end. */
  blocks: Scalars['Float']['output'];
  memory: Scalars['Float']['output'];
  refused: Scalars['Float']['output'];
  slow: Scalars['Float']['output'];
  /** When it began, milliseconds since 1970. */
  start: Scalars['Float']['output'];
  /** Bytes of the database, and of the largest process in memory. */
  storage: Scalars['Float']['output'];
  /** Microseconds to answer: the median and p99 of the slowest minute in it. */
  typical: Scalars['Float']['output'];
};

export type Samples = {
  __typename?: 'Samples';
  hours: Array<Sample>;
  /** Of the last day, then of the last ninety days; each in the order of time. */
  minutes: Array<Sample>;
};

export type Snapshot = {
  __typename?: 'Snapshot';
  /** A witnessed checkpoint that carries the state root of this size. */
  checkpoint: Scalars['String']['output'];
  /** Encoded head (docs/protocol.md, section 20). */
  head: Scalars['String']['output'];
  size: Scalars['Float']['output'];
};

export type Standing = {
  __typename?: 'Standing';
  /** The hub takes nothing new of the caller's clinic for now. */
  quarantined: Scalars['Boolean']['output'];
  /** The newest order to make its replica anew; 0 for none. */
  rebaseline: Scalars['Float']['output'];
};

/** A file that never changes again, by GET under the hub's address. */
export type StaticFile = {
  __typename?: 'StaticFile';
  bytes: Scalars['Float']['output'];
  /** SHA-256, hexadecimal. */
  hash: Scalars['String']['output'];
  path: Scalars['String']['output'];
};

export type SubmissionAnswer = {
  __typename?: 'SubmissionAnswer';
  /** Signed, one for each run of accepted blocks that follow each other in an epoch: for the last one, and so for all of them. None from a clinic host. */
  receipts: Array<Scalars['String']['output']>;
  /** The blocks that were not accepted. */
  refusals: Array<SubmissionRefusal>;
};

export type SubmissionRefusal = {
  __typename?: 'SubmissionRefusal';
  /** Which block of the submission, from zero. */
  at: Scalars['Int']['output'];
  code: Scalars['String']['output'];
  message: Scalars['String']['output'];
  retry: Scalars['Boolean']['output'];
};

export type Subscription = {
  __typename?: 'Subscription';
  /** The newest checkpoint now and whenever it changes; `messages` is the highest sequence number for the caller. */
  head: Head;
};

export type TakenSeat = {
  __typename?: 'TakenSeat';
  ice: Array<CallRelay>;
  /** Shown with everything that the patient's end asks from now on. */
  seat: Scalars['String']['output'];
};

export type Updates = {
  __typename?: 'Updates';
  /** The newest first. */
  releases: Array<OfferedRelease>;
  /** Clinics that are not in the last ring. */
  rings: Array<ClinicRing>;
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
  AdmissionRequest: ResolverTypeWrapper<AdmissionRequest>;
  BlockPage: ResolverTypeWrapper<BlockPage>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CallInvitationInput: CallInvitationInput;
  CallRelay: ResolverTypeWrapper<CallRelay>;
  CallRoom: ResolverTypeWrapper<CallRoom>;
  CallRoomInput: CallRoomInput;
  CallSignal: ResolverTypeWrapper<CallSignal>;
  CallSignals: ResolverTypeWrapper<CallSignals>;
  Caller: ResolverTypeWrapper<Caller>;
  CardCounts: ResolverTypeWrapper<CardCounts>;
  Certificate: ResolverTypeWrapper<Certificate>;
  ClinicRing: ResolverTypeWrapper<ClinicRing>;
  ClosedRange: ResolverTypeWrapper<ClosedRange>;
  DeviceReport: ResolverTypeWrapper<DeviceReport>;
  DocumentInput: DocumentInput;
  DocumentPage: ResolverTypeWrapper<DocumentPage>;
  Equivocation: ResolverTypeWrapper<Equivocation>;
  ErasedDocumentInput: ErasedDocumentInput;
  EscrowInput: EscrowInput;
  Fleet: ResolverTypeWrapper<Fleet>;
  FleetClinic: ResolverTypeWrapper<FleetClinic>;
  FleetDevice: ResolverTypeWrapper<FleetDevice>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Head: ResolverTypeWrapper<Head>;
  HealthLinkInput: HealthLinkInput;
  HealthLinkState: ResolverTypeWrapper<HealthLinkState>;
  HealthLinks: ResolverTypeWrapper<HealthLinks>;
  HubDisk: ResolverTypeWrapper<HubDisk>;
  HubDiskFault: ResolverTypeWrapper<HubDiskFault>;
  HubTrouble: ResolverTypeWrapper<HubTrouble>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Message: ResolverTypeWrapper<Message>;
  MessageInput: MessageInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OfferedRelease: ResolverTypeWrapper<OfferedRelease>;
  PolicyAct: ResolverTypeWrapper<PolicyAct>;
  PolicyPapers: ResolverTypeWrapper<PolicyPapers>;
  PolicyProposal: ResolverTypeWrapper<PolicyProposal>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Region: ResolverTypeWrapper<Region>;
  RelayedDocument: ResolverTypeWrapper<RelayedDocument>;
  Sample: ResolverTypeWrapper<Sample>;
  Samples: ResolverTypeWrapper<Samples>;
  Snapshot: ResolverTypeWrapper<Snapshot>;
  Standing: ResolverTypeWrapper<Standing>;
  StaticFile: ResolverTypeWrapper<StaticFile>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  SubmissionAnswer: ResolverTypeWrapper<SubmissionAnswer>;
  SubmissionRefusal: ResolverTypeWrapper<SubmissionRefusal>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TakenSeat: ResolverTypeWrapper<TakenSeat>;
  Updates: ResolverTypeWrapper<Updates>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AdmissionRequest: AdmissionRequest;
  BlockPage: BlockPage;
  Boolean: Scalars['Boolean']['output'];
  CallInvitationInput: CallInvitationInput;
  CallRelay: CallRelay;
  CallRoom: CallRoom;
  CallRoomInput: CallRoomInput;
  CallSignal: CallSignal;
  CallSignals: CallSignals;
  Caller: Caller;
  CardCounts: CardCounts;
  Certificate: Certificate;
  ClinicRing: ClinicRing;
  ClosedRange: ClosedRange;
  DeviceReport: DeviceReport;
  DocumentInput: DocumentInput;
  DocumentPage: DocumentPage;
  Equivocation: Equivocation;
  ErasedDocumentInput: ErasedDocumentInput;
  EscrowInput: EscrowInput;
  Fleet: Fleet;
  FleetClinic: FleetClinic;
  FleetDevice: FleetDevice;
  Float: Scalars['Float']['output'];
  Head: Head;
  HealthLinkInput: HealthLinkInput;
  HealthLinkState: HealthLinkState;
  HealthLinks: HealthLinks;
  HubDisk: HubDisk;
  HubDiskFault: HubDiskFault;
  HubTrouble: HubTrouble;
  Int: Scalars['Int']['output'];
  Message: Message;
  MessageInput: MessageInput;
  Mutation: Record<PropertyKey, never>;
  OfferedRelease: OfferedRelease;
  PolicyAct: PolicyAct;
  PolicyPapers: PolicyPapers;
  PolicyProposal: PolicyProposal;
  Query: Record<PropertyKey, never>;
  Region: Region;
  RelayedDocument: RelayedDocument;
  Sample: Sample;
  Samples: Samples;
  Snapshot: Snapshot;
  Standing: Standing;
  StaticFile: StaticFile;
  String: Scalars['String']['output'];
  SubmissionAnswer: SubmissionAnswer;
  SubmissionRefusal: SubmissionRefusal;
  Subscription: Record<PropertyKey, never>;
  TakenSeat: TakenSeat;
  Updates: Updates;
};

export type AdmissionRequestResolvers<ContextType = any, ParentType extends ResolversParentTypes['AdmissionRequest'] = ResolversParentTypes['AdmissionRequest']> = {
  chain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  request?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BlockPageResolvers<ContextType = any, ParentType extends ResolversParentTypes['BlockPage'] = ResolversParentTypes['BlockPage']> = {
  blocks?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  checkpoint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type CallRelayResolvers<ContextType = any, ParentType extends ResolversParentTypes['CallRelay'] = ResolversParentTypes['CallRelay']> = {
  credential?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  urls?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CallRoomResolvers<ContextType = any, ParentType extends ResolversParentTypes['CallRoom'] = ResolversParentTypes['CallRoom']> = {
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expires?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  ice?: Resolver<Array<ResolversTypes['CallRelay']>, ParentType, ContextType>;
};

export type CallSignalResolvers<ContextType = any, ParentType extends ResolversParentTypes['CallSignal'] = ResolversParentTypes['CallSignal']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type CallSignalsResolvers<ContextType = any, ParentType extends ResolversParentTypes['CallSignals'] = ResolversParentTypes['CallSignals']> = {
  joined?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  signals?: Resolver<Array<ResolversTypes['CallSignal']>, ParentType, ContextType>;
};

export type CallerResolvers<ContextType = any, ParentType extends ResolversParentTypes['Caller'] = ResolversParentTypes['Caller']> = {
  admitted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  chain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revoked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CardCountsResolvers<ContextType = any, ParentType extends ResolversParentTypes['CardCounts'] = ResolversParentTypes['CardCounts']> = {
  counts?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  last?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type CertificateResolvers<ContextType = any, ParentType extends ResolversParentTypes['Certificate'] = ResolversParentTypes['Certificate']> = {
  certificate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expires?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ClinicRingResolvers<ContextType = any, ParentType extends ResolversParentTypes['ClinicRing'] = ResolversParentTypes['ClinicRing']> = {
  chain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ring?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ClosedRangeResolvers<ContextType = any, ParentType extends ResolversParentTypes['ClosedRange'] = ResolversParentTypes['ClosedRange']> = {
  end?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  files?: Resolver<Array<ResolversTypes['StaticFile']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type DeviceReportResolvers<ContextType = any, ParentType extends ResolversParentTypes['DeviceReport'] = ResolversParentTypes['DeviceReport']> = {
  alarms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  audited?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  clock?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  documents?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  epoch?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  events?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  height?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  problem?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rebaselined?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  witnessed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  witnessedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type DocumentPageResolvers<ContextType = any, ParentType extends ResolversParentTypes['DocumentPage'] = ResolversParentTypes['DocumentPage']> = {
  documents?: Resolver<Array<ResolversTypes['RelayedDocument']>, ParentType, ContextType>;
  last?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  more?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type EquivocationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Equivocation'] = ResolversParentTypes['Equivocation']> = {
  blocks?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type FleetResolvers<ContextType = any, ParentType extends ResolversParentTypes['Fleet'] = ResolversParentTypes['Fleet']> = {
  acts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  clinics?: Resolver<Array<ResolversTypes['FleetClinic']>, ParentType, ContextType>;
  devices?: Resolver<Array<ResolversTypes['FleetDevice']>, ParentType, ContextType>;
  now?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type FleetClinicResolvers<ContextType = any, ParentType extends ResolversParentTypes['FleetClinic'] = ResolversParentTypes['FleetClinic']> = {
  chain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quarantined?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  rebaseline?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type FleetDeviceResolvers<ContextType = any, ParentType extends ResolversParentTypes['FleetDevice'] = ResolversParentTypes['FleetDevice']> = {
  chain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  copied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastPosition?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  lastTime?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['DeviceReport']>, ParentType, ContextType>;
  reportedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  revoked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type HeadResolvers<ContextType = any, ParentType extends ResolversParentTypes['Head'] = ResolversParentTypes['Head']> = {
  checkpoint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  messages?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type HealthLinkStateResolvers<ContextType = any, ParentType extends ResolversParentTypes['HealthLinkState'] = ResolversParentTypes['HealthLinkState']> = {
  lastOpened?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  link?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  opened?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  triesLeft?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type HealthLinksResolvers<ContextType = any, ParentType extends ResolversParentTypes['HealthLinks'] = ResolversParentTypes['HealthLinks']> = {
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  links?: Resolver<Array<ResolversTypes['HealthLinkState']>, ParentType, ContextType>;
};

export type HubDiskResolvers<ContextType = any, ParentType extends ResolversParentTypes['HubDisk'] = ResolversParentTypes['HubDisk']> = {
  faults?: Resolver<Array<ResolversTypes['HubDiskFault']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type HubDiskFaultResolvers<ContextType = any, ParentType extends ResolversParentTypes['HubDiskFault'] = ResolversParentTypes['HubDiskFault']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  part?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HubTroubleResolvers<ContextType = any, ParentType extends ResolversParentTypes['HubTrouble'] = ResolversParentTypes['HubTrouble']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  process?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  store?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MessageResolvers<ContextType = any, ParentType extends ResolversParentTypes['Message'] = ResolversParentTypes['Message']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  senderChain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  senderDevice?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  administer?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationadministerArgs, 'act'>>;
  cardCounts?: Resolver<ResolversTypes['CardCounts'], ParentType, ContextType, RequireFields<MutationcardCountsArgs, 'after' | 'counts'>>;
  cardOpened?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationcardOpenedArgs, 'opened'>>;
  cardPepper?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<MutationcardPepperArgs, 'ask'>>;
  certify?: Resolver<ResolversTypes['Certificate'], ParentType, ContextType, RequireFields<MutationcertifyArgs, 'names' | 'request'>>;
  closeCallRoom?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationcloseCallRoomArgs, 'room'>>;
  cosign?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<MutationcosignArgs, 'line' | 'size'>>;
  deleteEscrow?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MutationdeleteEscrowArgs, 'backups'>>;
  endHealthLinks?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MutationendHealthLinksArgs, 'links'>>;
  excuseDocuments?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MutationexcuseDocumentsArgs, 'documents'>>;
  inviteDevice?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationinviteDeviceArgs, 'expires' | 'secretHash'>>;
  joinCall?: Resolver<ResolversTypes['TakenSeat'], ParentType, ContextType, RequireFields<MutationjoinCallArgs, 'room' | 'token'>>;
  offerToWitness?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationofferToWitnessArgs, 'offer'>>;
  openCallRoom?: Resolver<ResolversTypes['CallRoom'], ParentType, ContextType, RequireFields<MutationopenCallRoomArgs, 'room'>>;
  proposePolicy?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationproposePolicyArgs, 'body' | 'type'>>;
  putDocuments?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MutationputDocumentsArgs, 'documents'>>;
  putEscrow?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MutationputEscrowArgs, 'entries'>>;
  putHealthLink?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationputHealthLinkArgs, 'link'>>;
  report?: Resolver<ResolversTypes['Standing'], ParentType, ContextType, RequireFields<MutationreportArgs, 'report'>>;
  requestAdmission?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationrequestAdmissionArgs, 'request'>>;
  returnBlocks?: Resolver<ResolversTypes['Float'], ParentType, ContextType, RequireFields<MutationreturnBlocksArgs, 'blocks' | 'checkpoint' | 'from' | 'proof'>>;
  sendCallSignal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationsendCallSignalArgs, 'body' | 'room'>>;
  sendGuestSignal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationsendGuestSignalArgs, 'body' | 'room' | 'seat'>>;
  sendMessages?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MutationsendMessagesArgs, 'messages'>>;
  submit?: Resolver<ResolversTypes['SubmissionAnswer'], ParentType, ContextType, RequireFields<MutationsubmitArgs, 'blocks'>>;
  withdrawMessages?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MutationwithdrawMessagesArgs, 'ids'>>;
};

export type OfferedReleaseResolvers<ContextType = any, ParentType extends ResolversParentTypes['OfferedRelease'] = ResolversParentTypes['OfferedRelease']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isWithdrawn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ring?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PolicyActResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyAct'] = ResolversParentTypes['PolicyAct']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  chain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PolicyPapersResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyPapers'] = ResolversParentTypes['PolicyPapers']> = {
  hubKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hubProof?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  proposals?: Resolver<Array<ResolversTypes['PolicyProposal']>, ParentType, ContextType>;
};

export type PolicyProposalResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyProposal'] = ResolversParentTypes['PolicyProposal']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  administratorActs?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType, RequireFields<QueryadministratorActsArgs, 'after'>>;
  admissionRequests?: Resolver<Array<ResolversTypes['AdmissionRequest']>, ParentType, ContextType>;
  blocks?: Resolver<ResolversTypes['BlockPage'], ParentType, ContextType, RequireFields<QueryblocksArgs, 'from' | 'limit'>>;
  callInvitation?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<QuerycallInvitationArgs, 'box'>>;
  callSignals?: Resolver<ResolversTypes['CallSignals'], ParentType, ContextType, RequireFields<QuerycallSignalsArgs, 'after' | 'room'>>;
  caller?: Resolver<ResolversTypes['Caller'], ParentType, ContextType>;
  checkpoint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clinicDocuments?: Resolver<ResolversTypes['DocumentPage'], ParentType, ContextType, RequireFields<QueryclinicDocumentsArgs, 'after' | 'limit'>>;
  consistencyProof?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType, RequireFields<QueryconsistencyProofArgs, 'from' | 'size'>>;
  cosignedCheckpoints?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  documents?: Resolver<ResolversTypes['DocumentPage'], ParentType, ContextType, RequireFields<QuerydocumentsArgs, 'after' | 'handle' | 'limit'>>;
  equivocations?: Resolver<Array<ResolversTypes['Equivocation']>, ParentType, ContextType, RequireFields<QueryequivocationsArgs, 'after'>>;
  erased?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QueryerasedArgs, 'handles'>>;
  escrow?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  fleet?: Resolver<ResolversTypes['Fleet'], ParentType, ContextType, RequireFields<QueryfleetArgs, 'ask'>>;
  guestSignals?: Resolver<ResolversTypes['CallSignals'], ParentType, ContextType, RequireFields<QueryguestSignalsArgs, 'after' | 'room' | 'seat'>>;
  healthLinks?: Resolver<ResolversTypes['HealthLinks'], ParentType, ContextType, RequireFields<QueryhealthLinksArgs, 'links'>>;
  hubDisk?: Resolver<ResolversTypes['HubDisk'], ParentType, ContextType, RequireFields<QueryhubDiskArgs, 'ask'>>;
  hubTroubles?: Resolver<Array<ResolversTypes['HubTrouble']>, ParentType, ContextType, RequireFields<QueryhubTroublesArgs, 'ask'>>;
  inclusionProof?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType, RequireFields<QueryinclusionProofArgs, 'index' | 'size'>>;
  messages?: Resolver<Array<ResolversTypes['Message']>, ParentType, ContextType, RequireFields<QuerymessagesArgs, 'after' | 'limit'>>;
  newest?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QuerynewestArgs, 'seen'>>;
  packedBlocks?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QuerypackedBlocksArgs, 'from' | 'limit'>>;
  policyActs?: Resolver<Array<ResolversTypes['PolicyAct']>, ParentType, ContextType, RequireFields<QuerypolicyActsArgs, 'from'>>;
  policyPapers?: Resolver<ResolversTypes['PolicyPapers'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['Region'], ParentType, ContextType>;
  restoration?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  samples?: Resolver<ResolversTypes['Samples'], ParentType, ContextType, RequireFields<QuerysamplesArgs, 'ask'>>;
  snapshot?: Resolver<Maybe<ResolversTypes['Snapshot']>, ParentType, ContextType>;
  snapshotPage?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QuerysnapshotPageArgs, 'page' | 'size'>>;
  tiles?: Resolver<Array<ResolversTypes['ClosedRange']>, ParentType, ContextType, RequireFields<QuerytilesArgs, 'from' | 'limit'>>;
  updates?: Resolver<ResolversTypes['Updates'], ParentType, ContextType, RequireFields<QueryupdatesArgs, 'ask'>>;
};

export type RegionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Region'] = ResolversParentTypes['Region']> = {
  genesis?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  wireVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RelayedDocumentResolvers<ContextType = any, ParentType extends ResolversParentTypes['RelayedDocument'] = ResolversParentTypes['RelayedDocument']> = {
  handle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sealed?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  wrap?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SampleResolvers<ContextType = any, ParentType extends ResolversParentTypes['Sample'] = ResolversParentTypes['Sample']> = {
  answered?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  blocks?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  memory?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  slow?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  storage?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  typical?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SamplesResolvers<ContextType = any, ParentType extends ResolversParentTypes['Samples'] = ResolversParentTypes['Samples']> = {
  hours?: Resolver<Array<ResolversTypes['Sample']>, ParentType, ContextType>;
  minutes?: Resolver<Array<ResolversTypes['Sample']>, ParentType, ContextType>;
};

export type SnapshotResolvers<ContextType = any, ParentType extends ResolversParentTypes['Snapshot'] = ResolversParentTypes['Snapshot']> = {
  checkpoint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  head?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type StandingResolvers<ContextType = any, ParentType extends ResolversParentTypes['Standing'] = ResolversParentTypes['Standing']> = {
  quarantined?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  rebaseline?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type StaticFileResolvers<ContextType = any, ParentType extends ResolversParentTypes['StaticFile'] = ResolversParentTypes['StaticFile']> = {
  bytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubmissionAnswerResolvers<ContextType = any, ParentType extends ResolversParentTypes['SubmissionAnswer'] = ResolversParentTypes['SubmissionAnswer']> = {
  receipts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  refusals?: Resolver<Array<ResolversTypes['SubmissionRefusal']>, ParentType, ContextType>;
};

export type SubmissionRefusalResolvers<ContextType = any, ParentType extends ResolversParentTypes['SubmissionRefusal'] = ResolversParentTypes['SubmissionRefusal']> = {
  at?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retry?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  head?: SubscriptionResolver<ResolversTypes['Head'], "head", ParentType, ContextType>;
};

export type TakenSeatResolvers<ContextType = any, ParentType extends ResolversParentTypes['TakenSeat'] = ResolversParentTypes['TakenSeat']> = {
  ice?: Resolver<Array<ResolversTypes['CallRelay']>, ParentType, ContextType>;
  seat?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UpdatesResolvers<ContextType = any, ParentType extends ResolversParentTypes['Updates'] = ResolversParentTypes['Updates']> = {
  releases?: Resolver<Array<ResolversTypes['OfferedRelease']>, ParentType, ContextType>;
  rings?: Resolver<Array<ResolversTypes['ClinicRing']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  AdmissionRequest?: AdmissionRequestResolvers<ContextType>;
  BlockPage?: BlockPageResolvers<ContextType>;
  CallRelay?: CallRelayResolvers<ContextType>;
  CallRoom?: CallRoomResolvers<ContextType>;
  CallSignal?: CallSignalResolvers<ContextType>;
  CallSignals?: CallSignalsResolvers<ContextType>;
  Caller?: CallerResolvers<ContextType>;
  CardCounts?: CardCountsResolvers<ContextType>;
  Certificate?: CertificateResolvers<ContextType>;
  ClinicRing?: ClinicRingResolvers<ContextType>;
  ClosedRange?: ClosedRangeResolvers<ContextType>;
  DeviceReport?: DeviceReportResolvers<ContextType>;
  DocumentPage?: DocumentPageResolvers<ContextType>;
  Equivocation?: EquivocationResolvers<ContextType>;
  Fleet?: FleetResolvers<ContextType>;
  FleetClinic?: FleetClinicResolvers<ContextType>;
  FleetDevice?: FleetDeviceResolvers<ContextType>;
  Head?: HeadResolvers<ContextType>;
  HealthLinkState?: HealthLinkStateResolvers<ContextType>;
  HealthLinks?: HealthLinksResolvers<ContextType>;
  HubDisk?: HubDiskResolvers<ContextType>;
  HubDiskFault?: HubDiskFaultResolvers<ContextType>;
  HubTrouble?: HubTroubleResolvers<ContextType>;
  Message?: MessageResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OfferedRelease?: OfferedReleaseResolvers<ContextType>;
  PolicyAct?: PolicyActResolvers<ContextType>;
  PolicyPapers?: PolicyPapersResolvers<ContextType>;
  PolicyProposal?: PolicyProposalResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Region?: RegionResolvers<ContextType>;
  RelayedDocument?: RelayedDocumentResolvers<ContextType>;
  Sample?: SampleResolvers<ContextType>;
  Samples?: SamplesResolvers<ContextType>;
  Snapshot?: SnapshotResolvers<ContextType>;
  Standing?: StandingResolvers<ContextType>;
  StaticFile?: StaticFileResolvers<ContextType>;
  SubmissionAnswer?: SubmissionAnswerResolvers<ContextType>;
  SubmissionRefusal?: SubmissionRefusalResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TakenSeat?: TakenSeatResolvers<ContextType>;
  Updates?: UpdatesResolvers<ContextType>;
};


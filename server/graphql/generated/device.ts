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

/** A clinic at the region's door. Its fingerprint is to be compared with what that clinic says of itself, over another channel. */
export type AdmissionRequest = {
  __typename?: 'AdmissionRequest';
  chain: Scalars['ID']['output'];
  fingerprint: Scalars['String']['output'];
  kind: ClinicKind;
  name: Scalars['String']['output'];
  receivedAt: Scalars['Float']['output'];
};

export type Backup = {
  __typename?: 'Backup';
  bytes: Scalars['Float']['output'];
  checkedAt?: Maybe<Scalars['Float']['output']>;
  documents?: Maybe<Scalars['Float']['output']>;
  /** Its key is destroyed then. */
  expires: Scalars['Float']['output'];
  folder: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  keys?: Maybe<Scalars['Float']['output']>;
  made: Scalars['Float']['output'];
  problem?: Maybe<Problem>;
  /** Whether the recovery officers could open it: its sealed key lies in escrow. */
  recoverable: Scalars['Boolean']['output'];
  state: BackupStanding;
};

export type BackupProgress = {
  __typename?: 'BackupProgress';
  done: Scalars['Float']['output'];
  /** copying, sealing or checking. */
  step: Scalars['String']['output'];
  total: Scalars['Float']['output'];
};

export type BackupSchedule = {
  __typename?: 'BackupSchedule';
  everyHours: Scalars['Int']['output'];
  folder: Scalars['String']['output'];
};

export type BackupStanding =
  /** Nobody can open it any more. */
  | 'EXPIRED'
  /** It was opened in a clean place, all of it. */
  | 'GOOD'
  | 'REFUSED'
  | 'WRITING'
  /** On the disk; looked at after the next unlock. */
  | 'WRITTEN';

export type BackupState = {
  __typename?: 'BackupState';
  /** Newest first. */
  backups: Array<Backup>;
  lastDrill?: Maybe<Drill>;
  /** When the schedule makes the next one. */
  nextDue?: Maybe<Scalars['Float']['output']>;
  progress?: Maybe<BackupProgress>;
  /** The newest set of recovery shares; null before the first one was given out. */
  recovery?: Maybe<RecoverySet>;
  schedule?: Maybe<BackupSchedule>;
  scheduleProblem?: Maybe<Problem>;
};

export type Clinic = {
  __typename?: 'Clinic';
  chain: Scalars['ID']['output'];
  kind: ClinicKind;
  name: Scalars['String']['output'];
  own: Scalars['Boolean']['output'];
};

export type ClinicHostRole =
  /** Another computer of the clinic does. */
  | 'FOLLOWING'
  | 'NONE'
  /** This computer serves its clinic. */
  | 'SERVING';

export type ClinicHostState = {
  __typename?: 'ClinicHostState';
  /** Where the host is reached. */
  addresses: Array<Scalars['String']['output']>;
  /** Whether the last round with the host went well. */
  connected: Scalars['Boolean']['output'];
  lastContact?: Maybe<Scalars['Float']['output']>;
  /** Where this computer listens. */
  listen?: Maybe<Scalars['String']['output']>;
  problem?: Maybe<Problem>;
  role: ClinicHostRole;
};

export type ClinicKind =
  | 'CLINIC'
  | 'RESEARCH';

export type ColorScheme =
  | 'DARK'
  | 'LIGHT';

export type Connection =
  /** Joined, waiting for the region to admit the clinic. */
  | 'ADMISSION_PENDING'
  /** No region joined: everything stays on this computer. */
  | 'ALONE'
  | 'CONNECTING'
  /** This device waits for somebody at another desk of its clinic to let it in. */
  | 'DEVICE_PENDING'
  | 'DOWNLOADING'
  | 'OFFLINE'
  /** The hub was caught; syncing has stopped. See `problem`. */
  | 'STOPPED'
  /** The region's rules are newer than this program: blocks are fetched and proved, not applied. See `rulesNeeded`. */
  | 'UPDATE_NEEDED'
  | 'UPLOADING'
  | 'UP_TO_DATE';

export type CopyState =
  | 'IN_USE'
  /** A newer copy goes on in its place. */
  | 'LEFT'
  | 'RETIRED';

export type CreateClinicInput = {
  administrator: Scalars['String']['input'];
  /** The invitation of a region to join at once. Checked before anything is made; if joining fails later, syncState says why. */
  invitation?: InputMaybe<Scalars['String']['input']>;
  kind: ClinicKind;
  name: Scalars['String']['input'];
  passphrase: Scalars['String']['input'];
};

/** A device's data in one place: an epoch of its chain. A folder that was copied or restored goes on in a new one. */
export type DeviceCopy = {
  __typename?: 'DeviceCopy';
  /** Blocks that it has written in the ledger. */
  blocks: Scalars['Float']['output'];
  epoch: Scalars['ID']['output'];
  /** The copy on this computer. */
  here: Scalars['Boolean']['output'];
  state: CopyState;
};

export type DiskCheck = {
  __typename?: 'DiskCheck';
  /** Empty when all was as it should be. */
  faults: Array<DiskFault>;
  /** When the newest whole look ended; null before the first. */
  finishedAt?: Maybe<Scalars['Float']['output']>;
};

export type DiskFault = {
  __typename?: 'DiskFault';
  count: Scalars['Int']['output'];
  part: DiskPart;
};

export type DiskPart =
  /** How far this computer's own acts have got. */
  | 'ACTS'
  | 'BLOCKS'
  | 'DOCUMENTS'
  /** The database file itself. */
  | 'FILE'
  /** Rows that were made out of the ledger's blocks. */
  | 'STATE'
  /** Hashes over the blocks. */
  | 'TREE';

export type Drill = {
  __typename?: 'Drill';
  at: Scalars['Float']['output'];
  seconds: Scalars['Float']['output'];
};

export type EnrolledDevice = {
  __typename?: 'EnrolledDevice';
  /** The copies that the ledger knows; one where the data was never copied or restored. */
  copies: Array<DeviceCopy>;
  id: Scalars['ID']['output'];
  /** Two copies of its data are in use at once: its clinic retires one, or revokes the device. */
  inUseTwice: Scalars['Boolean']['output'];
  kind: Scalars['String']['output'];
  own: Scalars['Boolean']['output'];
  revoked: Scalars['Boolean']['output'];
};

/** One thing that somebody did, or seems to do, that they must not. */
export type Evidence = {
  __typename?: 'Evidence';
  /** Whom it is about: hub, a device, or a block of this desk. */
  about: Scalars['String']['output'];
  acknowledgedAt?: Maybe<Scalars['Float']['output']>;
  /** Who has seen it; the id of somebody who cannot unlock here. */
  acknowledgedBy?: Maybe<Scalars['String']['output']>;
  /** Code of what noticed it, such as sync.split-view. */
  code: Scalars['String']['output'];
  id: Scalars['Int']['output'];
  /** The sentence with which it was noticed. */
  message: Scalars['String']['output'];
  /** There is a file that shows it to others. */
  provable: Scalars['Boolean']['output'];
  resolvedAt?: Maybe<Scalars['Float']['output']>;
  /** Who answered for going on; empty when it ended by itself. */
  resolvedBy?: Maybe<Scalars['String']['output']>;
  since: Scalars['Float']['output'];
  /** Syncing has stopped until an administrator resolves it. */
  stops: Scalars['Boolean']['output'];
};

export type FhirCaller = {
  __typename?: 'FhirCaller';
  address: Scalars['String']['output'];
  at: Scalars['Float']['output'];
  /** As its token names it; empty for one without a token that is known. */
  program: Scalars['String']['output'];
  refused: Scalars['Boolean']['output'];
};

export type FhirFacade = {
  __typename?: 'FhirFacade';
  /** Where programs ask, while somebody is signed in. */
  address?: Maybe<Scalars['String']['output']>;
  /** Who asked over the network, the last one first; empty while nobody is signed in. */
  callers: Array<FhirCaller>;
  /** Null: programs on this computer alone. */
  network?: Maybe<FhirNetwork>;
  /** Null when it is switched off. */
  port?: Maybe<Scalars['Int']['output']>;
  problem?: Maybe<Problem>;
};

export type FhirNetwork = {
  __typename?: 'FhirNetwork';
  /** Where programs ask; empty while it is not open. */
  addresses: Array<Scalars['String']['output']>;
  /** PEM of the region's authority, which programs have to trust. */
  authority: Scalars['String']['output'];
  /** SHA-256 of its DER, hexadecimal. */
  fingerprint: Scalars['String']['output'];
  listen: Scalars['String']['output'];
  names: Array<Scalars['String']['output']>;
};

export type FhirNetworkInput = {
  /** Where to listen, as `address:port`; `0.0.0.0` for each network of this computer. */
  listen: Scalars['String']['input'];
  /** Names of the local network under which programs find this computer, beside its addresses. */
  names: Array<Scalars['String']['input']>;
  passphrase: Scalars['String']['input'];
};

export type InclusionProof = {
  __typename?: 'InclusionProof';
  checkpoint: Scalars['String']['output'];
  leaf: Scalars['String']['output'];
  nodes: Array<Scalars['String']['output']>;
  position: Scalars['Float']['output'];
  root: Scalars['String']['output'];
  size: Scalars['Float']['output'];
  valid: Scalars['Boolean']['output'];
};

export type LedgerBlock = {
  __typename?: 'LedgerBlock';
  audited: Scalars['Boolean']['output'];
  bytes: Scalars['Int']['output'];
  chain: Scalars['ID']['output'];
  clinic: Scalars['String']['output'];
  device: Scalars['ID']['output'];
  epoch: Scalars['String']['output'];
  events: Array<LedgerEntry>;
  hash: Scalars['String']['output'];
  height: Scalars['Float']['output'];
  /** Null while pending. */
  position?: Maybe<Scalars['Float']['output']>;
  progress: Progress;
  time: Scalars['Float']['output'];
};

export type LedgerEntry = {
  __typename?: 'LedgerEntry';
  author: Scalars['String']['output'];
  handle: Scalars['String']['output'];
  /** Signed by a person, beside the device. */
  personal: Scalars['Boolean']['output'];
  reason?: Maybe<Scalars['String']['output']>;
  time: Scalars['Float']['output'];
  type: Scalars['String']['output'];
  /** accepted, disputed or refused; empty while pending. */
  verdict: Scalars['String']['output'];
};

export type Look = {
  __typename?: 'Look';
  /** BCP 47; null: as the browser asks for. */
  language?: Maybe<Scalars['String']['output']>;
  /** Null: as the computer has it. */
  scheme?: Maybe<ColorScheme>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Whoever is signed in has seen it; who and when is kept. */
  acknowledgeEvidence: SyncState;
  /** How the pages of this computer look to who is signed in, or at the locked door to everybody; what is left out stays. Refused: look.language. */
  chooseLook: Workstation;
  /** First run: makes the clinic with its keys and its first administrator, and unlocks. */
  createClinic: Workstation;
  /** First run: a clinic with generated sample patients, to try the program. */
  createSampleClinic: Workstation;
  /** In a training clinic alone: alters a copy of its database, and answers what the verifier says of it. The clinic is only read. */
  demonstrateTampering: TamperingReport;
  /** Writes a bundle into the folder: the ledger after so many blocks, for a clinic, this one without `clinic`; for this one also what waits here. */
  exportBundle: WrittenBundle;
  /** An administrator says where the clinic's host is (address:port), when it was not announced; null follows none. */
  followClinicHost: SyncState;
  /**
   * Follows a hub that was restored and went on without blocks that are here: an administrator answers for it. The replica goes back to
   * what both have, and own acts behind that are sent again.
   */
  followRestoredHub: SyncState;
  /** Takes in a bundle. Again, or an older one, changes nothing. */
  importBundle: ReadBundle;
  /** Ends this program and starts the update that is ready; refused while somebody is signed in. */
  installUpdate: Scalars['Boolean']['output'];
  /** First run: this machine becomes a further device of a clinic that invited it; a staff member of that clinic lets it in. */
  joinClinic: Workstation;
  /** Founds or joins the region that the invitation names, with the clinic of this workstation. */
  joinRegion: SyncState;
  /** Lets a copy go on, in a new epoch, that its clinic has retired: for an administrator. */
  letCopyGoOn: SyncState;
  lock: Workstation;
  /** An administrator's: makes a backup inside the folder and opens it in a clean place; answers when that is done. */
  makeBackup: BackupState;
  /** An administrator's: new recovery shares, one sheet for each officer, to be printed at once. Earlier sheets are worth nothing then. */
  makeRecoverySheets: Array<RecoverySheet>;
  /** Opens the page of this computer on which a browser asks a key; the answer is its port. The ticket goes behind it: http://localhost:PORT/#TICKET */
  openPasskeyPage: Scalars['Int']['output'];
  /** First run: this machine becomes the one that a backup was made of. `shares`: texts of QR codes or typed lines. */
  restoreBackup: Workstation;
  /** Syncs again with a hub that was caught: an administrator answers for it. What it lies about again is caught again. */
  resumeSync: SyncState;
  /** An administrator's: rehearses a restore of the newest good backup and answers the signed certificate, JSON. */
  runDrill: Scalars['String']['output'];
  /** An administrator's: where and how often backups are made by themselves; without a folder never. */
  scheduleBackups: BackupState;
  /** An administrator has this computer serve the clinic's others at `listen` (address:port) while the hub is away; null ends it. */
  serveClinic: SyncState;
  /**
   * An administrator has this computer answer programs in FHIR on a port of its own, while somebody is signed in; null ends it. With `network`
   * those of the clinic's network too. It is said on the ledger, signed.
   */
  serveFhir: FhirFacade;
  syncNow: SyncState;
  unlock: Workstation;
};


export type MutationacknowledgeEvidenceArgs = {
  id: Scalars['Int']['input'];
};


export type MutationchooseLookArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
  scheme?: InputMaybe<ColorScheme>;
};


export type MutationcreateClinicArgs = {
  input: CreateClinicInput;
};


export type MutationcreateSampleClinicArgs = {
  passphrase: Scalars['String']['input'];
};


export type MutationdemonstrateTamperingArgs = {
  how: Tampering;
};


export type MutationexportBundleArgs = {
  after: Scalars['Float']['input'];
  clinic?: InputMaybe<Scalars['ID']['input']>;
  folder: Scalars['String']['input'];
};


export type MutationfollowClinicHostArgs = {
  address?: InputMaybe<Scalars['String']['input']>;
};


export type MutationimportBundleArgs = {
  path: Scalars['String']['input'];
};


export type MutationjoinClinicArgs = {
  invitation: Scalars['String']['input'];
  passphrase: Scalars['String']['input'];
  staffName: Scalars['String']['input'];
};


export type MutationjoinRegionArgs = {
  invitation: Scalars['String']['input'];
};


export type MutationmakeBackupArgs = {
  folder: Scalars['String']['input'];
};


export type MutationmakeRecoverySheetsArgs = {
  holders: Array<Scalars['String']['input']>;
  passphrase: Scalars['String']['input'];
  threshold: Scalars['Int']['input'];
};


export type MutationrestoreBackupArgs = {
  folder: Scalars['String']['input'];
  name: Scalars['String']['input'];
  passphrase: Scalars['String']['input'];
  shares: Array<Scalars['String']['input']>;
};


export type MutationrunDrillArgs = {
  passphrase: Scalars['String']['input'];
};


export type MutationscheduleBackupsArgs = {
  everyHours?: InputMaybe<Scalars['Int']['input']>;
  folder?: InputMaybe<Scalars['String']['input']>;
};


export type MutationserveClinicArgs = {
  listen?: InputMaybe<Scalars['String']['input']>;
};


export type MutationserveFhirArgs = {
  network?: InputMaybe<FhirNetworkInput>;
  port?: InputMaybe<Scalars['Int']['input']>;
};


export type MutationunlockArgs = {
  passphrase: Scalars['String']['input'];
  staff: Scalars['ID']['input'];
};

/** This device goes on in a new epoch, since its data cannot prove that it is the newest. */
export type NewEpoch = {
  __typename?: 'NewEpoch';
  at: Scalars['Float']['output'];
  /** unknown-here, out-of-step, ledger-ahead, closed, keys-changed, act-altered or machine-stopped. */
  why: Scalars['String']['output'];
};

export type PassphraseStrength = {
  __typename?: 'PassphraseStrength';
  accepted: Scalars['Boolean']['output'];
  /** Keys of advice, for translation. */
  advice: Array<Scalars['String']['output']>;
  /** 0 useless to 4 strong; below 3 is refused. */
  score: Scalars['Int']['output'];
};

export type Problem = {
  __typename?: 'Problem';
  code: Scalars['String']['output'];
  /** Values that the sentence names, for the sentences of other languages. */
  details: Array<ProblemDetail>;
  message: Scalars['String']['output'];
  retry: Scalars['Boolean']['output'];
};

export type ProblemDetail = {
  __typename?: 'ProblemDetail';
  name: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

export type ProgramUpdate = {
  __typename?: 'ProgramUpdate';
  /** False where the program is used through a browser: whoever installed it updates it. */
  canInstall: Scalars['Boolean']['output'];
  /** It was signed to take this version back. */
  isOlder: Scalars['Boolean']['output'];
  /** What changes, as its makers say. */
  notes: Array<ReleaseNote>;
  /** Why it is refused. */
  problem?: Maybe<Problem>;
  state: ProgramUpdateState;
  /** Empty where it is refused. */
  version: Scalars['String']['output'];
};

export type ProgramUpdateState =
  | 'FETCHING'
  /** Fetched, and signed by the makers of the program. */
  | 'READY'
  | 'REFUSED';

export type Progress =
  /** The hub has acknowledged it. */
  | 'ACCEPTED'
  /** Durable on this computer. */
  | 'SAVED'
  /** The quorum of witnesses has cosigned it. */
  | 'WITNESSED';

/**
 * What the page asks of the device service: no record ever passes here, and while nobody is signed in it answers what the entrance needs. Ids are lower-case hexadecimal,
 * times milliseconds since 1970, unless said otherwise.
 */
export type Query = {
  __typename?: 'Query';
  /** Clinics that ask to join the region and wait for this clinic's approval; empty where this clinic has no say. */
  admissionRequests: Array<AdmissionRequest>;
  /** Backups of this machine, the schedule, and the recovery shares. */
  backups: BackupState;
  /** Clinics and research organisations of the region. */
  clinics: Array<Clinic>;
  /** Devices of this clinic. */
  devices: Array<EnrolledDevice>;
  /** What this device has caught others at, or suspects: what is open first, then the newest. */
  evidence: Array<Evidence>;
  /** The file that shows it to others, judged by `careledger verify`; null when nothing that was signed shows it. */
  evidenceFile?: Maybe<Scalars['String']['output']>;
  /** Whether programs are answered in FHIR at this computer. */
  fhirFacade: FhirFacade;
  /** The inclusion proof of a block under this replica's checkpoint, made here and checked here. */
  inclusion: InclusionProof;
  ledgerBlock?: Maybe<LedgerBlock>;
  /** Blocks of this replica, newest first, `before` a position; blocks still pending here come first. */
  ledgerBlocks: Array<LedgerBlock>;
  /** How strong a passphrase is, with words that must not be in it (clinic and own name). */
  passphraseStrength: PassphraseStrength;
  syncState: SyncState;
  workstation: Workstation;
};


/**
 * What the page asks of the device service: no record ever passes here, and while nobody is signed in it answers what the entrance needs. Ids are lower-case hexadecimal,
 * times milliseconds since 1970, unless said otherwise.
 */
export type QueryevidenceFileArgs = {
  id: Scalars['Int']['input'];
};


/**
 * What the page asks of the device service: no record ever passes here, and while nobody is signed in it answers what the entrance needs. Ids are lower-case hexadecimal,
 * times milliseconds since 1970, unless said otherwise.
 */
export type QueryinclusionArgs = {
  position: Scalars['Float']['input'];
};


/**
 * What the page asks of the device service: no record ever passes here, and while nobody is signed in it answers what the entrance needs. Ids are lower-case hexadecimal,
 * times milliseconds since 1970, unless said otherwise.
 */
export type QueryledgerBlockArgs = {
  position: Scalars['Float']['input'];
};


/**
 * What the page asks of the device service: no record ever passes here, and while nobody is signed in it answers what the entrance needs. Ids are lower-case hexadecimal,
 * times milliseconds since 1970, unless said otherwise.
 */
export type QueryledgerBlocksArgs = {
  before?: InputMaybe<Scalars['Float']['input']>;
  limit: Scalars['Int']['input'];
};


/**
 * What the page asks of the device service: no record ever passes here, and while nobody is signed in it answers what the entrance needs. Ids are lower-case hexadecimal,
 * times milliseconds since 1970, unless said otherwise.
 */
export type QuerypassphraseStrengthArgs = {
  passphrase: Scalars['String']['input'];
  words: Array<Scalars['String']['input']>;
};

export type ReadBundle = {
  __typename?: 'ReadBundle';
  /** Blocks that were new here. */
  blocks: Scalars['Float']['output'];
  /** Blocks of another computer of this clinic that are at the hub now. */
  carried: Scalars['Int']['output'];
  size: Scalars['Float']['output'];
};

export type RecoverySet = {
  __typename?: 'RecoverySet';
  holders: Array<Scalars['String']['output']>;
  made: Scalars['Float']['output'];
  threshold: Scalars['Int']['output'];
};

/** Shown and printed once, kept nowhere. */
export type RecoverySheet = {
  __typename?: 'RecoverySheet';
  holder: Scalars['String']['output'];
  index: Scalars['Int']['output'];
  /** To type where there is no camera. */
  lines: Array<Scalars['String']['output']>;
  /** For a QR code. */
  text: Scalars['String']['output'];
};

export type RegionInfo = {
  __typename?: 'RegionInfo';
  address: Scalars['String']['output'];
  hubKey: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};

export type ReleaseNote = {
  __typename?: 'ReleaseNote';
  /** BCP 47. */
  language: Scalars['String']['output'];
  text: Scalars['String']['output'];
};

export type StaffSlot = {
  __typename?: 'StaffSlot';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  role: Scalars['String']['output'];
};

export type Subscription = {
  __typename?: 'Subscription';
  backupsChanged: BackupState;
  syncChanged: SyncState;
  workstationChanged: Workstation;
};

export type SyncState = {
  __typename?: 'SyncState';
  /** What this device has caught others at, or suspects, and nobody has resolved; the newest first. */
  alarms: Array<Evidence>;
  /** Blocks whose every signature was checked here. */
  auditedSize: Scalars['Float']['output'];
  /** The clinic's own network, beside the hub; null without a region. */
  clinicHost?: Maybe<ClinicHostState>;
  /** Milliseconds by which this computer's clock is ahead of the hub's, by the hub's word; null when less than two minutes. */
  clockSkew?: Maybe<Scalars['Float']['output']>;
  connection: Connection;
  /** What the check of this computer's disk has found, which goes on behind everything else. */
  diskCheck: DiskCheck;
  /** Position of the first block that is here; earlier ones, before a snapshot, are proved on demand. */
  historyFrom: Scalars['Float']['output'];
  hubSize: Scalars['Float']['output'];
  /** The data of this device is in use on two machines. */
  inUseTwice: Scalars['Boolean']['output'];
  lastContact?: Maybe<Scalars['Float']['output']>;
  /** Set once this device had to go on in a new epoch. */
  newEpoch?: Maybe<NewEpoch>;
  nextAttempt?: Maybe<Scalars['Float']['output']>;
  pendingDocuments: Scalars['Int']['output'];
  /** Acts saved here that the hub has not acknowledged. */
  pendingEvents: Scalars['Int']['output'];
  problem?: Maybe<Problem>;
  /** Up to where blocks are proved: beyond `replicaSize` only while an update is needed. */
  provedSize: Scalars['Float']['output'];
  region?: Maybe<RegionInfo>;
  /** Blocks in this replica and in the newest checkpoint seen. */
  replicaSize: Scalars['Float']['output'];
  revision: Scalars['Int']['output'];
  /** The rules version that the region has activated, when this program does not know it. */
  rulesNeeded?: Maybe<Scalars['Int']['output']>;
  /** This run of the device service; of two answers of one run, the one with the higher `revision` is the newer. */
  run: Scalars['ID']['output'];
  /** False in regions of fewer than four witnesses. */
  splitViewDefence: Scalars['Boolean']['output'];
  /** Milliseconds that a download under way still takes at its pace; null when there is none, or too little is known. */
  timeLeft?: Maybe<Scalars['Float']['output']>;
  /** This computer is a witness that was put back and may have forgotten what it cosigned: it waits for the others. */
  witnessWaits: Scalars['Boolean']['output'];
  /** Time that this checkpoint's cosignatures vouch for. */
  witnessedAt?: Maybe<Scalars['Float']['output']>;
  /** Size of the newest checkpoint that the quorum of witnesses has cosigned. */
  witnessedSize: Scalars['Float']['output'];
  witnesses: Scalars['Int']['output'];
  witnessesNeeded: Scalars['Int']['output'];
};

export type Tampering =
  /** One bit of an act is turned. */
  | 'BIT'
  /** The copy stays as it is. */
  | 'NOTHING'
  /** One bit of a sealed record is turned. */
  | 'RECORD'
  /** An act is taken out of the middle. */
  | 'REMOVE'
  /** An act is written anew with another time, well-formed and under its new hash. */
  | 'REWRITE';

export type TamperingReport = {
  __typename?: 'TamperingReport';
  /** Acts and sealed documents that the verifier went through. */
  acts: Scalars['Int']['output'];
  documents: Scalars['Int']['output'];
  /** In the verifier's words; empty when all of it holds. */
  faults: Array<Scalars['String']['output']>;
  milliseconds: Scalars['Int']['output'];
};

/** Numbers and nothing else: whoever passes the locked desk reads them. */
export type WaitingCount = {
  __typename?: 'WaitingCount';
  alerts: Scalars['Int']['output'];
  /** Milliseconds since 1970. */
  at: Scalars['Float']['output'];
  /** The newest moment of those; null where there was none. */
  calledAt?: Maybe<Scalars['Float']['output']>;
  /** How often ladders of these alerts have told somebody since, by the clock alone. */
  calls: Scalars['Int']['output'];
  /** Watches whose readings were due since and were looked at by nobody. */
  quiet: Scalars['Int']['output'];
  tasks: Scalars['Int']['output'];
};

export type Workstation = {
  __typename?: 'Workstation';
  clinic?: Maybe<Clinic>;
  device?: Maybe<Scalars['ID']['output']>;
  /** False: this computer has no keychain, so syncing starts only after the first unlock. */
  keychain: Scalars['Boolean']['output'];
  /** Idle minutes after which it locks by itself. */
  lockAfterMinutes: Scalars['Int']['output'];
  /** As who is signed in chose it at this computer. */
  look: Look;
  /** Who has unlocked. */
  signedIn?: Maybe<StaffSlot>;
  /** Who can unlock here. */
  staff: Array<StaffSlot>;
  state: WorkstationState;
  /** True for a clinic made of sample patients. */
  training: Scalars['Boolean']['output'];
  /** Another version of this program that the hub offers to this clinic; null when there is none. */
  update?: Maybe<ProgramUpdate>;
  version: Scalars['String']['output'];
  /** Open alerts and tasks when somebody who sees them was last signed in; null when nobody was since the program began. */
  waiting?: Maybe<WaitingCount>;
};

export type WorkstationState =
  | 'LOCKED'
  /** No clinic yet. */
  | 'NEW'
  | 'UNLOCKED';

/** A file for a stick: sealed to the computers of one clinic, signed by this one. */
export type WrittenBundle = {
  __typename?: 'WrittenBundle';
  bytes: Scalars['Float']['output'];
  documents: Scalars['Int']['output'];
  /** It holds the blocks from this position up to `size`. */
  from: Scalars['Float']['output'];
  path: Scalars['String']['output'];
  /** Blocks and documents that wait here and that another computer of this clinic hands to the hub. */
  pending: Scalars['Int']['output'];
  size: Scalars['Float']['output'];
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
  Backup: ResolverTypeWrapper<Backup>;
  BackupProgress: ResolverTypeWrapper<BackupProgress>;
  BackupSchedule: ResolverTypeWrapper<BackupSchedule>;
  BackupStanding: BackupStanding;
  BackupState: ResolverTypeWrapper<BackupState>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Clinic: ResolverTypeWrapper<Clinic>;
  ClinicHostRole: ClinicHostRole;
  ClinicHostState: ResolverTypeWrapper<ClinicHostState>;
  ClinicKind: ClinicKind;
  ColorScheme: ColorScheme;
  Connection: Connection;
  CopyState: CopyState;
  CreateClinicInput: CreateClinicInput;
  DeviceCopy: ResolverTypeWrapper<DeviceCopy>;
  DiskCheck: ResolverTypeWrapper<DiskCheck>;
  DiskFault: ResolverTypeWrapper<DiskFault>;
  DiskPart: DiskPart;
  Drill: ResolverTypeWrapper<Drill>;
  EnrolledDevice: ResolverTypeWrapper<EnrolledDevice>;
  Evidence: ResolverTypeWrapper<Evidence>;
  FhirCaller: ResolverTypeWrapper<FhirCaller>;
  FhirFacade: ResolverTypeWrapper<FhirFacade>;
  FhirNetwork: ResolverTypeWrapper<FhirNetwork>;
  FhirNetworkInput: FhirNetworkInput;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  InclusionProof: ResolverTypeWrapper<InclusionProof>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  LedgerBlock: ResolverTypeWrapper<LedgerBlock>;
  LedgerEntry: ResolverTypeWrapper<LedgerEntry>;
  Look: ResolverTypeWrapper<Look>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NewEpoch: ResolverTypeWrapper<NewEpoch>;
  PassphraseStrength: ResolverTypeWrapper<PassphraseStrength>;
  Problem: ResolverTypeWrapper<Problem>;
  ProblemDetail: ResolverTypeWrapper<ProblemDetail>;
  ProgramUpdate: ResolverTypeWrapper<ProgramUpdate>;
  ProgramUpdateState: ProgramUpdateState;
  Progress: Progress;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReadBundle: ResolverTypeWrapper<ReadBundle>;
  RecoverySet: ResolverTypeWrapper<RecoverySet>;
  RecoverySheet: ResolverTypeWrapper<RecoverySheet>;
  RegionInfo: ResolverTypeWrapper<RegionInfo>;
  ReleaseNote: ResolverTypeWrapper<ReleaseNote>;
  StaffSlot: ResolverTypeWrapper<StaffSlot>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SyncState: ResolverTypeWrapper<SyncState>;
  Tampering: Tampering;
  TamperingReport: ResolverTypeWrapper<TamperingReport>;
  WaitingCount: ResolverTypeWrapper<WaitingCount>;
  Workstation: ResolverTypeWrapper<Workstation>;
  WorkstationState: WorkstationState;
  WrittenBundle: ResolverTypeWrapper<WrittenBundle>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AdmissionRequest: AdmissionRequest;
  Backup: Backup;
  BackupProgress: BackupProgress;
  BackupSchedule: BackupSchedule;
  BackupState: BackupState;
  Boolean: Scalars['Boolean']['output'];
  Clinic: Clinic;
  ClinicHostState: ClinicHostState;
  CreateClinicInput: CreateClinicInput;
  DeviceCopy: DeviceCopy;
  DiskCheck: DiskCheck;
  DiskFault: DiskFault;
  Drill: Drill;
  EnrolledDevice: EnrolledDevice;
  Evidence: Evidence;
  FhirCaller: FhirCaller;
  FhirFacade: FhirFacade;
  FhirNetwork: FhirNetwork;
  FhirNetworkInput: FhirNetworkInput;
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  InclusionProof: InclusionProof;
  Int: Scalars['Int']['output'];
  LedgerBlock: LedgerBlock;
  LedgerEntry: LedgerEntry;
  Look: Look;
  Mutation: Record<PropertyKey, never>;
  NewEpoch: NewEpoch;
  PassphraseStrength: PassphraseStrength;
  Problem: Problem;
  ProblemDetail: ProblemDetail;
  ProgramUpdate: ProgramUpdate;
  Query: Record<PropertyKey, never>;
  ReadBundle: ReadBundle;
  RecoverySet: RecoverySet;
  RecoverySheet: RecoverySheet;
  RegionInfo: RegionInfo;
  ReleaseNote: ReleaseNote;
  StaffSlot: StaffSlot;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  SyncState: SyncState;
  TamperingReport: TamperingReport;
  WaitingCount: WaitingCount;
  Workstation: Workstation;
  WrittenBundle: WrittenBundle;
};

export type AdmissionRequestResolvers<ContextType = any, ParentType extends ResolversParentTypes['AdmissionRequest'] = ResolversParentTypes['AdmissionRequest']> = {
  chain?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  fingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ClinicKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type BackupResolvers<ContextType = any, ParentType extends ResolversParentTypes['Backup'] = ResolversParentTypes['Backup']> = {
  bytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  checkedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  documents?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  expires?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  folder?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  keys?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  made?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['Problem']>, ParentType, ContextType>;
  recoverable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['BackupStanding'], ParentType, ContextType>;
};

export type BackupProgressResolvers<ContextType = any, ParentType extends ResolversParentTypes['BackupProgress'] = ResolversParentTypes['BackupProgress']> = {
  done?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type BackupScheduleResolvers<ContextType = any, ParentType extends ResolversParentTypes['BackupSchedule'] = ResolversParentTypes['BackupSchedule']> = {
  everyHours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  folder?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BackupStateResolvers<ContextType = any, ParentType extends ResolversParentTypes['BackupState'] = ResolversParentTypes['BackupState']> = {
  backups?: Resolver<Array<ResolversTypes['Backup']>, ParentType, ContextType>;
  lastDrill?: Resolver<Maybe<ResolversTypes['Drill']>, ParentType, ContextType>;
  nextDue?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['BackupProgress']>, ParentType, ContextType>;
  recovery?: Resolver<Maybe<ResolversTypes['RecoverySet']>, ParentType, ContextType>;
  schedule?: Resolver<Maybe<ResolversTypes['BackupSchedule']>, ParentType, ContextType>;
  scheduleProblem?: Resolver<Maybe<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type ClinicResolvers<ContextType = any, ParentType extends ResolversParentTypes['Clinic'] = ResolversParentTypes['Clinic']> = {
  chain?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ClinicKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  own?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ClinicHostStateResolvers<ContextType = any, ParentType extends ResolversParentTypes['ClinicHostState'] = ResolversParentTypes['ClinicHostState']> = {
  addresses?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  connected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastContact?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  listen?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['Problem']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['ClinicHostRole'], ParentType, ContextType>;
};

export type DeviceCopyResolvers<ContextType = any, ParentType extends ResolversParentTypes['DeviceCopy'] = ResolversParentTypes['DeviceCopy']> = {
  blocks?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  epoch?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  here?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CopyState'], ParentType, ContextType>;
};

export type DiskCheckResolvers<ContextType = any, ParentType extends ResolversParentTypes['DiskCheck'] = ResolversParentTypes['DiskCheck']> = {
  faults?: Resolver<Array<ResolversTypes['DiskFault']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type DiskFaultResolvers<ContextType = any, ParentType extends ResolversParentTypes['DiskFault'] = ResolversParentTypes['DiskFault']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  part?: Resolver<ResolversTypes['DiskPart'], ParentType, ContextType>;
};

export type DrillResolvers<ContextType = any, ParentType extends ResolversParentTypes['Drill'] = ResolversParentTypes['Drill']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type EnrolledDeviceResolvers<ContextType = any, ParentType extends ResolversParentTypes['EnrolledDevice'] = ResolversParentTypes['EnrolledDevice']> = {
  copies?: Resolver<Array<ResolversTypes['DeviceCopy']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inUseTwice?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  own?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  revoked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type EvidenceResolvers<ContextType = any, ParentType extends ResolversParentTypes['Evidence'] = ResolversParentTypes['Evidence']> = {
  about?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  acknowledgedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  acknowledgedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  resolvedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  stops?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type FhirCallerResolvers<ContextType = any, ParentType extends ResolversParentTypes['FhirCaller'] = ResolversParentTypes['FhirCaller']> = {
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  program?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type FhirFacadeResolvers<ContextType = any, ParentType extends ResolversParentTypes['FhirFacade'] = ResolversParentTypes['FhirFacade']> = {
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  callers?: Resolver<Array<ResolversTypes['FhirCaller']>, ParentType, ContextType>;
  network?: Resolver<Maybe<ResolversTypes['FhirNetwork']>, ParentType, ContextType>;
  port?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['Problem']>, ParentType, ContextType>;
};

export type FhirNetworkResolvers<ContextType = any, ParentType extends ResolversParentTypes['FhirNetwork'] = ResolversParentTypes['FhirNetwork']> = {
  addresses?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  authority?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  listen?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  names?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type InclusionProofResolvers<ContextType = any, ParentType extends ResolversParentTypes['InclusionProof'] = ResolversParentTypes['InclusionProof']> = {
  checkpoint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  leaf?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  valid?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type LedgerBlockResolvers<ContextType = any, ParentType extends ResolversParentTypes['LedgerBlock'] = ResolversParentTypes['LedgerBlock']> = {
  audited?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  chain?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  epoch?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  events?: Resolver<Array<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  height?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Progress'], ParentType, ContextType>;
  time?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type LedgerEntryResolvers<ContextType = any, ParentType extends ResolversParentTypes['LedgerEntry'] = ResolversParentTypes['LedgerEntry']> = {
  author?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  handle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  personal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  time?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LookResolvers<ContextType = any, ParentType extends ResolversParentTypes['Look'] = ResolversParentTypes['Look']> = {
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scheme?: Resolver<Maybe<ResolversTypes['ColorScheme']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acknowledgeEvidence?: Resolver<ResolversTypes['SyncState'], ParentType, ContextType, RequireFields<MutationacknowledgeEvidenceArgs, 'id'>>;
  chooseLook?: Resolver<ResolversTypes['Workstation'], ParentType, ContextType, Partial<MutationchooseLookArgs>>;
  createClinic?: Resolver<ResolversTypes['Workstation'], ParentType, ContextType, RequireFields<MutationcreateClinicArgs, 'input'>>;
  createSampleClinic?: Resolver<ResolversTypes['Workstation'], ParentType, ContextType, RequireFields<MutationcreateSampleClinicArgs, 'passphrase'>>;
  demonstrateTampering?: Resolver<ResolversTypes['TamperingReport'], ParentType, ContextType, RequireFields<MutationdemonstrateTamperingArgs, 'how'>>;
  exportBundle?: Resolver<ResolversTypes['WrittenBundle'], ParentType, ContextType, RequireFields<MutationexportBundleArgs, 'after' | 'folder'>>;
  followClinicHost?: Resolver<ResolversTypes['SyncState'], ParentType, ContextType, Partial<MutationfollowClinicHostArgs>>;
  followRestoredHub?: Resolver<ResolversTypes['SyncState'], ParentType, ContextType>;
  importBundle?: Resolver<ResolversTypes['ReadBundle'], ParentType, ContextType, RequireFields<MutationimportBundleArgs, 'path'>>;
  installUpdate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  joinClinic?: Resolver<ResolversTypes['Workstation'], ParentType, ContextType, RequireFields<MutationjoinClinicArgs, 'invitation' | 'passphrase' | 'staffName'>>;
  joinRegion?: Resolver<ResolversTypes['SyncState'], ParentType, ContextType, RequireFields<MutationjoinRegionArgs, 'invitation'>>;
  letCopyGoOn?: Resolver<ResolversTypes['SyncState'], ParentType, ContextType>;
  lock?: Resolver<ResolversTypes['Workstation'], ParentType, ContextType>;
  makeBackup?: Resolver<ResolversTypes['BackupState'], ParentType, ContextType, RequireFields<MutationmakeBackupArgs, 'folder'>>;
  makeRecoverySheets?: Resolver<Array<ResolversTypes['RecoverySheet']>, ParentType, ContextType, RequireFields<MutationmakeRecoverySheetsArgs, 'holders' | 'passphrase' | 'threshold'>>;
  openPasskeyPage?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  restoreBackup?: Resolver<ResolversTypes['Workstation'], ParentType, ContextType, RequireFields<MutationrestoreBackupArgs, 'folder' | 'name' | 'passphrase' | 'shares'>>;
  resumeSync?: Resolver<ResolversTypes['SyncState'], ParentType, ContextType>;
  runDrill?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<MutationrunDrillArgs, 'passphrase'>>;
  scheduleBackups?: Resolver<ResolversTypes['BackupState'], ParentType, ContextType, Partial<MutationscheduleBackupsArgs>>;
  serveClinic?: Resolver<ResolversTypes['SyncState'], ParentType, ContextType, Partial<MutationserveClinicArgs>>;
  serveFhir?: Resolver<ResolversTypes['FhirFacade'], ParentType, ContextType, Partial<MutationserveFhirArgs>>;
  syncNow?: Resolver<ResolversTypes['SyncState'], ParentType, ContextType>;
  unlock?: Resolver<ResolversTypes['Workstation'], ParentType, ContextType, RequireFields<MutationunlockArgs, 'passphrase' | 'staff'>>;
};

export type NewEpochResolvers<ContextType = any, ParentType extends ResolversParentTypes['NewEpoch'] = ResolversParentTypes['NewEpoch']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  why?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PassphraseStrengthResolvers<ContextType = any, ParentType extends ResolversParentTypes['PassphraseStrength'] = ResolversParentTypes['PassphraseStrength']> = {
  accepted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  advice?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProblemResolvers<ContextType = any, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Array<ResolversTypes['ProblemDetail']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retry?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ProblemDetailResolvers<ContextType = any, ParentType extends ResolversParentTypes['ProblemDetail'] = ResolversParentTypes['ProblemDetail']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProgramUpdateResolvers<ContextType = any, ParentType extends ResolversParentTypes['ProgramUpdate'] = ResolversParentTypes['ProgramUpdate']> = {
  canInstall?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isOlder?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  notes?: Resolver<Array<ResolversTypes['ReleaseNote']>, ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['Problem']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ProgramUpdateState'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  admissionRequests?: Resolver<Array<ResolversTypes['AdmissionRequest']>, ParentType, ContextType>;
  backups?: Resolver<ResolversTypes['BackupState'], ParentType, ContextType>;
  clinics?: Resolver<Array<ResolversTypes['Clinic']>, ParentType, ContextType>;
  devices?: Resolver<Array<ResolversTypes['EnrolledDevice']>, ParentType, ContextType>;
  evidence?: Resolver<Array<ResolversTypes['Evidence']>, ParentType, ContextType>;
  evidenceFile?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<QueryevidenceFileArgs, 'id'>>;
  fhirFacade?: Resolver<ResolversTypes['FhirFacade'], ParentType, ContextType>;
  inclusion?: Resolver<ResolversTypes['InclusionProof'], ParentType, ContextType, RequireFields<QueryinclusionArgs, 'position'>>;
  ledgerBlock?: Resolver<Maybe<ResolversTypes['LedgerBlock']>, ParentType, ContextType, RequireFields<QueryledgerBlockArgs, 'position'>>;
  ledgerBlocks?: Resolver<Array<ResolversTypes['LedgerBlock']>, ParentType, ContextType, RequireFields<QueryledgerBlocksArgs, 'limit'>>;
  passphraseStrength?: Resolver<ResolversTypes['PassphraseStrength'], ParentType, ContextType, RequireFields<QuerypassphraseStrengthArgs, 'passphrase' | 'words'>>;
  syncState?: Resolver<ResolversTypes['SyncState'], ParentType, ContextType>;
  workstation?: Resolver<ResolversTypes['Workstation'], ParentType, ContextType>;
};

export type ReadBundleResolvers<ContextType = any, ParentType extends ResolversParentTypes['ReadBundle'] = ResolversParentTypes['ReadBundle']> = {
  blocks?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  carried?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RecoverySetResolvers<ContextType = any, ParentType extends ResolversParentTypes['RecoverySet'] = ResolversParentTypes['RecoverySet']> = {
  holders?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  made?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  threshold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RecoverySheetResolvers<ContextType = any, ParentType extends ResolversParentTypes['RecoverySheet'] = ResolversParentTypes['RecoverySheet']> = {
  holder?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RegionInfoResolvers<ContextType = any, ParentType extends ResolversParentTypes['RegionInfo'] = ResolversParentTypes['RegionInfo']> = {
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hubKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReleaseNoteResolvers<ContextType = any, ParentType extends ResolversParentTypes['ReleaseNote'] = ResolversParentTypes['ReleaseNote']> = {
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StaffSlotResolvers<ContextType = any, ParentType extends ResolversParentTypes['StaffSlot'] = ResolversParentTypes['StaffSlot']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  backupsChanged?: SubscriptionResolver<ResolversTypes['BackupState'], "backupsChanged", ParentType, ContextType>;
  syncChanged?: SubscriptionResolver<ResolversTypes['SyncState'], "syncChanged", ParentType, ContextType>;
  workstationChanged?: SubscriptionResolver<ResolversTypes['Workstation'], "workstationChanged", ParentType, ContextType>;
};

export type SyncStateResolvers<ContextType = any, ParentType extends ResolversParentTypes['SyncState'] = ResolversParentTypes['SyncState']> = {
  alarms?: Resolver<Array<ResolversTypes['Evidence']>, ParentType, ContextType>;
  auditedSize?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  clinicHost?: Resolver<Maybe<ResolversTypes['ClinicHostState']>, ParentType, ContextType>;
  clockSkew?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  connection?: Resolver<ResolversTypes['Connection'], ParentType, ContextType>;
  diskCheck?: Resolver<ResolversTypes['DiskCheck'], ParentType, ContextType>;
  historyFrom?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  hubSize?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  inUseTwice?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastContact?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  newEpoch?: Resolver<Maybe<ResolversTypes['NewEpoch']>, ParentType, ContextType>;
  nextAttempt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  pendingDocuments?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pendingEvents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['Problem']>, ParentType, ContextType>;
  provedSize?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['RegionInfo']>, ParentType, ContextType>;
  replicaSize?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rulesNeeded?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  run?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  splitViewDefence?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  timeLeft?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  witnessWaits?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  witnessedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  witnessedSize?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  witnesses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  witnessesNeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TamperingReportResolvers<ContextType = any, ParentType extends ResolversParentTypes['TamperingReport'] = ResolversParentTypes['TamperingReport']> = {
  acts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  documents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  faults?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  milliseconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WaitingCountResolvers<ContextType = any, ParentType extends ResolversParentTypes['WaitingCount'] = ResolversParentTypes['WaitingCount']> = {
  alerts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  calledAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  calls?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quiet?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tasks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WorkstationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Workstation'] = ResolversParentTypes['Workstation']> = {
  clinic?: Resolver<Maybe<ResolversTypes['Clinic']>, ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  keychain?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lockAfterMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  look?: Resolver<ResolversTypes['Look'], ParentType, ContextType>;
  signedIn?: Resolver<Maybe<ResolversTypes['StaffSlot']>, ParentType, ContextType>;
  staff?: Resolver<Array<ResolversTypes['StaffSlot']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WorkstationState'], ParentType, ContextType>;
  training?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  update?: Resolver<Maybe<ResolversTypes['ProgramUpdate']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  waiting?: Resolver<Maybe<ResolversTypes['WaitingCount']>, ParentType, ContextType>;
};

export type WrittenBundleResolvers<ContextType = any, ParentType extends ResolversParentTypes['WrittenBundle'] = ResolversParentTypes['WrittenBundle']> = {
  bytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  documents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  AdmissionRequest?: AdmissionRequestResolvers<ContextType>;
  Backup?: BackupResolvers<ContextType>;
  BackupProgress?: BackupProgressResolvers<ContextType>;
  BackupSchedule?: BackupScheduleResolvers<ContextType>;
  BackupState?: BackupStateResolvers<ContextType>;
  Clinic?: ClinicResolvers<ContextType>;
  ClinicHostState?: ClinicHostStateResolvers<ContextType>;
  DeviceCopy?: DeviceCopyResolvers<ContextType>;
  DiskCheck?: DiskCheckResolvers<ContextType>;
  DiskFault?: DiskFaultResolvers<ContextType>;
  Drill?: DrillResolvers<ContextType>;
  EnrolledDevice?: EnrolledDeviceResolvers<ContextType>;
  Evidence?: EvidenceResolvers<ContextType>;
  FhirCaller?: FhirCallerResolvers<ContextType>;
  FhirFacade?: FhirFacadeResolvers<ContextType>;
  FhirNetwork?: FhirNetworkResolvers<ContextType>;
  InclusionProof?: InclusionProofResolvers<ContextType>;
  LedgerBlock?: LedgerBlockResolvers<ContextType>;
  LedgerEntry?: LedgerEntryResolvers<ContextType>;
  Look?: LookResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NewEpoch?: NewEpochResolvers<ContextType>;
  PassphraseStrength?: PassphraseStrengthResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  ProblemDetail?: ProblemDetailResolvers<ContextType>;
  ProgramUpdate?: ProgramUpdateResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReadBundle?: ReadBundleResolvers<ContextType>;
  RecoverySet?: RecoverySetResolvers<ContextType>;
  RecoverySheet?: RecoverySheetResolvers<ContextType>;
  RegionInfo?: RegionInfoResolvers<ContextType>;
  ReleaseNote?: ReleaseNoteResolvers<ContextType>;
  StaffSlot?: StaffSlotResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  SyncState?: SyncStateResolvers<ContextType>;
  TamperingReport?: TamperingReportResolvers<ContextType>;
  WaitingCount?: WaitingCountResolvers<ContextType>;
  Workstation?: WorkstationResolvers<ContextType>;
  WrittenBundle?: WrittenBundleResolvers<ContextType>;
};


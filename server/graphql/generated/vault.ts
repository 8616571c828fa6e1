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

export type AccessComplaint = {
  __typename?: 'AccessComplaint';
  about: ComplaintSubject;
  answer?: Maybe<ComplaintAnswer>;
  /** Who wrote it down at the desk; empty when the patient did at the kiosk. */
  by: Scalars['String']['output'];
  /** By then it is to be answered. */
  dueAt: Scalars['Float']['output'];
  id: Scalars['ID']['output'];
  /** Whether the ledger holds exactly this complaint and this answer. */
  isAsAnchored: Scalars['Boolean']['output'];
  /** The access that it is about; null when it is about the records themselves. */
  line?: Maybe<AccessLine>;
  openedAt: Scalars['Float']['output'];
  overdue: Scalars['Boolean']['output'];
  patient: Scalars['ID']['output'];
  patientName: Scalars['String']['output'];
  /** The record beside which a statement of disagreement stands; null to who is kept from it. */
  record?: Maybe<ComplaintRecord>;
  words: Scalars['String']['output'];
};

export type AccessCompleteness = {
  __typename?: 'AccessCompleteness';
  altered: Scalars['Boolean']['output'];
  /** How many lines of the device, about anybody, the ledger counts. */
  anchored: Scalars['Float']['output'];
  clinic: Scalars['String']['output'];
  complete: Scalars['Boolean']['output'];
  device: Scalars['ID']['output'];
  /** Whether every line of the device is counted here; of another clinic's only those about this patient. */
  everyLine: Scalars['Boolean']['output'];
  lines: Scalars['Float']['output'];
  /** Numbers of lines that ought to be here and are not. */
  missing: Array<MissingAccessLines>;
  own: Scalars['Boolean']['output'];
  /** Lines that are here and that the ledger does not count yet. */
  waiting: Scalars['Float']['output'];
};

export type AccessConnection = {
  __typename?: 'AccessConnection';
  edges: Array<AccessEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type AccessEdge = {
  __typename?: 'AccessEdge';
  cursor: Scalars['String']['output'];
  node: AccessLine;
};

export type AccessExport = {
  __typename?: 'AccessExport';
  fileName: Scalars['String']['output'];
  text: Scalars['String']['output'];
};

export type AccessExportFormat =
  | 'CSV'
  /** A FHIR Bundle of AuditEvents after IHE BALP. */
  | 'FHIR';

export type AccessFacet = {
  __typename?: 'AccessFacet';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  visits: Scalars['Int']['output'];
};

export type AccessFilter = {
  brokeGlass?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only programs, or only people; both when left out. */
  byProgram?: InputMaybe<Scalars['Boolean']['input']>;
  /** Chain of a clinic. */
  clinic?: InputMaybe<Scalars['ID']['input']>;
  /** Milliseconds since 1970; until is not part of the period. */
  from?: InputMaybe<Scalars['Float']['input']>;
  purpose?: InputMaybe<Purpose>;
  /** Key of a person. */
  staff?: InputMaybe<Scalars['ID']['input']>;
  /** Names, roles, clinics, reasons: each word has to be there. */
  text?: InputMaybe<Scalars['String']['input']>;
  until?: InputMaybe<Scalars['Float']['input']>;
};

export type AccessLine = {
  __typename?: 'AccessLine';
  /** open, break-glass, export … */
  action: Scalars['String']['output'];
  at: Scalars['Float']['output'];
  /** What could be seen. */
  categories: Array<Scalars['String']['output']>;
  clinic: Scalars['String']['output'];
  /** A reason in words, or what else there is to say. */
  detail: Scalars['String']['output'];
  device: Scalars['ID']['output'];
  id: Scalars['ID']['output'];
  own: Scalars['Boolean']['output'];
  /** Empty when a person looked; else what the program did: import, sharing, export … */
  process: Scalars['String']['output'];
  purpose: Purpose;
  /** Name of the clinic that was given what was read; null when nobody else was. */
  recipient?: Maybe<Scalars['String']['output']>;
  role: Scalars['String']['output'];
  sequence: Scalars['Float']['output'];
  /** Who answers for it: who looked, or on whose word a program did. */
  who: Scalars['String']['output'];
};

export type AccessReceipt = {
  __typename?: 'AccessReceipt';
  fileName: Scalars['String']['output'];
  json: Scalars['String']['output'];
  /** Lines in it. */
  lines: Scalars['Int']['output'];
  /** Lines that the ledger does not count yet. */
  waiting: Scalars['Int']['output'];
};

export type AccessVisit = {
  __typename?: 'AccessVisit';
  actions: Array<Scalars['String']['output']>;
  brokeGlass: Scalars['Boolean']['output'];
  byProgram: Scalars['Boolean']['output'];
  categories: Array<Scalars['String']['output']>;
  clinic: Scalars['String']['output'];
  first: Scalars['Float']['output'];
  id: Scalars['ID']['output'];
  last: Scalars['Float']['output'];
  /** Newest first. */
  lines: Array<AccessLine>;
  own: Scalars['Boolean']['output'];
  process: Scalars['String']['output'];
  purpose: Purpose;
  recipient?: Maybe<Scalars['String']['output']>;
  role: Scalars['String']['output'];
  who: Scalars['String']['output'];
};

export type AccessVisitConnection = {
  __typename?: 'AccessVisitConnection';
  clinics: Array<AccessFacet>;
  edges: Array<AccessVisitEdge>;
  pageInfo: PageInfo;
  /** Of the whole log, whatever the filter: what one can filter by. */
  people: Array<AccessFacet>;
  purposes: Array<AccessFacet>;
  totalCount: Scalars['Int']['output'];
};

export type AccessVisitEdge = {
  __typename?: 'AccessVisitEdge';
  cursor: Scalars['String']['output'];
  node: AccessVisit;
};

export type ActToSign = {
  __typename?: 'ActToSign';
  at: Scalars['Float']['output'];
  type: Scalars['String']['output'];
  who: Scalars['String']['output'];
};

export type AddTaskInput = {
  about?: InputMaybe<Scalars['String']['input']>;
  due: Scalars['String']['input'];
  owner?: InputMaybe<Scalars['ID']['input']>;
  patient: Scalars['ID']['input'];
  role?: InputMaybe<Scalars['String']['input']>;
  urgent?: InputMaybe<Scalars['Boolean']['input']>;
  what: Scalars['String']['input'];
};

export type AddVisitInput = {
  clinician?: InputMaybe<Scalars['ID']['input']>;
  kind: VisitKind;
  minutes?: InputMaybe<Scalars['Int']['input']>;
  patient: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
  /** FHIR instant with an offset; without it the visit begins now. */
  start?: InputMaybe<Scalars['String']['input']>;
  urgent?: InputMaybe<Scalars['Boolean']['input']>;
};

export type AddedVisit = {
  __typename?: 'AddedVisit';
  /** Visits of the same clinician, or of the same patient, at that time. */
  overlaps: Array<Visit>;
  visit?: Maybe<Visit>;
};

export type AdminChange = {
  __typename?: 'AdminChange';
  after: Array<Scalars['String']['output']>;
  at: Scalars['Float']['output'];
  /** Key of who did it. */
  author: Scalars['ID']['output'];
  /** Roles, kinds, first digits of keys, names; `revoked` for what is gone, nothing for what was not there. */
  before: Array<Scalars['String']['output']>;
  clinic: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  own: Scalars['Boolean']['output'];
  /** Of its block in the ledger; null while it is saved here alone. */
  position?: Maybe<Scalars['Float']['output']>;
  /** The person or device that it is about, or which of several settings, patients by name; empty for the clinic or the region. */
  subject: Scalars['String']['output'];
  what: AdminChangeKind;
};

export type AdminChangeKind =
  | 'BACKUPS'
  | 'CLINIC_HOST'
  | 'COPY'
  | 'COVER'
  | 'DEVICE'
  | 'ENCRYPTION_KEY'
  | 'FACADE'
  | 'FORM_TEMPLATE'
  | 'GUARDIAN_AGES'
  | 'HOLD'
  | 'HUB_KEY'
  | 'JOINED'
  | 'PERSON'
  | 'PERSON_KEY'
  | 'PROGRAM_TOKEN'
  | 'READING_FOLDER'
  | 'READING_GATEWAY'
  | 'RETENTION'
  | 'RULES'
  /** A setting whose words have not come to this desk, or that a later program named. */
  | 'SETTING'
  | 'SIGNING_KEY'
  | 'WAITING_ACTS'
  | 'WITNESSES';

export type Administration = {
  __typename?: 'Administration';
  /** The newest first. */
  acts: Array<AdministrationAct>;
  /** The number that two acts claim, each by somebody who may act: somebody has continued the list twice. */
  forkedAt?: Maybe<Scalars['Float']['output']>;
};

export type AdministrationAct = {
  __typename?: 'AdministrationAct';
  after: Array<Scalars['String']['output']>;
  author: Scalars['ID']['output'];
  /** A number as in `HubAct`; of the quorum's acts names, versions or keys. */
  before: Array<Scalars['String']['output']>;
  by: AdministrationBy;
  /** Of the clinic that it is about, or whose device. */
  clinic?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  kind: AdministrationKind;
  /** In the hub's list; null for what the quorum did. */
  number?: Maybe<Scalars['Float']['output']>;
  reason?: Maybe<HubActReason>;
  /** As in `HubAct`; the region's id for what the quorum did. */
  subject: Scalars['ID']['output'];
  time: Scalars['Float']['output'];
  /** The version of the release that it is about. */
  version?: Maybe<Scalars['String']['output']>;
};

export type AdministrationBy =
  | 'ADMINISTRATOR'
  /** At the hub's machine, with the hub's own key. */
  | 'MACHINE'
  /** Clinics of the witness set together. */
  | 'QUORUM';

export type AdministrationKind =
  | 'ADMINISTRATOR'
  | 'CERTIFICATE'
  | 'HUB_KEY'
  | 'HUB_KEY_TAKEN'
  | 'INVITATION'
  | 'NEWER'
  | 'QUARANTINE'
  | 'REBASELINE'
  | 'RELEASE'
  | 'RESTORATION'
  | 'RING'
  | 'RULES'
  /** The quorum's: who witnesses, which rules are active, which key the hub signs with. */
  | 'WITNESSES';

/** What somebody is told of. */
export type AlertCall = {
  __typename?: 'AlertCall';
  /** The alert that has reached most. */
  alert: MonitoringAlert;
  /** How often somebody was told: grows with each step and repetition. */
  calls: Scalars['Int']['output'];
  /** Name of the colleague who is told, where who is signed in stands in. */
  covered?: Maybe<Scalars['String']['output']>;
  /** The watch's. */
  id: Scalars['ID']['output'];
  measurement: Measurement;
  /** How many are open in this watch. */
  open: Scalars['Int']['output'];
  patient: Patient;
  step: Scalars['Int']['output'];
  steps: Scalars['Int']['output'];
  /** UCUM. */
  unit: Scalars['String']['output'];
};

export type AlertSide =
  | 'HIGH'
  | 'LOW';

export type AlikePatient = {
  __typename?: 'AlikePatient';
  patient: Patient;
  /** 0 to 1. */
  probability: Scalars['Float']['output'];
};

export type AnchorStanding =
  /** The replica has fewer blocks than are bound. */
  | 'AHEAD'
  /** It does not: the hub has signed two ledgers. */
  | 'BROKEN'
  /** This replica begins with what is bound. */
  | 'HOLDS'
  /** The replica began with a snapshot and does not have what is bound. */
  | 'UNKNOWN';

export type ArrivedMedication = {
  __typename?: 'ArrivedMedication';
  /** The file, or the clinic's name; empty for what the patient said. */
  from: Scalars['String']['output'];
  item: ChartItem;
  origin: MedicationOrigin;
};

export type AskConsultInput = {
  /** Chain of the other clinic. */
  clinic: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
  pictures: Array<ConsultPictureInput>;
  question: Scalars['String']['input'];
  /** Sections of the chart that go along: problem, allergy, medication, immunization, result, vital, procedure, encounter. */
  sections: Array<Scalars['String']['input']>;
};

export type Attachment = {
  __typename?: 'Attachment';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  pieces: Scalars['Int']['output'];
  size: Scalars['Float']['output'];
  type: Scalars['String']['output'];
};

export type AttachmentInput = {
  /** Milliseconds since 1970: tells it from another file of that name and size. */
  modified: Scalars['Float']['input'];
  name: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
  size: Scalars['Float']['input'];
  type: Scalars['String']['input'];
};

export type AttachmentUpload = {
  __typename?: 'AttachmentUpload';
  id: Scalars['ID']['output'];
  /** The piece that is wanted next. */
  next: Scalars['Int']['output'];
  of: Scalars['Int']['output'];
};

export type Benefit = {
  __typename?: 'Benefit';
  amount: Scalars['Float']['output'];
  currency: Scalars['String']['output'];
  earnedAt: Scalars['Float']['output'];
  /** Empty while the letter of who publishes the offer is on its way. */
  earnedFor: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  /** Null while it is owed. */
  paidAt?: Maybe<Scalars['Float']['output']>;
  paidBy: Scalars['String']['output'];
};

export type BreakGlassInput = {
  /** What is asked of the clinic that keeps the records; empty for a patient of one's own. */
  categories: Array<Category>;
  patient: Scalars['ID']['input'];
  reason: GlassReason;
  words: Scalars['String']['input'];
};

export type BrokenGlass = {
  __typename?: 'BrokenGlass';
  /** The clinic that was asked; null for a patient of one's own. */
  askedOf?: Maybe<Scalars['String']['output']>;
  ends: Scalars['Float']['output'];
  isAnswered: Scalars['Boolean']['output'];
  use: Scalars['ID']['output'];
};

/** A TURN server beside the hub, with credentials for this call. */
export type CallRelay = {
  __typename?: 'CallRelay';
  credential: Scalars['String']['output'];
  urls: Array<Scalars['String']['output']>;
  username: Scalars['String']['output'];
};

export type CardChange =
  /** A card, with new keys of the patient: the first, or one in place of another, which is dead. */
  | 'BOUND'
  /** Given and ended again while nobody of this clinic was at a desk. */
  | 'BOUND_AND_ENDED'
  | 'ENDED';

export type CardEmergency = {
  __typename?: 'CardEmergency';
  birthDate: Scalars['String']['output'];
  name: Scalars['String']['output'];
  sections: Array<CardEmergencySection>;
};

export type CardEmergencyLine = {
  __typename?: 'CardEmergencyLine';
  date: Scalars['String']['output'];
  /** What the patient says against it. */
  disagreements: Array<Scalars['String']['output']>;
  text: Scalars['String']['output'];
};

export type CardEmergencySection = {
  __typename?: 'CardEmergencySection';
  lines: Array<CardEmergencyLine>;
  /** allergies, medications, problems, implants, contacts, directives. */
  name: Scalars['String']['output'];
};

export type CardNews = {
  __typename?: 'CardNews';
  /** Milliseconds: the time that the change bears on the ledger. */
  at: Scalars['Float']['output'];
  change: CardChange;
  clinicName: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  patient: Scalars['ID']['output'];
  patientName: Scalars['String']['output'];
};

/** For treatment, and for thirty days at most. */
export type CardShareInput = {
  card: Scalars['ID']['input'];
  categories: Array<Category>;
  ends: Scalars['Float']['input'];
  language: Scalars['String']['input'];
  starts: Scalars['Float']['input'];
};

export type CardVisitor = {
  __typename?: 'CardVisitor';
  birthDate: Scalars['String']['output'];
  /** The card's public key, hexadecimal. */
  card: Scalars['ID']['output'];
  /** What there is to share. */
  categories: Array<Category>;
  /** The clinic that keeps the records. */
  clinicName: Scalars['String']['output'];
  name: Scalars['String']['output'];
};

export type CareCard = {
  __typename?: 'CareCard';
  /** Whether there is an extract for emergencies that it opens without the PIN. */
  hasEmergency: Scalars['Boolean']['output'];
  /** The card's public key, hexadecimal. */
  id: Scalars['ID']['output'];
  issuedAt: Scalars['Float']['output'];
  /** False: it was issued while the hub was out of reach and opens at its home clinic only. */
  opensInRegion: Scalars['Boolean']['output'];
  progress: Progress;
  /** Wrong PINs that are left before the card is shut, as far as this desk has heard; null for another clinic's patient. */
  triesLeft?: Maybe<Scalars['Int']['output']>;
};

export type CasePack = {
  __typename?: 'CasePack';
  at: Scalars['Float']['output'];
  by: Scalars['String']['output'];
  expires: Scalars['Float']['output'];
  link: Scalars['ID']['output'];
  openedAt?: Maybe<Scalars['Float']['output']>;
  openedBy: Scalars['String']['output'];
  recipient: Scalars['String']['output'];
  state: CasePackState;
};

export type CasePackInput = {
  /** 24, 72 or 168. */
  hours: Scalars['Int']['input'];
  patient: Scalars['ID']['input'];
  pictures: Array<ConsultPictureInput>;
  question: Scalars['String']['input'];
  /** Whom it is for: name and place. */
  recipient: Scalars['String']['input'];
  sections: Array<Scalars['String']['input']>;
};

export type CasePackState =
  | 'ENDED'
  | 'OPEN'
  | 'OPENED'
  | 'UNKNOWN';

export type Category =
  | 'CLINICAL'
  | 'DEVICE'
  | 'EMERGENCY'
  | 'GENOMIC'
  | 'IDENTITY'
  | 'MEDICATION'
  /** What was paid: for people of the own clinic alone, and in no consent. */
  | 'PAYMENT'
  | 'RESEARCH'
  | 'SENSITIVE'
  | 'TELEMEDICINE';

export type Change = {
  __typename?: 'Change';
  patients: Array<Scalars['ID']['output']>;
  records: Array<Scalars['ID']['output']>;
  topics: Array<Scalars['String']['output']>;
};

export type ChangedBy =
  | 'BOTH'
  | 'CURRENT'
  | 'LATE';

export type Chart = {
  __typename?: 'Chart';
  /** Categories of this patient that this clinic can open. */
  categories: Array<Scalars['String']['output']>;
  /** The colleague in whose place it was opened. */
  covered?: Maybe<CoverPerson>;
  /** Logical id of the encounter that is under way: what is written now refers to it. */
  encounterNow?: Maybe<Scalars['ID']['output']>;
  /**
   * One section, newest first; without a section the line of time: what happened, of every section that tells of it.
   * Without `remote` the notes of remote visits are left out: a chart shows them by themselves, as `teleNotes`.
   */
  items: ChartItemConnection;
  /** Patients who were merged into this one: their records are shown here as well. */
  merged: Array<Patient>;
  openedAt: Scalars['Float']['output'];
  patient: Patient;
  purpose: Purpose;
  sections: Array<SectionCount>;
  /** Numeric results of one code over time, oldest first. */
  series?: Maybe<Series>;
  /** Codes with numeric results, the most frequent first. */
  seriesCodes: Array<SeriesCode>;
  /** Problems, allergies and medications that count now, the latest vitals, the last encounters: what the first look needs. */
  summary: ChartSummary;
};


export type ChartitemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  remote?: Scalars['Boolean']['input'];
  search?: InputMaybe<Scalars['String']['input']>;
  section?: InputMaybe<Section>;
};


export type ChartseriesArgs = {
  code: Scalars['String']['input'];
};

/** One record, in the words of a list. */
export type ChartItem = {
  __typename?: 'ChartItem';
  author: Scalars['String']['output'];
  code?: Maybe<Scalars['String']['output']>;
  codeSystem?: Maybe<Scalars['String']['output']>;
  date?: Maybe<Scalars['String']['output']>;
  detail?: Maybe<Scalars['String']['output']>;
  /** What the patient says against this record, in every version of it; the newest first. */
  disagreements: Array<Disagreement>;
  /** Set when the ledger disputes the newest version. */
  dispute?: Maybe<Scalars['String']['output']>;
  high?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  low?: Maybe<Scalars['String']['output']>;
  progress: Progress;
  /** The clinic that proposes this version, while nobody has taken it over: it warns, and is not in the record. */
  proposedBy?: Maybe<Scalars['String']['output']>;
  recordedAt: Scalars['Float']['output'];
  resourceType: Scalars['String']['output'];
  section: Section;
  status?: Maybe<Scalars['String']['output']>;
  title: Scalars['String']['output'];
  unit?: Maybe<Scalars['String']['output']>;
  /** The value as recorded, its decimals untouched. */
  value?: Maybe<Scalars['String']['output']>;
  version: Scalars['Int']['output'];
  /** Versions of this record that wait to be settled here: ids for `conflict`. */
  waiting: Array<Scalars['ID']['output']>;
};

export type ChartItemConnection = {
  __typename?: 'ChartItemConnection';
  edges: Array<ChartItemEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type ChartItemEdge = {
  __typename?: 'ChartItemEdge';
  cursor: Scalars['String']['output'];
  node: ChartItem;
};

export type ChartSummary = {
  __typename?: 'ChartSummary';
  allergies: Array<ChartItem>;
  /** Flags in force, such as not to resuscitate, and the newest word on a pregnancy. */
  cautions: Array<ChartItem>;
  encounters: Array<ChartItem>;
  medications: Array<ChartItem>;
  /** Orders that wait to be answered. */
  orders: Array<ChartItem>;
  problems: Array<ChartItem>;
  vitals: Array<ChartItem>;
};

export type ClinicInvitation = {
  __typename?: 'ClinicInvitation';
  expires: Scalars['Float']['output'];
  /** With which it is taken back: `administerHub` of an INVITATION. */
  id: Scalars['ID']['output'];
  text: Scalars['String']['output'];
};

export type ClinicKeys = {
  __typename?: 'ClinicKeys';
  /** Earlier encryption keys that this desk keeps for what is on its way. */
  earlier: Scalars['Int']['output'];
  encryptionKey: Scalars['ID']['output'];
  encryptionSince?: Maybe<Scalars['Float']['output']>;
  /** Days after which an earlier key is destroyed. */
  keptDays: Scalars['Int']['output'];
  /** When this desk makes the next encryption key, unless another one has by then; null outside of a region. */
  rollsAt?: Maybe<Scalars['Float']['output']>;
  signingKey: Scalars['ID']['output'];
  /** Milliseconds; null for the key that the clinic was founded with. */
  signingSince?: Maybe<Scalars['Float']['output']>;
  /** Acts of this desk that were signed with an earlier clinic key and not sent: each waits for who signed it. */
  waiting: Array<ActToSign>;
};

export type ComplaintAnswer = {
  __typename?: 'ComplaintAnswer';
  at: Scalars['Float']['output'];
  by: Scalars['String']['output'];
  words: Scalars['String']['output'];
};

/** Which record it is, and nothing that it says: to read it the chart is opened, for a line in the log. */
export type ComplaintRecord = {
  __typename?: 'ComplaintRecord';
  /** As written: a year, a month, a day or a moment; empty when the record says none. */
  date: Scalars['String']['output'];
  section: Section;
};

export type ComplaintSubject =
  | 'ACCESS'
  /** All records in one file, to be handed out at the desk. */
  | 'COPY'
  /** Something in the records is to be corrected. */
  | 'CORRECTION'
  /** A statement that is to stand beside the records. */
  | 'DISAGREEMENT'
  | 'ERASURE'
  /** A kind that this program does not know: a later one wrote it. */
  | 'OTHER';

/** A version that came too late and waits. */
export type Conflict = {
  __typename?: 'Conflict';
  at: Scalars['Float']['output'];
  id: Scalars['ID']['output'];
  /** Whether who is signed in wrote it. */
  mine: Scalars['Boolean']['output'];
  patient: Patient;
  /** The other clinic that proposes it. */
  proposedBy?: Maybe<Scalars['String']['output']>;
  record: Scalars['ID']['output'];
};

export type ConflictDetail = {
  __typename?: 'ConflictDetail';
  /** Null for a record that is proposed and not there yet. */
  current?: Maybe<ConflictSide>;
  elements: Array<ConflictElement>;
  id: Scalars['ID']['output'];
  late: ConflictSide;
  /** The other clinic that proposes it. */
  proposedBy?: Maybe<Scalars['String']['output']>;
  record: Scalars['ID']['output'];
  resourceType: Scalars['String']['output'];
  title: Scalars['String']['output'];
  /** A signed note, or a new record, is taken whole or not at all. */
  whole: Scalars['Boolean']['output'];
};

/** One top-level element that differs. The sides are JSON text, null where the element is absent. */
export type ConflictElement = {
  __typename?: 'ConflictElement';
  base?: Maybe<Scalars['String']['output']>;
  changedBy: ChangedBy;
  current?: Maybe<Scalars['String']['output']>;
  element: Scalars['String']['output'];
  late?: Maybe<Scalars['String']['output']>;
  /** A wrong choice endangers the patient: nothing is proposed. */
  safety: Scalars['Boolean']['output'];
};

export type ConflictSide = {
  __typename?: 'ConflictSide';
  at: Scalars['Float']['output'];
  author: Scalars['String']['output'];
  reason?: Maybe<Scalars['String']['output']>;
  version: Scalars['Int']['output'];
};

export type Consent = {
  __typename?: 'Consent';
  categories: Array<Category>;
  /** When the patient confirmed it with their own key; until then staff and clinic attest it. */
  confirmedAt?: Maybe<Scalars['Float']['output']>;
  ends?: Maybe<Scalars['Float']['output']>;
  /** What stays closed inside the categories. */
  exceptions: Array<ConsentException>;
  id: Scalars['ID']['output'];
  language: Scalars['String']['output'];
  patient: Scalars['ID']['output'];
  progress: Progress;
  /** Of a consent that has ended: desks of the recipient that said on the ledger that they destroyed what it had opened. */
  purges: Array<ConsentPurge>;
  purpose: Purpose;
  recipient: Scalars['ID']['output'];
  /** How many desks the recipient has that could say so. */
  recipientDesks: Scalars['Int']['output'];
  recipientName: Scalars['String']['output'];
  recordedAt: Scalars['Float']['output'];
  recordedBy: Scalars['String']['output'];
  /** FHIR R4 Consent. */
  resource: Scalars['String']['output'];
  starts: Scalars['Float']['output'];
  state: ConsentState;
  text: Scalars['String']['output'];
  verification: Scalars['String']['output'];
  withdrawnAt?: Maybe<Scalars['Float']['output']>;
};

export type ConsentException = {
  __typename?: 'ConsentException';
  kind: ExceptionKind;
  name: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

export type ConsentExceptionInput = {
  kind: ExceptionKind;
  value: Scalars['String']['input'];
};

export type ConsentInput = {
  categories: Array<Category>;
  ends?: InputMaybe<Scalars['Float']['input']>;
  exceptions?: InputMaybe<Array<ConsentExceptionInput>>;
  language: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
  purpose: Purpose;
  recipient: Scalars['ID']['input'];
  starts: Scalars['Float']['input'];
  /** How the patient's wish was established: in person, by phone, by a representative. */
  verification: Scalars['String']['input'];
};

export type ConsentPurge = {
  __typename?: 'ConsentPurge';
  /** Milliseconds since 1970, by that device's clock. */
  at: Scalars['Float']['output'];
};

export type ConsentState =
  | 'ACTIVE'
  | 'EXPIRED'
  /** Begins later. */
  | 'FUTURE'
  /** The ledger lacks a part of it, which opens nothing: it is on its way from another desk, or was lost with one. */
  | 'NOT_IN_LEDGER'
  | 'WITHDRAWN';

export type ConsentText = {
  __typename?: 'ConsentText';
  /** SHA-256 of the text. */
  hash: Scalars['String']['output'];
  language: Scalars['String']['output'];
  /** The patient has a care card, and only they can consent to this. */
  needsCard: Scalars['Boolean']['output'];
  text: Scalars['String']['output'];
};

export type ConsentWay =
  | 'GUARDIAN'
  | 'SPOKEN'
  | 'WRITTEN';

export type Consult = {
  __typename?: 'Consult';
  answer?: Maybe<ConsultAnswer>;
  askedBy: Scalars['String']['output'];
  at: Scalars['Float']['output'];
  birthDate: Scalars['String']['output'];
  /** The other clinic. */
  clinic: Scalars['String']['output'];
  /** False while letters are on their way. */
  complete: Scalars['Boolean']['output'];
  filed: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  parts: Array<ConsultPart>;
  /** '' while letters are on their way. */
  patientName: Scalars['String']['output'];
  pictures: Array<ConsultPicture>;
  question: Scalars['String']['output'];
};

export type ConsultAnswer = {
  __typename?: 'ConsultAnswer';
  at: Scalars['Float']['output'];
  by: Scalars['String']['output'];
  text: Scalars['String']['output'];
};

export type ConsultPart = {
  __typename?: 'ConsultPart';
  date: Scalars['String']['output'];
  section: Scalars['String']['output'];
  title: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

export type ConsultPicture = {
  __typename?: 'ConsultPicture';
  name: Scalars['String']['output'];
  type: Scalars['String']['output'];
};

export type ConsultPictureInput = {
  data: Scalars['String']['input'];
  name: Scalars['String']['input'];
  type: Scalars['String']['input'];
};

export type Cover = {
  __typename?: 'Cover';
  /** Whether who is signed in is the one who covers. */
  byMe: Scalars['Boolean']['output'];
  covered: CoverPerson;
  covering: CoverPerson;
  /** Whether who is signed in may end it. */
  endable: Scalars['Boolean']['output'];
  /** Milliseconds since 1970; it ends by judged time, which no clock that is set back brings again. */
  from: Scalars['Float']['output'];
  id: Scalars['ID']['output'];
  state: CoverState;
  until: Scalars['Float']['output'];
};

export type CoverInput = {
  covered: Scalars['ID']['input'];
  covering: Scalars['ID']['input'];
  from: Scalars['Float']['input'];
  until: Scalars['Float']['input'];
};

export type CoverPerson = {
  __typename?: 'CoverPerson';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};

export type CoverState =
  | 'NOW'
  | 'OVER'
  | 'TO_COME'
  | 'WITHDRAWN';

export type CsvPreview = {
  __typename?: 'CsvPreview';
  columns: Array<Scalars['String']['output']>;
  /** Of the mapping, or without one the likeliest. */
  delimiter: Scalars['String']['output'];
  /** The first line that is no UTF-8, from 1; null where all of them are. */
  foreignLine?: Maybe<Scalars['Int']['output']>;
  refused: Array<ImportRefusal>;
  /** FHIR JSON. */
  resources: Array<Scalars['String']['output']>;
  rows: Array<Array<Scalars['String']['output']>>;
};

export type DeathInput = {
  /** FHIR date or dateTime, as exact as it is known; null where nobody knows when. */
  at?: InputMaybe<Scalars['String']['input']>;
  /** False: they are alive. */
  died: Scalars['Boolean']['input'];
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};

/** A device at this clinic's door: compare its name with who asked for the invitation. */
export type DeviceRequest = {
  __typename?: 'DeviceRequest';
  device: Scalars['ID']['output'];
  /** workstation or kiosk, as the invitation was. */
  kind: Scalars['String']['output'];
  receivedAt: Scalars['Float']['output'];
  /** Empty for a kiosk: nobody works there. */
  staffName: Scalars['String']['output'];
};

export type Difference = {
  __typename?: 'Difference';
  after?: Maybe<Scalars['String']['output']>;
  before?: Maybe<Scalars['String']['output']>;
  path: Scalars['String']['output'];
};

/** A patient's statement of disagreement; it is a record of its own beside the one that it is about. */
export type Disagreement = {
  __typename?: 'Disagreement';
  /** FHIR date. */
  date: Scalars['String']['output'];
  record: Scalars['ID']['output'];
  words: Scalars['String']['output'];
};

export type Dispensing = {
  __typename?: 'Dispensing';
  handed: Array<HandedOver>;
  /** The newest version of the prescription, FHIR R4 MedicationRequest. */
  prescription: Scalars['String']['output'];
};

export type Draft = {
  __typename?: 'Draft';
  content: Scalars['String']['output'];
  key: Scalars['String']['output'];
  kind: Scalars['String']['output'];
  savedAt: Scalars['Float']['output'];
};

export type EnrolStaffInput = {
  name: Scalars['String']['input'];
  passphrase: Scalars['String']['input'];
  role: Scalars['String']['input'];
};

export type ErasedCompartment = {
  __typename?: 'ErasedCompartment';
  /** A category, or `consents` for the patient's own consents. */
  category: Scalars['String']['output'];
  /** Sealed documents, every version counted. */
  documents: Scalars['Int']['output'];
  /** Compartment handle, which stays in the ledger. */
  handle: Scalars['ID']['output'];
};

export type Erasure = {
  __typename?: 'Erasure';
  /** Milliseconds since 1970. */
  at: Scalars['Float']['output'];
  by: Scalars['String']['output'];
  compartments: Array<ErasedCompartment>;
  confirmations: Array<ErasureConfirmation>;
  ground: ErasureGround;
  id: Scalars['ID']['output'];
  /** When the last backup from before dies; null where nothing was erased. */
  lastBackupDies?: Maybe<Scalars['Float']['output']>;
  retained: Array<Retained>;
  state: ErasureState;
  whole: Scalars['Boolean']['output'];
};

export type ErasureConfirmation = {
  __typename?: 'ErasureConfirmation';
  /** Milliseconds since 1970; null while it has not confirmed. */
  at?: Maybe<Scalars['Float']['output']>;
  /** The clinic's name; empty for this clinic's own desks and the hub. */
  clinic: Scalars['String']['output'];
  count: Scalars['Int']['output'];
  /** Device id; empty for the hub. */
  device: Scalars['String']['output'];
  /** This very desk. */
  here: Scalars['Boolean']['output'];
  party: ErasureParty;
};

/** GDPR 17(1), points (a) to (f). */
export type ErasureGround =
  | 'CHILD_SERVICE'
  | 'CONSENT_WITHDRAWN'
  | 'LEGAL_OBLIGATION'
  | 'NO_LONGER_NECESSARY'
  | 'OBJECTION'
  | 'UNLAWFUL_PROCESSING';

export type ErasureInput = {
  categories?: InputMaybe<Array<Category>>;
  ground: ErasureGround;
  patient: Scalars['ID']['input'];
};

export type ErasureParty =
  | 'CLINIC'
  | 'DESK'
  | 'HUB';

export type ErasurePlan = {
  __typename?: 'ErasurePlan';
  /** Names of clinics that may read some of it now or could once. */
  clinics: Array<Scalars['String']['output']>;
  compartments: Array<ErasedCompartment>;
  /** This clinic's desks. */
  desks: Scalars['Int']['output'];
  name: Scalars['String']['output'];
  patient: Scalars['ID']['output'];
  retained: Array<Retained>;
  /** Nothing is erased before somebody has said which retention rule binds the clinic. */
  retentionSet: Scalars['Boolean']['output'];
};

export type ErasureState =
  /** Everybody who was to confirm has. */
  | 'CONFIRMED'
  /** Erased here; the region's ledger does not have it yet. */
  | 'ERASED'
  /** The tombstone stands in the region's ledger. */
  | 'ON_LEDGER'
  | 'REFUSED';

export type ExceptionKind =
  /** Staff id of who wrote an entry. */
  | 'AUTHOR'
  /** A visit, as records refer to it: Encounter/… */
  | 'ENCOUNTER'
  /** An HL7 security label: SEX, PSY, HIV, R … */
  | 'LABEL';

export type ExportProgress = {
  __typename?: 'ExportProgress';
  bytes: Scalars['Float']['output'];
  /** Charts that were looked at, before anything is written. */
  patients: Scalars['Int']['output'];
  patientsOf: Scalars['Int']['output'];
  /** Resources that were written. */
  resources: Scalars['Int']['output'];
  /** 0 until every chart was looked at. */
  resourcesOf: Scalars['Int']['output'];
};

export type FhirToken = {
  __typename?: 'FhirToken';
  expiresAt: Scalars['Float']['output'];
  id: Scalars['ID']['output'];
  /** Whether that is who is signed in: it opens nothing while somebody else is. */
  isOwn: Scalars['Boolean']['output'];
  /** Milliseconds since 1970. */
  madeAt: Scalars['Float']['output'];
  name: Scalars['String']['output'];
  network: Scalars['Boolean']['output'];
  patient?: Maybe<Scalars['ID']['output']>;
  purpose: Scalars['String']['output'];
  revokedAt?: Maybe<Scalars['Float']['output']>;
  scopes: Scalars['String']['output'];
  /** Who answers for what it reads. */
  staffName: Scalars['String']['output'];
};

export type FleetBoard = {
  __typename?: 'FleetBoard';
  /** The newest first. */
  acts: Array<HubAct>;
  clinics: Array<FleetClinic>;
  devices: Array<FleetDevice>;
  /** The hub's clock, milliseconds since 1970. */
  now: Scalars['Float']['output'];
  /** Of the workstation's program, which the hub has; the newest first. */
  releases: Array<FleetRelease>;
  /** Blocks of the ledger. */
  size: Scalars['Float']['output'];
  /** Stores and processes of the hub that fail just now. */
  troubles: Array<HubTrouble>;
};

export type FleetClinic = {
  __typename?: 'FleetClinic';
  chain: Scalars['ID']['output'];
  kind: Scalars['String']['output'];
  name: Scalars['String']['output'];
  quarantined: Scalars['Boolean']['output'];
  /** The newest order to make replicas anew; 0 for none. */
  rebaseline: Scalars['Float']['output'];
  /** When it gets a new version of the program: ring 1 first. Null where the hub has no releases. */
  ring?: Maybe<Scalars['Int']['output']>;
};

export type FleetDevice = {
  __typename?: 'FleetDevice';
  chain: Scalars['ID']['output'];
  clinic: Scalars['String']['output'];
  cut: Scalars['Boolean']['output'];
  device: Scalars['ID']['output'];
  kind: Scalars['String']['output'];
  /** Its newest block in the ledger, and when the hub placed it. */
  lastPosition?: Maybe<Scalars['Float']['output']>;
  lastTime?: Maybe<Scalars['Float']['output']>;
  /** The heaviest first. */
  needs: Array<FleetNeed>;
  /** The version that its clinic is offered and that does not run there yet. */
  offered?: Maybe<Scalars['String']['output']>;
  quarantined: Scalars['Boolean']['output'];
  report?: Maybe<FleetReport>;
  reportedAt?: Maybe<Scalars['Float']['output']>;
  revoked: Scalars['Boolean']['output'];
};

export type FleetNeed =
  | 'ALARM'
  | 'CLOCK'
  | 'COPIED'
  | 'FAR_BEHIND'
  | 'NEVER_HEARD'
  | 'NO_PROOF'
  | 'OLD_VERSION'
  | 'ORDER_OPEN'
  | 'PROBLEM'
  | 'QUARANTINED'
  | 'SILENT_FOR_AN_HOUR'
  | 'SILENT_FOR_A_DAY'
  | 'UNWITNESSED'
  | 'WAITING';

export type FleetRelease = {
  __typename?: 'FleetRelease';
  /** With which it is offered: `administerHub` of a RELEASE. */
  id: Scalars['ID']['output'];
  /** As the acts have it: up to which ring, 0 for none, 255 once it is withdrawn. */
  offered: Scalars['Int']['output'];
  version: Scalars['String']['output'];
};

export type FleetReport = {
  __typename?: 'FleetReport';
  alarms: Array<Scalars['String']['output']>;
  audited: Scalars['Float']['output'];
  documents: Scalars['Float']['output'];
  epoch: Scalars['String']['output'];
  /** Acts and documents that wait there. */
  events: Scalars['Float']['output'];
  height: Scalars['Float']['output'];
  /** Blocks that it lacks. */
  lag: Scalars['Float']['output'];
  /** As in shared/sync/device-report.ts. */
  problem: Scalars['String']['output'];
  /** Milliseconds by which its clock is ahead of the hub's. */
  skew: Scalars['Float']['output'];
  version: Scalars['String']['output'];
  witnessed: Scalars['Float']['output'];
  /** When the newest proof that it has was cosigned; null for never. */
  witnessedAt?: Maybe<Scalars['Float']['output']>;
};

export type ForeignConsent = {
  __typename?: 'ForeignConsent';
  /** As its writer has it. */
  active: Scalars['Boolean']['output'];
  /** FHIR date; empty when it has none. */
  date: Scalars['String']['output'];
  /** Why it cannot be read; empty when it can. */
  fault: Scalars['String']['output'];
  /** Elements that could not be enforced here as they are written. */
  notEnforced: Array<Scalars['String']['output']>;
  /** Where none of its rules reaches. */
  permitsOtherwise: Scalars['Boolean']['output'];
  record: Scalars['ID']['output'];
  rules: Array<ForeignRule>;
  title: Scalars['String']['output'];
};

/** A rule of a consent; one of depth 1 is an exception to the one of depth 0 before it. */
export type ForeignRule = {
  __typename?: 'ForeignRule';
  /** FHIR elements by which it names single records, or says more than can be shown here. */
  alsoNames: Array<Scalars['String']['output']>;
  categories?: Maybe<Array<Category>>;
  depth: Scalars['Int']['output'];
  emergencyOnly: Scalars['Boolean']['output'];
  ends?: Maybe<Scalars['Float']['output']>;
  labels?: Maybe<Array<Scalars['String']['output']>>;
  permits: Scalars['Boolean']['output'];
  purposes?: Maybe<Array<Purpose>>;
  /** Null in a list's place: it names none, and means all. */
  readers?: Maybe<Array<Scalars['String']['output']>>;
  starts?: Maybe<Scalars['Float']['output']>;
};

/** With what a form begins, as an administrator made it. */
export type FormTemplate = {
  __typename?: 'FormTemplate';
  /** JSON object: texts and switches by the name of the form's field. */
  fields: Scalars['String']['output'];
  name: Scalars['String']['output'];
};

export type FormTemplateInput = {
  fields: Scalars['String']['input'];
  kind: Scalars['String']['input'];
  name: Scalars['String']['input'];
};

export type GlassProof =
  /** The care card was there; nothing else was asked. */
  | 'CARE_CARD'
  /** A key or passkey. */
  | 'PASSKEY'
  /** Of an earlier version, by who had no second factor. */
  | 'PASSPHRASE'
  | 'TIME_CODE';

export type GlassReason =
  /** A care card was opened without its PIN. Nobody gives this as a reason. */
  | 'CARE_CARD'
  | 'CONSENT_OUT_OF_REACH'
  | 'LIFE_THREAT'
  | 'OTHER'
  | 'UNCONSCIOUS'
  | 'URGENT_DECISION';

export type GlassReview = {
  __typename?: 'GlassReview';
  at: Scalars['Float']['output'];
  by: Scalars['String']['output'];
  verdict: GlassVerdict;
  words: Scalars['String']['output'];
};

export type GlassUse = {
  __typename?: 'GlassUse';
  began: Scalars['Float']['output'];
  categories: Array<Category>;
  clinic: Scalars['String']['output'];
  ends: Scalars['Float']['output'];
  isOverdue: Scalars['Boolean']['output'];
  /** Whether it was a person of this clinic. */
  isOwn: Scalars['Boolean']['output'];
  patient: Scalars['ID']['output'];
  patientName: Scalars['String']['output'];
  proof: GlassProof;
  reason: GlassReason;
  review?: Maybe<GlassReview>;
  role: Scalars['String']['output'];
  toldAt?: Maybe<Scalars['Float']['output']>;
  use: Scalars['ID']['output'];
  who: Scalars['String']['output'];
  /** Why, as it was said; empty for a care card. */
  words: Scalars['String']['output'];
};

export type GlassVerdict =
  | 'JUSTIFIED'
  | 'NOT_JUSTIFIED';

export type Guardian = {
  __typename?: 'Guardian';
  endedAt?: Maybe<Scalars['Float']['output']>;
  ends?: Maybe<Scalars['Float']['output']>;
  evidence: Scalars['String']['output'];
  guardian: Scalars['ID']['output'];
  guardianName: Scalars['String']['output'];
  mayComplain: Scalars['Boolean']['output'];
  mayConsent: Scalars['Boolean']['output'];
  patient: Scalars['ID']['output'];
  patientName: Scalars['String']['output'];
  relationship: Scalars['String']['output'];
  /** The patient signed it; otherwise the clinic says it on evidence. */
  signedByPatient: Scalars['Boolean']['output'];
  starts: Scalars['Float']['output'];
  state: GuardianState;
  text: Scalars['String']['output'];
};

/** Years, at this clinic, as the ledger has them. */
export type GuardianAges = {
  __typename?: 'GuardianAges';
  /** From then on nobody acts for a person as for a child. */
  majority: Scalars['Int']['output'];
  /** From then on a child's specially protected records are not shown to who acts for them. */
  privateFrom: Scalars['Int']['output'];
};

export type GuardianInput = {
  /** Milliseconds since 1970; null: until it is ended. For a child never later than their coming of age. */
  ends?: InputMaybe<Scalars['Float']['input']>;
  /** On what the clinic relies where the patient has no card to sign with. */
  evidence: Scalars['String']['input'];
  /** A patient of this clinic with a care card. */
  guardian: Scalars['ID']['input'];
  language: Scalars['String']['input'];
  mayComplain: Scalars['Boolean']['input'];
  mayConsent: Scalars['Boolean']['input'];
  patient: Scalars['ID']['input'];
  /** Code of HL7's v3 RoleCode. */
  relationship: Scalars['String']['input'];
};

export type GuardianState =
  | 'ENDED'
  | 'EXPIRED'
  | 'IN_FORCE';

export type GuardianText = {
  __typename?: 'GuardianText';
  ends?: Maybe<Scalars['Float']['output']>;
  /** SHA-256 of the UTF-8 text, hexadecimal. */
  hash: Scalars['ID']['output'];
  /** The patient is a child: it ends when they come of age. */
  isChild: Scalars['Boolean']['output'];
  /** The patient has a card, and signs with it. */
  needsCard: Scalars['Boolean']['output'];
  text: Scalars['String']['output'];
};

/** What is counted of a FHIR R4 MedicationDispense; a text is empty where it does not say it. */
export type HandedOver = {
  __typename?: 'HandedOver';
  amount?: Maybe<HandedOverAmount>;
  at: Scalars['String']['output'];
  /** Until when the lot may be used. */
  expires: Scalars['String']['output'];
  record: Scalars['ID']['output'];
  status: Scalars['String']['output'];
};

/** `unit`: the UCUM code, else the unit as it is written. */
export type HandedOverAmount = {
  __typename?: 'HandedOverAmount';
  unit: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

export type HeardKind =
  | 'ANSWER'
  | 'BYE'
  | 'HELLO';

export type HeardSignal = {
  __typename?: 'HeardSignal';
  /** Which load of the patient's page: 16 hexadecimal digits. */
  from: Scalars['String']['output'];
  kind: HeardKind;
  /** The offer that an answer is to. */
  offer?: Maybe<Scalars['Int']['output']>;
  sdp?: Maybe<Scalars['String']['output']>;
};

export type HeardSignals = {
  __typename?: 'HeardSignals';
  /** Whether somebody has used the link. */
  joined: Scalars['Boolean']['output'];
  signals: Array<HeardSignal>;
};

/** A person's reason to keep records, whatever the rule says. It holds until somebody lifts it. */
export type Hold = {
  __typename?: 'Hold';
  article: Scalars['String']['output'];
  ground: RetentionGround;
  id: Scalars['ID']['output'];
  liftedAt?: Maybe<Scalars['Float']['output']>;
  /** Null while it stands. */
  liftedBy?: Maybe<Scalars['String']['output']>;
  /** Milliseconds since 1970, as below. */
  placedAt: Scalars['Float']['output'];
  placedBy: Scalars['String']['output'];
  reason: Scalars['String']['output'];
};

/** An act of an administrator, as it was signed. */
export type HubAct = {
  __typename?: 'HubAct';
  after: Scalars['Float']['output'];
  /** Done at the hub's machine, with the hub's own key. */
  atMachine: Scalars['Boolean']['output'];
  author: Scalars['ID']['output'];
  before: Scalars['Float']['output'];
  kind: HubActKind;
  reason: HubActReason;
  sequence: Scalars['Float']['output'];
  subject: Scalars['ID']['output'];
  time: Scalars['Float']['output'];
};

export type HubActInput = {
  /** Of a RING: which; taken back it is the last one. Of a RELEASE: up to which ring, 255 to withdraw it; taken back it is offered to nobody. */
  figure?: InputMaybe<Scalars['Int']['input']>;
  kind: HubActKind;
  passphrase: Scalars['String']['input'];
  reason: HubActReason;
  /** False: takes it back. */
  set: Scalars['Boolean']['input'];
  /** A clinic's chain, a device, or the id of an invitation or a release. */
  subject: Scalars['ID']['input'];
};

export type HubActKind =
  /** A person may administer the hub. */
  | 'ADMINISTRATOR'
  /** The hub does not answer a device any more. */
  | 'CERTIFICATE'
  /** The hub offers to sign with that key next: at its machine alone. */
  | 'HUB_KEY'
  /** An invitation lets one clinic in; taken back by its id. The value is when it ends, 0 for never. */
  | 'INVITATION'
  /** Of a newer version of the program, which this one does not know. */
  | 'NEWER'
  /** The hub takes nothing new of the clinic, until it is released. */
  | 'QUARANTINE'
  /** The clinic's devices make state and tree of their replicas anew out of the blocks. */
  | 'REBASELINE'
  /** Up to which ring a release of the program is offered; 0 for none, 255 once it is withdrawn. */
  | 'RELEASE'
  /** With how many blocks the hub ordered again after it was restored: at its machine alone. */
  | 'RESTORATION'
  /** When a clinic gets a new version of the program: ring 1 first. 0 is the last one. */
  | 'RING';

export type HubActReason =
  | 'ASKED_BY_CLINIC'
  | 'ATTACK'
  | 'FAULT'
  | 'LOST_DEVICE'
  | 'MAINTENANCE'
  /** Of a newer version of the program, which this one does not know. */
  | 'NEWER'
  | 'NOT_SAID'
  | 'RESOLVED';

/** What the hub says of its own disk. */
export type HubDisk = {
  __typename?: 'HubDisk';
  /** Empty when all was as it was written. */
  faults: Array<HubDiskFault>;
  /** When the newest whole look ended; null before the first. */
  finishedAt?: Maybe<Scalars['Float']['output']>;
};

export type HubDiskFault = {
  __typename?: 'HubDiskFault';
  count: Scalars['Int']['output'];
  /** FILE, STATE, BLOCKS, TREE, DOCUMENTS or STORE; a newer hub may name another. */
  part: Scalars['String']['output'];
};

export type HubLedger = {
  __typename?: 'HubLedger';
  /** Null from an older hub, which does not look. */
  disk?: Maybe<HubDisk>;
  hours: Array<HubSample>;
  /** As the hub says. Of the last day by minute, then of the last ninety days by hour; each in the order of time. */
  minutes: Array<HubSample>;
  /** How many witnesses make a checkpoint final. */
  quorum: Scalars['Int']['output'];
  /** Who has cosigned the newest checkpoint that this desk has checked. */
  witnesses: Array<HubWitness>;
};

/** Numbers alone, of all processes of the hub together. */
export type HubSample = {
  __typename?: 'HubSample';
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

export type HubStore =
  /** Its own: ledger, mail, acts and, unless they lie elsewhere, documents. */
  | 'DATABASE'
  /** Where documents lie outside of it. */
  | 'DOCUMENTS'
  /** The hub was restored: it orders nothing until the witness clinics have confirmed what it has. */
  | 'LEDGER'
  /** One of its processes, of which the others hear nothing. */
  | 'PROCESS';

/** What the hub says of one of its stores, or of one of its processes. */
export type HubTrouble = {
  __typename?: 'HubTrouble';
  /** Of the failure: storage.disk-full, relay.store-away and the like. */
  code: Scalars['String']['output'];
  /** Which process of the hub says so, or is missing. */
  process: Scalars['String']['output'];
  /** When it began to fail in this way, or was heard last; milliseconds since 1970 by the clock of that process. */
  since: Scalars['Float']['output'];
  store: HubStore;
};

export type HubWitness = {
  __typename?: 'HubWitness';
  /** The clinic's name; null for a witness from outside. */
  clinic?: Maybe<Scalars['String']['output']>;
  cosignedAt?: Maybe<Scalars['Float']['output']>;
  /** A clinic's chain, or the name of a witness from outside. */
  who: Scalars['String']['output'];
};

export type Identifier = {
  __typename?: 'Identifier';
  system?: Maybe<Scalars['String']['output']>;
  type?: Maybe<Scalars['String']['output']>;
  value: Scalars['String']['output'];
};

export type ImportJob = {
  __typename?: 'ImportJob';
  accepted: Scalars['Int']['output'];
  /** Of a dry run: how many new people resemble somebody here. An import merges nobody; compare them afterwards. */
  alikeCount: Scalars['Int']['output'];
  alreadyPresent: Scalars['Int']['output'];
  /** Bytes read and in all; the total is 0 while unknown. */
  bytesRead: Scalars['Float']['output'];
  bytesTotal: Scalars['Float']['output'];
  currentFile?: Maybe<Scalars['String']['output']>;
  doubtCount: Scalars['Int']['output'];
  /** What was taken as it is and can hardly be meant: a birth in the future, a unit that UCUM does not know, a date before birth. */
  doubts: Array<ImportRefusal>;
  /** Whether it only says what an import would do: nothing was written, and the figures are what would be. */
  dryRun: Scalars['Boolean']['output'];
  /** Whether this computer reads its files; what another desk of the clinic imported can be taken back here, and goes on there. */
  here: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  /** Files of a chosen folder that were not read, as nothing is known of files with such names; a thousand at most. */
  ignored: Array<Scalars['String']['output']>;
  missingReferenceCount: Scalars['Int']['output'];
  missingReferences: Array<Scalars['String']['output']>;
  patients: Scalars['Int']['output'];
  /** Of a dry run: whom the files describe, new people who resemble somebody here first. */
  people: Array<ImportedPerson>;
  /** Why it stopped; null while nothing is in its way. */
  problem?: Maybe<KeptProblem>;
  refused: Array<ImportRefusal>;
  refusedCount: Scalars['Int']['output'];
  startedAt: Scalars['Float']['output'];
  state: ImportState;
  /** What was taken back so far; null while nothing was. */
  undo?: Maybe<ImportUndo>;
};


export type ImportJobdoubtsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type ImportJobmissingReferencesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type ImportJobpeopleArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type ImportJobrefusedArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A record of the import that stays as it is. */
export type ImportLeft = {
  __typename?: 'ImportLeft';
  name: Scalars['String']['output'];
  reason: ImportLeftReason;
  resourceType: Scalars['String']['output'];
  title: Scalars['String']['output'];
};

export type ImportLeftReason =
  /** Somebody has changed it since, or a later import. */
  | 'AMENDED'
  /** Its sealed document is not on this computer. */
  | 'NOT_HERE'
  /** FHIR has no way to say of this type that it was entered in error. */
  | 'NO_SUCH_STATUS'
  /** The person whom it describes has other records by now. */
  | 'PERSON_STAYS';

export type ImportRefusal = {
  __typename?: 'ImportRefusal';
  code: Scalars['String']['output'];
  file: Scalars['String']['output'];
  line?: Maybe<Scalars['Int']['output']>;
  message: Scalars['String']['output'];
  path?: Maybe<Scalars['String']['output']>;
};

export type ImportState =
  | 'DONE'
  | 'FAILED'
  | 'PAUSED'
  | 'RUNNING'
  | 'TAKEN_BACK'
  /** It is being taken back; when nothing moves, ask again: it goes on. */
  | 'TAKING_BACK';

export type ImportUndo = {
  __typename?: 'ImportUndo';
  left: Array<ImportLeft>;
  leftCount: Scalars['Int']['output'];
  /** Records that say (will say) that they were entered in error. */
  marked: Scalars['Int']['output'];
  /** People who leave every list: the import made them and nobody touched them since. */
  people: Scalars['Int']['output'];
  /** Records that say again what they said before the import. */
  restored: Scalars['Int']['output'];
};


export type ImportUndoleftArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type ImportedPerson = {
  __typename?: 'ImportedPerson';
  alike: Array<AlikePatient>;
  birthDate: Scalars['String']['output'];
  file: Scalars['String']['output'];
  /** Whether the import makes a patient; otherwise they are here under the same id. */
  isNew: Scalars['Boolean']['output'];
  line: Scalars['Int']['output'];
  name: Scalars['String']['output'];
};

export type InvitationInput = {
  /** Whole hours until it ends, at most fourteen days. */
  hours: Scalars['Int']['input'];
  passphrase: Scalars['String']['input'];
  reason: HubActReason;
};

export type KeptProblem = {
  __typename?: 'KeptProblem';
  code: Scalars['String']['output'];
  /** Values that the sentence names, for the sentences of other languages. */
  details: Array<KeptProblemDetail>;
  message: Scalars['String']['output'];
};

export type KeptProblemDetail = {
  __typename?: 'KeptProblemDetail';
  name: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

/** Further steps: who is told as well when nobody has acknowledged for so long. */
export type LadderStep = {
  __typename?: 'LadderStep';
  afterMinutes: Scalars['Int']['output'];
  tell: Array<MonitoringPerson>;
};

export type LadderStepInput = {
  afterMinutes: Scalars['Int']['input'];
  tell: Array<Scalars['ID']['input']>;
};

export type LedgerReceipt = {
  __typename?: 'LedgerReceipt';
  fileName: Scalars['String']['output'];
  /** JSON for `careledger verify`. */
  json: Scalars['String']['output'];
  witnessed: Scalars['Boolean']['output'];
};

export type LineDecisionInput = {
  decision: MedicationDecision;
  /** `MedicationLine.name` */
  line: Scalars['String']['input'];
};

export type MadeCasePack = {
  __typename?: 'MadeCasePack';
  /** To be told by another way than the link. */
  code: Scalars['String']['output'];
  url: Scalars['String']['output'];
};

export type MadeFhirToken = {
  __typename?: 'MadeFhirToken';
  /** Shown once: only its hash is kept. */
  secret: Scalars['String']['output'];
  token: FhirToken;
};

/** How alike two people are in one field. */
export type MatchEvidence = {
  __typename?: 'MatchEvidence';
  /** same, similar or different. */
  agreement: Scalars['String']['output'];
  /** family, given, birthDate, gender, city, phone or identifier. */
  field: Scalars['String']['output'];
  /** In bits: above 0 it speaks for one person. */
  weight: Scalars['Float']['output'];
};

export type Measurement =
  | 'BODY_TEMPERATURE'
  | 'BODY_WEIGHT'
  | 'GLUCOSE_MASS'
  | 'GLUCOSE_MOLES'
  | 'HEART_RATE'
  | 'OXYGEN_SATURATION'
  | 'SYSTOLIC_PRESSURE';

export type MedicationDecision =
  /** What the chart has goes on; what came of it ends. */
  | 'KEEP'
  | 'NOT_TAKEN'
  | 'STOP'
  /** What came goes on; what the chart has of it ends. */
  | 'TAKE_OVER';

/** One medication, known by its code or else by its words. */
export type MedicationLine = {
  __typename?: 'MedicationLine';
  came: Array<ArrivedMedication>;
  chart: Array<ChartItem>;
  /** Those that may be chosen here. */
  decisions: Array<MedicationDecision>;
  /** Names the records of this line and their versions: what has changed since has another name. */
  name: Scalars['String']['output'];
};

export type MedicationOrigin =
  | 'CLINIC'
  | 'IMPORT'
  | 'PATIENT';

export type MedicationReconciliation = {
  __typename?: 'MedicationReconciliation';
  /** The newest list that somebody signed. */
  last?: Maybe<ChartItem>;
  lines: Array<MedicationLine>;
};

export type MissingAccessLines = {
  __typename?: 'MissingAccessLines';
  from: Scalars['Float']['output'];
  to: Scalars['Float']['output'];
};

export type Modality =
  | 'AUDIO'
  | 'CHAT'
  | 'PHONE'
  | 'VIDEO';

/** In the smallest unit of an ISO 4217 currency: cents. */
export type Money = {
  __typename?: 'Money';
  amount: Scalars['Float']['output'];
  currency: Scalars['String']['output'];
};

export type MoneyInput = {
  amount: Scalars['Float']['input'];
  currency: Scalars['String']['input'];
};

export type MonitoringAlert = {
  __typename?: 'MonitoringAlert';
  acknowledgedAt?: Maybe<Scalars['Float']['output']>;
  acknowledgedBy?: Maybe<Scalars['String']['output']>;
  /** The record says something else meanwhile. */
  corrected: Scalars['Boolean']['output'];
  escalated: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  reading: MonitoringReading;
  side: AlertSide;
  /** Steps of the ladder that it has reached. */
  step: Scalars['Int']['output'];
  threshold: Scalars['String']['output'];
};

export type MonitoringDryRun = {
  __typename?: 'MonitoringDryRun';
  alerts: Scalars['Int']['output'];
  /** How often nothing came for longer than the interval. */
  gaps: Scalars['Int']['output'];
  /** Readings that would have counted. */
  readings: Scalars['Int']['output'];
};

export type MonitoringInput = {
  /** The plan that was shown; null where there was none. */
  basedOn?: InputMaybe<Scalars['ID']['input']>;
  escalateMinutes: Scalars['Int']['input'];
  high?: InputMaybe<Scalars['String']['input']>;
  intervalMinutes: Scalars['Int']['input'];
  /** The first step is `escalateMinutes`. */
  ladder?: InputMaybe<Array<LadderStepInput>>;
  /** Decimals in the measurement's unit. */
  low?: InputMaybe<Scalars['String']['input']>;
  measurement: Measurement;
  patient: Scalars['ID']['input'];
  repeatMinutes?: InputMaybe<Scalars['Int']['input']>;
  tell: Array<Scalars['ID']['input']>;
};

export type MonitoringPerson = {
  __typename?: 'MonitoringPerson';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};

export type MonitoringPlan = {
  __typename?: 'MonitoringPlan';
  active: Scalars['Boolean']['output'];
  by: Scalars['String']['output'];
  escalateMinutes: Scalars['Int']['output'];
  /** Milliseconds since 1970: counts for what is received from then on. */
  from: Scalars['Float']['output'];
  high?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  intervalMinutes: Scalars['Int']['output'];
  /** In order; the first after `escalateMinutes`. */
  ladder: Array<LadderStep>;
  low?: Maybe<Scalars['String']['output']>;
  /** After the last step everybody is told again this often. */
  repeatMinutes?: Maybe<Scalars['Int']['output']>;
  /** Who is to be told. */
  tell: Array<MonitoringPerson>;
};

export type MonitoringReading = {
  __typename?: 'MonitoringReading';
  /** Milliseconds since 1970; null where the record says no time. */
  measured?: Maybe<Scalars['Float']['output']>;
  received: Scalars['Float']['output'];
  /** Digits as written. */
  value: Scalars['String']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Says with one's name that these alerts were seen. Those that came meanwhile stand. */
  acknowledgeAlerts: Watch;
  /** Asks for a new key in a page of its own; the answer is the page's ticket, for `openPasskeyPage` and `passkeyDone`. */
  addPasskey: Scalars['ID']['output'];
  /** Asks a colleague, or whoever has a role, for something about a patient: a FHIR Task in the chart. */
  addTask: Task;
  /** Puts a patient into the queue who is here, or books a visit. Answers what it would overlap with instead when there is something and `evenSo` is not set. */
  addVisit: AddedVisit;
  /** An act at the hub, signed with the key of who is signed in; asks for passphrase and second factor. */
  administerHub: Scalars['Boolean']['output'];
  /** Enrols a device that waits, and who works at it in this role, and gives it the clinic's keys. */
  admitDevice: Scalars['Boolean']['output'];
  /** Signed by who answers; the patient sees the words with the line. */
  answerComplaint: AccessComplaint;
  /** Answers a question of another clinic; signed, and asks for the passphrase. */
  answerConsult: Consult;
  /** Signs the quorum's approval for a clinic that asks to join the region. */
  approveAdmission: Scalars['Boolean']['output'];
  /** Signs this clinic's approval of a proposal; with the quorum's last one it becomes an act of the ledger. */
  approvePolicy: Scalars['Boolean']['output'];
  /** Asks a clinician of another clinic by sealed letter; signed, and asks for the passphrase. It goes when there is a line. */
  askConsult: Consult;
  /** Asks a key to confirm the ceremony (its hash) that the refusal `vault.code-needed` named; the answer is the ticket of the page. */
  askPasskey: Scalars['ID']['output'];
  /** Begins a file of at most 524,288,000 bytes, or goes on with the same one where it stopped. */
  beginAttachment: AttachmentUpload;
  /** Begins the tasks, or begins them anew for who is signed in: what was done before counts no more. Refused in a real clinic. */
  beginTraining: Training;
  /** Opens the chart beyond what is decided, for an hour at most. Asks for the second factor, as each ceremony does. */
  breakGlass: BrokenGlass;
  /** Ends the export that is being written; what was written of it is removed. False when there is none. */
  cancelExport: Scalars['Boolean']['output'];
  cancelImport: ImportJob;
  changePassphrase: Scalars['Boolean']['output'];
  closeCall: Scalars['Boolean']['output'];
  closeChart: Scalars['Boolean']['output'];
  /** This was not right: about one line, for the clinic's privacy officer. */
  complainOfAccess: AccessComplaint;
  /** Declines what another clinic proposed, which is told why. Nothing is written into the record. */
  declineProposal: Scalars['Boolean']['output'];
  /** Takes away the pieces of a file that was begun. */
  discardAttachment: Scalars['Boolean']['output'];
  discardDraft: Scalars['Boolean']['output'];
  discardFormDraft: Scalars['Boolean']['output'];
  /** Gives up acts of this desk that wait to be signed anew; gives how many there were. */
  discardWaitingActs: Scalars['Int']['output'];
  /** The card opens nothing any more, here at once and elsewhere at the next sync. True when it is durable. */
  endCareCard: Scalars['Boolean']['output'];
  /** From then on it opens to nobody. */
  endCasePack: Scalars['Boolean']['output'];
  /** Ends it before its time, and closes the chart. */
  endGlass: Scalars['Boolean']['output'];
  endGuardian: Guardian;
  /** Ends it from now on. Alerts that nobody has acknowledged stand. */
  endMonitoring: Watch;
  /** It is done, or is declined with a reason. `revision` is what the screen showed. */
  endTask: Task;
  /** Lets a gateway bring readings from now on. `key` is what `careledger gateway init` prints. */
  enrolReadingGateway: Array<ReadingGateway>;
  /**
   * Keeps what was offered, once a first code of it is right. `ceremony`: the one (its hash) that `vault.second-factor-needed` named; the code
   * counts for it too.
   */
  enrolSecondFactor: StaffMember;
  /** Gives a new staff member a key, a slot on this desk and an enrolment in the ledger. */
  enrolStaff: StaffMember;
  /** Without categories all of a patient. What is retained is refused and the refusal recorded; it cannot be overridden. Asks for the passphrase. */
  erase: Erasure;
  /** The log of one patient as a file, to hand out. Leaves a line of its own. */
  exportAccessLog: AccessExport;
  /** Writes records as FHIR NDJSON, their files and a signed manifest into a new folder inside `folder`: one patient's, or everybody's, which only an administrator does. Nothing there is sealed. */
  exportRecords: WrittenExport;
  /** Puts an answer into the chart, as a record of who files it. */
  fileConsult: Consult;
  /**
   * The patient's own words against one record, as they came to the desk on paper (45 CFR 164.526(d)(2)): they stand at it from then on, and the
   * privacy officer has them to answer. `saidBy` names who says it for the patient, and is left out where they do themselves.
   */
  fileDisagreement: ChartItem;
  /** Makes the record of a file that is whole; gives its id. */
  finishAttachment: Scalars['ID']['output'];
  /**
   * Records a patient's consent, signed by staff member and clinic; asks for the passphrase. With the care card the patient signs it as well:
   * a consent to research needs that where there is a card.
   */
  giveConsent: Consent;
  /** It is for somebody else from now on: a person or a role. Both stand in its history, with who handed it on and why. */
  handTask: Task;
  /** What the patient's page said since; waits up to fifteen seconds for it. */
  hearCall: HeardSignals;
  /** Imports what a dry run has looked at. */
  importAfterDryRun: ImportJob;
  /** Takes the next piece of a chart's file, which an export has under `files` beside its records, before their text; `data` in base64, `size` of the whole file in bytes. `job` null begins a job. */
  importFile: ImportJob;
  /** Imports files and folders on this computer's disk; `csvMapping` says in JSON what the columns of tables mean; with `dryRun` it only says what that would do. */
  importPaths: ImportJob;
  /** Imports text that the page read: parts of one file in order, the last one with `last`. `job` null begins a job. With `base64` the text is bytes that are no UTF-8, so that the report can say where. */
  importText: ImportJob;
  /** An invitation for one more clinic, as an act at the hub. Its text is shown this once. */
  inviteClinic: ClinicInvitation;
  /** An invitation for one more device of this clinic. */
  inviteDevice: Scalars['String']['output'];
  /**
   * Makes a care card: the patient types the PIN. What is printed is in this answer and nowhere else. A card that the patient had before is
   * dead from then on.
   */
  issueCareCard: PrintedCareCard;
  /** Under a matching research consent only; the rules of the ledger decide. */
  joinOffer: Participation;
  /** Keeps what `careledger anchor` wrote about this region in its parent's ledger, held against this replica. */
  keepRegionAnchor: OwnAnchor;
  /** Keeps a competency record in this clinic: who is signed in says with their signature that it is theirs. Refused in a training clinic. */
  keepTrainingRecord: TrainingRecord;
  leaveOffer: Participation;
  liftHold: Hold;
  liftRestriction: Restriction;
  /** Makes a case for a clinician outside: link and code are answered once. Asks for the passphrase. */
  makeCasePack: MadeCasePack;
  /** Lets a program ask the FHIR façade of this desk on the word of who is signed in, while they are. */
  makeFhirToken: MadeFhirToken;
  /** The open chart of `patient` shows the records of `other` as well: `other` says to be replaced by `patient` (FHIR Patient.link). Both charts are opened; nothing moves. */
  mergePatients: Chart;
  /** The next step. `revision` is what the screen showed: somebody else's step in between is answered as such, and nothing is done. Steps that treat need the right to write in charts. */
  moveVisit: Visit;
  /** Signed: `covering` looks after visits, tasks and inbox of `covered` for a time. One's own; an administrator names it for anybody. It adds nothing to what their role may do. */
  nameCover: Cover;
  /** `card`: the patient's own, who signs; left out only where they have none. `textHash`: of the text that was read. */
  nameGuardian: Guardian;
  /** Takes news of a card off every desk of this clinic. */
  noteCardNews: Scalars['Boolean']['output'];
  /** Notes that the patient has been told of a use. */
  noteGlassTold: GlassUse;
  /** The line in the access log of what is printed, durable before the printer is asked. */
  notePaymentPrint: Scalars['Boolean']['output'];
  /** Leaves the access line of what is about to be printed from an open chart; print only when it has. */
  notePrint: Scalars['Boolean']['output'];
  /** Signs this end's description with the clinic's key and sends it; gives its number. `to` is who said hello. */
  offerCall: Scalars['Int']['output'];
  /** A secret for the authenticator of who is signed in, on this desk; nothing is kept until `enrolSecondFactor`. */
  offerSecondFactor: SecondFactorOffer;
  /** This clinic offers to witness the region with this device. */
  offerToWitness: Scalars['Boolean']['output'];
  /** Begins a video visit: a room at the hub, and the one link that lets the patient in, once. Refused without a consent that holds. */
  openCall: VideoCall;
  /**
   * What a card opens without its PIN, for an emergency: logged as such before it is shown, at the clinic that keeps the records too. Null while
   * it is on its way: ask again.
   */
  openCardEmergency?: Maybe<CardEmergency>;
  /** Writes the access line, durably, and only then answers the chart. Fails with `access.line-not-durable` when it cannot. */
  openChart: Chart;
  /** Answers when the key was used, or says why it was not. */
  passkeyDone: StaffMember;
  /** From then on an erasure is refused. `reason`: one line of at most 200 characters that names no person; it stays with the refusal. Asks for the passphrase. */
  placeHold: Hold;
  /** Proposes a version of a record that another clinic keeps, or a new one: that clinic takes it over or declines it. */
  proposeAmendment: Proposal;
  /** Proposes the key that the hub offers to sign with. */
  proposeHubKey: Scalars['Boolean']['output'];
  /** Proposes to activate the newest rules that this program knows. */
  proposeRules: Scalars['Boolean']['output'];
  /** Proposes a whole new witness set to the clinics of the one in force, and approves it for this clinic. */
  proposeWitnesses: Scalars['Boolean']['output'];
  publishOffer: Offer;
  /** The next piece (786,000 bytes, the last one what is left), base64. Durable when it is answered. */
  putAttachmentPiece: AttachmentUpload;
  /** Adds a record (`record` null) or a new version of one. `resource` is FHIR R4 JSON; its text is kept as it is. */
  putRecord: ChartItem;
  /** As `putRecord`, all of them or none: the vital signs of one moment, a result and the order that it completes. Each names this patient. */
  putRecords: Array<ChartItem>;
  /** That the patient of the open chart has died, or that what was recorded of it was a mistake: a new version of the Patient record, with its reason. */
  recordDeath: Chart;
  /**
   * A participant has earned a part of the reward: signed, on the ledger, never taken back. `amount` in the smallest unit; `words`, what it
   * is for, are sealed for the participant's clinic.
   */
  recordEarned: Array<Participant>;
  /** What was earned was paid: once. `words`, how, are sealed for the participant's clinic. */
  recordPaid: Array<Participant>;
  /** A record of the chart; a further answer is a further version of it. */
  recordTeleConsent: TeleConsent;
  refuseDevice: Scalars['Boolean']['output'];
  /** Registers a person; answers possible duplicates instead when there are some and `evenSo` is not set. */
  registerPatient: RegistrationResult;
  removeFormTemplate: Array<FormTemplate>;
  removePasskey: StaffMember;
  /** Takes the time code away. */
  removeSecondFactor: StaffMember;
  /** A new key for who is signed in; the answer is the new staff id. Unlock again afterwards, with the same passphrase. */
  renewOwnKey: Scalars['ID']['output'];
  /** Has a proposal that was declined wait again. */
  reopenProposal: Scalars['Boolean']['output'];
  /** It was ended by mistake: it is open again. Both stay in the history. */
  reopenTask: Task;
  /** Another time, length, colleague, reason or urgency for a visit whose patient nobody has called yet; the time only while they are not here. What is planned is a version of the visit's records like each step. Answers overlaps as `addVisit` does. */
  replanVisit: AddedVisit;
  /** Keeps parts of a record of this clinic from people of this clinic, who are not told. */
  restrict: Restriction;
  resumeImport: ImportJob;
  /** Of two copies of a device's data that are in use at once, one ends: the ledger takes nothing more of it. */
  retireCopy: Scalars['Boolean']['output'];
  reviewGlass: GlassUse;
  /** Nothing more is taken from the device, and nothing more is sealed to it. */
  revokeDevice: Scalars['Boolean']['output'];
  /** From now on the token opens nothing. */
  revokeFhirToken: Array<FhirToken>;
  /** Shuts a gateway out: nothing of it is taken in any more. This cannot be taken back. */
  revokeReadingGateway: Array<ReadingGateway>;
  revokeStaff: Scalars['Boolean']['output'];
  /** A new signing key and a new encryption key of the clinic, for every desk of it. An administrator's act. */
  rollClinicKeys: ClinicKeys;
  /** Keeps a mapping of tables under its name. */
  saveCsvMapping: Scalars['String']['output'];
  /** Keeps a draft, sealed, so that a crash loses no word. Content is the form's JSON. */
  saveDraft: Draft;
  saveFormDraft: Draft;
  /** Keeps a template of this clinic; takes the place of one of the same name. */
  saveFormTemplate: Array<FormTemplate>;
  /** An act of the ledger; an administrator’s. */
  setGuardianAges: GuardianAges;
  /** Watches a measurement from now on, or changes how: a further version of the plan. */
  setMonitoring: Watch;
  /** From now on this desk looks into the folder each minute while somebody is signed in; null ends it. */
  setReadingFolder?: Maybe<ReadingFolder>;
  setRetention: Retention;
  /** Writes the version that settles a conflict. Both versions stay in the history. */
  settleConflict: ChartItem;
  /** Opens to this clinic, by the patient's own key, what they chose. Gives the patient's id here. */
  shareByCard: Scalars['ID']['output'];
  /**
   * A patient of another clinic is here with their card; that clinic may be closed. Null while what lies in the card's box is on its way: ask
   * again.
   */
  showCareCard?: Maybe<CardVisitor>;
  /** Takes a code for the ceremony (its hash) that the refusal `vault.code-needed` named. */
  showSecondFactor: Scalars['Boolean']['output'];
  /** Signs what was decided about each line, and writes what follows from it: all of it or none. Asks for the passphrase. */
  signMedicationReconciliation: ChartItem;
  /** Signs a progress note (SOAP), or with `record` an amendment of one, with the person's own key; asks for the passphrase. */
  signSoapNote: ChartItem;
  /** Signs a note (or, with `record`, an amendment of one) with the person's own key; asks for the passphrase. */
  signTeleNote: TeleNote;
  /** The competency record as a file, under the name that is given, signed with the key of who is signed in. */
  signTrainingRecord: TrainingFile;
  /** Takes back what an import wrote, in new versions that give the reason. What somebody changed since stays. */
  takeImportBack: ImportJob;
  /** Takes the merge back that is the newest version: the version before it is written again, and the late one waits. */
  undoMerge: ChartItem;
  /** Takes the last step back; both stay in the history. A visit that was closed opens again on its own day only. */
  undoVisitStep: Visit;
  /** Takes that back: each chart shows its own records again. */
  unmergePatients: Chart;
  /** It does not count any more, and says why; its number stays used. `revision` is what the screen showed. */
  voidPaymentReceipt: PaymentReceipt;
  /** As many steps as giving: one. Keys are taken back at the next sync. */
  withdrawConsent: Consent;
  /** Signed: ends it before its time. By either of the two, or an administrator. */
  withdrawCover: Cover;
  withdrawOffer: Offer;
  /** Writes down what a patient has paid: a FHIR Invoice that is balanced, in the patient's chart, under the next number of this desk. */
  writePaymentReceipt: PaymentReceipt;
};


export type MutationacknowledgeAlertsArgs = {
  alerts: Array<Scalars['ID']['input']>;
  watch: Scalars['ID']['input'];
};


export type MutationaddPasskeyArgs = {
  name: Scalars['String']['input'];
  passphrase: Scalars['String']['input'];
};


export type MutationaddTaskArgs = {
  input: AddTaskInput;
};


export type MutationaddVisitArgs = {
  evenSo?: InputMaybe<Scalars['Boolean']['input']>;
  input: AddVisitInput;
};


export type MutationadministerHubArgs = {
  input: HubActInput;
};


export type MutationadmitDeviceArgs = {
  device: Scalars['ID']['input'];
  role: Scalars['String']['input'];
};


export type MutationanswerComplaintArgs = {
  id: Scalars['ID']['input'];
  words: Scalars['String']['input'];
};


export type MutationanswerConsultArgs = {
  answer: Scalars['String']['input'];
  consult: Scalars['ID']['input'];
  passphrase: Scalars['String']['input'];
};


export type MutationapproveAdmissionArgs = {
  chain: Scalars['ID']['input'];
};


export type MutationapprovePolicyArgs = {
  id: Scalars['ID']['input'];
};


export type MutationaskConsultArgs = {
  input: AskConsultInput;
  passphrase: Scalars['String']['input'];
};


export type MutationaskPasskeyArgs = {
  ceremony: Scalars['ID']['input'];
};


export type MutationbeginAttachmentArgs = {
  input: AttachmentInput;
  title: Scalars['String']['input'];
};


export type MutationbreakGlassArgs = {
  input: BreakGlassInput;
};


export type MutationcancelImportArgs = {
  id: Scalars['ID']['input'];
};


export type MutationchangePassphraseArgs = {
  current: Scalars['String']['input'];
  next: Scalars['String']['input'];
};


export type MutationcloseCallArgs = {
  call: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationcloseChartArgs = {
  patient: Scalars['ID']['input'];
};


export type MutationcomplainOfAccessArgs = {
  line: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
  words: Scalars['String']['input'];
};


export type MutationdeclineProposalArgs = {
  id: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationdiscardAttachmentArgs = {
  input: AttachmentInput;
};


export type MutationdiscardDraftArgs = {
  key: Scalars['String']['input'];
  kind: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationdiscardFormDraftArgs = {
  key: Scalars['String']['input'];
  kind: Scalars['String']['input'];
  patient?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationendCareCardArgs = {
  passphrase: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationendCasePackArgs = {
  link: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationendGlassArgs = {
  patient: Scalars['ID']['input'];
};


export type MutationendGuardianArgs = {
  guardian: Scalars['ID']['input'];
  passphrase: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationendMonitoringArgs = {
  measurement: Measurement;
  patient: Scalars['ID']['input'];
};


export type MutationendTaskArgs = {
  end: TaskEnd;
  reason?: InputMaybe<Scalars['String']['input']>;
  revision: Scalars['String']['input'];
  task: Scalars['ID']['input'];
};


export type MutationenrolReadingGatewayArgs = {
  key: Scalars['String']['input'];
  name: Scalars['String']['input'];
};


export type MutationenrolSecondFactorArgs = {
  ceremony?: InputMaybe<Scalars['ID']['input']>;
  code: Scalars['String']['input'];
};


export type MutationenrolStaffArgs = {
  input: EnrolStaffInput;
};


export type MutationeraseArgs = {
  input: ErasureInput;
  passphrase: Scalars['String']['input'];
};


export type MutationexportAccessLogArgs = {
  filter?: InputMaybe<AccessFilter>;
  format: AccessExportFormat;
  patient: Scalars['ID']['input'];
};


export type MutationexportRecordsArgs = {
  folder: Scalars['String']['input'];
  passphrase: Scalars['String']['input'];
  patient?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationfileConsultArgs = {
  consult: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationfileDisagreementArgs = {
  patient: Scalars['ID']['input'];
  record: Scalars['ID']['input'];
  saidBy?: InputMaybe<Scalars['String']['input']>;
  words: Scalars['String']['input'];
};


export type MutationfinishAttachmentArgs = {
  input: AttachmentInput;
};


export type MutationgiveConsentArgs = {
  card?: InputMaybe<ShownCard>;
  input: ConsentInput;
  passphrase: Scalars['String']['input'];
  textHash: Scalars['String']['input'];
};


export type MutationhandTaskArgs = {
  owner?: InputMaybe<Scalars['ID']['input']>;
  reason?: InputMaybe<Scalars['String']['input']>;
  revision: Scalars['String']['input'];
  role?: InputMaybe<Scalars['String']['input']>;
  task: Scalars['ID']['input'];
};


export type MutationhearCallArgs = {
  call: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationimportAfterDryRunArgs = {
  id: Scalars['ID']['input'];
};


export type MutationimportFileArgs = {
  data: Scalars['String']['input'];
  file: Scalars['String']['input'];
  index: Scalars['Int']['input'];
  job?: InputMaybe<Scalars['ID']['input']>;
  size: Scalars['Float']['input'];
};


export type MutationimportPathsArgs = {
  csvMapping?: InputMaybe<Scalars['String']['input']>;
  dryRun?: Scalars['Boolean']['input'];
  paths: Array<Scalars['String']['input']>;
};


export type MutationimportTextArgs = {
  base64?: InputMaybe<Scalars['Boolean']['input']>;
  csvMapping?: InputMaybe<Scalars['String']['input']>;
  dryRun?: Scalars['Boolean']['input'];
  file: Scalars['String']['input'];
  finish: Scalars['Boolean']['input'];
  firstLine: Scalars['Int']['input'];
  job?: InputMaybe<Scalars['ID']['input']>;
  last: Scalars['Boolean']['input'];
  text: Scalars['String']['input'];
};


export type MutationinviteClinicArgs = {
  input: InvitationInput;
};


export type MutationinviteDeviceArgs = {
  kind: Scalars['String']['input'];
};


export type MutationissueCareCardArgs = {
  emergency?: InputMaybe<Scalars['Boolean']['input']>;
  passphrase: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
  pin: Scalars['String']['input'];
};


export type MutationjoinOfferArgs = {
  offer: Scalars['ID']['input'];
  passphrase: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationkeepRegionAnchorArgs = {
  file: Scalars['String']['input'];
};


export type MutationkeepTrainingRecordArgs = {
  file: Scalars['String']['input'];
  passphrase: Scalars['String']['input'];
};


export type MutationleaveOfferArgs = {
  offer: Scalars['ID']['input'];
  passphrase: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationliftHoldArgs = {
  id: Scalars['ID']['input'];
  passphrase: Scalars['String']['input'];
};


export type MutationliftRestrictionArgs = {
  id: Scalars['ID']['input'];
  passphrase: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationmakeCasePackArgs = {
  input: CasePackInput;
  passphrase: Scalars['String']['input'];
};


export type MutationmakeFhirTokenArgs = {
  program: NewFhirToken;
};


export type MutationmergePatientsArgs = {
  other: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationmoveVisitArgs = {
  revision: Scalars['String']['input'];
  room?: InputMaybe<Scalars['String']['input']>;
  step: VisitStep;
  visit: Scalars['ID']['input'];
};


export type MutationnameCoverArgs = {
  input: CoverInput;
};


export type MutationnameGuardianArgs = {
  card?: InputMaybe<ShownCard>;
  input: GuardianInput;
  passphrase: Scalars['String']['input'];
  textHash: Scalars['ID']['input'];
};


export type MutationnoteCardNewsArgs = {
  id: Scalars['ID']['input'];
};


export type MutationnoteGlassToldArgs = {
  use: Scalars['ID']['input'];
};


export type MutationnotePaymentPrintArgs = {
  patient: Scalars['ID']['input'];
  receipt: Scalars['ID']['input'];
};


export type MutationnotePrintArgs = {
  paper: PrintedPaper;
  patient: Scalars['ID']['input'];
};


export type MutationofferCallArgs = {
  call: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
  sdp: Scalars['String']['input'];
  to: Scalars['String']['input'];
};


export type MutationofferSecondFactorArgs = {
  passphrase: Scalars['String']['input'];
};


export type MutationopenCallArgs = {
  patient: Scalars['ID']['input'];
};


export type MutationopenCardEmergencyArgs = {
  code: Scalars['String']['input'];
};


export type MutationopenChartArgs = {
  covered?: InputMaybe<Scalars['ID']['input']>;
  patient: Scalars['ID']['input'];
  purpose?: Purpose;
};


export type MutationpasskeyDoneArgs = {
  ticket: Scalars['ID']['input'];
};


export type MutationplaceHoldArgs = {
  ground: RetentionGround;
  passphrase: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationproposeAmendmentArgs = {
  input: PutRecordInput;
};


export type MutationproposeWitnessesArgs = {
  witnesses: Array<WitnessInput>;
};


export type MutationpublishOfferArgs = {
  input: OfferInput;
  passphrase: Scalars['String']['input'];
};


export type MutationputAttachmentPieceArgs = {
  data: Scalars['String']['input'];
  index: Scalars['Int']['input'];
  input: AttachmentInput;
};


export type MutationputRecordArgs = {
  input: PutRecordInput;
};


export type MutationputRecordsArgs = {
  inputs: Array<PutRecordInput>;
  patient: Scalars['ID']['input'];
};


export type MutationrecordDeathArgs = {
  input: DeathInput;
};


export type MutationrecordEarnedArgs = {
  amount: Scalars['Float']['input'];
  offer: Scalars['ID']['input'];
  participant: Scalars['ID']['input'];
  passphrase: Scalars['String']['input'];
  words: Scalars['String']['input'];
};


export type MutationrecordPaidArgs = {
  benefit: Scalars['ID']['input'];
  offer: Scalars['ID']['input'];
  participant: Scalars['ID']['input'];
  passphrase: Scalars['String']['input'];
  words: Scalars['String']['input'];
};


export type MutationrecordTeleConsentArgs = {
  given: Scalars['Boolean']['input'];
  patient: Scalars['ID']['input'];
  way: ConsentWay;
};


export type MutationrefuseDeviceArgs = {
  device: Scalars['ID']['input'];
};


export type MutationregisterPatientArgs = {
  evenSo?: InputMaybe<Scalars['Boolean']['input']>;
  input: RegisterPatientInput;
};


export type MutationremoveFormTemplateArgs = {
  kind: Scalars['String']['input'];
  name: Scalars['String']['input'];
};


export type MutationremovePasskeyArgs = {
  passkey: Scalars['ID']['input'];
  passphrase: Scalars['String']['input'];
};


export type MutationremoveSecondFactorArgs = {
  passphrase: Scalars['String']['input'];
};


export type MutationrenewOwnKeyArgs = {
  passphrase: Scalars['String']['input'];
};


export type MutationreopenProposalArgs = {
  id: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationreopenTaskArgs = {
  revision: Scalars['String']['input'];
  task: Scalars['ID']['input'];
};


export type MutationreplanVisitArgs = {
  evenSo?: InputMaybe<Scalars['Boolean']['input']>;
  input: ReplanVisitInput;
  revision: Scalars['String']['input'];
  visit: Scalars['ID']['input'];
};


export type MutationrestrictArgs = {
  input: RestrictionInput;
  passphrase: Scalars['String']['input'];
};


export type MutationresumeImportArgs = {
  id: Scalars['ID']['input'];
};


export type MutationretireCopyArgs = {
  device: Scalars['ID']['input'];
  epoch: Scalars['ID']['input'];
};


export type MutationreviewGlassArgs = {
  use: Scalars['ID']['input'];
  verdict: GlassVerdict;
  words: Scalars['String']['input'];
};


export type MutationrevokeDeviceArgs = {
  device: Scalars['ID']['input'];
};


export type MutationrevokeFhirTokenArgs = {
  id: Scalars['ID']['input'];
};


export type MutationrevokeReadingGatewayArgs = {
  key: Scalars['ID']['input'];
};


export type MutationrevokeStaffArgs = {
  staff: Scalars['ID']['input'];
};


export type MutationrollClinicKeysArgs = {
  passphrase: Scalars['String']['input'];
};


export type MutationsaveCsvMappingArgs = {
  mapping: Scalars['String']['input'];
};


export type MutationsaveDraftArgs = {
  content: Scalars['String']['input'];
  key: Scalars['String']['input'];
  kind: Scalars['String']['input'];
  patient: Scalars['ID']['input'];
};


export type MutationsaveFormDraftArgs = {
  content: Scalars['String']['input'];
  key: Scalars['String']['input'];
  kind: Scalars['String']['input'];
  patient?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationsaveFormTemplateArgs = {
  input: FormTemplateInput;
};


export type MutationsetGuardianAgesArgs = {
  majority: Scalars['Int']['input'];
  passphrase: Scalars['String']['input'];
  privateFrom: Scalars['Int']['input'];
};


export type MutationsetMonitoringArgs = {
  input: MonitoringInput;
};


export type MutationsetReadingFolderArgs = {
  path?: InputMaybe<Scalars['String']['input']>;
};


export type MutationsetRetentionArgs = {
  jurisdiction: Scalars['String']['input'];
  passphrase: Scalars['String']['input'];
  years: Scalars['Int']['input'];
};


export type MutationsettleConflictArgs = {
  input: SettleConflictInput;
};


export type MutationshareByCardArgs = {
  card: ShownCard;
  passphrase: Scalars['String']['input'];
  share: CardShareInput;
  textHash: Scalars['String']['input'];
};


export type MutationshowCareCardArgs = {
  card: ShownCard;
};


export type MutationshowSecondFactorArgs = {
  ceremony: Scalars['ID']['input'];
  code: Scalars['String']['input'];
};


export type MutationsignMedicationReconciliationArgs = {
  input: ReconcileMedicationsInput;
  passphrase: Scalars['String']['input'];
};


export type MutationsignSoapNoteArgs = {
  input: PutRecordInput;
  passphrase: Scalars['String']['input'];
};


export type MutationsignTeleNoteArgs = {
  input: TeleNoteInput;
  passphrase: Scalars['String']['input'];
};


export type MutationsignTrainingRecordArgs = {
  name: Scalars['String']['input'];
  passphrase: Scalars['String']['input'];
};


export type MutationtakeImportBackArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationundoMergeArgs = {
  input: UndoMergeInput;
};


export type MutationundoVisitStepArgs = {
  revision: Scalars['String']['input'];
  visit: Scalars['ID']['input'];
};


export type MutationunmergePatientsArgs = {
  other: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationvoidPaymentReceiptArgs = {
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  receipt: Scalars['ID']['input'];
  revision: Scalars['String']['input'];
};


export type MutationwithdrawConsentArgs = {
  id: Scalars['ID']['input'];
  passphrase: Scalars['String']['input'];
};


export type MutationwithdrawCoverArgs = {
  cover: Scalars['ID']['input'];
};


export type MutationwithdrawOfferArgs = {
  id: Scalars['ID']['input'];
  passphrase: Scalars['String']['input'];
};


export type MutationwritePaymentReceiptArgs = {
  input: PaymentReceiptInput;
};

export type NewFhirToken = {
  /** Days until it ends by itself; at most 366. */
  days: Scalars['Int']['input'];
  /** Name of the program, as the patients' access log will say it. */
  name: Scalars['String']['input'];
  /** Whether it is good from the clinic's network, and not on this computer alone. */
  network?: Scalars['Boolean']['input'];
  passphrase: Scalars['String']['input'];
  /** For `patient/` scopes: the one patient. */
  patient?: InputMaybe<Scalars['ID']['input']>;
  /** HL7 PurposeOfUse: what the program reads for. */
  purpose: Scalars['String']['input'];
  /** SMART v2 scopes with blanks between them: `user/Observation.rs`. */
  scopes: Scalars['String']['input'];
};

export type Offer = {
  __typename?: 'Offer';
  categories: Array<Category>;
  criteria: Scalars['String']['output'];
  description: Scalars['String']['output'];
  expires: Scalars['Float']['output'];
  id: Scalars['ID']['output'];
  minimumGroup: Scalars['Int']['output'];
  opens: Scalars['Float']['output'];
  own: Scalars['Boolean']['output'];
  /** Patients that take part, over the whole region; null below the minimum group. */
  participants?: Maybe<Scalars['Int']['output']>;
  progress: Progress;
  /** The most that one participant can earn; null where no amount was promised. */
  promised?: Maybe<Money>;
  publisher: Scalars['ID']['output'];
  publisherName: Scalars['String']['output'];
  /** GA4GH DUO codes. */
  purposes: Array<Scalars['String']['output']>;
  reward: Scalars['String']['output'];
  state: OfferState;
  title: Scalars['String']['output'];
};

export type OfferInput = {
  categories: Array<Category>;
  criteria: Scalars['String']['input'];
  description: Scalars['String']['input'];
  expires: Scalars['Float']['input'];
  minimumGroup: Scalars['Int']['input'];
  opens: Scalars['Float']['input'];
  /** Said once and never changed; without it nothing can be earned by this offer. */
  promised?: InputMaybe<MoneyInput>;
  purposes: Array<Scalars['String']['input']>;
  reward: Scalars['String']['input'];
  title: Scalars['String']['input'];
};

export type OfferState =
  | 'EXPIRED'
  | 'FUTURE'
  | 'OPEN'
  | 'WITHDRAWN';

export type OtherAnchor = {
  __typename?: 'OtherAnchor';
  /** The clinic whose computer anchors it. */
  by: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  region: Scalars['ID']['output'];
  root: Scalars['String']['output'];
  size: Scalars['Float']['output'];
  /** Null while it waits. */
  time?: Maybe<Scalars['Float']['output']>;
  /** By this region's quorum. */
  witnessed: Scalars['Boolean']['output'];
};

export type OwnAnchor = {
  __typename?: 'OwnAnchor';
  id: Scalars['ID']['output'];
  /** The region in whose ledger it stands: its id is to be compared with one known from elsewhere. */
  parent: Scalars['ID']['output'];
  parentName: Scalars['String']['output'];
  root: Scalars['String']['output'];
  /** Blocks that are bound, and the root over them, hexadecimal. */
  size: Scalars['Float']['output'];
  standing: AnchorStanding;
  /** When it was written, milliseconds since 1970. */
  time: Scalars['Float']['output'];
  /** By the parent's quorum. */
  witnessed: Scalars['Boolean']['output'];
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
};

export type Participant = {
  __typename?: 'Participant';
  active: Scalars['Boolean']['output'];
  benefits: Array<Benefit>;
  /** Number of the compartment that takes part; the participant's clinic knows whose it is. */
  id: Scalars['ID']['output'];
  since: Scalars['Float']['output'];
};

export type Participation = {
  __typename?: 'Participation';
  active: Scalars['Boolean']['output'];
  benefits: Array<Benefit>;
  offer: Offer;
  patient: Scalars['ID']['output'];
  progress: Progress;
  since: Scalars['Float']['output'];
};

/** A FIDO2 key or passkey of who is signed in, on this desk. */
export type Passkey = {
  __typename?: 'Passkey';
  added: Scalars['Float']['output'];
  id: Scalars['ID']['output'];
  /** Its maker may carry it to other devices of its person. */
  isSynchronised: Scalars['Boolean']['output'];
  lastUsed?: Maybe<Scalars['Float']['output']>;
  name: Scalars['String']['output'];
};

export type Patient = {
  __typename?: 'Patient';
  /** FHIR date: as exact as it was recorded. */
  birthDate?: Maybe<Scalars['String']['output']>;
  city?: Maybe<Scalars['String']['output']>;
  /** Chain of the clinic that keeps these records. */
  custodian: Scalars['ID']['output'];
  custodianName: Scalars['String']['output'];
  deceased: Scalars['Boolean']['output'];
  /** When, as exact as it was recorded; null while they live, and when nobody wrote it down. */
  deceasedAt?: Maybe<Scalars['String']['output']>;
  family?: Maybe<Scalars['String']['output']>;
  gender?: Maybe<Scalars['String']['output']>;
  given: Array<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  identifiers: Array<Identifier>;
  /** The patient who stands for this one since they were merged: that chart shows both. */
  mergedInto?: Maybe<Scalars['ID']['output']>;
  name: Scalars['String']['output'];
  phone?: Maybe<Scalars['String']['output']>;
  /** True when another clinic keeps the records and has shared them. */
  shared: Scalars['Boolean']['output'];
};

export type PatientCandidate = {
  __typename?: 'PatientCandidate';
  /** Fields that both have, what speaks for one person first. */
  evidence: Array<MatchEvidence>;
  patient: Patient;
  /** How likely it is that they are one, 0 to 1. It explains itself and decides nothing. */
  probability: Scalars['Float']['output'];
  reasons: Array<Scalars['String']['output']>;
};

export type PatientConnection = {
  __typename?: 'PatientConnection';
  edges: Array<PatientEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type PatientEdge = {
  __typename?: 'PatientEdge';
  cursor: Scalars['String']['output'];
  node: Patient;
};

export type PaymentLine = {
  __typename?: 'PaymentLine';
  amount: Scalars['String']['output'];
  what: Scalars['String']['output'];
};

export type PaymentLineInput = {
  /** As typed; a comma is read as its point. */
  amount: Scalars['String']['input'];
  what: Scalars['String']['input'];
};

export type PaymentMeans =
  | 'CARD'
  | 'CASH'
  | 'TRANSFER';

/** A FHIR Invoice of a patient's chart that was paid at the desk. Amounts are exact decimals with all digits of the currency. */
export type PaymentReceipt = {
  __typename?: 'PaymentReceipt';
  /** ISO 4217. */
  currency: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  lines: Array<PaymentLine>;
  means: PaymentMeans;
  /** Day, desk and running number: `20261128-4F2A91-3`. */
  number: Scalars['String']['output'];
  /** FHIR instant. */
  paidAt: Scalars['String']['output'];
  /** Changes with each version. */
  revision: Scalars['String']['output'];
  /** Who took the money. */
  takenBy: Scalars['String']['output'];
  total: Scalars['String']['output'];
  /** Why it does not count any more. */
  voided?: Maybe<Scalars['String']['output']>;
};

export type PaymentReceiptInput = {
  currency: Scalars['String']['input'];
  lines: Array<PaymentLineInput>;
  means: PaymentMeans;
  patient: Scalars['ID']['input'];
};

export type PolicyChange =
  | 'HUB_KEY'
  | 'RULES'
  | 'WITNESSES';

export type PolicyProposal = {
  __typename?: 'PolicyProposal';
  approvedBy: Array<Scalars['String']['output']>;
  /** Null while it is the one of the genesis. */
  hubKey?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  isApprovedHere: Scalars['Boolean']['output'];
  rules: Scalars['Int']['output'];
  type: PolicyChange;
  witnesses: Array<RegionWitness>;
};

export type PossibleOpening = {
  __typename?: 'PossibleOpening';
  categories: Array<Category>;
  /** Single entries of these categories stay closed to them. */
  partial: Scalars['Boolean']['output'];
  purpose: Purpose;
  /** custody: their clinic keeps the records. consent: a consent opens them. */
  reason: Scalars['String']['output'];
};

export type PossibleReader = {
  __typename?: 'PossibleReader';
  clinicName: Scalars['String']['output'];
  /** How many people this line stands for. */
  count: Scalars['Int']['output'];
  /** Null for people of other clinics: their names are known there alone. */
  name?: Maybe<Scalars['String']['output']>;
  opens: Array<PossibleOpening>;
  own: Scalars['Boolean']['output'];
  role: Scalars['String']['output'];
};

export type PrintedCareCard = {
  __typename?: 'PrintedCareCard';
  card: CareCard;
  clinicName: Scalars['String']['output'];
  /** The same to type: eight groups of four characters. */
  groups: Array<Scalars['String']['output']>;
  patientName: Scalars['String']['output'];
  /** The text of the QR code. */
  qr: Scalars['String']['output'];
};

export type PrintedPaper =
  | 'LABEL'
  | 'LETTER'
  | 'PRESCRIPTION'
  | 'RESULTS'
  | 'SUMMARY';

/** How far an act has got. */
export type Progress =
  | 'ACCEPTED'
  | 'SAVED'
  | 'WITNESSED';

/** A version that one clinic proposes and another one decides on. */
export type Proposal = {
  __typename?: 'Proposal';
  /** Why it was declined, and by whom; null while the answer is on its way. */
  answer?: Maybe<Scalars['String']['output']>;
  answeredBy?: Maybe<Scalars['String']['output']>;
  at: Scalars['Float']['output'];
  author: Scalars['String']['output'];
  /** The clinic that proposes it. */
  clinic: Scalars['String']['output'];
  /** Against the newest version of the record that is here. */
  difference: Array<Difference>;
  id: Scalars['ID']['output'];
  /** Whether it would be a new record. */
  new: Scalars['Boolean']['output'];
  /** Whether that is this clinic. */
  ours: Scalars['Boolean']['output'];
  reason?: Maybe<Scalars['String']['output']>;
  record: Scalars['ID']['output'];
  resourceType: Scalars['String']['output'];
  state: ProposalState;
  title: Scalars['String']['output'];
};

export type ProposalState =
  | 'DECLINED'
  /** The ledger did not let it count: the consent had ended, or the record is another one. */
  | 'DISPUTED'
  | 'TAKEN'
  | 'WAITING';

export type ProposedBy = {
  __typename?: 'ProposedBy';
  at: Scalars['Float']['output'];
  author: Scalars['String']['output'];
  clinic: Scalars['String']['output'];
};

/** HL7 v3 PurposeOfUse. */
export type Purpose =
  | 'ETREAT'
  | 'HOPERAT'
  | 'HPAYMT'
  | 'HRESCH'
  | 'PATRQT'
  | 'PUBHLTH'
  | 'TREAT';

export type PutRecordInput = {
  /** The version that the writer saw; a newer one means a conflict, answered as such. */
  basedOn?: InputMaybe<Scalars['Int']['input']>;
  patient: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
  record?: InputMaybe<Scalars['ID']['input']>;
  resource: Scalars['String']['input'];
};

export type Query = {
  __typename?: 'Query';
  /** Complaints about accesses, those without an answer first. */
  accessComplaints: Array<AccessComplaint>;
  /** How far this log can be shown to be whole, device by device; this computer's comes first. */
  accessCompleteness: Array<AccessCompleteness>;
  /** Every line about this patient, from here and from clinics that were granted the records, newest first. */
  accessLog: AccessConnection;
  /** Lines of this clinic with the proof that the region's ledger counts them, to keep and to check without us. */
  accessReceipt: AccessReceipt;
  /** The same as people read it: one visit of one person in one chart is one item. */
  accessVisits: AccessVisitConnection;
  /** Who changed what in this clinic and its region, read from the ledger, newest first. */
  adminChanges: Array<AdminChange>;
  /** What was done about the region's hub, as this replica has it: for every clinic to read, also while the hub is away. */
  administration: Administration;
  /** Alerts that the ladder of their plan tells who is signed in of, or a colleague for whom they stand in; the longest told first. Looking leaves an access line for each patient, once a session. */
  alertCalls: Array<AlertCall>;
  /** The file that lies behind a record; null when there is none here. */
  attachment?: Maybe<Attachment>;
  /** One piece of it, base64. */
  attachmentPiece: Scalars['String']['output'];
  /** That a reward was paid, or while it is owed that it was earned, as JSON that `careledger verify` checks. */
  benefitReceipt: Scalars['String']['output'];
  /** The glass of this patient's chart, if who is signed in has broken it and it is still broken. */
  brokenGlass?: Maybe<BrokenGlass>;
  /**
   * Care cards that their clinic bound, replaced or ended while we hold a grant of the patient, as long as nobody here has noted it; the newest
   * first.
   */
  cardNews: Array<CardNews>;
  /** The exact text that a patient of another clinic signs with their card at this desk. */
  cardShareText: ConsentText;
  /** The patient's care card, as this desk's ledger has it; null for who has none. */
  careCard?: Maybe<CareCard>;
  /** Cases for clinicians outside of the region, the newest first, and what became of each. */
  casePacks: Array<CasePack>;
  /** A chart that this staff member has opened in this session. FORBIDDEN otherwise: open it first. */
  chart: Chart;
  /** The clinic's own keys, as the ledger names them. */
  clinicKeys: ClinicKeys;
  /** Complaints about this patient's log that who is signed in wrote down; the privacy officer sees all of them. */
  complaintsOf: Array<AccessComplaint>;
  conflict: ConflictDetail;
  /** Versions that came too late: somebody had changed the record first. What they say is shown by `conflict`, with the chart open. */
  conflicts: Array<Conflict>;
  /** Who wrote, and which visits: what a consent can leave out by name, as far as who asks may read it. */
  consentExceptions: Array<ConsentException>;
  /** Its words and the receipts of the acts that are about them, as JSON that `careledger verify` checks. */
  consentProof: Scalars['String']['output'];
  /** The exact text that will be signed for these choices. */
  consentText: ConsentText;
  consents: Array<Consent>;
  /** Base64. */
  consultPicture: Scalars['String']['output'];
  /** Questions that this clinic asked another one about a patient, the newest first. */
  consultsOf: Array<Consult>;
  /** Questions that other clinics asked here, the newest first. */
  consultsReceived: Array<Consult>;
  /** Who stands in for whom at this clinic, now and to come, the soonest first; with `past` those that are over as well, at the end. */
  covers: Array<Cover>;
  /** Mappings of tables that this clinic has kept, in JSON. */
  csvMappings: Array<Scalars['String']['output']>;
  /** What the first rows of a table become; `data` is its beginning in base64, null for a file on this computer's disk. Nothing is written. */
  csvPreview: CsvPreview;
  /** Devices that hold an invitation of this clinic and wait to be let in. */
  deviceRequests: Array<DeviceRequest>;
  /** A prescription of the open chart, and what was handed over by it. */
  dispensing: Dispensing;
  drafts: Array<Draft>;
  /** As it stands now, signed by who asks and by the clinic: JSON that `careledger verify` judges with nothing else. */
  erasureCertificate: Scalars['String']['output'];
  /** What an erasure would take and what would stay, who would be told, and what forbids it. */
  erasurePlan: ErasurePlan;
  /** Newest first; refused ones as well. */
  erasures: Array<Erasure>;
  /** How far the export that is being written on this desk has come; null while none is. */
  exportProgress?: Maybe<ExportProgress>;
  /** Programs that were given a token at this desk, the newest first: an administrator sees all, others their own. */
  fhirTokens: Array<FhirToken>;
  /** Each clinic and device of the region as the hub knows it, who needs help first. For people whom the hub knows as its administrators. */
  fleet: FleetBoard;
  /** Consents that other systems wrote, which an import brought into this chart. They open nothing here. */
  foreignConsents: Array<ForeignConsent>;
  /** What who is signed in has under way in forms outside of charts: of those about a patient, or of the others. */
  formDrafts: Array<Draft>;
  /** With what a form of this clinic may begin, by name. `kind` is the form's: `SOAP`, `PRESCRIPTION`. */
  formTemplates: Array<FormTemplate>;
  /** Every use that this clinic knows of: those that wait for a review first, the newest first. */
  glassUses: Array<GlassUse>;
  guardianAges: GuardianAges;
  /** The exact words for these choices; asking twice gives the same. */
  guardianText: GuardianText;
  /** Who acts or has acted for this patient, those who do first. */
  guardians: Array<Guardian>;
  /** Reasons to keep a patient's records and those of patients merged with them, the newest first; lifted ones stay listed. */
  holds: Array<Hold>;
  /** The region's ledger as its hub fares with it: growth, witnesses of the newest checkpoint, storage, throughput and latency over time. */
  hubLedger: HubLedger;
  importJob: ImportJob;
  importJobs: Array<ImportJob>;
  /** What taking an import back would do now. Nothing is written. */
  importUndo: ImportUndo;
  me: StaffMember;
  /** What the chart has beside what came from elsewhere, one line each. `other`: another clinic's chart of the same person, which is open as well. */
  medicationReconciliation: MedicationReconciliation;
  /** The exact text that signing covers. */
  medicationReconciliationText: Scalars['String']['output'];
  /** Who is watched, the worst first, as far as the readings are open to who asks. Looking leaves an access line for each patient, once a session. */
  monitored: Array<Watch>;
  /** What is watched of a patient, and what no longer is. */
  monitoring: Array<Watch>;
  /** What a plan would have made of the last 30 days. Nothing is written. */
  monitoringDryRun: MonitoringDryRun;
  offers: Array<Offer>;
  /** Who takes part in an offer of this organisation, by number; the first to join comes first. */
  participants: Array<Participant>;
  participations: Array<Participation>;
  patient?: Maybe<Patient>;
  /** People who may be the same as this one, the likeliest first; nobody who was merged with them already. */
  patientDuplicates: Array<PatientCandidate>;
  /** What is open about the patient of a chart, whoever it is for, and what was ended in the last days. */
  patientTasks: Array<Task>;
  /** Search as you type by name, birth date or identifier; all patients by name when `search` is empty. Rows of the directory only: opening a chart is another act. */
  patients: PatientConnection;
  /** Receipts of what a patient paid, the newest first, void ones among them. Looking leaves an access line, once a session. */
  paymentReceipts: Array<PaymentReceipt>;
  /** What clinics have proposed to each other about this patient's records, the newest first; at the clinic that proposed it as well. */
  proposals: Array<Proposal>;
  /** The folder of this computer in which they leave their batches; null where there is none. */
  readingFolder?: Maybe<ReadingFolder>;
  /** Programs beside devices that bring readings in signed batches; those that were shut out come last. */
  readingGateways: Array<ReadingGateway>;
  /** A receipt that proves, offline, that this version of a record stands in the region's ledger. Fails while it is pending. */
  receipt: LedgerReceipt;
  /** One record with its history; its chart must be open. */
  record: ChartRecord;
  /** An anchor as JSON, for `careledger verify`. `id` as `regionAnchors` gives it. */
  regionAnchorFile: Scalars['String']['output'];
  /** Regions bound to each other's ledgers, as this replica has it: needs no hub. */
  regionAnchors: RegionAnchors;
  /** Who witnesses the region, which rules and hub key it has, and what is proposed. */
  regionPolicy: RegionPolicy;
  /** Restrictions that do not name who asks, newest first. */
  restrictions: Array<Restriction>;
  retention: Retention;
  /** What who is signed in has on this desk. */
  secondFactor: SecondFactor;
  /** The exact text that signing covers. */
  soapNoteText: Scalars['String']['output'];
  staffMembers: Array<StaffMember>;
  /** Open tasks, and those ended in the last days, the overdue first. MINE: for who is signed in, for their role, or for whom they cover. Who reads no chart sees those alone; who does sees tasks whose record is open to them. Looking leaves an access line for each patient, once a session. */
  tasks: Array<Task>;
  /** What the patient said last about treatment by video or telephone; null when nobody has asked. */
  teleConsent?: Maybe<TeleConsent>;
  /** The exact text that signing covers. */
  teleNoteText: Scalars['String']['output'];
  teleNotes: Array<TeleNote>;
  /** The guided tasks of a training clinic, judged from what was done in it; null in any other clinic. */
  training?: Maybe<Training>;
  /** Competency records that people of this clinic brought from training clinics, the newest first. */
  trainingRecords: Array<TrainingRecord>;
  /** What files that are not whole take on this desk, whoever began them. */
  unfinishedFileStore: UnfinishedFileStore;
  /** Files that who is signed in began about this patient and that are not whole, the newest first. */
  unfinishedFiles: Array<UnfinishedFile>;
  /** Who did what with a visit, and when: its records' versions, the oldest first. */
  visitHistory: Array<VisitChange>;
  /** Allergies and flags of patients who are here now and are with who is signed in, or with nobody yet: what of them that person may read. Looking leaves an access line, once a session. Empty for roles that read no chart. */
  visitWarnings: Array<VisitWarnings>;
  /** The visits of a day (YYYY-MM-DD, by the clock of the desk that wrote them), by their begin. What an import brought is in the charts, not here. Who reads charts sees those whose records are open to them. */
  visits: Array<Visit>;
  /** For whom this patient acts or has acted. */
  wards: Array<Guardian>;
  /** Who could open this patient's records today, and why: the decision of each reading, asked for everybody of the region. */
  whoCouldOpen: Array<PossibleReader>;
};


export type QueryaccessCompletenessArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryaccessLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  patient: Scalars['ID']['input'];
};


export type QueryaccessReceiptArgs = {
  lines?: InputMaybe<Array<Scalars['ID']['input']>>;
  patient: Scalars['ID']['input'];
};


export type QueryaccessVisitsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AccessFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  patient: Scalars['ID']['input'];
};


export type QueryattachmentArgs = {
  patient: Scalars['ID']['input'];
  record: Scalars['ID']['input'];
};


export type QueryattachmentPieceArgs = {
  index: Scalars['Int']['input'];
  patient: Scalars['ID']['input'];
  record: Scalars['ID']['input'];
};


export type QuerybenefitReceiptArgs = {
  benefit: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
};


export type QuerybrokenGlassArgs = {
  patient: Scalars['ID']['input'];
};


export type QuerycardShareTextArgs = {
  share: CardShareInput;
};


export type QuerycareCardArgs = {
  patient: Scalars['ID']['input'];
};


export type QuerycasePacksArgs = {
  patient: Scalars['ID']['input'];
};


export type QuerychartArgs = {
  patient: Scalars['ID']['input'];
};


export type QuerycomplaintsOfArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryconflictArgs = {
  id: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
};


export type QueryconsentExceptionsArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryconsentProofArgs = {
  id: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
};


export type QueryconsentTextArgs = {
  input: ConsentInput;
};


export type QueryconsentsArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryconsultPictureArgs = {
  consult: Scalars['ID']['input'];
  index: Scalars['Int']['input'];
};


export type QueryconsultsOfArgs = {
  patient: Scalars['ID']['input'];
};


export type QuerycoversArgs = {
  past?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QuerycsvPreviewArgs = {
  data?: InputMaybe<Scalars['String']['input']>;
  file: Scalars['String']['input'];
  mapping?: InputMaybe<Scalars['String']['input']>;
};


export type QuerydispensingArgs = {
  patient: Scalars['ID']['input'];
  prescription: Scalars['ID']['input'];
};


export type QuerydraftsArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryerasureCertificateArgs = {
  id: Scalars['ID']['input'];
};


export type QueryerasurePlanArgs = {
  categories?: InputMaybe<Array<Category>>;
  patient: Scalars['ID']['input'];
};


export type QueryforeignConsentsArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryformDraftsArgs = {
  patient?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryformTemplatesArgs = {
  kind: Scalars['String']['input'];
};


export type QueryguardianTextArgs = {
  input: GuardianInput;
};


export type QueryguardiansArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryholdsArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryimportJobArgs = {
  id: Scalars['ID']['input'];
};


export type QueryimportUndoArgs = {
  id: Scalars['ID']['input'];
};


export type QuerymedicationReconciliationArgs = {
  other?: InputMaybe<Scalars['ID']['input']>;
  patient: Scalars['ID']['input'];
};


export type QuerymedicationReconciliationTextArgs = {
  input: ReconcileMedicationsInput;
};


export type QuerymonitoringArgs = {
  patient: Scalars['ID']['input'];
};


export type QuerymonitoringDryRunArgs = {
  input: MonitoringInput;
};


export type QueryparticipantsArgs = {
  offer: Scalars['ID']['input'];
};


export type QueryparticipationsArgs = {
  patient: Scalars['ID']['input'];
};


export type QuerypatientArgs = {
  id: Scalars['ID']['input'];
};


export type QuerypatientDuplicatesArgs = {
  id: Scalars['ID']['input'];
};


export type QuerypatientTasksArgs = {
  patient: Scalars['ID']['input'];
};


export type QuerypatientsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};


export type QuerypaymentReceiptsArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryproposalsArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryreceiptArgs = {
  patient: Scalars['ID']['input'];
  record: Scalars['ID']['input'];
  version?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryrecordArgs = {
  id: Scalars['ID']['input'];
  patient: Scalars['ID']['input'];
};


export type QueryregionAnchorFileArgs = {
  id: Scalars['ID']['input'];
};


export type QueryrestrictionsArgs = {
  patient: Scalars['ID']['input'];
};


export type QuerysoapNoteTextArgs = {
  input: PutRecordInput;
};


export type QuerytasksArgs = {
  whose?: TaskScope;
};


export type QueryteleConsentArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryteleNoteTextArgs = {
  input: TeleNoteInput;
};


export type QueryteleNotesArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryunfinishedFilesArgs = {
  patient: Scalars['ID']['input'];
};


export type QueryvisitHistoryArgs = {
  visit: Scalars['ID']['input'];
};


export type QueryvisitWarningsArgs = {
  day: Scalars['String']['input'];
};


export type QueryvisitsArgs = {
  day: Scalars['String']['input'];
};


export type QuerywardsArgs = {
  patient: Scalars['ID']['input'];
};


export type QuerywhoCouldOpenArgs = {
  patient: Scalars['ID']['input'];
};

export type ReadingFolder = {
  __typename?: 'ReadingFolder';
  /** Why the newest of the refused batches was. */
  batchProblem?: Maybe<KeptProblem>;
  /** Why less came in at the newest look than lies there: the folder is away, silent or cannot be written to, or a file cannot be read. */
  folderProblem?: Maybe<KeptProblem>;
  /** When it was looked into last; null before the first time. */
  lookedAt?: Maybe<Scalars['Float']['output']>;
  path: Scalars['String']['output'];
  refused: Scalars['Int']['output'];
  /** Batches that were taken in, and refused, since somebody signed in. */
  taken: Scalars['Int']['output'];
};

export type ReadingGateway = {
  __typename?: 'ReadingGateway';
  enrolledAt: Scalars['Float']['output'];
  enrolledBy: Scalars['String']['output'];
  /** Its Ed25519 key, hexadecimal. */
  key: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** When a batch of it was taken in last. */
  newestAt?: Maybe<Scalars['Float']['output']>;
  revokedAt?: Maybe<Scalars['Float']['output']>;
  revokedBy: Scalars['String']['output'];
};

export type ReconcileMedicationsInput = {
  /** FHIR dateTime: when it was reconciled. */
  at: Scalars['String']['input'];
  /** One for each line. */
  decisions: Array<LineDecisionInput>;
  other?: InputMaybe<Scalars['ID']['input']>;
  patient: Scalars['ID']['input'];
};

export type ChartRecord = {
  __typename?: 'Record';
  /** Whether who is signed in may write its next version, or propose it to the clinic that keeps the record: what is refused is not offered. */
  amendable: Scalars['Boolean']['output'];
  /** Whether a statement of disagreement can be put beside it here: this clinic keeps it, and it is no such statement itself. */
  disputable: Scalars['Boolean']['output'];
  history: Array<RecordVersion>;
  item: ChartItem;
  /** References in the resource whose target is not in this vault. */
  missingReferences: Array<Scalars['String']['output']>;
  /** The resource as it was written, byte for byte. */
  resource: Scalars['String']['output'];
  /** Whether the newest version is a merge that can be taken back. */
  undoable: Scalars['Boolean']['output'];
};

export type RecordVersion = {
  __typename?: 'RecordVersion';
  at: Scalars['Float']['output'];
  author: Scalars['String']['output'];
  authorId: Scalars['ID']['output'];
  difference: Array<Difference>;
  dispute?: Maybe<Scalars['String']['output']>;
  document: Scalars['ID']['output'];
  /** The file that an import took it from; null when it was written here. */
  importedFrom?: Maybe<Scalars['String']['output']>;
  /** `settled` or `reopened` when this version is a merge. */
  merge?: Maybe<Scalars['String']['output']>;
  personallySigned: Scalars['Boolean']['output'];
  /** Position in the ledger, null while pending. */
  position?: Maybe<Scalars['Float']['output']>;
  progress: Progress;
  /** Who proposed what this version takes over, and in which clinic. */
  proposedBy?: Maybe<ProposedBy>;
  reason?: Maybe<Scalars['String']['output']>;
  resource: Scalars['String']['output'];
  version: Scalars['Int']['output'];
};

export type RegionAnchors = {
  __typename?: 'RegionAnchors';
  /** What a clinic of another region runs to anchor this one. */
  command: Scalars['String']['output'];
  /** Other regions in this ledger, the newest first. */
  others: Array<OtherAnchor>;
  /** This region in ledgers of others, the newest first. */
  ours: Array<OwnAnchor>;
  /** Blocks of this replica. */
  size: Scalars['Float']['output'];
};

export type RegionPolicy = {
  __typename?: 'RegionPolicy';
  /** Clinics of the set that must approve a change. */
  approvalsNeeded: Scalars['Int']['output'];
  hasOffered: Scalars['Boolean']['output'];
  hubKey: Scalars['String']['output'];
  /** Whether this clinic is in the set. */
  isWitness: Scalars['Boolean']['output'];
  /** The newest rules version that this program knows. */
  newestRules: Scalars['Int']['output'];
  /** The key that the hub offers to sign with next. */
  offeredHubKey?: Maybe<Scalars['String']['output']>;
  /** Clinics that have offered to witness. */
  offers: Array<WitnessOffer>;
  proposals: Array<PolicyProposal>;
  rules: Scalars['Int']['output'];
  /** How many acts of the quorum have made it so. */
  sequence: Scalars['Int']['output'];
  witnesses: Array<RegionWitness>;
};

export type RegionWitness = {
  __typename?: 'RegionWitness';
  cosignKey: Scalars['String']['output'];
  /** When it last cosigned a beginning of the ledger here, as far as this desk has seen; null while it has not. */
  cosignedAt?: Maybe<Scalars['Float']['output']>;
  /** A clinic's chain, or the name of a witness from outside. */
  id: Scalars['ID']['output'];
  isOutside: Scalars['Boolean']['output'];
  isOwn: Scalars['Boolean']['output'];
  name: Scalars['String']['output'];
};

export type RegisterPatientInput = {
  birthDate?: InputMaybe<Scalars['String']['input']>;
  city?: InputMaybe<Scalars['String']['input']>;
  family: Scalars['String']['input'];
  gender?: InputMaybe<Scalars['String']['input']>;
  given: Array<Scalars['String']['input']>;
  identifier?: InputMaybe<Scalars['String']['input']>;
  identifierSystem?: InputMaybe<Scalars['String']['input']>;
  phone?: InputMaybe<Scalars['String']['input']>;
};

export type RegistrationResult = {
  __typename?: 'RegistrationResult';
  /** People who may be the same, with the reason why each came up. */
  candidates: Array<PatientCandidate>;
  patient?: Maybe<Patient>;
};

/** The whole plan as it is to be. */
export type ReplanVisitInput = {
  clinician?: InputMaybe<Scalars['ID']['input']>;
  minutes: Scalars['Int']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
  /** By video or telephone; a walk-in stays one. */
  remote: Scalars['Boolean']['input'];
  start: Scalars['String']['input'];
  urgent: Scalars['Boolean']['input'];
};

export type Restriction = {
  __typename?: 'Restriction';
  categories: Array<Category>;
  id: Scalars['ID']['output'];
  labels: Array<Scalars['String']['output']>;
  liftedAt?: Maybe<Scalars['Float']['output']>;
  people: Array<Scalars['ID']['output']>;
  progress: Progress;
  recordedAt: Scalars['Float']['output'];
  recordedBy: Scalars['String']['output'];
  roles: Array<Scalars['String']['output']>;
  verification: Scalars['String']['output'];
};

export type RestrictionInput = {
  categories: Array<Category>;
  /** HL7 security label codes. */
  labels: Array<Scalars['String']['input']>;
  patient: Scalars['ID']['input'];
  /** Staff ids. */
  people: Array<Scalars['ID']['input']>;
  roles: Array<Scalars['String']['input']>;
  /** How the patient's wish was established. */
  verification: Scalars['String']['input'];
};

export type Retained = {
  __typename?: 'Retained';
  /** The article that allows it to be kept. */
  article: Scalars['String']['output'];
  basis: Scalars['String']['output'];
  ground: RetentionGround;
  /** Milliseconds since 1970; null until somebody lifts it. */
  until?: Maybe<Scalars['Float']['output']>;
};

export type Retention = {
  __typename?: 'Retention';
  /** Null until somebody has chosen. */
  jurisdiction?: Maybe<Scalars['String']['output']>;
  rules: Array<RetentionRule>;
  setAt?: Maybe<Scalars['Float']['output']>;
  setBy: Scalars['String']['output'];
  /** Years that bind this clinic beyond the rule; 0 for none. */
  years: Scalars['Int']['output'];
};

/** GDPR 17(3), points (b) to (e). */
export type RetentionGround =
  | 'ARCHIVE_OR_RESEARCH'
  | 'LEGAL_CLAIM'
  | 'LEGAL_OBLIGATION'
  | 'PUBLIC_HEALTH';

export type RetentionRule = {
  __typename?: 'RetentionRule';
  basis: Scalars['String']['output'];
  jurisdiction: Scalars['String']['output'];
  years: Scalars['Int']['output'];
};

export type SecondFactor = {
  __typename?: 'SecondFactor';
  hasTimeCode: Scalars['Boolean']['output'];
  /** By when they were added. */
  passkeys: Array<Passkey>;
};

export type SecondFactorOffer = {
  __typename?: 'SecondFactorOffer';
  /** For typing, in base 32. */
  secret: Scalars['String']['output'];
  /** For a QR code (otpauth). */
  uri: Scalars['String']['output'];
};

export type Section =
  | 'ALLERGY'
  | 'CONSENT'
  | 'DEVICE'
  | 'DOCUMENT'
  | 'ENCOUNTER'
  | 'IMMUNIZATION'
  | 'MEDICATION'
  | 'NOTE'
  | 'OTHER'
  | 'PROBLEM'
  | 'PROCEDURE'
  | 'RESULT'
  | 'VITAL';

export type SectionCount = {
  __typename?: 'SectionCount';
  count: Scalars['Int']['output'];
  section: Section;
};

export type Series = {
  __typename?: 'Series';
  code: Scalars['String']['output'];
  points: Array<SeriesPoint>;
  title: Scalars['String']['output'];
  /** Its UCUM code, as far as the records say one. */
  ucum: Scalars['String']['output'];
  /** Of most of its points. */
  unit?: Maybe<Scalars['String']['output']>;
};

export type SeriesCode = {
  __typename?: 'SeriesCode';
  code: Scalars['String']['output'];
  count: Scalars['Int']['output'];
  title: Scalars['String']['output'];
};

export type SeriesPoint = {
  __typename?: 'SeriesPoint';
  date: Scalars['String']['output'];
  high?: Maybe<Scalars['String']['output']>;
  low?: Maybe<Scalars['String']['output']>;
  record: Scalars['ID']['output'];
  /** Its UCUM code, as far as the record says one. */
  ucum: Scalars['String']['output'];
  /** As it was recorded. */
  unit: Scalars['String']['output'];
  /** Exact literal. */
  value: Scalars['String']['output'];
};

export type SettleConflictInput = {
  /** The version that was compared; 0 for a record that is not there yet. */
  basedOn: Scalars['Int']['input'];
  conflict: Scalars['ID']['input'];
  /** Elements taken from the late version. */
  fromLate: Array<Scalars['String']['input']>;
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};

/** The patient's card and PIN, at a desk. */
export type ShownCard = {
  /** As a scanner or the patient typed it. */
  code: Scalars['String']['input'];
  pin: Scalars['String']['input'];
};

export type StaffMember = {
  __typename?: 'StaffMember';
  /** Whether they have a second factor on this desk. Other desks have their own. */
  hasSecondFactor: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  revoked: Scalars['Boolean']['output'];
  role: Scalars['String']['output'];
};

export type Subscription = {
  __typename?: 'Subscription';
  /** Something under these patients, offers or imports changed: ids to refetch. */
  changed: Change;
  importProgress: ImportJob;
};


export type SubscriptionimportProgressArgs = {
  id: Scalars['ID']['input'];
};

/** A FHIR Task of a patient's chart. */
export type Task = {
  __typename?: 'Task';
  /** The record it is about: `Observation/<id>`. */
  about?: Maybe<Scalars['String']['output']>;
  asked: Scalars['String']['output'];
  askedBy: Scalars['String']['output'];
  at: Scalars['Float']['output'];
  /** Who wrote the newest version, and when (milliseconds since 1970). */
  by: Scalars['String']['output'];
  /** Name of the colleague who is away, where it is theirs and who is signed in covers. */
  covered?: Maybe<Scalars['String']['output']>;
  /** FHIR instants. */
  due: Scalars['String']['output'];
  /** The last time that it was handed to somebody else. */
  handed?: Maybe<TaskHanding>;
  id: Scalars['ID']['output'];
  /** Whether it is for who is signed in, by name, role or cover. */
  mine: Scalars['Boolean']['output'];
  overdue: Scalars['Boolean']['output'];
  /** For whom: a person, or whoever has a role. */
  owner?: Maybe<TaskPerson>;
  patient: Patient;
  /** Why it was declined, or what came of it. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Changes with each version. */
  revision: Scalars['String']['output'];
  role?: Maybe<Scalars['String']['output']>;
  state: TaskState;
  urgent: Scalars['Boolean']['output'];
  what: Scalars['String']['output'];
};

export type TaskEnd =
  | 'DECLINED'
  | 'DONE';

export type TaskHanding = {
  __typename?: 'TaskHanding';
  /** FHIR instant. */
  at: Scalars['String']['output'];
  by: Scalars['String']['output'];
  /** From whom to whom, and why: `Dr. Ada Frey → Ben Okafor: on leave`. */
  words: Scalars['String']['output'];
};

export type TaskPerson = {
  __typename?: 'TaskPerson';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};

export type TaskScope =
  | 'ALL'
  | 'MINE';

export type TaskState =
  | 'DECLINED'
  | 'DONE'
  | 'OPEN';

export type TeleConsent = {
  __typename?: 'TeleConsent';
  /** Milliseconds since 1970. */
  at: Scalars['Float']['output'];
  by: Scalars['String']['output'];
  given: Scalars['Boolean']['output'];
  /** Given, and not a year ago. */
  holds: Scalars['Boolean']['output'];
  patient: Scalars['ID']['output'];
  way: ConsentWay;
};

export type TeleNote = {
  __typename?: 'TeleNote';
  amendmentReason?: Maybe<Scalars['String']['output']>;
  assessment: Scalars['String']['output'];
  consentToTreatment: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  modality: Modality;
  participants: Array<Scalars['String']['output']>;
  patient: Scalars['ID']['output'];
  place: Scalars['String']['output'];
  plan: Scalars['String']['output'];
  progress: Progress;
  signedAt: Scalars['Float']['output'];
  signedBy: Scalars['String']['output'];
  startedAt: Scalars['String']['output'];
  text: Scalars['String']['output'];
  version: Scalars['Int']['output'];
};

export type TeleNoteInput = {
  amendmentReason?: InputMaybe<Scalars['String']['input']>;
  assessment: Scalars['String']['input'];
  consentToTreatment: Scalars['Boolean']['input'];
  modality: Modality;
  participants: Array<Scalars['String']['input']>;
  patient: Scalars['ID']['input'];
  place: Scalars['String']['input'];
  plan: Scalars['String']['input'];
  /** The note that this amends. */
  record?: InputMaybe<Scalars['ID']['input']>;
  /** FHIR dateTime of the visit. */
  startedAt: Scalars['String']['input'];
};

export type Training = {
  __typename?: 'Training';
  /** Milliseconds since 1970; null before the first run. */
  beganAt?: Maybe<Scalars['Float']['output']>;
  emergency?: Maybe<TrainingPerson>;
  mostPoints: Scalars['Int']['output'];
  namesake?: Maybe<TrainingPerson>;
  /** The people of the tasks; null before the first run. */
  patient?: Maybe<TrainingPerson>;
  points: Scalars['Int']['output'];
  tasks: Array<TrainingJudgement>;
  watched?: Maybe<TrainingPerson>;
};

export type TrainingFile = {
  __typename?: 'TrainingFile';
  fileName: Scalars['String']['output'];
  json: Scalars['String']['output'];
};

export type TrainingJudgement = {
  __typename?: 'TrainingJudgement';
  doneAt?: Maybe<Scalars['Float']['output']>;
  mistakes: Scalars['Int']['output'];
  points: Scalars['Int']['output'];
  task: TrainingTask;
};

export type TrainingPerson = {
  __typename?: 'TrainingPerson';
  birthDate: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** The medical record number. */
  number: Scalars['String']['output'];
};

export type TrainingRecord = {
  __typename?: 'TrainingRecord';
  id: Scalars['ID']['output'];
  keptAt: Scalars['Float']['output'];
  /** The person of this clinic whose it is. */
  keptBy: Scalars['String']['output'];
  mostPoints: Scalars['Int']['output'];
  /** As it stands in the record. */
  name: Scalars['String']['output'];
  points: Scalars['Int']['output'];
  signedAt: Scalars['Float']['output'];
  tasks: Array<TrainingJudgement>;
  trainingClinic: Scalars['String']['output'];
};

export type TrainingTask =
  | 'ALLERGY'
  | 'CONFLICT'
  | 'CONSENT'
  | 'CORRECTION'
  | 'FIND'
  | 'GLASS'
  | 'LOG'
  | 'PRESCRIPTION'
  | 'RESTRICTION';

export type UndoMergeInput = {
  patient: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  record: Scalars['ID']['input'];
};

export type UnfinishedFile = {
  __typename?: 'UnfinishedFile';
  /** When the last piece came. */
  at: Scalars['Float']['output'];
  /** When its pieces are taken away, if nobody goes on with it. */
  keptUntil: Scalars['Float']['output'];
  modified: Scalars['Float']['output'];
  name: Scalars['String']['output'];
  /** Pieces that are here, of so many. */
  next: Scalars['Int']['output'];
  of: Scalars['Int']['output'];
  size: Scalars['Float']['output'];
  type: Scalars['String']['output'];
};

export type UnfinishedFileStore = {
  __typename?: 'UnfinishedFileStore';
  bytes: Scalars['Float']['output'];
  files: Scalars['Int']['output'];
  /** After the last piece; then they are taken away. */
  keptDays: Scalars['Int']['output'];
};

export type VideoCall = {
  __typename?: 'VideoCall';
  /** Milliseconds since 1970. */
  expires: Scalars['Float']['output'];
  ice: Array<CallRelay>;
  id: Scalars['ID']['output'];
  /** The patient can join at a kiosk of this clinic as well, with their care card and its PIN. */
  kiosk: Scalars['Boolean']['output'];
  /** For the patient alone. What stands after # goes to no server. */
  link: Scalars['String']['output'];
};

/** A visit: a FHIR Appointment and, once the patient was called, its Encounter; both are records of the patient's chart. */
export type Visit = {
  __typename?: 'Visit';
  /** Milliseconds since 1970: when the patient came, and when the present stage began. */
  arrivedAt?: Maybe<Scalars['Float']['output']>;
  clinician?: Maybe<VisitClinician>;
  /** Two desks changed it before they heard of each other: the inbox has the version that waits. */
  contested: Scalars['Boolean']['output'];
  /** Logical id of the Encounter, once there is one. */
  encounter?: Maybe<Scalars['ID']['output']>;
  end: Scalars['String']['output'];
  /** The record of the Appointment. */
  id: Scalars['ID']['output'];
  kind: VisitKind;
  movable: Scalars['Boolean']['output'];
  patient: Patient;
  reason?: Maybe<Scalars['String']['output']>;
  /** Whether `replanVisit` may change it, and whether its time as well. */
  replannable: Scalars['Boolean']['output'];
  /** Changes with each step. */
  revision: Scalars['String']['output'];
  room?: Maybe<Scalars['String']['output']>;
  since?: Maybe<Scalars['Float']['output']>;
  stage: VisitStage;
  /** FHIR instants with the offset of the desk that wrote them. */
  start: Scalars['String']['output'];
  /** What who is signed in may do next. */
  steps: Array<VisitStep>;
  undoable: Scalars['Boolean']['output'];
  urgent: Scalars['Boolean']['output'];
};

export type VisitChange = {
  __typename?: 'VisitChange';
  at: Scalars['Float']['output'];
  /** The step was taken back by this change. */
  back: Scalars['Boolean']['output'];
  by: Scalars['String']['output'];
  /** What was planned was changed; the visit stayed where it was. */
  planned: Scalars['Boolean']['output'];
  stage: VisitStage;
};

export type VisitClinician = {
  __typename?: 'VisitClinician';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};

export type VisitKind =
  | 'BOOKED'
  | 'TELE'
  | 'WALK_IN';

export type VisitStage =
  | 'ARRIVED'
  | 'BOOKED'
  | 'CALLED'
  | 'CANCELLED'
  | 'FINISHED'
  | 'NO_SHOW'
  | 'TRIAGED'
  | 'UNDER_WAY'
  | 'WAITING';

export type VisitStep =
  | 'ARRIVE'
  | 'CALL'
  | 'CANCEL'
  | 'CHECK_IN'
  | 'FINISH'
  | 'MISS'
  | 'START'
  | 'TRIAGE';

export type VisitWarnings = {
  __typename?: 'VisitWarnings';
  visit: Scalars['ID']['output'];
  warnings: Array<Scalars['String']['output']>;
};

/** One measurement of one patient. */
export type Watch = {
  __typename?: 'Watch';
  /** The last ones that somebody has, the newest first. */
  acknowledged: Array<MonitoringAlert>;
  /** That nobody has acknowledged, the oldest first. */
  alerts: Array<MonitoringAlert>;
  id: Scalars['ID']['output'];
  last?: Maybe<MonitoringReading>;
  measurement: Measurement;
  /** Also while alerts stand. Milliseconds since 1970, by the receiving clock. */
  notWatchingSince?: Maybe<Scalars['Float']['output']>;
  /** Received since it began and counted for nothing: late, without a time, or in another unit. */
  passedOver: Scalars['Int']['output'];
  patient: Patient;
  /** The newest first; the first is in force. */
  plans: Array<MonitoringPlan>;
  state: WatchState;
  /** UCUM. */
  unit: Scalars['String']['output'];
};

export type WatchState =
  | 'ALERT'
  | 'ENDED'
  | 'ESCALATED'
  | 'NOT_WATCHING'
  | 'WATCHING';

/** A clinic by its chain, or a witness from outside by name and key; the rest is empty. */
export type WitnessInput = {
  chain: Scalars['String']['input'];
  cosignKey: Scalars['String']['input'];
  name: Scalars['String']['input'];
};

export type WitnessOffer = {
  __typename?: 'WitnessOffer';
  chain: Scalars['ID']['output'];
  cosignKey: Scalars['String']['output'];
  name: Scalars['String']['output'];
};

export type WrittenExport = {
  __typename?: 'WrittenExport';
  bytes: Scalars['Float']['output'];
  files: Scalars['Int']['output'];
  /** Files of charts that are not on this computer yet. */
  missing: Array<Scalars['String']['output']>;
  /** The new folder, with manifest.json in it. */
  path: Scalars['String']['output'];
  resources: Scalars['Int']['output'];
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
  AccessComplaint: ResolverTypeWrapper<AccessComplaint>;
  AccessCompleteness: ResolverTypeWrapper<AccessCompleteness>;
  AccessConnection: ResolverTypeWrapper<AccessConnection>;
  AccessEdge: ResolverTypeWrapper<AccessEdge>;
  AccessExport: ResolverTypeWrapper<AccessExport>;
  AccessExportFormat: AccessExportFormat;
  AccessFacet: ResolverTypeWrapper<AccessFacet>;
  AccessFilter: AccessFilter;
  AccessLine: ResolverTypeWrapper<AccessLine>;
  AccessReceipt: ResolverTypeWrapper<AccessReceipt>;
  AccessVisit: ResolverTypeWrapper<AccessVisit>;
  AccessVisitConnection: ResolverTypeWrapper<AccessVisitConnection>;
  AccessVisitEdge: ResolverTypeWrapper<AccessVisitEdge>;
  ActToSign: ResolverTypeWrapper<ActToSign>;
  AddTaskInput: AddTaskInput;
  AddVisitInput: AddVisitInput;
  AddedVisit: ResolverTypeWrapper<AddedVisit>;
  AdminChange: ResolverTypeWrapper<AdminChange>;
  AdminChangeKind: AdminChangeKind;
  Administration: ResolverTypeWrapper<Administration>;
  AdministrationAct: ResolverTypeWrapper<AdministrationAct>;
  AdministrationBy: AdministrationBy;
  AdministrationKind: AdministrationKind;
  AlertCall: ResolverTypeWrapper<AlertCall>;
  AlertSide: AlertSide;
  AlikePatient: ResolverTypeWrapper<AlikePatient>;
  AnchorStanding: AnchorStanding;
  ArrivedMedication: ResolverTypeWrapper<ArrivedMedication>;
  AskConsultInput: AskConsultInput;
  Attachment: ResolverTypeWrapper<Attachment>;
  AttachmentInput: AttachmentInput;
  AttachmentUpload: ResolverTypeWrapper<AttachmentUpload>;
  Benefit: ResolverTypeWrapper<Benefit>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  BreakGlassInput: BreakGlassInput;
  BrokenGlass: ResolverTypeWrapper<BrokenGlass>;
  CallRelay: ResolverTypeWrapper<CallRelay>;
  CardChange: CardChange;
  CardEmergency: ResolverTypeWrapper<CardEmergency>;
  CardEmergencyLine: ResolverTypeWrapper<CardEmergencyLine>;
  CardEmergencySection: ResolverTypeWrapper<CardEmergencySection>;
  CardNews: ResolverTypeWrapper<CardNews>;
  CardShareInput: CardShareInput;
  CardVisitor: ResolverTypeWrapper<CardVisitor>;
  CareCard: ResolverTypeWrapper<CareCard>;
  CasePack: ResolverTypeWrapper<CasePack>;
  CasePackInput: CasePackInput;
  CasePackState: CasePackState;
  Category: Category;
  Change: ResolverTypeWrapper<Change>;
  ChangedBy: ChangedBy;
  Chart: ResolverTypeWrapper<Chart>;
  ChartItem: ResolverTypeWrapper<ChartItem>;
  ChartItemConnection: ResolverTypeWrapper<ChartItemConnection>;
  ChartItemEdge: ResolverTypeWrapper<ChartItemEdge>;
  ChartSummary: ResolverTypeWrapper<ChartSummary>;
  ClinicInvitation: ResolverTypeWrapper<ClinicInvitation>;
  ClinicKeys: ResolverTypeWrapper<ClinicKeys>;
  ComplaintAnswer: ResolverTypeWrapper<ComplaintAnswer>;
  ComplaintRecord: ResolverTypeWrapper<ComplaintRecord>;
  ComplaintSubject: ComplaintSubject;
  Conflict: ResolverTypeWrapper<Conflict>;
  ConflictDetail: ResolverTypeWrapper<ConflictDetail>;
  ConflictElement: ResolverTypeWrapper<ConflictElement>;
  ConflictSide: ResolverTypeWrapper<ConflictSide>;
  Consent: ResolverTypeWrapper<Consent>;
  ConsentException: ResolverTypeWrapper<ConsentException>;
  ConsentExceptionInput: ConsentExceptionInput;
  ConsentInput: ConsentInput;
  ConsentPurge: ResolverTypeWrapper<ConsentPurge>;
  ConsentState: ConsentState;
  ConsentText: ResolverTypeWrapper<ConsentText>;
  ConsentWay: ConsentWay;
  Consult: ResolverTypeWrapper<Consult>;
  ConsultAnswer: ResolverTypeWrapper<ConsultAnswer>;
  ConsultPart: ResolverTypeWrapper<ConsultPart>;
  ConsultPicture: ResolverTypeWrapper<ConsultPicture>;
  ConsultPictureInput: ConsultPictureInput;
  Cover: ResolverTypeWrapper<Cover>;
  CoverInput: CoverInput;
  CoverPerson: ResolverTypeWrapper<CoverPerson>;
  CoverState: CoverState;
  CsvPreview: ResolverTypeWrapper<CsvPreview>;
  DeathInput: DeathInput;
  DeviceRequest: ResolverTypeWrapper<DeviceRequest>;
  Difference: ResolverTypeWrapper<Difference>;
  Disagreement: ResolverTypeWrapper<Disagreement>;
  Dispensing: ResolverTypeWrapper<Dispensing>;
  Draft: ResolverTypeWrapper<Draft>;
  EnrolStaffInput: EnrolStaffInput;
  ErasedCompartment: ResolverTypeWrapper<ErasedCompartment>;
  Erasure: ResolverTypeWrapper<Erasure>;
  ErasureConfirmation: ResolverTypeWrapper<ErasureConfirmation>;
  ErasureGround: ErasureGround;
  ErasureInput: ErasureInput;
  ErasureParty: ErasureParty;
  ErasurePlan: ResolverTypeWrapper<ErasurePlan>;
  ErasureState: ErasureState;
  ExceptionKind: ExceptionKind;
  ExportProgress: ResolverTypeWrapper<ExportProgress>;
  FhirToken: ResolverTypeWrapper<FhirToken>;
  FleetBoard: ResolverTypeWrapper<FleetBoard>;
  FleetClinic: ResolverTypeWrapper<FleetClinic>;
  FleetDevice: ResolverTypeWrapper<FleetDevice>;
  FleetNeed: FleetNeed;
  FleetRelease: ResolverTypeWrapper<FleetRelease>;
  FleetReport: ResolverTypeWrapper<FleetReport>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ForeignConsent: ResolverTypeWrapper<ForeignConsent>;
  ForeignRule: ResolverTypeWrapper<ForeignRule>;
  FormTemplate: ResolverTypeWrapper<FormTemplate>;
  FormTemplateInput: FormTemplateInput;
  GlassProof: GlassProof;
  GlassReason: GlassReason;
  GlassReview: ResolverTypeWrapper<GlassReview>;
  GlassUse: ResolverTypeWrapper<GlassUse>;
  GlassVerdict: GlassVerdict;
  Guardian: ResolverTypeWrapper<Guardian>;
  GuardianAges: ResolverTypeWrapper<GuardianAges>;
  GuardianInput: GuardianInput;
  GuardianState: GuardianState;
  GuardianText: ResolverTypeWrapper<GuardianText>;
  HandedOver: ResolverTypeWrapper<HandedOver>;
  HandedOverAmount: ResolverTypeWrapper<HandedOverAmount>;
  HeardKind: HeardKind;
  HeardSignal: ResolverTypeWrapper<HeardSignal>;
  HeardSignals: ResolverTypeWrapper<HeardSignals>;
  Hold: ResolverTypeWrapper<Hold>;
  HubAct: ResolverTypeWrapper<HubAct>;
  HubActInput: HubActInput;
  HubActKind: HubActKind;
  HubActReason: HubActReason;
  HubDisk: ResolverTypeWrapper<HubDisk>;
  HubDiskFault: ResolverTypeWrapper<HubDiskFault>;
  HubLedger: ResolverTypeWrapper<HubLedger>;
  HubSample: ResolverTypeWrapper<HubSample>;
  HubStore: HubStore;
  HubTrouble: ResolverTypeWrapper<HubTrouble>;
  HubWitness: ResolverTypeWrapper<HubWitness>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Identifier: ResolverTypeWrapper<Identifier>;
  ImportJob: ResolverTypeWrapper<ImportJob>;
  ImportLeft: ResolverTypeWrapper<ImportLeft>;
  ImportLeftReason: ImportLeftReason;
  ImportRefusal: ResolverTypeWrapper<ImportRefusal>;
  ImportState: ImportState;
  ImportUndo: ResolverTypeWrapper<ImportUndo>;
  ImportedPerson: ResolverTypeWrapper<ImportedPerson>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  InvitationInput: InvitationInput;
  KeptProblem: ResolverTypeWrapper<KeptProblem>;
  KeptProblemDetail: ResolverTypeWrapper<KeptProblemDetail>;
  LadderStep: ResolverTypeWrapper<LadderStep>;
  LadderStepInput: LadderStepInput;
  LedgerReceipt: ResolverTypeWrapper<LedgerReceipt>;
  LineDecisionInput: LineDecisionInput;
  MadeCasePack: ResolverTypeWrapper<MadeCasePack>;
  MadeFhirToken: ResolverTypeWrapper<MadeFhirToken>;
  MatchEvidence: ResolverTypeWrapper<MatchEvidence>;
  Measurement: Measurement;
  MedicationDecision: MedicationDecision;
  MedicationLine: ResolverTypeWrapper<MedicationLine>;
  MedicationOrigin: MedicationOrigin;
  MedicationReconciliation: ResolverTypeWrapper<MedicationReconciliation>;
  MissingAccessLines: ResolverTypeWrapper<MissingAccessLines>;
  Modality: Modality;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  MonitoringAlert: ResolverTypeWrapper<MonitoringAlert>;
  MonitoringDryRun: ResolverTypeWrapper<MonitoringDryRun>;
  MonitoringInput: MonitoringInput;
  MonitoringPerson: ResolverTypeWrapper<MonitoringPerson>;
  MonitoringPlan: ResolverTypeWrapper<MonitoringPlan>;
  MonitoringReading: ResolverTypeWrapper<MonitoringReading>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NewFhirToken: NewFhirToken;
  Offer: ResolverTypeWrapper<Offer>;
  OfferInput: OfferInput;
  OfferState: OfferState;
  OtherAnchor: ResolverTypeWrapper<OtherAnchor>;
  OwnAnchor: ResolverTypeWrapper<OwnAnchor>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Participant: ResolverTypeWrapper<Participant>;
  Participation: ResolverTypeWrapper<Participation>;
  Passkey: ResolverTypeWrapper<Passkey>;
  Patient: ResolverTypeWrapper<Patient>;
  PatientCandidate: ResolverTypeWrapper<PatientCandidate>;
  PatientConnection: ResolverTypeWrapper<PatientConnection>;
  PatientEdge: ResolverTypeWrapper<PatientEdge>;
  PaymentLine: ResolverTypeWrapper<PaymentLine>;
  PaymentLineInput: PaymentLineInput;
  PaymentMeans: PaymentMeans;
  PaymentReceipt: ResolverTypeWrapper<PaymentReceipt>;
  PaymentReceiptInput: PaymentReceiptInput;
  PolicyChange: PolicyChange;
  PolicyProposal: ResolverTypeWrapper<PolicyProposal>;
  PossibleOpening: ResolverTypeWrapper<PossibleOpening>;
  PossibleReader: ResolverTypeWrapper<PossibleReader>;
  PrintedCareCard: ResolverTypeWrapper<PrintedCareCard>;
  PrintedPaper: PrintedPaper;
  Progress: Progress;
  Proposal: ResolverTypeWrapper<Proposal>;
  ProposalState: ProposalState;
  ProposedBy: ResolverTypeWrapper<ProposedBy>;
  Purpose: Purpose;
  PutRecordInput: PutRecordInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReadingFolder: ResolverTypeWrapper<ReadingFolder>;
  ReadingGateway: ResolverTypeWrapper<ReadingGateway>;
  ReconcileMedicationsInput: ReconcileMedicationsInput;
  Record: ResolverTypeWrapper<ChartRecord>;
  RecordVersion: ResolverTypeWrapper<RecordVersion>;
  RegionAnchors: ResolverTypeWrapper<RegionAnchors>;
  RegionPolicy: ResolverTypeWrapper<RegionPolicy>;
  RegionWitness: ResolverTypeWrapper<RegionWitness>;
  RegisterPatientInput: RegisterPatientInput;
  RegistrationResult: ResolverTypeWrapper<RegistrationResult>;
  ReplanVisitInput: ReplanVisitInput;
  Restriction: ResolverTypeWrapper<Restriction>;
  RestrictionInput: RestrictionInput;
  Retained: ResolverTypeWrapper<Retained>;
  Retention: ResolverTypeWrapper<Retention>;
  RetentionGround: RetentionGround;
  RetentionRule: ResolverTypeWrapper<RetentionRule>;
  SecondFactor: ResolverTypeWrapper<SecondFactor>;
  SecondFactorOffer: ResolverTypeWrapper<SecondFactorOffer>;
  Section: Section;
  SectionCount: ResolverTypeWrapper<SectionCount>;
  Series: ResolverTypeWrapper<Series>;
  SeriesCode: ResolverTypeWrapper<SeriesCode>;
  SeriesPoint: ResolverTypeWrapper<SeriesPoint>;
  SettleConflictInput: SettleConflictInput;
  ShownCard: ShownCard;
  StaffMember: ResolverTypeWrapper<StaffMember>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Task: ResolverTypeWrapper<Task>;
  TaskEnd: TaskEnd;
  TaskHanding: ResolverTypeWrapper<TaskHanding>;
  TaskPerson: ResolverTypeWrapper<TaskPerson>;
  TaskScope: TaskScope;
  TaskState: TaskState;
  TeleConsent: ResolverTypeWrapper<TeleConsent>;
  TeleNote: ResolverTypeWrapper<TeleNote>;
  TeleNoteInput: TeleNoteInput;
  Training: ResolverTypeWrapper<Training>;
  TrainingFile: ResolverTypeWrapper<TrainingFile>;
  TrainingJudgement: ResolverTypeWrapper<TrainingJudgement>;
  TrainingPerson: ResolverTypeWrapper<TrainingPerson>;
  TrainingRecord: ResolverTypeWrapper<TrainingRecord>;
  TrainingTask: TrainingTask;
  UndoMergeInput: UndoMergeInput;
  UnfinishedFile: ResolverTypeWrapper<UnfinishedFile>;
  UnfinishedFileStore: ResolverTypeWrapper<UnfinishedFileStore>;
  VideoCall: ResolverTypeWrapper<VideoCall>;
  Visit: ResolverTypeWrapper<Visit>;
  VisitChange: ResolverTypeWrapper<VisitChange>;
  VisitClinician: ResolverTypeWrapper<VisitClinician>;
  VisitKind: VisitKind;
  VisitStage: VisitStage;
  VisitStep: VisitStep;
  VisitWarnings: ResolverTypeWrapper<VisitWarnings>;
  Watch: ResolverTypeWrapper<Watch>;
  WatchState: WatchState;
  WitnessInput: WitnessInput;
  WitnessOffer: ResolverTypeWrapper<WitnessOffer>;
  WrittenExport: ResolverTypeWrapper<WrittenExport>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccessComplaint: AccessComplaint;
  AccessCompleteness: AccessCompleteness;
  AccessConnection: AccessConnection;
  AccessEdge: AccessEdge;
  AccessExport: AccessExport;
  AccessFacet: AccessFacet;
  AccessFilter: AccessFilter;
  AccessLine: AccessLine;
  AccessReceipt: AccessReceipt;
  AccessVisit: AccessVisit;
  AccessVisitConnection: AccessVisitConnection;
  AccessVisitEdge: AccessVisitEdge;
  ActToSign: ActToSign;
  AddTaskInput: AddTaskInput;
  AddVisitInput: AddVisitInput;
  AddedVisit: AddedVisit;
  AdminChange: AdminChange;
  Administration: Administration;
  AdministrationAct: AdministrationAct;
  AlertCall: AlertCall;
  AlikePatient: AlikePatient;
  ArrivedMedication: ArrivedMedication;
  AskConsultInput: AskConsultInput;
  Attachment: Attachment;
  AttachmentInput: AttachmentInput;
  AttachmentUpload: AttachmentUpload;
  Benefit: Benefit;
  Boolean: Scalars['Boolean']['output'];
  BreakGlassInput: BreakGlassInput;
  BrokenGlass: BrokenGlass;
  CallRelay: CallRelay;
  CardEmergency: CardEmergency;
  CardEmergencyLine: CardEmergencyLine;
  CardEmergencySection: CardEmergencySection;
  CardNews: CardNews;
  CardShareInput: CardShareInput;
  CardVisitor: CardVisitor;
  CareCard: CareCard;
  CasePack: CasePack;
  CasePackInput: CasePackInput;
  Change: Change;
  Chart: Chart;
  ChartItem: ChartItem;
  ChartItemConnection: ChartItemConnection;
  ChartItemEdge: ChartItemEdge;
  ChartSummary: ChartSummary;
  ClinicInvitation: ClinicInvitation;
  ClinicKeys: ClinicKeys;
  ComplaintAnswer: ComplaintAnswer;
  ComplaintRecord: ComplaintRecord;
  Conflict: Conflict;
  ConflictDetail: ConflictDetail;
  ConflictElement: ConflictElement;
  ConflictSide: ConflictSide;
  Consent: Consent;
  ConsentException: ConsentException;
  ConsentExceptionInput: ConsentExceptionInput;
  ConsentInput: ConsentInput;
  ConsentPurge: ConsentPurge;
  ConsentText: ConsentText;
  Consult: Consult;
  ConsultAnswer: ConsultAnswer;
  ConsultPart: ConsultPart;
  ConsultPicture: ConsultPicture;
  ConsultPictureInput: ConsultPictureInput;
  Cover: Cover;
  CoverInput: CoverInput;
  CoverPerson: CoverPerson;
  CsvPreview: CsvPreview;
  DeathInput: DeathInput;
  DeviceRequest: DeviceRequest;
  Difference: Difference;
  Disagreement: Disagreement;
  Dispensing: Dispensing;
  Draft: Draft;
  EnrolStaffInput: EnrolStaffInput;
  ErasedCompartment: ErasedCompartment;
  Erasure: Erasure;
  ErasureConfirmation: ErasureConfirmation;
  ErasureInput: ErasureInput;
  ErasurePlan: ErasurePlan;
  ExportProgress: ExportProgress;
  FhirToken: FhirToken;
  FleetBoard: FleetBoard;
  FleetClinic: FleetClinic;
  FleetDevice: FleetDevice;
  FleetRelease: FleetRelease;
  FleetReport: FleetReport;
  Float: Scalars['Float']['output'];
  ForeignConsent: ForeignConsent;
  ForeignRule: ForeignRule;
  FormTemplate: FormTemplate;
  FormTemplateInput: FormTemplateInput;
  GlassReview: GlassReview;
  GlassUse: GlassUse;
  Guardian: Guardian;
  GuardianAges: GuardianAges;
  GuardianInput: GuardianInput;
  GuardianText: GuardianText;
  HandedOver: HandedOver;
  HandedOverAmount: HandedOverAmount;
  HeardSignal: HeardSignal;
  HeardSignals: HeardSignals;
  Hold: Hold;
  HubAct: HubAct;
  HubActInput: HubActInput;
  HubDisk: HubDisk;
  HubDiskFault: HubDiskFault;
  HubLedger: HubLedger;
  HubSample: HubSample;
  HubTrouble: HubTrouble;
  HubWitness: HubWitness;
  ID: Scalars['ID']['output'];
  Identifier: Identifier;
  ImportJob: ImportJob;
  ImportLeft: ImportLeft;
  ImportRefusal: ImportRefusal;
  ImportUndo: ImportUndo;
  ImportedPerson: ImportedPerson;
  Int: Scalars['Int']['output'];
  InvitationInput: InvitationInput;
  KeptProblem: KeptProblem;
  KeptProblemDetail: KeptProblemDetail;
  LadderStep: LadderStep;
  LadderStepInput: LadderStepInput;
  LedgerReceipt: LedgerReceipt;
  LineDecisionInput: LineDecisionInput;
  MadeCasePack: MadeCasePack;
  MadeFhirToken: MadeFhirToken;
  MatchEvidence: MatchEvidence;
  MedicationLine: MedicationLine;
  MedicationReconciliation: MedicationReconciliation;
  MissingAccessLines: MissingAccessLines;
  Money: Money;
  MoneyInput: MoneyInput;
  MonitoringAlert: MonitoringAlert;
  MonitoringDryRun: MonitoringDryRun;
  MonitoringInput: MonitoringInput;
  MonitoringPerson: MonitoringPerson;
  MonitoringPlan: MonitoringPlan;
  MonitoringReading: MonitoringReading;
  Mutation: Record<PropertyKey, never>;
  NewFhirToken: NewFhirToken;
  Offer: Offer;
  OfferInput: OfferInput;
  OtherAnchor: OtherAnchor;
  OwnAnchor: OwnAnchor;
  PageInfo: PageInfo;
  Participant: Participant;
  Participation: Participation;
  Passkey: Passkey;
  Patient: Patient;
  PatientCandidate: PatientCandidate;
  PatientConnection: PatientConnection;
  PatientEdge: PatientEdge;
  PaymentLine: PaymentLine;
  PaymentLineInput: PaymentLineInput;
  PaymentReceipt: PaymentReceipt;
  PaymentReceiptInput: PaymentReceiptInput;
  PolicyProposal: PolicyProposal;
  PossibleOpening: PossibleOpening;
  PossibleReader: PossibleReader;
  PrintedCareCard: PrintedCareCard;
  Proposal: Proposal;
  ProposedBy: ProposedBy;
  PutRecordInput: PutRecordInput;
  Query: Record<PropertyKey, never>;
  ReadingFolder: ReadingFolder;
  ReadingGateway: ReadingGateway;
  ReconcileMedicationsInput: ReconcileMedicationsInput;
  Record: ChartRecord;
  RecordVersion: RecordVersion;
  RegionAnchors: RegionAnchors;
  RegionPolicy: RegionPolicy;
  RegionWitness: RegionWitness;
  RegisterPatientInput: RegisterPatientInput;
  RegistrationResult: RegistrationResult;
  ReplanVisitInput: ReplanVisitInput;
  Restriction: Restriction;
  RestrictionInput: RestrictionInput;
  Retained: Retained;
  Retention: Retention;
  RetentionRule: RetentionRule;
  SecondFactor: SecondFactor;
  SecondFactorOffer: SecondFactorOffer;
  SectionCount: SectionCount;
  Series: Series;
  SeriesCode: SeriesCode;
  SeriesPoint: SeriesPoint;
  SettleConflictInput: SettleConflictInput;
  ShownCard: ShownCard;
  StaffMember: StaffMember;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  Task: Task;
  TaskHanding: TaskHanding;
  TaskPerson: TaskPerson;
  TeleConsent: TeleConsent;
  TeleNote: TeleNote;
  TeleNoteInput: TeleNoteInput;
  Training: Training;
  TrainingFile: TrainingFile;
  TrainingJudgement: TrainingJudgement;
  TrainingPerson: TrainingPerson;
  TrainingRecord: TrainingRecord;
  UndoMergeInput: UndoMergeInput;
  UnfinishedFile: UnfinishedFile;
  UnfinishedFileStore: UnfinishedFileStore;
  VideoCall: VideoCall;
  Visit: Visit;
  VisitChange: VisitChange;
  VisitClinician: VisitClinician;
  VisitWarnings: VisitWarnings;
  Watch: Watch;
  WitnessInput: WitnessInput;
  WitnessOffer: WitnessOffer;
  WrittenExport: WrittenExport;
};

export type needsDirectiveArgs = {
  permission: Scalars['String']['input'];
  verb?: Maybe<Scalars['String']['input']>;
};

export type needsDirectiveResolver<Result, Parent, ContextType = any, Args = needsDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AccessComplaintResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessComplaint'] = ResolversParentTypes['AccessComplaint']> = {
  about?: Resolver<ResolversTypes['ComplaintSubject'], ParentType, ContextType>;
  answer?: Resolver<Maybe<ResolversTypes['ComplaintAnswer']>, ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  dueAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isAsAnchored?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['AccessLine']>, ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  patientName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  record?: Resolver<Maybe<ResolversTypes['ComplaintRecord']>, ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessCompletenessResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessCompleteness'] = ResolversParentTypes['AccessCompleteness']> = {
  altered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  anchored?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  everyLine?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lines?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  missing?: Resolver<Array<ResolversTypes['MissingAccessLines']>, ParentType, ContextType>;
  own?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type AccessConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessConnection'] = ResolversParentTypes['AccessConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AccessEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AccessEdgeResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessEdge'] = ResolversParentTypes['AccessEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessLine'], ParentType, ContextType>;
};

export type AccessExportResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessExport'] = ResolversParentTypes['AccessExport']> = {
  fileName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessFacetResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessFacet'] = ResolversParentTypes['AccessFacet']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  visits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AccessLineResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessLine'] = ResolversParentTypes['AccessLine']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  categories?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  own?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  process?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['Purpose'], ParentType, ContextType>;
  recipient?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  who?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessReceiptResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessReceipt'] = ResolversParentTypes['AccessReceipt']> = {
  fileName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  json?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lines?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AccessVisitResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessVisit'] = ResolversParentTypes['AccessVisit']> = {
  actions?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  brokeGlass?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  byProgram?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  categories?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  first?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  last?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['AccessLine']>, ParentType, ContextType>;
  own?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  process?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['Purpose'], ParentType, ContextType>;
  recipient?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  who?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessVisitConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessVisitConnection'] = ResolversParentTypes['AccessVisitConnection']> = {
  clinics?: Resolver<Array<ResolversTypes['AccessFacet']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['AccessVisitEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  people?: Resolver<Array<ResolversTypes['AccessFacet']>, ParentType, ContextType>;
  purposes?: Resolver<Array<ResolversTypes['AccessFacet']>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AccessVisitEdgeResolvers<ContextType = any, ParentType extends ResolversParentTypes['AccessVisitEdge'] = ResolversParentTypes['AccessVisitEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessVisit'], ParentType, ContextType>;
};

export type ActToSignResolvers<ContextType = any, ParentType extends ResolversParentTypes['ActToSign'] = ResolversParentTypes['ActToSign']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  who?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AddedVisitResolvers<ContextType = any, ParentType extends ResolversParentTypes['AddedVisit'] = ResolversParentTypes['AddedVisit']> = {
  overlaps?: Resolver<Array<ResolversTypes['Visit']>, ParentType, ContextType>;
  visit?: Resolver<Maybe<ResolversTypes['Visit']>, ParentType, ContextType>;
};

export type AdminChangeResolvers<ContextType = any, ParentType extends ResolversParentTypes['AdminChange'] = ResolversParentTypes['AdminChange']> = {
  after?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  author?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  before?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  own?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  what?: Resolver<ResolversTypes['AdminChangeKind'], ParentType, ContextType>;
};

export type AdministrationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Administration'] = ResolversParentTypes['Administration']> = {
  acts?: Resolver<Array<ResolversTypes['AdministrationAct']>, ParentType, ContextType>;
  forkedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type AdministrationActResolvers<ContextType = any, ParentType extends ResolversParentTypes['AdministrationAct'] = ResolversParentTypes['AdministrationAct']> = {
  after?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  author?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  before?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  by?: Resolver<ResolversTypes['AdministrationBy'], ParentType, ContextType>;
  clinic?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AdministrationKind'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['HubActReason']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  time?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AlertCallResolvers<ContextType = any, ParentType extends ResolversParentTypes['AlertCall'] = ResolversParentTypes['AlertCall']> = {
  alert?: Resolver<ResolversTypes['MonitoringAlert'], ParentType, ContextType>;
  calls?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  covered?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  measurement?: Resolver<ResolversTypes['Measurement'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['Patient'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  steps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AlikePatientResolvers<ContextType = any, ParentType extends ResolversParentTypes['AlikePatient'] = ResolversParentTypes['AlikePatient']> = {
  patient?: Resolver<ResolversTypes['Patient'], ParentType, ContextType>;
  probability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ArrivedMedicationResolvers<ContextType = any, ParentType extends ResolversParentTypes['ArrivedMedication'] = ResolversParentTypes['ArrivedMedication']> = {
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  item?: Resolver<ResolversTypes['ChartItem'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['MedicationOrigin'], ParentType, ContextType>;
};

export type AttachmentResolvers<ContextType = any, ParentType extends ResolversParentTypes['Attachment'] = ResolversParentTypes['Attachment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pieces?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AttachmentUploadResolvers<ContextType = any, ParentType extends ResolversParentTypes['AttachmentUpload'] = ResolversParentTypes['AttachmentUpload']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  next?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  of?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BenefitResolvers<ContextType = any, ParentType extends ResolversParentTypes['Benefit'] = ResolversParentTypes['Benefit']> = {
  amount?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  earnedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  earnedFor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  paidAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  paidBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BrokenGlassResolvers<ContextType = any, ParentType extends ResolversParentTypes['BrokenGlass'] = ResolversParentTypes['BrokenGlass']> = {
  askedOf?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ends?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  isAnswered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  use?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CallRelayResolvers<ContextType = any, ParentType extends ResolversParentTypes['CallRelay'] = ResolversParentTypes['CallRelay']> = {
  credential?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  urls?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CardEmergencyResolvers<ContextType = any, ParentType extends ResolversParentTypes['CardEmergency'] = ResolversParentTypes['CardEmergency']> = {
  birthDate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sections?: Resolver<Array<ResolversTypes['CardEmergencySection']>, ParentType, ContextType>;
};

export type CardEmergencyLineResolvers<ContextType = any, ParentType extends ResolversParentTypes['CardEmergencyLine'] = ResolversParentTypes['CardEmergencyLine']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  disagreements?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CardEmergencySectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['CardEmergencySection'] = ResolversParentTypes['CardEmergencySection']> = {
  lines?: Resolver<Array<ResolversTypes['CardEmergencyLine']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CardNewsResolvers<ContextType = any, ParentType extends ResolversParentTypes['CardNews'] = ResolversParentTypes['CardNews']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  change?: Resolver<ResolversTypes['CardChange'], ParentType, ContextType>;
  clinicName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  patientName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CardVisitorResolvers<ContextType = any, ParentType extends ResolversParentTypes['CardVisitor'] = ResolversParentTypes['CardVisitor']> = {
  birthDate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  card?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  clinicName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CareCardResolvers<ContextType = any, ParentType extends ResolversParentTypes['CareCard'] = ResolversParentTypes['CareCard']> = {
  hasEmergency?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  issuedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  opensInRegion?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Progress'], ParentType, ContextType>;
  triesLeft?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type CasePackResolvers<ContextType = any, ParentType extends ResolversParentTypes['CasePack'] = ResolversParentTypes['CasePack']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expires?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  link?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  openedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  openedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CasePackState'], ParentType, ContextType>;
};

export type ChangeResolvers<ContextType = any, ParentType extends ResolversParentTypes['Change'] = ResolversParentTypes['Change']> = {
  patients?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  records?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  topics?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ChartResolvers<ContextType = any, ParentType extends ResolversParentTypes['Chart'] = ResolversParentTypes['Chart']> = {
  categories?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  covered?: Resolver<Maybe<ResolversTypes['CoverPerson']>, ParentType, ContextType>;
  encounterNow?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  items?: Resolver<ResolversTypes['ChartItemConnection'], ParentType, ContextType, RequireFields<ChartitemsArgs, 'first' | 'remote'>>;
  merged?: Resolver<Array<ResolversTypes['Patient']>, ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['Patient'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['Purpose'], ParentType, ContextType>;
  sections?: Resolver<Array<ResolversTypes['SectionCount']>, ParentType, ContextType>;
  series?: Resolver<Maybe<ResolversTypes['Series']>, ParentType, ContextType, RequireFields<ChartseriesArgs, 'code'>>;
  seriesCodes?: Resolver<Array<ResolversTypes['SeriesCode']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['ChartSummary'], ParentType, ContextType>;
};

export type ChartItemResolvers<ContextType = any, ParentType extends ResolversParentTypes['ChartItem'] = ResolversParentTypes['ChartItem']> = {
  author?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  codeSystem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  date?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  disagreements?: Resolver<Array<ResolversTypes['Disagreement']>, ParentType, ContextType>;
  dispute?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  high?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  low?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Progress'], ParentType, ContextType>;
  proposedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  resourceType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  section?: Resolver<ResolversTypes['Section'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  waiting?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type ChartItemConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['ChartItemConnection'] = ResolversParentTypes['ChartItemConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ChartItemEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChartItemEdgeResolvers<ContextType = any, ParentType extends ResolversParentTypes['ChartItemEdge'] = ResolversParentTypes['ChartItemEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ChartItem'], ParentType, ContextType>;
};

export type ChartSummaryResolvers<ContextType = any, ParentType extends ResolversParentTypes['ChartSummary'] = ResolversParentTypes['ChartSummary']> = {
  allergies?: Resolver<Array<ResolversTypes['ChartItem']>, ParentType, ContextType>;
  cautions?: Resolver<Array<ResolversTypes['ChartItem']>, ParentType, ContextType>;
  encounters?: Resolver<Array<ResolversTypes['ChartItem']>, ParentType, ContextType>;
  medications?: Resolver<Array<ResolversTypes['ChartItem']>, ParentType, ContextType>;
  orders?: Resolver<Array<ResolversTypes['ChartItem']>, ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['ChartItem']>, ParentType, ContextType>;
  vitals?: Resolver<Array<ResolversTypes['ChartItem']>, ParentType, ContextType>;
};

export type ClinicInvitationResolvers<ContextType = any, ParentType extends ResolversParentTypes['ClinicInvitation'] = ResolversParentTypes['ClinicInvitation']> = {
  expires?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ClinicKeysResolvers<ContextType = any, ParentType extends ResolversParentTypes['ClinicKeys'] = ResolversParentTypes['ClinicKeys']> = {
  earlier?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  encryptionKey?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  encryptionSince?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  keptDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rollsAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  signingKey?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  signingSince?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  waiting?: Resolver<Array<ResolversTypes['ActToSign']>, ParentType, ContextType>;
};

export type ComplaintAnswerResolvers<ContextType = any, ParentType extends ResolversParentTypes['ComplaintAnswer'] = ResolversParentTypes['ComplaintAnswer']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ComplaintRecordResolvers<ContextType = any, ParentType extends ResolversParentTypes['ComplaintRecord'] = ResolversParentTypes['ComplaintRecord']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  section?: Resolver<ResolversTypes['Section'], ParentType, ContextType>;
};

export type ConflictResolvers<ContextType = any, ParentType extends ResolversParentTypes['Conflict'] = ResolversParentTypes['Conflict']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mine?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['Patient'], ParentType, ContextType>;
  proposedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  record?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ConflictDetailResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConflictDetail'] = ResolversParentTypes['ConflictDetail']> = {
  current?: Resolver<Maybe<ResolversTypes['ConflictSide']>, ParentType, ContextType>;
  elements?: Resolver<Array<ResolversTypes['ConflictElement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  late?: Resolver<ResolversTypes['ConflictSide'], ParentType, ContextType>;
  proposedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  record?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  resourceType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  whole?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ConflictElementResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConflictElement'] = ResolversParentTypes['ConflictElement']> = {
  base?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  changedBy?: Resolver<ResolversTypes['ChangedBy'], ParentType, ContextType>;
  current?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  element?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  late?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  safety?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ConflictSideResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConflictSide'] = ResolversParentTypes['ConflictSide']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  author?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ConsentResolvers<ContextType = any, ParentType extends ResolversParentTypes['Consent'] = ResolversParentTypes['Consent']> = {
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  confirmedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  ends?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  exceptions?: Resolver<Array<ResolversTypes['ConsentException']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Progress'], ParentType, ContextType>;
  purges?: Resolver<Array<ResolversTypes['ConsentPurge']>, ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['Purpose'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  recipientDesks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recipientName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  recordedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  starts?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ConsentState'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  verification?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  withdrawnAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type ConsentExceptionResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConsentException'] = ResolversParentTypes['ConsentException']> = {
  kind?: Resolver<ResolversTypes['ExceptionKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConsentPurgeResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConsentPurge'] = ResolversParentTypes['ConsentPurge']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ConsentTextResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConsentText'] = ResolversParentTypes['ConsentText']> = {
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  needsCard?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConsultResolvers<ContextType = any, ParentType extends ResolversParentTypes['Consult'] = ResolversParentTypes['Consult']> = {
  answer?: Resolver<Maybe<ResolversTypes['ConsultAnswer']>, ParentType, ContextType>;
  askedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  birthDate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  filed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  parts?: Resolver<Array<ResolversTypes['ConsultPart']>, ParentType, ContextType>;
  patientName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pictures?: Resolver<Array<ResolversTypes['ConsultPicture']>, ParentType, ContextType>;
  question?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConsultAnswerResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConsultAnswer'] = ResolversParentTypes['ConsultAnswer']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConsultPartResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConsultPart'] = ResolversParentTypes['ConsultPart']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  section?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConsultPictureResolvers<ContextType = any, ParentType extends ResolversParentTypes['ConsultPicture'] = ResolversParentTypes['ConsultPicture']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CoverResolvers<ContextType = any, ParentType extends ResolversParentTypes['Cover'] = ResolversParentTypes['Cover']> = {
  byMe?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  covered?: Resolver<ResolversTypes['CoverPerson'], ParentType, ContextType>;
  covering?: Resolver<ResolversTypes['CoverPerson'], ParentType, ContextType>;
  endable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CoverState'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type CoverPersonResolvers<ContextType = any, ParentType extends ResolversParentTypes['CoverPerson'] = ResolversParentTypes['CoverPerson']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CsvPreviewResolvers<ContextType = any, ParentType extends ResolversParentTypes['CsvPreview'] = ResolversParentTypes['CsvPreview']> = {
  columns?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  delimiter?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  foreignLine?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  refused?: Resolver<Array<ResolversTypes['ImportRefusal']>, ParentType, ContextType>;
  resources?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  rows?: Resolver<Array<Array<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type DeviceRequestResolvers<ContextType = any, ParentType extends ResolversParentTypes['DeviceRequest'] = ResolversParentTypes['DeviceRequest']> = {
  device?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  staffName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DifferenceResolvers<ContextType = any, ParentType extends ResolversParentTypes['Difference'] = ResolversParentTypes['Difference']> = {
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DisagreementResolvers<ContextType = any, ParentType extends ResolversParentTypes['Disagreement'] = ResolversParentTypes['Disagreement']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  record?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DispensingResolvers<ContextType = any, ParentType extends ResolversParentTypes['Dispensing'] = ResolversParentTypes['Dispensing']> = {
  handed?: Resolver<Array<ResolversTypes['HandedOver']>, ParentType, ContextType>;
  prescription?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DraftResolvers<ContextType = any, ParentType extends ResolversParentTypes['Draft'] = ResolversParentTypes['Draft']> = {
  content?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  savedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ErasedCompartmentResolvers<ContextType = any, ParentType extends ResolversParentTypes['ErasedCompartment'] = ResolversParentTypes['ErasedCompartment']> = {
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  documents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  handle?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ErasureResolvers<ContextType = any, ParentType extends ResolversParentTypes['Erasure'] = ResolversParentTypes['Erasure']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  compartments?: Resolver<Array<ResolversTypes['ErasedCompartment']>, ParentType, ContextType>;
  confirmations?: Resolver<Array<ResolversTypes['ErasureConfirmation']>, ParentType, ContextType>;
  ground?: Resolver<ResolversTypes['ErasureGround'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastBackupDies?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  retained?: Resolver<Array<ResolversTypes['Retained']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ErasureState'], ParentType, ContextType>;
  whole?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ErasureConfirmationResolvers<ContextType = any, ParentType extends ResolversParentTypes['ErasureConfirmation'] = ResolversParentTypes['ErasureConfirmation']> = {
  at?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  here?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  party?: Resolver<ResolversTypes['ErasureParty'], ParentType, ContextType>;
};

export type ErasurePlanResolvers<ContextType = any, ParentType extends ResolversParentTypes['ErasurePlan'] = ResolversParentTypes['ErasurePlan']> = {
  clinics?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  compartments?: Resolver<Array<ResolversTypes['ErasedCompartment']>, ParentType, ContextType>;
  desks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  retained?: Resolver<Array<ResolversTypes['Retained']>, ParentType, ContextType>;
  retentionSet?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ExportProgressResolvers<ContextType = any, ParentType extends ResolversParentTypes['ExportProgress'] = ResolversParentTypes['ExportProgress']> = {
  bytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  patients?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  patientsOf?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resources?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resourcesOf?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FhirTokenResolvers<ContextType = any, ParentType extends ResolversParentTypes['FhirToken'] = ResolversParentTypes['FhirToken']> = {
  expiresAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isOwn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  madeAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  network?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  patient?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  scopes?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  staffName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FleetBoardResolvers<ContextType = any, ParentType extends ResolversParentTypes['FleetBoard'] = ResolversParentTypes['FleetBoard']> = {
  acts?: Resolver<Array<ResolversTypes['HubAct']>, ParentType, ContextType>;
  clinics?: Resolver<Array<ResolversTypes['FleetClinic']>, ParentType, ContextType>;
  devices?: Resolver<Array<ResolversTypes['FleetDevice']>, ParentType, ContextType>;
  now?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  releases?: Resolver<Array<ResolversTypes['FleetRelease']>, ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  troubles?: Resolver<Array<ResolversTypes['HubTrouble']>, ParentType, ContextType>;
};

export type FleetClinicResolvers<ContextType = any, ParentType extends ResolversParentTypes['FleetClinic'] = ResolversParentTypes['FleetClinic']> = {
  chain?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quarantined?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  rebaseline?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  ring?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type FleetDeviceResolvers<ContextType = any, ParentType extends ResolversParentTypes['FleetDevice'] = ResolversParentTypes['FleetDevice']> = {
  chain?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastPosition?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  lastTime?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  needs?: Resolver<Array<ResolversTypes['FleetNeed']>, ParentType, ContextType>;
  offered?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quarantined?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['FleetReport']>, ParentType, ContextType>;
  reportedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  revoked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type FleetReleaseResolvers<ContextType = any, ParentType extends ResolversParentTypes['FleetRelease'] = ResolversParentTypes['FleetRelease']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  offered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FleetReportResolvers<ContextType = any, ParentType extends ResolversParentTypes['FleetReport'] = ResolversParentTypes['FleetReport']> = {
  alarms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  audited?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  documents?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  epoch?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  events?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  height?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  lag?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  problem?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  skew?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  witnessed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  witnessedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type ForeignConsentResolvers<ContextType = any, ParentType extends ResolversParentTypes['ForeignConsent'] = ResolversParentTypes['ForeignConsent']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fault?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  notEnforced?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  permitsOtherwise?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  record?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rules?: Resolver<Array<ResolversTypes['ForeignRule']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ForeignRuleResolvers<ContextType = any, ParentType extends ResolversParentTypes['ForeignRule'] = ResolversParentTypes['ForeignRule']> = {
  alsoNames?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  categories?: Resolver<Maybe<Array<ResolversTypes['Category']>>, ParentType, ContextType>;
  depth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  emergencyOnly?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ends?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  labels?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  permits?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  purposes?: Resolver<Maybe<Array<ResolversTypes['Purpose']>>, ParentType, ContextType>;
  readers?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  starts?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type FormTemplateResolvers<ContextType = any, ParentType extends ResolversParentTypes['FormTemplate'] = ResolversParentTypes['FormTemplate']> = {
  fields?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GlassReviewResolvers<ContextType = any, ParentType extends ResolversParentTypes['GlassReview'] = ResolversParentTypes['GlassReview']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['GlassVerdict'], ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GlassUseResolvers<ContextType = any, ParentType extends ResolversParentTypes['GlassUse'] = ResolversParentTypes['GlassUse']> = {
  began?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ends?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  isOverdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isOwn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  patientName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  proof?: Resolver<ResolversTypes['GlassProof'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['GlassReason'], ParentType, ContextType>;
  review?: Resolver<Maybe<ResolversTypes['GlassReview']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  toldAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  use?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  who?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GuardianResolvers<ContextType = any, ParentType extends ResolversParentTypes['Guardian'] = ResolversParentTypes['Guardian']> = {
  endedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  ends?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  evidence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  guardian?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  guardianName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mayComplain?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mayConsent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  patientName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  relationship?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  signedByPatient?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  starts?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['GuardianState'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GuardianAgesResolvers<ContextType = any, ParentType extends ResolversParentTypes['GuardianAges'] = ResolversParentTypes['GuardianAges']> = {
  majority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  privateFrom?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type GuardianTextResolvers<ContextType = any, ParentType extends ResolversParentTypes['GuardianText'] = ResolversParentTypes['GuardianText']> = {
  ends?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isChild?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  needsCard?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HandedOverResolvers<ContextType = any, ParentType extends ResolversParentTypes['HandedOver'] = ResolversParentTypes['HandedOver']> = {
  amount?: Resolver<Maybe<ResolversTypes['HandedOverAmount']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expires?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  record?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HandedOverAmountResolvers<ContextType = any, ParentType extends ResolversParentTypes['HandedOverAmount'] = ResolversParentTypes['HandedOverAmount']> = {
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HeardSignalResolvers<ContextType = any, ParentType extends ResolversParentTypes['HeardSignal'] = ResolversParentTypes['HeardSignal']> = {
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['HeardKind'], ParentType, ContextType>;
  offer?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  sdp?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type HeardSignalsResolvers<ContextType = any, ParentType extends ResolversParentTypes['HeardSignals'] = ResolversParentTypes['HeardSignals']> = {
  joined?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  signals?: Resolver<Array<ResolversTypes['HeardSignal']>, ParentType, ContextType>;
};

export type HoldResolvers<ContextType = any, ParentType extends ResolversParentTypes['Hold'] = ResolversParentTypes['Hold']> = {
  article?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ground?: Resolver<ResolversTypes['RetentionGround'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  liftedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  liftedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  placedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HubActResolvers<ContextType = any, ParentType extends ResolversParentTypes['HubAct'] = ResolversParentTypes['HubAct']> = {
  after?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  atMachine?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  author?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  before?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['HubActKind'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['HubActReason'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  time?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type HubDiskResolvers<ContextType = any, ParentType extends ResolversParentTypes['HubDisk'] = ResolversParentTypes['HubDisk']> = {
  faults?: Resolver<Array<ResolversTypes['HubDiskFault']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type HubDiskFaultResolvers<ContextType = any, ParentType extends ResolversParentTypes['HubDiskFault'] = ResolversParentTypes['HubDiskFault']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  part?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HubLedgerResolvers<ContextType = any, ParentType extends ResolversParentTypes['HubLedger'] = ResolversParentTypes['HubLedger']> = {
  disk?: Resolver<Maybe<ResolversTypes['HubDisk']>, ParentType, ContextType>;
  hours?: Resolver<Array<ResolversTypes['HubSample']>, ParentType, ContextType>;
  minutes?: Resolver<Array<ResolversTypes['HubSample']>, ParentType, ContextType>;
  quorum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  witnesses?: Resolver<Array<ResolversTypes['HubWitness']>, ParentType, ContextType>;
};

export type HubSampleResolvers<ContextType = any, ParentType extends ResolversParentTypes['HubSample'] = ResolversParentTypes['HubSample']> = {
  answered?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  blocks?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  memory?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  slow?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  storage?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  typical?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type HubTroubleResolvers<ContextType = any, ParentType extends ResolversParentTypes['HubTrouble'] = ResolversParentTypes['HubTrouble']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  process?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  store?: Resolver<ResolversTypes['HubStore'], ParentType, ContextType>;
};

export type HubWitnessResolvers<ContextType = any, ParentType extends ResolversParentTypes['HubWitness'] = ResolversParentTypes['HubWitness']> = {
  clinic?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cosignedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  who?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type IdentifierResolvers<ContextType = any, ParentType extends ResolversParentTypes['Identifier'] = ResolversParentTypes['Identifier']> = {
  system?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ImportJobResolvers<ContextType = any, ParentType extends ResolversParentTypes['ImportJob'] = ResolversParentTypes['ImportJob']> = {
  accepted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  alikeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  alreadyPresent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  bytesRead?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  bytesTotal?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  currentFile?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  doubtCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  doubts?: Resolver<Array<ResolversTypes['ImportRefusal']>, ParentType, ContextType, RequireFields<ImportJobdoubtsArgs, 'first'>>;
  dryRun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  here?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ignored?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  missingReferenceCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missingReferences?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType, RequireFields<ImportJobmissingReferencesArgs, 'first'>>;
  patients?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  people?: Resolver<Array<ResolversTypes['ImportedPerson']>, ParentType, ContextType, RequireFields<ImportJobpeopleArgs, 'first'>>;
  problem?: Resolver<Maybe<ResolversTypes['KeptProblem']>, ParentType, ContextType>;
  refused?: Resolver<Array<ResolversTypes['ImportRefusal']>, ParentType, ContextType, RequireFields<ImportJobrefusedArgs, 'first'>>;
  refusedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ImportState'], ParentType, ContextType>;
  undo?: Resolver<Maybe<ResolversTypes['ImportUndo']>, ParentType, ContextType>;
};

export type ImportLeftResolvers<ContextType = any, ParentType extends ResolversParentTypes['ImportLeft'] = ResolversParentTypes['ImportLeft']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ImportLeftReason'], ParentType, ContextType>;
  resourceType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ImportRefusalResolvers<ContextType = any, ParentType extends ResolversParentTypes['ImportRefusal'] = ResolversParentTypes['ImportRefusal']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ImportUndoResolvers<ContextType = any, ParentType extends ResolversParentTypes['ImportUndo'] = ResolversParentTypes['ImportUndo']> = {
  left?: Resolver<Array<ResolversTypes['ImportLeft']>, ParentType, ContextType, RequireFields<ImportUndoleftArgs, 'first'>>;
  leftCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  marked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  people?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  restored?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ImportedPersonResolvers<ContextType = any, ParentType extends ResolversParentTypes['ImportedPerson'] = ResolversParentTypes['ImportedPerson']> = {
  alike?: Resolver<Array<ResolversTypes['AlikePatient']>, ParentType, ContextType>;
  birthDate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isNew?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type KeptProblemResolvers<ContextType = any, ParentType extends ResolversParentTypes['KeptProblem'] = ResolversParentTypes['KeptProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<Array<ResolversTypes['KeptProblemDetail']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type KeptProblemDetailResolvers<ContextType = any, ParentType extends ResolversParentTypes['KeptProblemDetail'] = ResolversParentTypes['KeptProblemDetail']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LadderStepResolvers<ContextType = any, ParentType extends ResolversParentTypes['LadderStep'] = ResolversParentTypes['LadderStep']> = {
  afterMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tell?: Resolver<Array<ResolversTypes['MonitoringPerson']>, ParentType, ContextType>;
};

export type LedgerReceiptResolvers<ContextType = any, ParentType extends ResolversParentTypes['LedgerReceipt'] = ResolversParentTypes['LedgerReceipt']> = {
  fileName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  json?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  witnessed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MadeCasePackResolvers<ContextType = any, ParentType extends ResolversParentTypes['MadeCasePack'] = ResolversParentTypes['MadeCasePack']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MadeFhirTokenResolvers<ContextType = any, ParentType extends ResolversParentTypes['MadeFhirToken'] = ResolversParentTypes['MadeFhirToken']> = {
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['FhirToken'], ParentType, ContextType>;
};

export type MatchEvidenceResolvers<ContextType = any, ParentType extends ResolversParentTypes['MatchEvidence'] = ResolversParentTypes['MatchEvidence']> = {
  agreement?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MedicationLineResolvers<ContextType = any, ParentType extends ResolversParentTypes['MedicationLine'] = ResolversParentTypes['MedicationLine']> = {
  came?: Resolver<Array<ResolversTypes['ArrivedMedication']>, ParentType, ContextType>;
  chart?: Resolver<Array<ResolversTypes['ChartItem']>, ParentType, ContextType>;
  decisions?: Resolver<Array<ResolversTypes['MedicationDecision']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MedicationReconciliationResolvers<ContextType = any, ParentType extends ResolversParentTypes['MedicationReconciliation'] = ResolversParentTypes['MedicationReconciliation']> = {
  last?: Resolver<Maybe<ResolversTypes['ChartItem']>, ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['MedicationLine']>, ParentType, ContextType>;
};

export type MissingAccessLinesResolvers<ContextType = any, ParentType extends ResolversParentTypes['MissingAccessLines'] = ResolversParentTypes['MissingAccessLines']> = {
  from?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = any, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MonitoringAlertResolvers<ContextType = any, ParentType extends ResolversParentTypes['MonitoringAlert'] = ResolversParentTypes['MonitoringAlert']> = {
  acknowledgedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  acknowledgedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  corrected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  escalated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reading?: Resolver<ResolversTypes['MonitoringReading'], ParentType, ContextType>;
  side?: Resolver<ResolversTypes['AlertSide'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  threshold?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MonitoringDryRunResolvers<ContextType = any, ParentType extends ResolversParentTypes['MonitoringDryRun'] = ResolversParentTypes['MonitoringDryRun']> = {
  alerts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gaps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  readings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MonitoringPersonResolvers<ContextType = any, ParentType extends ResolversParentTypes['MonitoringPerson'] = ResolversParentTypes['MonitoringPerson']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MonitoringPlanResolvers<ContextType = any, ParentType extends ResolversParentTypes['MonitoringPlan'] = ResolversParentTypes['MonitoringPlan']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  escalateMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  high?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  intervalMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ladder?: Resolver<Array<ResolversTypes['LadderStep']>, ParentType, ContextType>;
  low?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  repeatMinutes?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  tell?: Resolver<Array<ResolversTypes['MonitoringPerson']>, ParentType, ContextType>;
};

export type MonitoringReadingResolvers<ContextType = any, ParentType extends ResolversParentTypes['MonitoringReading'] = ResolversParentTypes['MonitoringReading']> = {
  measured?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  received?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acknowledgeAlerts?: Resolver<ResolversTypes['Watch'], ParentType, ContextType, RequireFields<MutationacknowledgeAlertsArgs, 'alerts' | 'watch'>>;
  addPasskey?: Resolver<ResolversTypes['ID'], ParentType, ContextType, RequireFields<MutationaddPasskeyArgs, 'name' | 'passphrase'>>;
  addTask?: Resolver<ResolversTypes['Task'], ParentType, ContextType, RequireFields<MutationaddTaskArgs, 'input'>>;
  addVisit?: Resolver<ResolversTypes['AddedVisit'], ParentType, ContextType, RequireFields<MutationaddVisitArgs, 'evenSo' | 'input'>>;
  administerHub?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationadministerHubArgs, 'input'>>;
  admitDevice?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationadmitDeviceArgs, 'device' | 'role'>>;
  answerComplaint?: Resolver<ResolversTypes['AccessComplaint'], ParentType, ContextType, RequireFields<MutationanswerComplaintArgs, 'id' | 'words'>>;
  answerConsult?: Resolver<ResolversTypes['Consult'], ParentType, ContextType, RequireFields<MutationanswerConsultArgs, 'answer' | 'consult' | 'passphrase'>>;
  approveAdmission?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationapproveAdmissionArgs, 'chain'>>;
  approvePolicy?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationapprovePolicyArgs, 'id'>>;
  askConsult?: Resolver<ResolversTypes['Consult'], ParentType, ContextType, RequireFields<MutationaskConsultArgs, 'input' | 'passphrase'>>;
  askPasskey?: Resolver<ResolversTypes['ID'], ParentType, ContextType, RequireFields<MutationaskPasskeyArgs, 'ceremony'>>;
  beginAttachment?: Resolver<ResolversTypes['AttachmentUpload'], ParentType, ContextType, RequireFields<MutationbeginAttachmentArgs, 'input' | 'title'>>;
  beginTraining?: Resolver<ResolversTypes['Training'], ParentType, ContextType>;
  breakGlass?: Resolver<ResolversTypes['BrokenGlass'], ParentType, ContextType, RequireFields<MutationbreakGlassArgs, 'input'>>;
  cancelExport?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cancelImport?: Resolver<ResolversTypes['ImportJob'], ParentType, ContextType, RequireFields<MutationcancelImportArgs, 'id'>>;
  changePassphrase?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationchangePassphraseArgs, 'current' | 'next'>>;
  closeCall?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationcloseCallArgs, 'call' | 'patient'>>;
  closeChart?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationcloseChartArgs, 'patient'>>;
  complainOfAccess?: Resolver<ResolversTypes['AccessComplaint'], ParentType, ContextType, RequireFields<MutationcomplainOfAccessArgs, 'line' | 'patient' | 'words'>>;
  declineProposal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationdeclineProposalArgs, 'id' | 'patient' | 'reason'>>;
  discardAttachment?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationdiscardAttachmentArgs, 'input'>>;
  discardDraft?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationdiscardDraftArgs, 'key' | 'kind' | 'patient'>>;
  discardFormDraft?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationdiscardFormDraftArgs, 'key' | 'kind'>>;
  discardWaitingActs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endCareCard?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationendCareCardArgs, 'passphrase' | 'patient'>>;
  endCasePack?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationendCasePackArgs, 'link' | 'patient'>>;
  endGlass?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationendGlassArgs, 'patient'>>;
  endGuardian?: Resolver<ResolversTypes['Guardian'], ParentType, ContextType, RequireFields<MutationendGuardianArgs, 'guardian' | 'passphrase' | 'patient'>>;
  endMonitoring?: Resolver<ResolversTypes['Watch'], ParentType, ContextType, RequireFields<MutationendMonitoringArgs, 'measurement' | 'patient'>>;
  endTask?: Resolver<ResolversTypes['Task'], ParentType, ContextType, RequireFields<MutationendTaskArgs, 'end' | 'revision' | 'task'>>;
  enrolReadingGateway?: Resolver<Array<ResolversTypes['ReadingGateway']>, ParentType, ContextType, RequireFields<MutationenrolReadingGatewayArgs, 'key' | 'name'>>;
  enrolSecondFactor?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType, RequireFields<MutationenrolSecondFactorArgs, 'code'>>;
  enrolStaff?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType, RequireFields<MutationenrolStaffArgs, 'input'>>;
  erase?: Resolver<ResolversTypes['Erasure'], ParentType, ContextType, RequireFields<MutationeraseArgs, 'input' | 'passphrase'>>;
  exportAccessLog?: Resolver<ResolversTypes['AccessExport'], ParentType, ContextType, RequireFields<MutationexportAccessLogArgs, 'format' | 'patient'>>;
  exportRecords?: Resolver<ResolversTypes['WrittenExport'], ParentType, ContextType, RequireFields<MutationexportRecordsArgs, 'folder' | 'passphrase'>>;
  fileConsult?: Resolver<ResolversTypes['Consult'], ParentType, ContextType, RequireFields<MutationfileConsultArgs, 'consult' | 'patient'>>;
  fileDisagreement?: Resolver<ResolversTypes['ChartItem'], ParentType, ContextType, RequireFields<MutationfileDisagreementArgs, 'patient' | 'record' | 'words'>>;
  finishAttachment?: Resolver<ResolversTypes['ID'], ParentType, ContextType, RequireFields<MutationfinishAttachmentArgs, 'input'>>;
  giveConsent?: Resolver<ResolversTypes['Consent'], ParentType, ContextType, RequireFields<MutationgiveConsentArgs, 'input' | 'passphrase' | 'textHash'>>;
  handTask?: Resolver<ResolversTypes['Task'], ParentType, ContextType, RequireFields<MutationhandTaskArgs, 'revision' | 'task'>>;
  hearCall?: Resolver<ResolversTypes['HeardSignals'], ParentType, ContextType, RequireFields<MutationhearCallArgs, 'call' | 'patient'>>;
  importAfterDryRun?: Resolver<ResolversTypes['ImportJob'], ParentType, ContextType, RequireFields<MutationimportAfterDryRunArgs, 'id'>>;
  importFile?: Resolver<ResolversTypes['ImportJob'], ParentType, ContextType, RequireFields<MutationimportFileArgs, 'data' | 'file' | 'index' | 'size'>>;
  importPaths?: Resolver<ResolversTypes['ImportJob'], ParentType, ContextType, RequireFields<MutationimportPathsArgs, 'dryRun' | 'paths'>>;
  importText?: Resolver<ResolversTypes['ImportJob'], ParentType, ContextType, RequireFields<MutationimportTextArgs, 'dryRun' | 'file' | 'finish' | 'firstLine' | 'last' | 'text'>>;
  inviteClinic?: Resolver<ResolversTypes['ClinicInvitation'], ParentType, ContextType, RequireFields<MutationinviteClinicArgs, 'input'>>;
  inviteDevice?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<MutationinviteDeviceArgs, 'kind'>>;
  issueCareCard?: Resolver<ResolversTypes['PrintedCareCard'], ParentType, ContextType, RequireFields<MutationissueCareCardArgs, 'passphrase' | 'patient' | 'pin'>>;
  joinOffer?: Resolver<ResolversTypes['Participation'], ParentType, ContextType, RequireFields<MutationjoinOfferArgs, 'offer' | 'passphrase' | 'patient'>>;
  keepRegionAnchor?: Resolver<ResolversTypes['OwnAnchor'], ParentType, ContextType, RequireFields<MutationkeepRegionAnchorArgs, 'file'>>;
  keepTrainingRecord?: Resolver<ResolversTypes['TrainingRecord'], ParentType, ContextType, RequireFields<MutationkeepTrainingRecordArgs, 'file' | 'passphrase'>>;
  leaveOffer?: Resolver<ResolversTypes['Participation'], ParentType, ContextType, RequireFields<MutationleaveOfferArgs, 'offer' | 'passphrase' | 'patient'>>;
  liftHold?: Resolver<ResolversTypes['Hold'], ParentType, ContextType, RequireFields<MutationliftHoldArgs, 'id' | 'passphrase'>>;
  liftRestriction?: Resolver<ResolversTypes['Restriction'], ParentType, ContextType, RequireFields<MutationliftRestrictionArgs, 'id' | 'passphrase' | 'patient'>>;
  makeCasePack?: Resolver<ResolversTypes['MadeCasePack'], ParentType, ContextType, RequireFields<MutationmakeCasePackArgs, 'input' | 'passphrase'>>;
  makeFhirToken?: Resolver<ResolversTypes['MadeFhirToken'], ParentType, ContextType, RequireFields<MutationmakeFhirTokenArgs, 'program'>>;
  mergePatients?: Resolver<ResolversTypes['Chart'], ParentType, ContextType, RequireFields<MutationmergePatientsArgs, 'other' | 'patient' | 'reason'>>;
  moveVisit?: Resolver<ResolversTypes['Visit'], ParentType, ContextType, RequireFields<MutationmoveVisitArgs, 'revision' | 'step' | 'visit'>>;
  nameCover?: Resolver<ResolversTypes['Cover'], ParentType, ContextType, RequireFields<MutationnameCoverArgs, 'input'>>;
  nameGuardian?: Resolver<ResolversTypes['Guardian'], ParentType, ContextType, RequireFields<MutationnameGuardianArgs, 'input' | 'passphrase' | 'textHash'>>;
  noteCardNews?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationnoteCardNewsArgs, 'id'>>;
  noteGlassTold?: Resolver<ResolversTypes['GlassUse'], ParentType, ContextType, RequireFields<MutationnoteGlassToldArgs, 'use'>>;
  notePaymentPrint?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationnotePaymentPrintArgs, 'patient' | 'receipt'>>;
  notePrint?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationnotePrintArgs, 'paper' | 'patient'>>;
  offerCall?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MutationofferCallArgs, 'call' | 'patient' | 'sdp' | 'to'>>;
  offerSecondFactor?: Resolver<ResolversTypes['SecondFactorOffer'], ParentType, ContextType, RequireFields<MutationofferSecondFactorArgs, 'passphrase'>>;
  offerToWitness?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  openCall?: Resolver<ResolversTypes['VideoCall'], ParentType, ContextType, RequireFields<MutationopenCallArgs, 'patient'>>;
  openCardEmergency?: Resolver<Maybe<ResolversTypes['CardEmergency']>, ParentType, ContextType, RequireFields<MutationopenCardEmergencyArgs, 'code'>>;
  openChart?: Resolver<ResolversTypes['Chart'], ParentType, ContextType, RequireFields<MutationopenChartArgs, 'patient' | 'purpose'>>;
  passkeyDone?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType, RequireFields<MutationpasskeyDoneArgs, 'ticket'>>;
  placeHold?: Resolver<ResolversTypes['Hold'], ParentType, ContextType, RequireFields<MutationplaceHoldArgs, 'ground' | 'passphrase' | 'patient' | 'reason'>>;
  proposeAmendment?: Resolver<ResolversTypes['Proposal'], ParentType, ContextType, RequireFields<MutationproposeAmendmentArgs, 'input'>>;
  proposeHubKey?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  proposeRules?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  proposeWitnesses?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationproposeWitnessesArgs, 'witnesses'>>;
  publishOffer?: Resolver<ResolversTypes['Offer'], ParentType, ContextType, RequireFields<MutationpublishOfferArgs, 'input' | 'passphrase'>>;
  putAttachmentPiece?: Resolver<ResolversTypes['AttachmentUpload'], ParentType, ContextType, RequireFields<MutationputAttachmentPieceArgs, 'data' | 'index' | 'input'>>;
  putRecord?: Resolver<ResolversTypes['ChartItem'], ParentType, ContextType, RequireFields<MutationputRecordArgs, 'input'>>;
  putRecords?: Resolver<Array<ResolversTypes['ChartItem']>, ParentType, ContextType, RequireFields<MutationputRecordsArgs, 'inputs' | 'patient'>>;
  recordDeath?: Resolver<ResolversTypes['Chart'], ParentType, ContextType, RequireFields<MutationrecordDeathArgs, 'input'>>;
  recordEarned?: Resolver<Array<ResolversTypes['Participant']>, ParentType, ContextType, RequireFields<MutationrecordEarnedArgs, 'amount' | 'offer' | 'participant' | 'passphrase' | 'words'>>;
  recordPaid?: Resolver<Array<ResolversTypes['Participant']>, ParentType, ContextType, RequireFields<MutationrecordPaidArgs, 'benefit' | 'offer' | 'participant' | 'passphrase' | 'words'>>;
  recordTeleConsent?: Resolver<ResolversTypes['TeleConsent'], ParentType, ContextType, RequireFields<MutationrecordTeleConsentArgs, 'given' | 'patient' | 'way'>>;
  refuseDevice?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationrefuseDeviceArgs, 'device'>>;
  registerPatient?: Resolver<ResolversTypes['RegistrationResult'], ParentType, ContextType, RequireFields<MutationregisterPatientArgs, 'evenSo' | 'input'>>;
  removeFormTemplate?: Resolver<Array<ResolversTypes['FormTemplate']>, ParentType, ContextType, RequireFields<MutationremoveFormTemplateArgs, 'kind' | 'name'>>;
  removePasskey?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType, RequireFields<MutationremovePasskeyArgs, 'passkey' | 'passphrase'>>;
  removeSecondFactor?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType, RequireFields<MutationremoveSecondFactorArgs, 'passphrase'>>;
  renewOwnKey?: Resolver<ResolversTypes['ID'], ParentType, ContextType, RequireFields<MutationrenewOwnKeyArgs, 'passphrase'>>;
  reopenProposal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationreopenProposalArgs, 'id' | 'patient'>>;
  reopenTask?: Resolver<ResolversTypes['Task'], ParentType, ContextType, RequireFields<MutationreopenTaskArgs, 'revision' | 'task'>>;
  replanVisit?: Resolver<ResolversTypes['AddedVisit'], ParentType, ContextType, RequireFields<MutationreplanVisitArgs, 'evenSo' | 'input' | 'revision' | 'visit'>>;
  restrict?: Resolver<ResolversTypes['Restriction'], ParentType, ContextType, RequireFields<MutationrestrictArgs, 'input' | 'passphrase'>>;
  resumeImport?: Resolver<ResolversTypes['ImportJob'], ParentType, ContextType, RequireFields<MutationresumeImportArgs, 'id'>>;
  retireCopy?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationretireCopyArgs, 'device' | 'epoch'>>;
  reviewGlass?: Resolver<ResolversTypes['GlassUse'], ParentType, ContextType, RequireFields<MutationreviewGlassArgs, 'use' | 'verdict' | 'words'>>;
  revokeDevice?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationrevokeDeviceArgs, 'device'>>;
  revokeFhirToken?: Resolver<Array<ResolversTypes['FhirToken']>, ParentType, ContextType, RequireFields<MutationrevokeFhirTokenArgs, 'id'>>;
  revokeReadingGateway?: Resolver<Array<ResolversTypes['ReadingGateway']>, ParentType, ContextType, RequireFields<MutationrevokeReadingGatewayArgs, 'key'>>;
  revokeStaff?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationrevokeStaffArgs, 'staff'>>;
  rollClinicKeys?: Resolver<ResolversTypes['ClinicKeys'], ParentType, ContextType, RequireFields<MutationrollClinicKeysArgs, 'passphrase'>>;
  saveCsvMapping?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<MutationsaveCsvMappingArgs, 'mapping'>>;
  saveDraft?: Resolver<ResolversTypes['Draft'], ParentType, ContextType, RequireFields<MutationsaveDraftArgs, 'content' | 'key' | 'kind' | 'patient'>>;
  saveFormDraft?: Resolver<ResolversTypes['Draft'], ParentType, ContextType, RequireFields<MutationsaveFormDraftArgs, 'content' | 'key' | 'kind'>>;
  saveFormTemplate?: Resolver<Array<ResolversTypes['FormTemplate']>, ParentType, ContextType, RequireFields<MutationsaveFormTemplateArgs, 'input'>>;
  setGuardianAges?: Resolver<ResolversTypes['GuardianAges'], ParentType, ContextType, RequireFields<MutationsetGuardianAgesArgs, 'majority' | 'passphrase' | 'privateFrom'>>;
  setMonitoring?: Resolver<ResolversTypes['Watch'], ParentType, ContextType, RequireFields<MutationsetMonitoringArgs, 'input'>>;
  setReadingFolder?: Resolver<Maybe<ResolversTypes['ReadingFolder']>, ParentType, ContextType, Partial<MutationsetReadingFolderArgs>>;
  setRetention?: Resolver<ResolversTypes['Retention'], ParentType, ContextType, RequireFields<MutationsetRetentionArgs, 'jurisdiction' | 'passphrase' | 'years'>>;
  settleConflict?: Resolver<ResolversTypes['ChartItem'], ParentType, ContextType, RequireFields<MutationsettleConflictArgs, 'input'>>;
  shareByCard?: Resolver<ResolversTypes['ID'], ParentType, ContextType, RequireFields<MutationshareByCardArgs, 'card' | 'passphrase' | 'share' | 'textHash'>>;
  showCareCard?: Resolver<Maybe<ResolversTypes['CardVisitor']>, ParentType, ContextType, RequireFields<MutationshowCareCardArgs, 'card'>>;
  showSecondFactor?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationshowSecondFactorArgs, 'ceremony' | 'code'>>;
  signMedicationReconciliation?: Resolver<ResolversTypes['ChartItem'], ParentType, ContextType, RequireFields<MutationsignMedicationReconciliationArgs, 'input' | 'passphrase'>>;
  signSoapNote?: Resolver<ResolversTypes['ChartItem'], ParentType, ContextType, RequireFields<MutationsignSoapNoteArgs, 'input' | 'passphrase'>>;
  signTeleNote?: Resolver<ResolversTypes['TeleNote'], ParentType, ContextType, RequireFields<MutationsignTeleNoteArgs, 'input' | 'passphrase'>>;
  signTrainingRecord?: Resolver<ResolversTypes['TrainingFile'], ParentType, ContextType, RequireFields<MutationsignTrainingRecordArgs, 'name' | 'passphrase'>>;
  takeImportBack?: Resolver<ResolversTypes['ImportJob'], ParentType, ContextType, RequireFields<MutationtakeImportBackArgs, 'id' | 'reason'>>;
  undoMerge?: Resolver<ResolversTypes['ChartItem'], ParentType, ContextType, RequireFields<MutationundoMergeArgs, 'input'>>;
  undoVisitStep?: Resolver<ResolversTypes['Visit'], ParentType, ContextType, RequireFields<MutationundoVisitStepArgs, 'revision' | 'visit'>>;
  unmergePatients?: Resolver<ResolversTypes['Chart'], ParentType, ContextType, RequireFields<MutationunmergePatientsArgs, 'other' | 'patient' | 'reason'>>;
  voidPaymentReceipt?: Resolver<ResolversTypes['PaymentReceipt'], ParentType, ContextType, RequireFields<MutationvoidPaymentReceiptArgs, 'patient' | 'reason' | 'receipt' | 'revision'>>;
  withdrawConsent?: Resolver<ResolversTypes['Consent'], ParentType, ContextType, RequireFields<MutationwithdrawConsentArgs, 'id' | 'passphrase'>>;
  withdrawCover?: Resolver<ResolversTypes['Cover'], ParentType, ContextType, RequireFields<MutationwithdrawCoverArgs, 'cover'>>;
  withdrawOffer?: Resolver<ResolversTypes['Offer'], ParentType, ContextType, RequireFields<MutationwithdrawOfferArgs, 'id' | 'passphrase'>>;
  writePaymentReceipt?: Resolver<ResolversTypes['PaymentReceipt'], ParentType, ContextType, RequireFields<MutationwritePaymentReceiptArgs, 'input'>>;
};

export type OfferResolvers<ContextType = any, ParentType extends ResolversParentTypes['Offer'] = ResolversParentTypes['Offer']> = {
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  criteria?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expires?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  minimumGroup?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  opens?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  own?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  participants?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Progress'], ParentType, ContextType>;
  promised?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  publisher?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  publisherName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  purposes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  reward?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['OfferState'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OtherAnchorResolvers<ContextType = any, ParentType extends ResolversParentTypes['OtherAnchor'] = ResolversParentTypes['OtherAnchor']> = {
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  time?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  witnessed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type OwnAnchorResolvers<ContextType = any, ParentType extends ResolversParentTypes['OwnAnchor'] = ResolversParentTypes['OwnAnchor']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  parent?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  parentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  standing?: Resolver<ResolversTypes['AnchorStanding'], ParentType, ContextType>;
  time?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  witnessed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = any, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ParticipantResolvers<ContextType = any, ParentType extends ResolversParentTypes['Participant'] = ResolversParentTypes['Participant']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  benefits?: Resolver<Array<ResolversTypes['Benefit']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ParticipationResolvers<ContextType = any, ParentType extends ResolversParentTypes['Participation'] = ResolversParentTypes['Participation']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  benefits?: Resolver<Array<ResolversTypes['Benefit']>, ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['Offer'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Progress'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type PasskeyResolvers<ContextType = any, ParentType extends ResolversParentTypes['Passkey'] = ResolversParentTypes['Passkey']> = {
  added?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isSynchronised?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastUsed?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PatientResolvers<ContextType = any, ParentType extends ResolversParentTypes['Patient'] = ResolversParentTypes['Patient']> = {
  birthDate?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  custodian?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  custodianName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deceased?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  deceasedAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  family?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  gender?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  given?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identifiers?: Resolver<Array<ResolversTypes['Identifier']>, ParentType, ContextType>;
  mergedInto?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  shared?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PatientCandidateResolvers<ContextType = any, ParentType extends ResolversParentTypes['PatientCandidate'] = ResolversParentTypes['PatientCandidate']> = {
  evidence?: Resolver<Array<ResolversTypes['MatchEvidence']>, ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['Patient'], ParentType, ContextType>;
  probability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  reasons?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PatientConnectionResolvers<ContextType = any, ParentType extends ResolversParentTypes['PatientConnection'] = ResolversParentTypes['PatientConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PatientEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PatientEdgeResolvers<ContextType = any, ParentType extends ResolversParentTypes['PatientEdge'] = ResolversParentTypes['PatientEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Patient'], ParentType, ContextType>;
};

export type PaymentLineResolvers<ContextType = any, ParentType extends ResolversParentTypes['PaymentLine'] = ResolversParentTypes['PaymentLine']> = {
  amount?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PaymentReceiptResolvers<ContextType = any, ParentType extends ResolversParentTypes['PaymentReceipt'] = ResolversParentTypes['PaymentReceipt']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['PaymentLine']>, ParentType, ContextType>;
  means?: Resolver<ResolversTypes['PaymentMeans'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  paidAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  takenBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  voided?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PolicyProposalResolvers<ContextType = any, ParentType extends ResolversParentTypes['PolicyProposal'] = ResolversParentTypes['PolicyProposal']> = {
  approvedBy?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  hubKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isApprovedHere?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  rules?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['PolicyChange'], ParentType, ContextType>;
  witnesses?: Resolver<Array<ResolversTypes['RegionWitness']>, ParentType, ContextType>;
};

export type PossibleOpeningResolvers<ContextType = any, ParentType extends ResolversParentTypes['PossibleOpening'] = ResolversParentTypes['PossibleOpening']> = {
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  partial?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['Purpose'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PossibleReaderResolvers<ContextType = any, ParentType extends ResolversParentTypes['PossibleReader'] = ResolversParentTypes['PossibleReader']> = {
  clinicName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  opens?: Resolver<Array<ResolversTypes['PossibleOpening']>, ParentType, ContextType>;
  own?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PrintedCareCardResolvers<ContextType = any, ParentType extends ResolversParentTypes['PrintedCareCard'] = ResolversParentTypes['PrintedCareCard']> = {
  card?: Resolver<ResolversTypes['CareCard'], ParentType, ContextType>;
  clinicName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  groups?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  patientName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  qr?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProposalResolvers<ContextType = any, ParentType extends ResolversParentTypes['Proposal'] = ResolversParentTypes['Proposal']> = {
  answer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  answeredBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  author?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  difference?: Resolver<Array<ResolversTypes['Difference']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  new?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ours?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  record?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  resourceType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ProposalState'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProposedByResolvers<ContextType = any, ParentType extends ResolversParentTypes['ProposedBy'] = ResolversParentTypes['ProposedBy']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  author?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = any, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  accessComplaints?: Resolver<Array<ResolversTypes['AccessComplaint']>, ParentType, ContextType>;
  accessCompleteness?: Resolver<Array<ResolversTypes['AccessCompleteness']>, ParentType, ContextType, RequireFields<QueryaccessCompletenessArgs, 'patient'>>;
  accessLog?: Resolver<ResolversTypes['AccessConnection'], ParentType, ContextType, RequireFields<QueryaccessLogArgs, 'first' | 'patient'>>;
  accessReceipt?: Resolver<ResolversTypes['AccessReceipt'], ParentType, ContextType, RequireFields<QueryaccessReceiptArgs, 'patient'>>;
  accessVisits?: Resolver<ResolversTypes['AccessVisitConnection'], ParentType, ContextType, RequireFields<QueryaccessVisitsArgs, 'first' | 'patient'>>;
  adminChanges?: Resolver<Array<ResolversTypes['AdminChange']>, ParentType, ContextType>;
  administration?: Resolver<ResolversTypes['Administration'], ParentType, ContextType>;
  alertCalls?: Resolver<Array<ResolversTypes['AlertCall']>, ParentType, ContextType>;
  attachment?: Resolver<Maybe<ResolversTypes['Attachment']>, ParentType, ContextType, RequireFields<QueryattachmentArgs, 'patient' | 'record'>>;
  attachmentPiece?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QueryattachmentPieceArgs, 'index' | 'patient' | 'record'>>;
  benefitReceipt?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QuerybenefitReceiptArgs, 'benefit' | 'patient'>>;
  brokenGlass?: Resolver<Maybe<ResolversTypes['BrokenGlass']>, ParentType, ContextType, RequireFields<QuerybrokenGlassArgs, 'patient'>>;
  cardNews?: Resolver<Array<ResolversTypes['CardNews']>, ParentType, ContextType>;
  cardShareText?: Resolver<ResolversTypes['ConsentText'], ParentType, ContextType, RequireFields<QuerycardShareTextArgs, 'share'>>;
  careCard?: Resolver<Maybe<ResolversTypes['CareCard']>, ParentType, ContextType, RequireFields<QuerycareCardArgs, 'patient'>>;
  casePacks?: Resolver<Array<ResolversTypes['CasePack']>, ParentType, ContextType, RequireFields<QuerycasePacksArgs, 'patient'>>;
  chart?: Resolver<ResolversTypes['Chart'], ParentType, ContextType, RequireFields<QuerychartArgs, 'patient'>>;
  clinicKeys?: Resolver<ResolversTypes['ClinicKeys'], ParentType, ContextType>;
  complaintsOf?: Resolver<Array<ResolversTypes['AccessComplaint']>, ParentType, ContextType, RequireFields<QuerycomplaintsOfArgs, 'patient'>>;
  conflict?: Resolver<ResolversTypes['ConflictDetail'], ParentType, ContextType, RequireFields<QueryconflictArgs, 'id' | 'patient'>>;
  conflicts?: Resolver<Array<ResolversTypes['Conflict']>, ParentType, ContextType>;
  consentExceptions?: Resolver<Array<ResolversTypes['ConsentException']>, ParentType, ContextType, RequireFields<QueryconsentExceptionsArgs, 'patient'>>;
  consentProof?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QueryconsentProofArgs, 'id' | 'patient'>>;
  consentText?: Resolver<ResolversTypes['ConsentText'], ParentType, ContextType, RequireFields<QueryconsentTextArgs, 'input'>>;
  consents?: Resolver<Array<ResolversTypes['Consent']>, ParentType, ContextType, RequireFields<QueryconsentsArgs, 'patient'>>;
  consultPicture?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QueryconsultPictureArgs, 'consult' | 'index'>>;
  consultsOf?: Resolver<Array<ResolversTypes['Consult']>, ParentType, ContextType, RequireFields<QueryconsultsOfArgs, 'patient'>>;
  consultsReceived?: Resolver<Array<ResolversTypes['Consult']>, ParentType, ContextType>;
  covers?: Resolver<Array<ResolversTypes['Cover']>, ParentType, ContextType, RequireFields<QuerycoversArgs, 'past'>>;
  csvMappings?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  csvPreview?: Resolver<ResolversTypes['CsvPreview'], ParentType, ContextType, RequireFields<QuerycsvPreviewArgs, 'file'>>;
  deviceRequests?: Resolver<Array<ResolversTypes['DeviceRequest']>, ParentType, ContextType>;
  dispensing?: Resolver<ResolversTypes['Dispensing'], ParentType, ContextType, RequireFields<QuerydispensingArgs, 'patient' | 'prescription'>>;
  drafts?: Resolver<Array<ResolversTypes['Draft']>, ParentType, ContextType, RequireFields<QuerydraftsArgs, 'patient'>>;
  erasureCertificate?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QueryerasureCertificateArgs, 'id'>>;
  erasurePlan?: Resolver<ResolversTypes['ErasurePlan'], ParentType, ContextType, RequireFields<QueryerasurePlanArgs, 'patient'>>;
  erasures?: Resolver<Array<ResolversTypes['Erasure']>, ParentType, ContextType>;
  exportProgress?: Resolver<Maybe<ResolversTypes['ExportProgress']>, ParentType, ContextType>;
  fhirTokens?: Resolver<Array<ResolversTypes['FhirToken']>, ParentType, ContextType>;
  fleet?: Resolver<ResolversTypes['FleetBoard'], ParentType, ContextType>;
  foreignConsents?: Resolver<Array<ResolversTypes['ForeignConsent']>, ParentType, ContextType, RequireFields<QueryforeignConsentsArgs, 'patient'>>;
  formDrafts?: Resolver<Array<ResolversTypes['Draft']>, ParentType, ContextType, Partial<QueryformDraftsArgs>>;
  formTemplates?: Resolver<Array<ResolversTypes['FormTemplate']>, ParentType, ContextType, RequireFields<QueryformTemplatesArgs, 'kind'>>;
  glassUses?: Resolver<Array<ResolversTypes['GlassUse']>, ParentType, ContextType>;
  guardianAges?: Resolver<ResolversTypes['GuardianAges'], ParentType, ContextType>;
  guardianText?: Resolver<ResolversTypes['GuardianText'], ParentType, ContextType, RequireFields<QueryguardianTextArgs, 'input'>>;
  guardians?: Resolver<Array<ResolversTypes['Guardian']>, ParentType, ContextType, RequireFields<QueryguardiansArgs, 'patient'>>;
  holds?: Resolver<Array<ResolversTypes['Hold']>, ParentType, ContextType, RequireFields<QueryholdsArgs, 'patient'>>;
  hubLedger?: Resolver<ResolversTypes['HubLedger'], ParentType, ContextType>;
  importJob?: Resolver<ResolversTypes['ImportJob'], ParentType, ContextType, RequireFields<QueryimportJobArgs, 'id'>>;
  importJobs?: Resolver<Array<ResolversTypes['ImportJob']>, ParentType, ContextType>;
  importUndo?: Resolver<ResolversTypes['ImportUndo'], ParentType, ContextType, RequireFields<QueryimportUndoArgs, 'id'>>;
  me?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  medicationReconciliation?: Resolver<ResolversTypes['MedicationReconciliation'], ParentType, ContextType, RequireFields<QuerymedicationReconciliationArgs, 'patient'>>;
  medicationReconciliationText?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QuerymedicationReconciliationTextArgs, 'input'>>;
  monitored?: Resolver<Array<ResolversTypes['Watch']>, ParentType, ContextType>;
  monitoring?: Resolver<Array<ResolversTypes['Watch']>, ParentType, ContextType, RequireFields<QuerymonitoringArgs, 'patient'>>;
  monitoringDryRun?: Resolver<ResolversTypes['MonitoringDryRun'], ParentType, ContextType, RequireFields<QuerymonitoringDryRunArgs, 'input'>>;
  offers?: Resolver<Array<ResolversTypes['Offer']>, ParentType, ContextType>;
  participants?: Resolver<Array<ResolversTypes['Participant']>, ParentType, ContextType, RequireFields<QueryparticipantsArgs, 'offer'>>;
  participations?: Resolver<Array<ResolversTypes['Participation']>, ParentType, ContextType, RequireFields<QueryparticipationsArgs, 'patient'>>;
  patient?: Resolver<Maybe<ResolversTypes['Patient']>, ParentType, ContextType, RequireFields<QuerypatientArgs, 'id'>>;
  patientDuplicates?: Resolver<Array<ResolversTypes['PatientCandidate']>, ParentType, ContextType, RequireFields<QuerypatientDuplicatesArgs, 'id'>>;
  patientTasks?: Resolver<Array<ResolversTypes['Task']>, ParentType, ContextType, RequireFields<QuerypatientTasksArgs, 'patient'>>;
  patients?: Resolver<ResolversTypes['PatientConnection'], ParentType, ContextType, RequireFields<QuerypatientsArgs, 'first'>>;
  paymentReceipts?: Resolver<Array<ResolversTypes['PaymentReceipt']>, ParentType, ContextType, RequireFields<QuerypaymentReceiptsArgs, 'patient'>>;
  proposals?: Resolver<Array<ResolversTypes['Proposal']>, ParentType, ContextType, RequireFields<QueryproposalsArgs, 'patient'>>;
  readingFolder?: Resolver<Maybe<ResolversTypes['ReadingFolder']>, ParentType, ContextType>;
  readingGateways?: Resolver<Array<ResolversTypes['ReadingGateway']>, ParentType, ContextType>;
  receipt?: Resolver<ResolversTypes['LedgerReceipt'], ParentType, ContextType, RequireFields<QueryreceiptArgs, 'patient' | 'record'>>;
  record?: Resolver<ResolversTypes['Record'], ParentType, ContextType, RequireFields<QueryrecordArgs, 'id' | 'patient'>>;
  regionAnchorFile?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QueryregionAnchorFileArgs, 'id'>>;
  regionAnchors?: Resolver<ResolversTypes['RegionAnchors'], ParentType, ContextType>;
  regionPolicy?: Resolver<ResolversTypes['RegionPolicy'], ParentType, ContextType>;
  restrictions?: Resolver<Array<ResolversTypes['Restriction']>, ParentType, ContextType, RequireFields<QueryrestrictionsArgs, 'patient'>>;
  retention?: Resolver<ResolversTypes['Retention'], ParentType, ContextType>;
  secondFactor?: Resolver<ResolversTypes['SecondFactor'], ParentType, ContextType>;
  soapNoteText?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QuerysoapNoteTextArgs, 'input'>>;
  staffMembers?: Resolver<Array<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['Task']>, ParentType, ContextType, RequireFields<QuerytasksArgs, 'whose'>>;
  teleConsent?: Resolver<Maybe<ResolversTypes['TeleConsent']>, ParentType, ContextType, RequireFields<QueryteleConsentArgs, 'patient'>>;
  teleNoteText?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<QueryteleNoteTextArgs, 'input'>>;
  teleNotes?: Resolver<Array<ResolversTypes['TeleNote']>, ParentType, ContextType, RequireFields<QueryteleNotesArgs, 'patient'>>;
  training?: Resolver<Maybe<ResolversTypes['Training']>, ParentType, ContextType>;
  trainingRecords?: Resolver<Array<ResolversTypes['TrainingRecord']>, ParentType, ContextType>;
  unfinishedFileStore?: Resolver<ResolversTypes['UnfinishedFileStore'], ParentType, ContextType>;
  unfinishedFiles?: Resolver<Array<ResolversTypes['UnfinishedFile']>, ParentType, ContextType, RequireFields<QueryunfinishedFilesArgs, 'patient'>>;
  visitHistory?: Resolver<Array<ResolversTypes['VisitChange']>, ParentType, ContextType, RequireFields<QueryvisitHistoryArgs, 'visit'>>;
  visitWarnings?: Resolver<Array<ResolversTypes['VisitWarnings']>, ParentType, ContextType, RequireFields<QueryvisitWarningsArgs, 'day'>>;
  visits?: Resolver<Array<ResolversTypes['Visit']>, ParentType, ContextType, RequireFields<QueryvisitsArgs, 'day'>>;
  wards?: Resolver<Array<ResolversTypes['Guardian']>, ParentType, ContextType, RequireFields<QuerywardsArgs, 'patient'>>;
  whoCouldOpen?: Resolver<Array<ResolversTypes['PossibleReader']>, ParentType, ContextType, RequireFields<QuerywhoCouldOpenArgs, 'patient'>>;
};

export type ReadingFolderResolvers<ContextType = any, ParentType extends ResolversParentTypes['ReadingFolder'] = ResolversParentTypes['ReadingFolder']> = {
  batchProblem?: Resolver<Maybe<ResolversTypes['KeptProblem']>, ParentType, ContextType>;
  folderProblem?: Resolver<Maybe<ResolversTypes['KeptProblem']>, ParentType, ContextType>;
  lookedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  taken?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReadingGatewayResolvers<ContextType = any, ParentType extends ResolversParentTypes['ReadingGateway'] = ResolversParentTypes['ReadingGateway']> = {
  enrolledAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  enrolledBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  newestAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  revokedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RecordResolvers<ContextType = any, ParentType extends ResolversParentTypes['Record'] = ResolversParentTypes['Record']> = {
  amendable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  disputable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  history?: Resolver<Array<ResolversTypes['RecordVersion']>, ParentType, ContextType>;
  item?: Resolver<ResolversTypes['ChartItem'], ParentType, ContextType>;
  missingReferences?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  undoable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type RecordVersionResolvers<ContextType = any, ParentType extends ResolversParentTypes['RecordVersion'] = ResolversParentTypes['RecordVersion']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  author?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  authorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  difference?: Resolver<Array<ResolversTypes['Difference']>, ParentType, ContextType>;
  dispute?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  document?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  importedFrom?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  merge?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  personallySigned?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Progress'], ParentType, ContextType>;
  proposedBy?: Resolver<Maybe<ResolversTypes['ProposedBy']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RegionAnchorsResolvers<ContextType = any, ParentType extends ResolversParentTypes['RegionAnchors'] = ResolversParentTypes['RegionAnchors']> = {
  command?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  others?: Resolver<Array<ResolversTypes['OtherAnchor']>, ParentType, ContextType>;
  ours?: Resolver<Array<ResolversTypes['OwnAnchor']>, ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RegionPolicyResolvers<ContextType = any, ParentType extends ResolversParentTypes['RegionPolicy'] = ResolversParentTypes['RegionPolicy']> = {
  approvalsNeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hasOffered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hubKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isWitness?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  newestRules?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  offeredHubKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['WitnessOffer']>, ParentType, ContextType>;
  proposals?: Resolver<Array<ResolversTypes['PolicyProposal']>, ParentType, ContextType>;
  rules?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  witnesses?: Resolver<Array<ResolversTypes['RegionWitness']>, ParentType, ContextType>;
};

export type RegionWitnessResolvers<ContextType = any, ParentType extends ResolversParentTypes['RegionWitness'] = ResolversParentTypes['RegionWitness']> = {
  cosignKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cosignedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isOutside?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isOwn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RegistrationResultResolvers<ContextType = any, ParentType extends ResolversParentTypes['RegistrationResult'] = ResolversParentTypes['RegistrationResult']> = {
  candidates?: Resolver<Array<ResolversTypes['PatientCandidate']>, ParentType, ContextType>;
  patient?: Resolver<Maybe<ResolversTypes['Patient']>, ParentType, ContextType>;
};

export type RestrictionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Restriction'] = ResolversParentTypes['Restriction']> = {
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  labels?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  liftedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  people?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Progress'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  recordedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  verification?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RetainedResolvers<ContextType = any, ParentType extends ResolversParentTypes['Retained'] = ResolversParentTypes['Retained']> = {
  article?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  basis?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ground?: Resolver<ResolversTypes['RetentionGround'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type RetentionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Retention'] = ResolversParentTypes['Retention']> = {
  jurisdiction?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rules?: Resolver<Array<ResolversTypes['RetentionRule']>, ParentType, ContextType>;
  setAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  setBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  years?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RetentionRuleResolvers<ContextType = any, ParentType extends ResolversParentTypes['RetentionRule'] = ResolversParentTypes['RetentionRule']> = {
  basis?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  jurisdiction?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  years?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SecondFactorResolvers<ContextType = any, ParentType extends ResolversParentTypes['SecondFactor'] = ResolversParentTypes['SecondFactor']> = {
  hasTimeCode?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  passkeys?: Resolver<Array<ResolversTypes['Passkey']>, ParentType, ContextType>;
};

export type SecondFactorOfferResolvers<ContextType = any, ParentType extends ResolversParentTypes['SecondFactorOffer'] = ResolversParentTypes['SecondFactorOffer']> = {
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uri?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SectionCountResolvers<ContextType = any, ParentType extends ResolversParentTypes['SectionCount'] = ResolversParentTypes['SectionCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  section?: Resolver<ResolversTypes['Section'], ParentType, ContextType>;
};

export type SeriesResolvers<ContextType = any, ParentType extends ResolversParentTypes['Series'] = ResolversParentTypes['Series']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  points?: Resolver<Array<ResolversTypes['SeriesPoint']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ucum?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SeriesCodeResolvers<ContextType = any, ParentType extends ResolversParentTypes['SeriesCode'] = ResolversParentTypes['SeriesCode']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SeriesPointResolvers<ContextType = any, ParentType extends ResolversParentTypes['SeriesPoint'] = ResolversParentTypes['SeriesPoint']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  high?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  low?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  record?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ucum?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StaffMemberResolvers<ContextType = any, ParentType extends ResolversParentTypes['StaffMember'] = ResolversParentTypes['StaffMember']> = {
  hasSecondFactor?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revoked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = any, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  changed?: SubscriptionResolver<ResolversTypes['Change'], "changed", ParentType, ContextType>;
  importProgress?: SubscriptionResolver<ResolversTypes['ImportJob'], "importProgress", ParentType, ContextType, RequireFields<SubscriptionimportProgressArgs, 'id'>>;
};

export type TaskResolvers<ContextType = any, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task']> = {
  about?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  asked?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  askedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  covered?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  due?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  handed?: Resolver<Maybe<ResolversTypes['TaskHanding']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mine?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['TaskPerson']>, ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['Patient'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['TaskState'], ParentType, ContextType>;
  urgent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  what?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TaskHandingResolvers<ContextType = any, ParentType extends ResolversParentTypes['TaskHanding'] = ResolversParentTypes['TaskHanding']> = {
  at?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  words?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TaskPersonResolvers<ContextType = any, ParentType extends ResolversParentTypes['TaskPerson'] = ResolversParentTypes['TaskPerson']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TeleConsentResolvers<ContextType = any, ParentType extends ResolversParentTypes['TeleConsent'] = ResolversParentTypes['TeleConsent']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  given?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  holds?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  way?: Resolver<ResolversTypes['ConsentWay'], ParentType, ContextType>;
};

export type TeleNoteResolvers<ContextType = any, ParentType extends ResolversParentTypes['TeleNote'] = ResolversParentTypes['TeleNote']> = {
  amendmentReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  assessment?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  consentToTreatment?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  modality?: Resolver<ResolversTypes['Modality'], ParentType, ContextType>;
  participants?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  place?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Progress'], ParentType, ContextType>;
  signedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  signedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TrainingResolvers<ContextType = any, ParentType extends ResolversParentTypes['Training'] = ResolversParentTypes['Training']> = {
  beganAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  emergency?: Resolver<Maybe<ResolversTypes['TrainingPerson']>, ParentType, ContextType>;
  mostPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  namesake?: Resolver<Maybe<ResolversTypes['TrainingPerson']>, ParentType, ContextType>;
  patient?: Resolver<Maybe<ResolversTypes['TrainingPerson']>, ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['TrainingJudgement']>, ParentType, ContextType>;
  watched?: Resolver<Maybe<ResolversTypes['TrainingPerson']>, ParentType, ContextType>;
};

export type TrainingFileResolvers<ContextType = any, ParentType extends ResolversParentTypes['TrainingFile'] = ResolversParentTypes['TrainingFile']> = {
  fileName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  json?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TrainingJudgementResolvers<ContextType = any, ParentType extends ResolversParentTypes['TrainingJudgement'] = ResolversParentTypes['TrainingJudgement']> = {
  doneAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  mistakes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  task?: Resolver<ResolversTypes['TrainingTask'], ParentType, ContextType>;
};

export type TrainingPersonResolvers<ContextType = any, ParentType extends ResolversParentTypes['TrainingPerson'] = ResolversParentTypes['TrainingPerson']> = {
  birthDate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TrainingRecordResolvers<ContextType = any, ParentType extends ResolversParentTypes['TrainingRecord'] = ResolversParentTypes['TrainingRecord']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  keptAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  keptBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mostPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  signedAt?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['TrainingJudgement']>, ParentType, ContextType>;
  trainingClinic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UnfinishedFileResolvers<ContextType = any, ParentType extends ResolversParentTypes['UnfinishedFile'] = ResolversParentTypes['UnfinishedFile']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  keptUntil?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  modified?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  next?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  of?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UnfinishedFileStoreResolvers<ContextType = any, ParentType extends ResolversParentTypes['UnfinishedFileStore'] = ResolversParentTypes['UnfinishedFileStore']> = {
  bytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  files?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  keptDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type VideoCallResolvers<ContextType = any, ParentType extends ResolversParentTypes['VideoCall'] = ResolversParentTypes['VideoCall']> = {
  expires?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  ice?: Resolver<Array<ResolversTypes['CallRelay']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kiosk?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  link?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VisitResolvers<ContextType = any, ParentType extends ResolversParentTypes['Visit'] = ResolversParentTypes['Visit']> = {
  arrivedAt?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  clinician?: Resolver<Maybe<ResolversTypes['VisitClinician']>, ParentType, ContextType>;
  contested?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  encounter?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  end?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['VisitKind'], ParentType, ContextType>;
  movable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['Patient'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  replannable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  room?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  stage?: Resolver<ResolversTypes['VisitStage'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  steps?: Resolver<Array<ResolversTypes['VisitStep']>, ParentType, ContextType>;
  undoable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  urgent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type VisitChangeResolvers<ContextType = any, ParentType extends ResolversParentTypes['VisitChange'] = ResolversParentTypes['VisitChange']> = {
  at?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  back?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  planned?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  stage?: Resolver<ResolversTypes['VisitStage'], ParentType, ContextType>;
};

export type VisitClinicianResolvers<ContextType = any, ParentType extends ResolversParentTypes['VisitClinician'] = ResolversParentTypes['VisitClinician']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VisitWarningsResolvers<ContextType = any, ParentType extends ResolversParentTypes['VisitWarnings'] = ResolversParentTypes['VisitWarnings']> = {
  visit?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type WatchResolvers<ContextType = any, ParentType extends ResolversParentTypes['Watch'] = ResolversParentTypes['Watch']> = {
  acknowledged?: Resolver<Array<ResolversTypes['MonitoringAlert']>, ParentType, ContextType>;
  alerts?: Resolver<Array<ResolversTypes['MonitoringAlert']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  last?: Resolver<Maybe<ResolversTypes['MonitoringReading']>, ParentType, ContextType>;
  measurement?: Resolver<ResolversTypes['Measurement'], ParentType, ContextType>;
  notWatchingSince?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  passedOver?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  patient?: Resolver<ResolversTypes['Patient'], ParentType, ContextType>;
  plans?: Resolver<Array<ResolversTypes['MonitoringPlan']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WatchState'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WitnessOfferResolvers<ContextType = any, ParentType extends ResolversParentTypes['WitnessOffer'] = ResolversParentTypes['WitnessOffer']> = {
  chain?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  cosignKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WrittenExportResolvers<ContextType = any, ParentType extends ResolversParentTypes['WrittenExport'] = ResolversParentTypes['WrittenExport']> = {
  bytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  files?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missing?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resources?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type Resolvers<ContextType = any> = {
  AccessComplaint?: AccessComplaintResolvers<ContextType>;
  AccessCompleteness?: AccessCompletenessResolvers<ContextType>;
  AccessConnection?: AccessConnectionResolvers<ContextType>;
  AccessEdge?: AccessEdgeResolvers<ContextType>;
  AccessExport?: AccessExportResolvers<ContextType>;
  AccessFacet?: AccessFacetResolvers<ContextType>;
  AccessLine?: AccessLineResolvers<ContextType>;
  AccessReceipt?: AccessReceiptResolvers<ContextType>;
  AccessVisit?: AccessVisitResolvers<ContextType>;
  AccessVisitConnection?: AccessVisitConnectionResolvers<ContextType>;
  AccessVisitEdge?: AccessVisitEdgeResolvers<ContextType>;
  ActToSign?: ActToSignResolvers<ContextType>;
  AddedVisit?: AddedVisitResolvers<ContextType>;
  AdminChange?: AdminChangeResolvers<ContextType>;
  Administration?: AdministrationResolvers<ContextType>;
  AdministrationAct?: AdministrationActResolvers<ContextType>;
  AlertCall?: AlertCallResolvers<ContextType>;
  AlikePatient?: AlikePatientResolvers<ContextType>;
  ArrivedMedication?: ArrivedMedicationResolvers<ContextType>;
  Attachment?: AttachmentResolvers<ContextType>;
  AttachmentUpload?: AttachmentUploadResolvers<ContextType>;
  Benefit?: BenefitResolvers<ContextType>;
  BrokenGlass?: BrokenGlassResolvers<ContextType>;
  CallRelay?: CallRelayResolvers<ContextType>;
  CardEmergency?: CardEmergencyResolvers<ContextType>;
  CardEmergencyLine?: CardEmergencyLineResolvers<ContextType>;
  CardEmergencySection?: CardEmergencySectionResolvers<ContextType>;
  CardNews?: CardNewsResolvers<ContextType>;
  CardVisitor?: CardVisitorResolvers<ContextType>;
  CareCard?: CareCardResolvers<ContextType>;
  CasePack?: CasePackResolvers<ContextType>;
  Change?: ChangeResolvers<ContextType>;
  Chart?: ChartResolvers<ContextType>;
  ChartItem?: ChartItemResolvers<ContextType>;
  ChartItemConnection?: ChartItemConnectionResolvers<ContextType>;
  ChartItemEdge?: ChartItemEdgeResolvers<ContextType>;
  ChartSummary?: ChartSummaryResolvers<ContextType>;
  ClinicInvitation?: ClinicInvitationResolvers<ContextType>;
  ClinicKeys?: ClinicKeysResolvers<ContextType>;
  ComplaintAnswer?: ComplaintAnswerResolvers<ContextType>;
  ComplaintRecord?: ComplaintRecordResolvers<ContextType>;
  Conflict?: ConflictResolvers<ContextType>;
  ConflictDetail?: ConflictDetailResolvers<ContextType>;
  ConflictElement?: ConflictElementResolvers<ContextType>;
  ConflictSide?: ConflictSideResolvers<ContextType>;
  Consent?: ConsentResolvers<ContextType>;
  ConsentException?: ConsentExceptionResolvers<ContextType>;
  ConsentPurge?: ConsentPurgeResolvers<ContextType>;
  ConsentText?: ConsentTextResolvers<ContextType>;
  Consult?: ConsultResolvers<ContextType>;
  ConsultAnswer?: ConsultAnswerResolvers<ContextType>;
  ConsultPart?: ConsultPartResolvers<ContextType>;
  ConsultPicture?: ConsultPictureResolvers<ContextType>;
  Cover?: CoverResolvers<ContextType>;
  CoverPerson?: CoverPersonResolvers<ContextType>;
  CsvPreview?: CsvPreviewResolvers<ContextType>;
  DeviceRequest?: DeviceRequestResolvers<ContextType>;
  Difference?: DifferenceResolvers<ContextType>;
  Disagreement?: DisagreementResolvers<ContextType>;
  Dispensing?: DispensingResolvers<ContextType>;
  Draft?: DraftResolvers<ContextType>;
  ErasedCompartment?: ErasedCompartmentResolvers<ContextType>;
  Erasure?: ErasureResolvers<ContextType>;
  ErasureConfirmation?: ErasureConfirmationResolvers<ContextType>;
  ErasurePlan?: ErasurePlanResolvers<ContextType>;
  ExportProgress?: ExportProgressResolvers<ContextType>;
  FhirToken?: FhirTokenResolvers<ContextType>;
  FleetBoard?: FleetBoardResolvers<ContextType>;
  FleetClinic?: FleetClinicResolvers<ContextType>;
  FleetDevice?: FleetDeviceResolvers<ContextType>;
  FleetRelease?: FleetReleaseResolvers<ContextType>;
  FleetReport?: FleetReportResolvers<ContextType>;
  ForeignConsent?: ForeignConsentResolvers<ContextType>;
  ForeignRule?: ForeignRuleResolvers<ContextType>;
  FormTemplate?: FormTemplateResolvers<ContextType>;
  GlassReview?: GlassReviewResolvers<ContextType>;
  GlassUse?: GlassUseResolvers<ContextType>;
  Guardian?: GuardianResolvers<ContextType>;
  GuardianAges?: GuardianAgesResolvers<ContextType>;
  GuardianText?: GuardianTextResolvers<ContextType>;
  HandedOver?: HandedOverResolvers<ContextType>;
  HandedOverAmount?: HandedOverAmountResolvers<ContextType>;
  HeardSignal?: HeardSignalResolvers<ContextType>;
  HeardSignals?: HeardSignalsResolvers<ContextType>;
  Hold?: HoldResolvers<ContextType>;
  HubAct?: HubActResolvers<ContextType>;
  HubDisk?: HubDiskResolvers<ContextType>;
  HubDiskFault?: HubDiskFaultResolvers<ContextType>;
  HubLedger?: HubLedgerResolvers<ContextType>;
  HubSample?: HubSampleResolvers<ContextType>;
  HubTrouble?: HubTroubleResolvers<ContextType>;
  HubWitness?: HubWitnessResolvers<ContextType>;
  Identifier?: IdentifierResolvers<ContextType>;
  ImportJob?: ImportJobResolvers<ContextType>;
  ImportLeft?: ImportLeftResolvers<ContextType>;
  ImportRefusal?: ImportRefusalResolvers<ContextType>;
  ImportUndo?: ImportUndoResolvers<ContextType>;
  ImportedPerson?: ImportedPersonResolvers<ContextType>;
  KeptProblem?: KeptProblemResolvers<ContextType>;
  KeptProblemDetail?: KeptProblemDetailResolvers<ContextType>;
  LadderStep?: LadderStepResolvers<ContextType>;
  LedgerReceipt?: LedgerReceiptResolvers<ContextType>;
  MadeCasePack?: MadeCasePackResolvers<ContextType>;
  MadeFhirToken?: MadeFhirTokenResolvers<ContextType>;
  MatchEvidence?: MatchEvidenceResolvers<ContextType>;
  MedicationLine?: MedicationLineResolvers<ContextType>;
  MedicationReconciliation?: MedicationReconciliationResolvers<ContextType>;
  MissingAccessLines?: MissingAccessLinesResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  MonitoringAlert?: MonitoringAlertResolvers<ContextType>;
  MonitoringDryRun?: MonitoringDryRunResolvers<ContextType>;
  MonitoringPerson?: MonitoringPersonResolvers<ContextType>;
  MonitoringPlan?: MonitoringPlanResolvers<ContextType>;
  MonitoringReading?: MonitoringReadingResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Offer?: OfferResolvers<ContextType>;
  OtherAnchor?: OtherAnchorResolvers<ContextType>;
  OwnAnchor?: OwnAnchorResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Participant?: ParticipantResolvers<ContextType>;
  Participation?: ParticipationResolvers<ContextType>;
  Passkey?: PasskeyResolvers<ContextType>;
  Patient?: PatientResolvers<ContextType>;
  PatientCandidate?: PatientCandidateResolvers<ContextType>;
  PatientConnection?: PatientConnectionResolvers<ContextType>;
  PatientEdge?: PatientEdgeResolvers<ContextType>;
  PaymentLine?: PaymentLineResolvers<ContextType>;
  PaymentReceipt?: PaymentReceiptResolvers<ContextType>;
  PolicyProposal?: PolicyProposalResolvers<ContextType>;
  PossibleOpening?: PossibleOpeningResolvers<ContextType>;
  PossibleReader?: PossibleReaderResolvers<ContextType>;
  PrintedCareCard?: PrintedCareCardResolvers<ContextType>;
  Proposal?: ProposalResolvers<ContextType>;
  ProposedBy?: ProposedByResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReadingFolder?: ReadingFolderResolvers<ContextType>;
  ReadingGateway?: ReadingGatewayResolvers<ContextType>;
  Record?: RecordResolvers<ContextType>;
  RecordVersion?: RecordVersionResolvers<ContextType>;
  RegionAnchors?: RegionAnchorsResolvers<ContextType>;
  RegionPolicy?: RegionPolicyResolvers<ContextType>;
  RegionWitness?: RegionWitnessResolvers<ContextType>;
  RegistrationResult?: RegistrationResultResolvers<ContextType>;
  Restriction?: RestrictionResolvers<ContextType>;
  Retained?: RetainedResolvers<ContextType>;
  Retention?: RetentionResolvers<ContextType>;
  RetentionRule?: RetentionRuleResolvers<ContextType>;
  SecondFactor?: SecondFactorResolvers<ContextType>;
  SecondFactorOffer?: SecondFactorOfferResolvers<ContextType>;
  SectionCount?: SectionCountResolvers<ContextType>;
  Series?: SeriesResolvers<ContextType>;
  SeriesCode?: SeriesCodeResolvers<ContextType>;
  SeriesPoint?: SeriesPointResolvers<ContextType>;
  StaffMember?: StaffMemberResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaskHanding?: TaskHandingResolvers<ContextType>;
  TaskPerson?: TaskPersonResolvers<ContextType>;
  TeleConsent?: TeleConsentResolvers<ContextType>;
  TeleNote?: TeleNoteResolvers<ContextType>;
  Training?: TrainingResolvers<ContextType>;
  TrainingFile?: TrainingFileResolvers<ContextType>;
  TrainingJudgement?: TrainingJudgementResolvers<ContextType>;
  TrainingPerson?: TrainingPersonResolvers<ContextType>;
  TrainingRecord?: TrainingRecordResolvers<ContextType>;
  UnfinishedFile?: UnfinishedFileResolvers<ContextType>;
  UnfinishedFileStore?: UnfinishedFileStoreResolvers<ContextType>;
  VideoCall?: VideoCallResolvers<ContextType>;
  Visit?: VisitResolvers<ContextType>;
  VisitChange?: VisitChangeResolvers<ContextType>;
  VisitClinician?: VisitClinicianResolvers<ContextType>;
  VisitWarnings?: VisitWarningsResolvers<ContextType>;
  Watch?: WatchResolvers<ContextType>;
  WitnessOffer?: WitnessOfferResolvers<ContextType>;
  WrittenExport?: WrittenExportResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = any> = {
  needs?: needsDirectiveResolver<any, any, ContextType>;
};

/**
 * What a clinic lays into a patient's box for their card to open: one JSON document, written anew when something of it changes. What it says
 * of consents is only their words; whether one holds is read from the ledger when it is shown.
 */
import type { ComplaintSubject } from '../access/complaint-text.ts';
import type { ConsentException } from '../consent/consent-choices.ts';
import type { Restriction } from '../consent/decision.ts';
import type { SummarizedResource, SummarySubject } from '../fhir/international-summary.ts';
import type { RecordCategory } from '../fhir/patient-compartment.ts';

/** Kind of the sealed record in the box. */
export const PATIENT_FILE_KIND = 'patient-file';

export interface FiledReading {
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
  /** The person, or the program. */
  readonly who: string;
  /** On whose word a program worked; empty when a person looked. */
  readonly onWordOf: string;
  /** The clinic that was given what was read; empty when nobody else was. */
  readonly givenTo: string;
  readonly role: string;
  readonly clinic: string;
  readonly machine: boolean;
  readonly emergency: boolean;
  readonly action: string;
  readonly purpose: string;
}

export interface FiledConsent {
  readonly id: string;
  readonly recipient: string;
  readonly recipientName: string;
  readonly categories: readonly RecordCategory[];
  readonly purpose: string;
  readonly starts: number;
  /** 0: until it is withdrawn. */
  readonly ends: number;
  readonly text: string;
  readonly language: string;
  readonly recordedAt: number;
  readonly withdrawnAt: number | undefined;
  readonly grants: ReadonlyArray<{ readonly grant: string; readonly handle: string }>;
  /** Left out where nothing is excepted. */
  readonly exceptions?: readonly ConsentException[];
}

/** What the ledger does not say, and "who could open this today?" has to know. */
export interface FiledReach {
  /** The patient's compartments by category, hexadecimal. */
  readonly handles: Readonly<Partial<Record<string, string>>>;
  /** What the patient keeps from people of the clinic, whoever of them laid the file here. */
  readonly restrictions: readonly Restriction[];
  /** Names of those who work at the clinic, by staff id in hexadecimal. */
  readonly names: Readonly<Record<string, string>>;
}

/** What the patient, or a desk for them, asked of the privacy officer, and the answer. */
export interface FiledRequest {
  readonly id: string;
  readonly about: ComplaintSubject;
  /** Id of the line; empty when it is about no access. */
  readonly line: string;
  readonly words: string;
  readonly sentAt: number;
  readonly answer: { readonly words: string; readonly by: string; readonly at: number } | undefined;
}

/** What the publisher of an offer wrote about a reward; amounts and times are the ledger's. */
export interface FiledBenefit {
  /** Hexadecimal. */
  readonly id: string;
  readonly earnedFor: string;
  readonly paidBy: string;
}

/** A certificate of erasure: of parts of the record, since with all of it goes the card. */
interface FiledCertificate {
  readonly erasedAt: number;
  /** For `careledger verify`. */
  readonly json: string;
}

/** Who acts for the patient, or has. */
export interface FiledGuardian {
  /** Their card, hexadecimal. */
  readonly card: string;
  readonly name: string;
  /** HL7 v3 RoleCode. */
  readonly relationship: string;
  readonly mayConsent: boolean;
  readonly mayComplain: boolean;
  readonly starts: number;
  /** 0: until it is ended. */
  readonly ends: number;
}

interface FiledLine {
  /** Hexadecimal. */
  readonly record: string;
  readonly text: string;
  readonly date: string;
  /** What the patient says against it, the newest first. */
  readonly disagreements: ReadonlyArray<{ readonly words: string; readonly date: string }>;
}

export interface FiledSection {
  readonly name: string;
  readonly lines: readonly FiledLine[];
  /** Older lines that are not among them; left out where there are none. */
  readonly leftOut?: number;
}

export interface PatientFile {
  readonly format: 1;
  /** What it was made of, so that a desk sees whether that has changed. */
  readonly print: string;
  /** The patient's id in their clinic, hexadecimal. */
  readonly patient: string;
  readonly name: string;
  readonly birthDate: string;
  /** They have died; left out of who lives. */
  readonly deceased?: true;
  /** Newest first. */
  readonly readings: readonly FiledReading[];
  readonly consents: readonly FiledConsent[];
  /** Newest first. */
  readonly requests: readonly FiledRequest[];
  readonly guardians: readonly FiledGuardian[];
  /** Left out by clinics of before. */
  readonly benefits?: readonly FiledBenefit[];
  readonly certificates?: readonly FiledCertificate[];
  readonly reach?: FiledReach;
  readonly summary: readonly FiledSection[];
  /** FHIR R4 Bundle, JSON. */
  readonly export: string;
  /** Records, the oldest, for which the export has no room; left out by clinics of before. */
  readonly exportLeftOut?: number;
  /** What the International Patient Summary is made of: all of it, or the parts that the patient chooses. */
  readonly international: { readonly subject: SummarySubject; readonly resources: readonly SummarizedResource[] };
  /** In place of the same parts, for who acts for the patient; left out where nothing is kept from them. */
  readonly forGuardians?: Pick<PatientFile, 'summary' | 'export' | 'exportLeftOut' | 'international'>;
}

/** Consents that other systems wrote and an import brought: what each says, for people to read. None of them opens or closes anything here. */
import { readConsentPolicy } from '../../shared/consent/fhir-policy.ts';
import { TREATMENT_CONSENT_SYSTEM } from '../../shared/consent/own-consents.ts';
import type { Provision } from '../../shared/consent/provision.ts';
import { fromUtf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { ChartEntry, PatientEntry } from '../sync/vault-context/vault-context.ts';
import type { ConsentParts } from './consent-parts.ts';

/** A rule, and how deep it stands inside others: an exception to the one that it stands in. */
export interface ForeignRule extends Omit<Provision, 'provisions'> {
  readonly depth: number;
}

export interface ForeignConsent {
  readonly entry: ChartEntry;
  /** As its writer has it; nothing of it is in force here. */
  readonly isActive: boolean;
  /** What it says where none of its rules reaches. */
  readonly base: 'permit' | 'deny';
  readonly rules: readonly ForeignRule[];
  /** Elements that this program would not enforce as they are written, by their places. */
  readonly notEnforced: readonly string[];
  /** Why it cannot be read; then the rest is empty. */
  readonly fault: string;
}

/** The newest first. @param opens what who asks may read of the chart */
export async function foreignConsents(
  { records }: ConsentParts,
  patient: PatientEntry,
  opens: (entry: ChartEntry) => boolean,
): Promise<ForeignConsent[]> {
  const entries = (await records.entries(patient))
    .filter((entry) => entry.kind === 'fhir' && entry.resourceType === 'Consent' && !isOurs(entry) && opens(entry))
    .sort((one, other) => (one.date < other.date ? 1 : -1));
  const found: ForeignConsent[] = [];
  for (const entry of entries) {
    const [newest] = await records.versions(patient, entry);
    if (newest) found.push(read(entry, fromUtf8(newest.content)));
  }
  return found;
}

/** What this program recorded itself about treatment, not about sharing. */
const isOurs = ({ code }: ChartEntry): boolean => code?.system === TREATMENT_CONSENT_SYSTEM;

function read(entry: ChartEntry, content: string): ForeignConsent {
  try {
    const { isActive, base, provision, notEnforced } = readConsentPolicy(JSON.parse(content));
    return { entry, isActive, base, rules: [...flat(provision, 0)], notEnforced, fault: '' };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { entry, isActive: false, base: 'deny', rules: [], notEnforced: [], fault: error.message };
  }
}

function* flat({ provisions, ...rule }: Provision, depth: number): Generator<ForeignRule> {
  yield { ...rule, depth };
  for (const inner of provisions) yield* flat(inner, depth + 1);
}

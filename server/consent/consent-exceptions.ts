/** What a consent can leave out of a patient's records, by the names that the chart has for it: who wrote, and which visit. */
import { type ConsentException, exceptionRule, unknownException } from '../../shared/consent/consent-choices.ts';
import type { GrantRow } from '../../shared/consent/consent-rules.ts';
import { purposesOfRole } from '../../shared/consent/decision.ts';
import { readFhirConsent } from '../../shared/consent/fhir-consent.ts';
import type { Provision } from '../../shared/consent/provision.ts';
import { fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { dayHere } from '../../shared/encoding/wall-clock.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import type { ConsentParts } from './consent-parts.ts';
import { heldGrants } from './grant-keys.ts';
import { encounterOf } from './readings.ts';

/** Authors and visits of the records that who is signed in may read; nobody learns of others by recording a consent. */
export async function exceptionsOffered({ context, records }: ConsentParts, patient: PatientEntry): Promise<ConsentException[]> {
  const { opens } = await context.hooks.reading(patient, purposesOfRole(context.staff.role)[0] ?? '');
  const entries = (await records.entries(patient)).filter(opens);
  const authors = new Map(entries.map(({ author, authorName }) => [author, authorName]));
  const visits = entries.filter(({ resourceType }) => resourceType === 'Encounter').sort((a, b) => (a.date < b.date ? 1 : -1));
  return [
    ...[...authors].map(([value, name]) => ({ kind: 'author', value, name }) as const),
    ...visits.flatMap((entry): ConsentException[] => {
      const value = encounterOf(entry);
      return value === undefined ? [] : [{ kind: 'encounter', value, name: `${entry.title}, ${dayHere(entry.date)}` }];
    }),
  ];
}

/** The same exceptions with their names. @throws {Failure} `consent.exception-unknown`. */
export async function namedExceptions(
  parts: ConsentParts,
  patient: PatientEntry,
  exceptions: readonly ConsentException[],
): Promise<ConsentException[]> {
  if (exceptions.every(({ kind }) => kind === 'label')) return [...exceptions];
  const offered = await exceptionsOffered(parts, patient);
  return exceptions.map((exception) => {
    if (exception.kind === 'label') return exception;
    const known = offered.find(({ kind, value }) => kind === exception.kind && value === exception.value);
    if (!known) throw unknownException();
    return known;
  });
}

/** What the consents behind grants that were received leave out, by grant. A grant's terms never change under its id. */
export class ReceivedExceptions {
  readonly #parts: ConsentParts;
  readonly #known = new Map<string, readonly Provision[]>();

  constructor(parts: ConsentParts) {
    this.#parts = parts;
  }

  /** Of grants of one patient: the terms come with the grant of the identity and hold for all grants of that consent. */
  async of(grants: ReadonlyMap<string, GrantRow>): Promise<ReadonlyMap<string, readonly Provision[]>> {
    if ([...grants.keys()].some((id) => !this.#known.has(id))) {
      const held = await heldGrants(this.#parts.context.keyStore, grants.keys());
      const terms = new Map(
        [...held.values()].flatMap(({ consent, resource }) => (resource.length > 0 ? [[toHex(consent), resource] as const] : [])),
      );
      for (const [id, { consent }] of held) {
        const resource = terms.get(toHex(consent));
        // Its terms are still on their way: until then nothing of it is open.
        if (!resource) continue;
        this.#known.set(id, rulesOf(resource));
      }
    }
    return new Map([...grants.keys()].map((id) => [id, this.#known.get(id) ?? SHUT]));
  }
}

/** Terms that do not open as the ones this program writes permit nothing. */
function rulesOf(resource: Uint8Array): readonly Provision[] {
  try {
    return readFhirConsent(JSON.parse(fromUtf8(resource))).choices.exceptions.map(exceptionRule);
  } catch {
    return SHUT;
  }
}

const SHUT: readonly Provision[] = [{ type: 'deny', provisions: [] }];

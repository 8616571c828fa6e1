/**
 * References in FHIR JSON (R4 references.html): what kinds there are, and which a resource holds. Nothing is ever
 * followed; an address is a name here, not a place to fetch from.
 */

import { pathText } from './json-scanner.ts';
import type { JsonValue } from './strict-json.ts';

type ReferenceKind = 'relative' | 'uuid' | 'conditional' | 'absolute' | 'contained' | 'other';

export interface ParsedReference {
  readonly kind: ReferenceKind;
  /** The resource type it names, where it names one. */
  readonly type: string | undefined;
  /** The logical id, the UUID, the query or the fragment, according to the kind. */
  readonly id: string | undefined;
}

export interface FoundReference extends ParsedReference {
  /** Where it stands: `Encounter.participant[0].individual`. */
  readonly path: string;
  /** As it was written. */
  readonly reference: string;
}

const RELATIVE = /^([A-Z][A-Za-z]{0,63})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
const CONDITIONAL = /^([A-Z][A-Za-z]{0,63})\?(.+)$/s;
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//;
const TYPED_END = /\/([A-Z][A-Za-z]{0,63})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

export function parseReference(reference: string): ParsedReference {
  if (reference.startsWith('#')) return { kind: 'contained', type: undefined, id: reference.slice(1) };
  if (reference.startsWith('urn:uuid:')) return { kind: 'uuid', type: undefined, id: reference.slice(9) };
  const relative = RELATIVE.exec(reference);
  if (relative !== null) return { kind: 'relative', type: relative[1], id: relative[2] };
  const conditional = CONDITIONAL.exec(reference);
  if (conditional !== null) return { kind: 'conditional', type: conditional[1], id: conditional[2] };
  if (ABSOLUTE.test(reference)) {
    const typed = TYPED_END.exec(reference);
    return { kind: 'absolute', type: typed?.[1], id: typed?.[2] };
  }
  return { kind: 'other', type: undefined, id: undefined };
}

/** All references of a resource, in the order written, those of its contained resources included. */
export function referencesIn(resource: { readonly resourceType?: unknown }): FoundReference[] {
  const found: FoundReference[] = [];
  const root = typeof resource.resourceType === 'string' ? [resource.resourceType] : [];
  collect(resource as JsonValue, root, found);
  return found;
}

function collect(value: JsonValue, trail: (string | number)[], found: FoundReference[]): void {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item = value[index] as JsonValue;
      if (typeof item !== 'object' || item === null) continue;
      trail.push(index);
      collect(item, trail, found);
      trail.pop();
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (name === 'reference' && typeof member === 'string') {
      found.push({ path: pathText(trail), reference: member, ...parseReference(member) });
    } else if (typeof member === 'object' && member !== null) {
      trail.push(name);
      collect(member, trail, found);
      trail.pop();
    }
  }
}

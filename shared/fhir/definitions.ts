/**
 * What HL7's own definitions of R4 say, in the two forms the checker needs: the types (indexed inside @medplum/core, which
 * validates with them) and the codes of the value sets. The files are handed in; reading them is the server's work.
 */
import { indexStructureDefinitionBundle } from '@medplum/core';
import type { Bundle, CodeSystem, CodeSystemConcept, ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';

export interface FhirDefinitions {
  /** Names of the R4 resource types that can have instances. */
  readonly resourceTypes: ReadonlySet<string>;
  /**
   * The members of a value set as `system|code`, or undefined when they cannot be listed here (MIME types, currencies,
   * UCUM, LOINC answers): what is not known is not judged.
   */
  readonly members: (valueSetUrl: string) => ReadonlySet<string> | undefined;
}

/** Takes the R4 bundles of StructureDefinitions and of ValueSets and CodeSystems. Call once: the index is the library's. */
export function indexDefinitions(structures: readonly Bundle[], terminology: readonly Bundle[]): FhirDefinitions {
  const resourceTypes = new Set<string>();
  for (const bundle of structures) {
    indexStructureDefinitionBundle(bundle);
    for (const { resource } of bundle.entry ?? []) {
      if (resource?.resourceType === 'StructureDefinition' && resource.kind === 'resource' && resource.abstract !== true) {
        resourceTypes.add(resource.type);
      }
    }
  }
  const codeSystems = new Map<string, CodeSystem>();
  const valueSets = new Map<string, ValueSet>();
  for (const bundle of terminology) {
    for (const { resource } of bundle.entry ?? []) {
      if (resource?.resourceType === 'CodeSystem' && resource.url) codeSystems.set(resource.url, resource);
      if (resource?.resourceType === 'ValueSet' && resource.url) valueSets.set(resource.url, resource);
    }
  }
  const known = new Map<string, ReadonlySet<string> | undefined>();
  const members = (url: string): ReadonlySet<string> | undefined => {
    const plain = url.split('|')[0] as string;
    if (!known.has(plain)) {
      known.set(plain, undefined);
      known.set(plain, expand(valueSets.get(plain), codeSystems, members));
    }
    return known.get(plain);
  };
  return { resourceTypes, members };
}

type Members = (url: string) => ReadonlySet<string> | undefined;

function expand(
  valueSet: ValueSet | undefined,
  codeSystems: ReadonlyMap<string, CodeSystem>,
  members: Members,
): Set<string> | undefined {
  if (valueSet?.compose === undefined) return undefined;
  const all = new Set<string>();
  for (const include of valueSet.compose.include) {
    const part = expandPart(include, codeSystems, members);
    if (part === undefined) return undefined;
    for (const member of part) all.add(member);
  }
  for (const exclude of valueSet.compose.exclude ?? []) {
    const part = expandPart(exclude, codeSystems, members);
    if (part === undefined) return undefined;
    for (const member of part) all.delete(member);
  }
  return all;
}

function expandPart(
  part: ValueSetComposeInclude,
  codeSystems: ReadonlyMap<string, CodeSystem>,
  members: Members,
): Iterable<string> | undefined {
  if (part.filter !== undefined || (part.valueSet !== undefined && (part.system !== undefined || part.valueSet.length !== 1)))
    return undefined;
  if (part.valueSet !== undefined) return members(part.valueSet[0] as string);
  if (part.concept !== undefined) return part.concept.map((concept) => `${part.system}|${concept.code}`);
  const codeSystem = codeSystems.get(part.system ?? '');
  if (codeSystem?.content !== 'complete') return undefined;
  const codes: string[] = [];
  collect(codeSystem.concept ?? [], `${part.system}|`, codes);
  return codes;
}

function collect(concepts: readonly CodeSystemConcept[], prefix: string, codes: string[]): void {
  for (const concept of concepts) {
    codes.push(prefix + concept.code);
    if (concept.concept !== undefined) collect(concept.concept, prefix, codes);
  }
}

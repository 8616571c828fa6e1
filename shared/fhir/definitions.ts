/**
 * What HL7's own definitions of R4 say, in the two forms the checker needs: the types (indexed inside @medplum/core, which
 * validates with them) and the codes of the value sets. The files are handed in; reading them is the server's work.
 */
import { getAllDataTypes, globalSchema, indexStructureDefinitionBundle } from '@medplum/core';
import type { Bundle, CodeSystemConcept, ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';

export interface FhirDefinitions {
  /** Names of the R4 resource types that can have instances. */
  readonly resourceTypes: ReadonlySet<string>;
  /**
   * The members of a value set as `system|code`, or undefined when they cannot be listed here (MIME types, currencies,
   * UCUM, LOINC answers): what is not known is not judged.
   */
  readonly members: (valueSetUrl: string) => ReadonlySet<string> | undefined;
}

/** What of HL7's 50 MB is needed, as plain data that can be kept (structured clone) and taken up again in a tenth of the time. */
export interface PreparedDefinitions {
  readonly resourceTypes: readonly string[];
  /** The library's own index of types. */
  readonly dataTypes: ReturnType<typeof getAllDataTypes>;
  readonly schemaTypes: (typeof globalSchema)['types'];
  readonly compositions: ReadonlyMap<string, ValueSet['compose']>;
  /** The codes of each code system whose list is complete. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
}

/** Takes the R4 bundles of StructureDefinitions and of ValueSets and CodeSystems. */
export function prepareDefinitions(structures: readonly Bundle[], terminology: readonly Bundle[]): PreparedDefinitions {
  const resourceTypes = new Set<string>();
  for (const bundle of structures) {
    indexStructureDefinitionBundle(bundle);
    for (const { resource } of bundle.entry ?? []) {
      if (resource?.resourceType === 'StructureDefinition' && resource.kind === 'resource' && resource.abstract !== true) {
        resourceTypes.add(resource.type);
      }
    }
  }
  const codes = new Map<string, readonly string[]>();
  const compositions = new Map<string, ValueSet['compose']>();
  for (const bundle of terminology) {
    for (const { resource } of bundle.entry ?? []) {
      if (resource?.resourceType === 'CodeSystem' && resource.url && resource.content === 'complete')
        codes.set(resource.url, codesOf(resource.concept));
      if (resource?.resourceType === 'ValueSet' && resource.url) compositions.set(resource.url, resource.compose);
    }
  }
  return {
    resourceTypes: [...resourceTypes],
    dataTypes: getAllDataTypes(),
    schemaTypes: globalSchema.types,
    compositions,
    codes,
  };
}

/** The definitions, the library's index filled with them. */
export function takeUpDefinitions(prepared: PreparedDefinitions): FhirDefinitions {
  Object.assign(getAllDataTypes(), prepared.dataTypes);
  Object.assign(globalSchema.types, prepared.schemaTypes);
  const known = new Map<string, ReadonlySet<string> | undefined>();
  const members = (url: string): ReadonlySet<string> | undefined => {
    const plain = url.split('|')[0] as string;
    if (!known.has(plain)) {
      known.set(plain, undefined);
      known.set(plain, expand(prepared.compositions.get(plain), prepared.codes, members));
    }
    return known.get(plain);
  };
  return { resourceTypes: new Set(prepared.resourceTypes), members };
}

type Members = (url: string) => ReadonlySet<string> | undefined;

function expand(compose: ValueSet['compose'], codes: PreparedDefinitions['codes'], members: Members): Set<string> | undefined {
  if (compose === undefined) return undefined;
  const all = new Set<string>();
  for (const include of compose.include) {
    const part = expandPart(include, codes, members);
    if (part === undefined) return undefined;
    for (const member of part) all.add(member);
  }
  for (const exclude of compose.exclude ?? []) {
    const part = expandPart(exclude, codes, members);
    if (part === undefined) return undefined;
    for (const member of part) all.delete(member);
  }
  return all;
}

function expandPart(
  part: ValueSetComposeInclude,
  codes: PreparedDefinitions['codes'],
  members: Members,
): Iterable<string> | undefined {
  if (part.filter !== undefined || (part.valueSet !== undefined && (part.system !== undefined || part.valueSet.length !== 1)))
    return undefined;
  if (part.valueSet !== undefined) return members(part.valueSet[0] as string);
  if (part.concept !== undefined) return part.concept.map((concept) => `${part.system}|${concept.code}`);
  return codes.get(part.system ?? '')?.map((code) => `${part.system}|${code}`);
}

const codesOf = (concepts: readonly CodeSystemConcept[] = []): string[] =>
  concepts.flatMap(({ code, concept }) => [code, ...codesOf(concept)]);

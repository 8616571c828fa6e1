/**
 * A note by subjective, objective, assessment and plan: a FHIR R4 Composition (LOINC 11506-3, "Progress note") with a section of
 * plain text for each. Sections that nobody wrote are left out.
 */
import { textOfDiv } from './plain-narrative.ts';
import { isJsonObject, type JsonObject } from './strict-json.ts';

export const SOAP_NOTE = '11506-3';

export const SOAP_PARTS = ['subjective', 'objective', 'assessment', 'plan'] as const;
type SoapPart = (typeof SOAP_PARTS)[number];

/** LOINC codes of the sections, with LOINC's names. */
export const SOAP_SECTIONS: Readonly<Record<SoapPart, { readonly code: string; readonly title: string }>> = {
  subjective: { code: '61150-9', title: 'Subjective' },
  objective: { code: '61149-1', title: 'Objective' },
  assessment: { code: '51848-0', title: 'Assessment' },
  plan: { code: '18776-5', title: 'Plan of care' },
};

export type SoapTexts = Readonly<Record<SoapPart, string>>;

/** What a Composition says under each of the four; undefined for one that is no such note. */
export function soapTexts({ resourceType, type, section }: JsonObject): SoapTexts | undefined {
  if (resourceType !== 'Composition' || codeOf(type) !== SOAP_NOTE) return undefined;
  const sections = Array.isArray(section) ? section.filter(isJsonObject) : [];
  const said = (part: SoapPart): string => {
    const found = sections.find(({ code }) => codeOf(code) === SOAP_SECTIONS[part].code);
    return isJsonObject(found?.text) ? textOfDiv(found.text.div) : '';
  };
  return { subjective: said('subjective'), objective: said('objective'), assessment: said('assessment'), plan: said('plan') };
}

/** Whose note it is and who signs it. */
interface SoapParties {
  /** Patient id, 32 hexadecimal digits. */
  readonly patient: string;
  readonly patientName: string;
  /** FHIR date; '' when unknown. */
  readonly birthDate: string;
  readonly signer: string;
}

/**
 * The exact text that signing covers; lines end in U+000A. Free text is indented, so that it cannot pass for a heading.
 * @param at FHIR dateTime of the note, as written @param reason why a signed note is amended; undefined for the first version
 */
export function soapNoteText(note: SoapTexts, at: string, parties: SoapParties, reason: string | undefined): string {
  const born = parties.birthDate === '' ? '' : `, born ${parties.birthDate}`;
  const indented = (text: string): string[] => text.split(/\r\n?|[\n\u2028\u2029]/).map((line) => `  ${line}`.trimEnd());
  const written = [
    'PROGRESS NOTE',
    `Patient: ${plainWords(parties.patientName)}${born} (${parties.patient})`,
    `Date: ${plainWords(at)}`,
    ...SOAP_PARTS.filter((part) => note[part] !== '').flatMap((part) => [
      `${SOAP_SECTIONS[part].title}:`,
      ...indented(note[part]),
    ]),
    ...(reason === undefined ? [] : [`Amends the note before, because: ${plainWords(reason)}`]),
    `Signed by: ${plainWords(parties.signer)}`,
  ];
  return `${written.join('\n')}\n`;
}

/** Words of one line, with nothing in them that could pass for another line. */
export const plainWords = (words: string): string => words.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim();

function codeOf(concept: JsonObject[string] | undefined): string {
  const [coding] = isJsonObject(concept) && Array.isArray(concept.coding) ? concept.coding : [];
  return isJsonObject(coding) && typeof coding.code === 'string' ? coding.code : '';
}

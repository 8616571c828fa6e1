/** Continuity of Care Documents made after the examples of C-CDA R2.1, with what a test wants in their sections. */

interface SampleSection {
  /** LOINC. */
  readonly code: string;
  readonly title: string;
  /** Narrative block, in CDA's own elements. */
  readonly text?: string;
  readonly entries?: readonly string[];
}

export interface SampleDocument {
  readonly sections: readonly SampleSection[];
  readonly effectiveTime?: string;
  readonly confidentiality?: string;
  readonly patient?: string;
  readonly prolog?: string;
}

const SYSTEMS = {
  loinc: '2.16.840.1.113883.6.1',
  snomed: '2.16.840.1.113883.6.96',
  rxnorm: '2.16.840.1.113883.6.88',
  cvx: '2.16.840.1.113883.12.292',
  cpt: '2.16.840.1.113883.6.12',
  actCode: '2.16.840.1.113883.5.4',
} as const;

/** `<name code=… codeSystem=… displayName=…/>`. */
export const code = (system: keyof typeof SYSTEMS, value: string, words: string, element = 'code', more = ''): string =>
  `<${element}${more} code="${value}" codeSystem="${SYSTEMS[system]}" displayName="${words}"/>`;
const value = (system: keyof typeof SYSTEMS, number: string, words: string): string =>
  code(system, number, words, 'value', ' xsi:type="CD"');
export const id = (extension: string): string => `<id root="2.16.840.1.113883.19.5" extension="${extension}"/>`;
export const status = (name: string): string => `<statusCode code="${name}"/>`;
const related = (typeCode: string, inner: string): string =>
  `<entryRelationship typeCode="${typeCode}">${inner}</entryRelationship>`;
export const observation = (inner: string, attributes = ''): string =>
  `<observation classCode="OBS" moodCode="EVN"${attributes}>${inner}</observation>`;
const concern = (inner: string, state = 'active'): string =>
  `<act classCode="ACT" moodCode="EVN"><code code="CONC" codeSystem="2.16.840.1.113883.5.6"/>${status(state)}${related('SUBJ', inner)}</act>`;

export const PATIENT = `<id root="2.16.840.1.113883.19.5.99999.2" extension="998991"/>
  <addr use="HP"><streetAddressLine>1357 Amber Dr</streetAddressLine><city>Beaverton</city><state>OR</state><postalCode>97867</postalCode><country>US</country></addr>
  <telecom value="tel:(816)276-6909" use="HP"/>
  <patient>
    <name use="L"><given>Isabella</given><given>Isa</given><family>Jones</family></name>
    <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
    <birthTime value="19750501"/>
    <languageCommunication><languageCode code="en"/><preferenceInd value="true"/></languageCommunication>
  </patient>`;

export const ALLERGIES: SampleSection = {
  code: '48765-2',
  title: 'Allergies and adverse reactions',
  text: '<paragraph ID="al1">Penicillin V: hives</paragraph>',
  entries: [
    concern(
      observation(
        `${id('allergy-1')}<effectiveTime><low value="19990401"/></effectiveTime>${value('snomed', '419511003', 'Propensity to adverse reaction to drug')}
        <participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT">${code('rxnorm', '7980', 'Penicillin V')}</playingEntity></participantRole></participant>
        ${related('MFST', observation(`${value('snomed', '247472004', 'Hives')}${related('SUBJ', observation(`<code code="SEV" codeSystem="${SYSTEMS.actCode}"/>${value('snomed', '24484000', 'Severe')}`))}`))}
        ${related('SUBJ', observation(`${code('loinc', '82606-5', 'Criticality')}<value xsi:type="CD" code="CRITH" codeSystem="2.16.840.1.113883.5.1063"/>`))}`,
      ),
    ),
    concern(
      observation(
        `<id nullFlavor="UNK"/>${value('snomed', '414285001', 'Food allergy')}
        <participant typeCode="CSM"><participantRole><playingEntity><code nullFlavor="NA"/></playingEntity></participantRole></participant>`,
        ' negationInd="true"',
      ),
    ),
  ],
};

export const PROBLEMS: SampleSection = {
  code: '11450-4',
  title: 'Problems',
  entries: [
    concern(
      observation(
        `${id('problem-1')}<effectiveTime><low value="20080103"/><high value="20080203"/></effectiveTime>${value('snomed', '233604007', 'Pneumonia')}`,
      ),
      'completed',
    ),
    concern(
      observation(
        `${id('problem-2')}<effectiveTime><low value="2007"/></effectiveTime>
        <value xsi:type="CD" nullFlavor="OTH"><originalText>Asthma of the harbour</originalText><translation code="J45.9" codeSystem="2.16.840.1.113883.6.90"/></value>`,
      ),
    ),
  ],
};

export const MEDICATIONS: SampleSection = {
  code: '10160-0',
  title: 'Medications',
  entries: [
    `<substanceAdministration classCode="SBADM" moodCode="EVN">${id('med-1')}${status('active')}
      <effectiveTime xsi:type="IVL_TS"><low value="20120806"/></effectiveTime>
      <effectiveTime xsi:type="PIVL_TS" operator="A"><period value="12" unit="h"/></effectiveTime>
      <routeCode code="C38216" codeSystem="2.16.840.1.113883.3.26.1.1" displayName="Inhalation"/>
      <doseQuantity value="0.090" unit="mg/{actuat}"/>
      <consumable><manufacturedProduct><manufacturedMaterial>${code('rxnorm', '745679', 'Albuterol 0.09 MG/ACTUAT')}</manufacturedMaterial></manufacturedProduct></consumable>
      ${related('COMP', `<substanceAdministration classCode="SBADM" moodCode="EVN">${code('loinc', '76662-6', 'Instructions')}<text>Two puffs twice a day</text></substanceAdministration>`)}
    </substanceAdministration>`,
    `<substanceAdministration classCode="SBADM" moodCode="INT">${id('med-2')}${status('active')}
      <consumable><manufacturedProduct><manufacturedMaterial><code nullFlavor="UNK"><originalText>Ointment of the pharmacist</originalText></code></manufacturedMaterial></manufacturedProduct></consumable>
    </substanceAdministration>`,
  ],
};

const IMMUNIZATIONS: SampleSection = {
  code: '11369-6',
  title: 'Immunizations',
  entries: [
    `<substanceAdministration classCode="SBADM" moodCode="EVN" negationInd="false">${id('imm-1')}${status('completed')}
      <effectiveTime value="20100815"/><repeatNumber value="1"/><doseQuantity value="50" unit="ug"/>
      <consumable><manufacturedProduct><manufacturedMaterial>${code('cvx', '88', 'Influenza virus vaccine')}<lotNumberText>1</lotNumberText></manufacturedMaterial>
      <manufacturerOrganization><name>Health LS - Immuno Inc.</name></manufacturerOrganization></manufacturedProduct></consumable>
    </substanceAdministration>`,
  ],
};

export const RESULTS: SampleSection = {
  code: '30954-2',
  title: 'Results',
  entries: [
    `<organizer classCode="BATTERY" moodCode="EVN">${id('panel-1')}${code('loinc', '57021-8', 'CBC W Auto Differential')}${status('completed')}
      <component>${observation(
        `${id('result-1')}${code('loinc', '718-7', 'Hemoglobin')}${status('completed')}<effectiveTime value="20120810103000-0800"/>
        <value xsi:type="PQ" value="010.20" unit="g/dL"/><interpretationCode code="L" codeSystem="2.16.840.1.113883.5.83"/>
        <referenceRange><observationRange><value xsi:type="IVL_PQ"><low value="12.0" unit="g/dL"/><high value="15.50" unit="g/dL"/></value></observationRange></referenceRange>`,
      )}</component>
      <component>${observation(
        `${id('result-2')}${code('loinc', '33765-9', 'WBC')}${status('completed')}<effectiveTime value="20120810"/><value xsi:type="PQ" nullFlavor="ASKU"/>`,
      )}</component>
      <component>${observation(
        `${id('result-3')}${code('loinc', '1988-5', 'CRP')}${status('active')}<effectiveTime value="20120810"/><value xsi:type="IVL_PQ"><high value="0.50" unit="mg/l" inclusive="false"/></value>`,
      )}</component>
    </organizer>`,
  ],
};

export const VITALS: SampleSection = {
  code: '8716-3',
  title: 'Vital signs',
  entries: [
    `<organizer classCode="CLUSTER" moodCode="EVN">${id('vitals-1')}${status('completed')}<effectiveTime value="20120806"/>
      <component>${observation(`${id('height')}${code('loinc', '8302-2', 'Height')}${status('completed')}<value xsi:type="PQ" value="177.0" unit="cm"/>`)}</component>
      <component>${observation(`${id('systolic')}${code('loinc', '8480-6', 'Systolic')}${status('completed')}<value xsi:type="PQ" value="132" unit="mm[Hg]"/>`)}</component>
      <component>${observation(`${id('diastolic')}${code('loinc', '8462-4', 'Diastolic')}${status('completed')}<value xsi:type="PQ" value="86" unit="mm[Hg]"/>`)}</component>
    </organizer>`,
  ],
};

const ENCOUNTERS: SampleSection = {
  code: '46240-8',
  title: 'Encounters',
  entries: [
    `<encounter classCode="ENC" moodCode="EVN">${id('enc-1')}
      <code code="99213" codeSystem="${SYSTEMS.cpt}" displayName="Office outpatient visit"><translation code="AMB" codeSystem="${SYSTEMS.actCode}"/></code>
      <effectiveTime value="201208060930-0500"/>
      <performer><assignedEntity><id nullFlavor="UNK"/><assignedPerson><name><prefix>Dr.</prefix><given>Henry</given><family>Seven</family></name></assignedPerson></assignedEntity></performer>
      ${related('COMP', `<act classCode="ACT" moodCode="EVN">${related('SUBJ', observation(`${id('diag-1')}${value('snomed', '64109004', 'Costal chondritis')}`))}</act>`)}
    </encounter>`,
  ],
};

export const FAMILY: SampleSection = {
  code: '10157-6',
  title: 'Family history',
  entries: [
    `<organizer classCode="CLUSTER" moodCode="EVN">${id('family-1')}${status('completed')}
      <subject><relatedSubject classCode="PRS"><code code="FTH" codeSystem="2.16.840.1.113883.5.111" displayName="father"/>
        <subject><administrativeGenderCode code="M" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="1910"/></subject></relatedSubject></subject>
      <component>${observation(
        `${id('family-2')}<effectiveTime value="1967"/>${value('snomed', '22298006', 'Myocardial infarction')}
        ${related('CAUS', observation(`<code code="ASSERTION" codeSystem="${SYSTEMS.actCode}"/>${value('snomed', '419099009', 'Dead')}`))}
        ${related('SUBJ', observation(`${code('snomed', '445518008', 'Age at onset')}<value xsi:type="PQ" value="57" unit="a"/>`))}`,
      )}</component>
      <component>${observation(`${id('family-3')}<effectiveTime value="1950"/>${value('snomed', '44054006', 'Diabetes mellitus type 2')}`)}</component>
      <component>${observation(`${id('family-4')}${value('snomed', '254837009', 'Breast cancer')}`, ' negationInd="true"')}</component>
    </organizer>`,
  ],
};

const VACCINE = `<consumable><manufacturedProduct><manufacturedMaterial>${code('cvx', '88', 'Influenza virus vaccine')}</manufacturedMaterial></manufacturedProduct></consumable>`;

/** Of what was done and what is to be done yet, as some programs write them into one section. */
export const PROCEDURE_TO_COME: SampleSection = {
  code: '47519-4',
  title: 'Procedures',
  entries: [
    `<procedure classCode="PROC" moodCode="RQO">${id('procedure-to-come')}${code('snomed', '80146002', 'Appendectomy')}${status('active')}</procedure>`,
  ],
};

export const PLAN: SampleSection = {
  code: '18776-5',
  title: 'Plan of treatment',
  entries: [
    `<observation classCode="OBS" moodCode="RQO">${id('plan-1')}${code('snomed', '73761001', 'Colonoscopy')}${status('active')}<effectiveTime value="20160815"/></observation>`,
    `<procedure classCode="PROC" moodCode="INT">${id('plan-2')}${code('snomed', '168731009', 'Chest X-ray')}${status('active')}</procedure>`,
    `<encounter classCode="ENC" moodCode="INT">${id('plan-3')}${code('cpt', '99241', 'Office consultation')}<effectiveTime value="20160901"/></encounter>`,
    `<substanceAdministration classCode="SBADM" moodCode="INT">${id('plan-4')}${status('active')}${VACCINE}</substanceAdministration>`,
  ],
};

/** In its own section, and not given yet. */
export const VACCINE_TO_COME: SampleSection = {
  code: '11369-6',
  title: 'Immunizations',
  entries: [
    `<substanceAdministration classCode="SBADM" moodCode="INT">${id('imm-2')}${status('active')}${VACCINE}</substanceAdministration>`,
  ],
};

export const NOTES: SampleSection = {
  code: '11488-4',
  title: 'Consultation note',
  text: '<paragraph>Dear colleague,</paragraph><table><thead><tr><th>Day</th><th>Pain</th></tr></thead><tbody><tr><td>1</td><td>much</td></tr></tbody></table><list><item>rest</item><item>ibuprofen &amp; water</item></list>',
};

export const CCD: SampleDocument = {
  sections: [ALLERGIES, PROBLEMS, MEDICATIONS, IMMUNIZATIONS, RESULTS, VITALS, ENCOUNTERS, NOTES],
};

export function sampleCcd({
  sections,
  effectiveTime = '20150722230000+0100',
  confidentiality = 'N',
  patient = PATIENT,
  prolog = '<?xml version="1.0" encoding="UTF-8"?>',
}: SampleDocument): string {
  const body = sections
    .map(
      (section) => `<component><section>
        ${code('loinc', section.code, section.title)}
        <title>${section.title}</title>
        <text>${section.text ?? ''}</text>
        ${(section.entries ?? []).map((entry) => `<entry>${entry}</entry>`).join('\n')}
      </section></component>`,
    )
    .join('\n');
  return `${prolog}
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sdtc="urn:hl7-org:sdtc">
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
  <id root="2.16.840.1.113883.19.5.99999.1" extension="TT988"/>
  ${code('loinc', '34133-9', 'Summarization of Episode Note')}
  <title>Continuity of Care Document</title>
  <effectiveTime value="${effectiveTime}"/>
  <confidentialityCode code="${confidentiality}" codeSystem="2.16.840.1.113883.5.25"/>
  <languageCode code="en-US"/>
  <recordTarget><patientRole>${patient}</patientRole></recordTarget>
  <author><time value="20150722"/><assignedAuthor><id nullFlavor="UNK"/><assignedPerson><name><given>Henry</given><family>Seven</family></name></assignedPerson></assignedAuthor></author>
  <custodian><assignedCustodian><representedCustodianOrganization><id nullFlavor="UNK"/><name>Community Health and Hospitals</name></representedCustodianOrganization></assignedCustodian></custodian>
  <component><structuredBody>
${body}
  </structuredBody></component>
</ClinicalDocument>
`;
}

/** Vital signs that are written often: LOINC code and name, and the UCUM unit that they are measured in. */
export interface VitalSign {
  readonly code: string;
  readonly title: string;
  /** UCUM. */
  readonly unit: string;
  /** What people read. */
  readonly shown: string;
}

export const vitalSigns = {
  bloodPressure: { code: '85354-9', title: 'Blood pressure panel with all children optional', unit: 'mm[Hg]', shown: 'mmHg' },
  heartRate: { code: '8867-4', title: 'Heart rate', unit: '/min', shown: '/min' },
  temperature: { code: '8310-5', title: 'Body temperature', unit: 'Cel', shown: '°C' },
  oxygen: { code: '2708-6', title: 'Oxygen saturation in Arterial blood', unit: '%', shown: '%' },
  respiration: { code: '9279-1', title: 'Respiratory rate', unit: '/min', shown: '/min' },
  weight: { code: '29463-7', title: 'Body weight', unit: 'kg', shown: 'kg' },
  height: { code: '8302-2', title: 'Body height', unit: 'cm', shown: 'cm' },
  glucose: { code: '15074-8', title: 'Glucose [Moles/volume] in Blood', unit: 'mmol/L', shown: 'mmol/L' },
} as const satisfies Readonly<Record<string, VitalSign>>;

export type VitalName = keyof typeof vitalSigns;
export const vitalNames = Object.keys(vitalSigns) as readonly VitalName[];

export const SYSTOLIC = { code: '8480-6', title: 'Systolic blood pressure' };
export const DIASTOLIC = { code: '8462-4', title: 'Diastolic blood pressure' };

/** Laboratory results are filed apart from vital signs. */
const LABORATORY: ReadonlySet<VitalName> = new Set(['glucose']);
export const isLaboratory = (name: VitalName): boolean => LABORATORY.has(name);

export const LOINC = 'http://loinc.org';
export const UCUM = 'http://unitsofmeasure.org';
/** LOINC: digits, a hyphen, a check digit. */
export const LOINC_CODE = /^\d{1,7}-\d$/;

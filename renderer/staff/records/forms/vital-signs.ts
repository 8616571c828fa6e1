/** Vital signs that are written often: LOINC code and name, and the UCUM unit that they are measured in. */
export interface VitalSign {
  readonly code: string;
  readonly title: string;
  /** UCUM. */
  readonly unit: string;
  /** Other UCUM units that it is measured in. */
  readonly otherUnits?: readonly string[];
  /** In `unit`, its limits included: what is outside of them is asked about once more, and can be saved. */
  readonly plausible: readonly [low: number, high: number];
}

export const vitalSigns = {
  bloodPressure: {
    code: '85354-9',
    title: 'Blood pressure panel with all children optional',
    unit: 'mm[Hg]',
    plausible: [30, 280],
  },
  heartRate: { code: '8867-4', title: 'Heart rate', unit: '/min', plausible: [25, 250] },
  temperature: {
    code: '8310-5',
    title: 'Body temperature',
    unit: 'Cel',
    otherUnits: ['[degF]'],
    plausible: [32, 42.5],
  },
  oxygen: { code: '2708-6', title: 'Oxygen saturation in Arterial blood', unit: '%', plausible: [50, 100] },
  respiration: { code: '9279-1', title: 'Respiratory rate', unit: '/min', plausible: [4, 80] },
  weight: { code: '29463-7', title: 'Body weight', unit: 'kg', otherUnits: ['g', '[lb_av]'], plausible: [0.4, 350] },
  height: { code: '8302-2', title: 'Body height', unit: 'cm', otherUnits: ['m', '[in_i]'], plausible: [25, 250] },
  glucose: { code: '15074-8', title: 'Glucose [Moles/volume] in Blood', unit: 'mmol/L', plausible: [1, 60] },
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

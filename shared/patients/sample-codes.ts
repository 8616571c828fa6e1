/** What sample patients have, take and are measured by: SNOMED CT, RxNorm, CVX and LOINC codes with their words. */

/** Code and display. */
export type Coded = readonly [code: string, display: string];

export interface Measure {
  readonly code: string;
  readonly display: string;
  readonly unit: string;
  /** UCUM. */
  readonly ucum: string;
  readonly mean: number;
  readonly spread: number;
  /** Digits after the point, always written, since they say how exactly it was measured. */
  readonly digits: number;
  readonly low?: string;
  readonly high?: string;
}

const measure = (
  code: string,
  display: string,
  ucum: string,
  [mean, spread, digits]: readonly [number, number, number],
  more: { low?: string; high?: string; unit?: string } = {},
): Measure => ({ code, display, unit: ucum, ucum, mean, spread, digits, ...more });

export interface ChronicIllness {
  readonly illness: Coded;
  readonly medications: readonly { readonly drug: Coded; readonly dosage: string }[];
  /** What is followed over the years. */
  readonly labs: readonly Measure[];
  /** HL7 v3 ActCode under which the records are kept apart. */
  readonly sensitivity?: Coded;
}

const hba1c = measure('4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', '%', [7.1, 0.9, 1], { low: '4.0', high: '5.6' });
const glucose = measure('2339-0', 'Glucose [Mass/volume] in Blood', 'mg/dL', [132, 24, 0], { low: '70', high: '99' });
const creatinine = measure('2160-0', 'Creatinine [Mass/volume] in Serum or Plasma', 'mg/dL', [0.96, 0.18, 2], {
  low: '0.60',
  high: '1.20',
});
const potassium = measure('2823-3', 'Potassium [Moles/volume] in Serum or Plasma', 'mmol/L', [4.2, 0.35, 1], {
  low: '3.5',
  high: '5.1',
});
const cholesterol = measure('2093-3', 'Cholesterol [Mass/volume] in Serum or Plasma', 'mg/dL', [214, 28, 0], { high: '200' });
const hdl = measure('2085-9', 'Cholesterol in HDL [Mass/volume] in Serum or Plasma', 'mg/dL', [49, 9, 0], { low: '40' });
const triglycerides = measure('2571-8', 'Triglyceride [Mass/volume] in Serum or Plasma', 'mg/dL', [148, 38, 0], { high: '150' });
const tsh = measure('3016-3', 'Thyrotropin [Units/volume] in Serum or Plasma', 'm[IU]/L', [3.1, 1.4, 2], {
  low: '0.40',
  high: '4.00',
  unit: 'mIU/L',
});

export const BLOOD_COUNT: readonly Measure[] = [
  measure('718-7', 'Hemoglobin [Mass/volume] in Blood', 'g/dL', [13.9, 1.1, 1], { low: '12.0', high: '17.5' }),
  measure('6690-2', 'Leukocytes [#/volume] in Blood by Automated count', '10*3/uL', [6.8, 1.6, 1], { low: '4.5', high: '11.0' }),
  measure('777-3', 'Platelets [#/volume] in Blood by Automated count', '10*3/uL', [248, 48, 0], { low: '150', high: '450' }),
];

export const HEART_RATE = measure('8867-4', 'Heart rate', '/min', [73, 9, 0]);
export const TEMPERATURE = measure('8310-5', 'Body temperature', 'Cel', [36.7, 0.3, 1], { unit: '°C' });
export const OXYGEN = measure('59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry', '%', [97, 1, 0]);
export const WEIGHT = measure('29463-7', 'Body weight', 'kg', [74, 12, 1]);
export const HEIGHT = measure('8302-2', 'Body height', 'cm', [170, 8, 0]);

export const CHRONIC: readonly ChronicIllness[] = [
  {
    illness: ['38341003', 'Hypertensive disorder'],
    medications: [
      { drug: ['314076', 'lisinopril 10 MG Oral Tablet'], dosage: '1 tablet in the morning' },
      { drug: ['197361', 'amlodipine 5 MG Oral Tablet'], dosage: '1 tablet a day' },
    ],
    labs: [creatinine, potassium],
  },
  {
    illness: ['44054006', 'Type 2 diabetes mellitus'],
    medications: [
      {
        drug: ['860975', '24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet'],
        dosage: '1 tablet with the evening meal',
      },
    ],
    labs: [hba1c, glucose, creatinine],
  },
  {
    illness: ['55822004', 'Hyperlipidemia'],
    medications: [{ drug: ['314231', 'simvastatin 10 MG Oral Tablet'], dosage: '1 tablet at night' }],
    labs: [cholesterol, hdl, triglycerides],
  },
  {
    illness: ['195967001', 'Asthma'],
    medications: [
      { drug: ['745752', '200 ACTUAT albuterol 0.09 MG/ACTUAT Metered Dose Inhaler'], dosage: '2 puffs when breath is short' },
    ],
    labs: [],
  },
  {
    illness: ['40930008', 'Hypothyroidism'],
    medications: [
      { drug: ['966222', 'levothyroxine sodium 0.075 MG Oral Tablet'], dosage: '1 tablet half an hour before breakfast' },
    ],
    labs: [tsh],
  },
  {
    illness: ['370143000', 'Major depressive disorder'],
    medications: [{ drug: ['310385', 'fluoxetine 20 MG Oral Capsule'], dosage: '1 capsule in the morning' }],
    labs: [],
    sensitivity: ['MH', 'mental health information sensitivity'],
  },
];

export const ACUTE: readonly {
  readonly illness: Coded;
  readonly drug?: Coded;
  readonly dosage?: string;
  readonly days: number;
}[] = [
  { illness: ['195662009', 'Acute viral pharyngitis'], days: 9 },
  {
    illness: ['10509002', 'Acute bronchitis'],
    drug: ['313782', 'acetaminophen 325 MG Oral Tablet'],
    dosage: '1 tablet up to 4 times a day',
    days: 14,
  },
  {
    illness: ['43878008', 'Streptococcal sore throat'],
    drug: ['308182', 'amoxicillin 250 MG Oral Capsule'],
    dosage: '1 capsule 3 times a day for 10 days',
    days: 12,
  },
  {
    illness: ['44465007', 'Sprain of ankle'],
    drug: ['310965', 'ibuprofen 200 MG Oral Tablet'],
    dosage: '2 tablets up to 3 times a day',
    days: 28,
  },
  { illness: ['444814009', 'Viral sinusitis'], days: 16 },
  { illness: ['68566005', 'Urinary tract infectious disease'], days: 8 },
];

export const ALLERGIES: readonly {
  readonly to: Coded;
  readonly category: 'medication' | 'food' | 'environment';
  readonly reaction: Coded;
  readonly severe: boolean;
}[] = [
  {
    to: ['91936005', 'Allergy to penicillin'],
    category: 'medication',
    reaction: ['271807003', 'Eruption of skin'],
    severe: true,
  },
  { to: ['91935009', 'Allergy to peanut'], category: 'food', reaction: ['39579001', 'Anaphylaxis'], severe: true },
  { to: ['300913006', 'Allergy to shellfish'], category: 'food', reaction: ['126485001', 'Urticaria'], severe: false },
  { to: ['419474003', 'Allergy to mold'], category: 'environment', reaction: ['49727002', 'Cough'], severe: false },
];

export const VACCINES: readonly Coded[] = [
  ['140', 'Influenza, seasonal, injectable, preservative free'],
  ['113', 'Td (adult), 5 Lf tetanus toxoid, preservative free, adsorbed'],
  ['33', 'pneumococcal polysaccharide vaccine, 23 valent'],
  ['208', 'COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose'],
];

export const PROCEDURES: readonly Coded[] = [
  ['29303009', 'Electrocardiographic procedure'],
  ['430193006', 'Medication reconciliation'],
  ['127783003', 'Spirometry'],
  ['40701008', 'Echocardiography'],
  ['73761001', 'Colonoscopy'],
];

/** Gene (HGNC) and what the clinic notes of it. */
export const GENETIC_FINDINGS: readonly { readonly gene: Coded; readonly finding: string }[] = [
  { gene: ['HGNC:2621', 'CYP2C19'], finding: 'Poor metabolizer' },
  { gene: ['HGNC:2625', 'CYP2D6'], finding: 'Intermediate metabolizer' },
  { gene: ['HGNC:2623', 'CYP2C9'], finding: 'Normal metabolizer' },
];

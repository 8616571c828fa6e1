/** What can be watched: the LOINC codes of one measurement, the panels that carry it as a component, and its unit. */

export interface Measurement {
  readonly codes: readonly string[];
  readonly panels: readonly string[];
  /** UCUM: the one that thresholds have, then what else is written for the very same unit. */
  readonly units: readonly [string, ...string[]];
}

/** Glucose by mass and glucose by moles are two: nothing is converted here. */
export const MEASUREMENTS = {
  SYSTOLIC_PRESSURE: { codes: ['8480-6'], panels: ['85354-9', '55284-4'], units: ['mm[Hg]'] },
  HEART_RATE: { codes: ['8867-4'], panels: [], units: ['/min', '{beats}/min', '1/min'] },
  OXYGEN_SATURATION: { codes: ['59408-5', '2708-6'], panels: [], units: ['%'] },
  BODY_TEMPERATURE: { codes: ['8310-5'], panels: [], units: ['Cel'] },
  BODY_WEIGHT: { codes: ['29463-7'], panels: [], units: ['kg'] },
  GLUCOSE_MOLES: { codes: ['15074-8'], panels: [], units: ['mmol/L'] },
  GLUCOSE_MASS: { codes: ['2339-0'], panels: [], units: ['mg/dL'] },
} as const satisfies Readonly<Record<string, Measurement>>;

export type MeasurementName = keyof typeof MEASUREMENTS;

export const measurementNames = Object.keys(MEASUREMENTS) as readonly MeasurementName[];

/** UCUM. */
export const unitOf = (name: MeasurementName): string => MEASUREMENTS[name].units[0];

/** Whether a record with this first code can hold the measurement. */
export function canHold(name: MeasurementName, code: string): boolean {
  const { codes, panels }: Measurement = MEASUREMENTS[name];
  return codes.includes(code) || panels.includes(code);
}

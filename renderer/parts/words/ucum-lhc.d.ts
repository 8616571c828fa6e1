/** The part of the library that this program uses; it brings no types. */
declare module '@lhncbc/ucum-lhc' {
  interface UnitChecked {
    readonly status: 'valid' | 'invalid' | 'error';
    /** The unit as UCUM writes it, where the text was meant to be one. */
    readonly ucumCode: string | null;
    readonly suggestions?: ReadonlyArray<{ readonly units: ReadonlyArray<readonly [code: string, name: string, hint: string]> }>;
  }
  interface Converted {
    readonly status: 'succeeded' | 'failed' | 'error';
    readonly toVal: number | null;
  }
  interface Utils {
    validateUnitString(unit: string, suggest?: boolean): UnitChecked;
    convertUnitTo(from: string, value: number, to: string): Converted;
  }
  export const UcumLhcUtils: { getInstance(): Utils };
}

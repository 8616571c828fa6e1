/** Units of measure by UCUM. The tables are large, so they are loaded when the first form with a unit is opened. */
import { useEffect, useState } from 'react';

export interface Units {
  /** Whether UCUM knows this unit, written like this. */
  readonly knows: (unit: string) => boolean;
  /** UCUM codes that may have been meant, the likeliest first. */
  readonly like: (unit: string) => readonly string[];
  /** Undefined where one cannot be converted into the other. For comparing only: what is recorded keeps its digits and its unit. */
  readonly convert: (value: number, from: string, to: string) => number | undefined;
}

const MOST_LIKE = 4;
let loading: Promise<Units> | undefined;

export function loadUnits(): Promise<Units> {
  loading ??= import('@lhncbc/ucum-lhc').then(({ UcumLhcUtils }) => {
    const library = UcumLhcUtils.getInstance();
    return {
      // A code that was only meant is refused by its exact spelling.
      knows: (unit) => unit !== '' && library.validateUnitString(unit).ucumCode === unit,
      like: (unit) => {
        const found = library.validateUnitString(unit, true);
        const codes = (found.suggestions ?? []).flatMap(({ units }) => units.map(([code]) => code));
        return [...new Set(found.ucumCode === null ? codes : [found.ucumCode, ...codes])].slice(0, MOST_LIKE);
      },
      convert: (value, from, to) => library.convertUnitTo(from, value, to).toVal ?? undefined,
    };
  });
  return loading;
}

/** Undefined until the tables are there; a form that was faster is checked when they are. */
export function useUnits(): Units | undefined {
  const [units, setUnits] = useState<Units>();
  useEffect(() => {
    let left = false;
    // Without the tables a unit is taken as it was typed.
    loadUnits().then(
      (loaded) => left || setUnits(() => loaded),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, []);
  return units;
}

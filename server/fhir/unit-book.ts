/** Whether UCUM knows a unit. Its tables are large: they are loaded when the first table with units is read. */
export function unitBook(): Promise<(unit: string) => boolean> {
  book ??= opened();
  return book;
}

let book: Promise<(unit: string) => boolean> | undefined;

async function opened(): Promise<(unit: string) => boolean> {
  const { UcumLhcUtils } = await import('@lhncbc/ucum-lhc');
  const library = UcumLhcUtils.getInstance();
  const known = new Map<string, boolean>();
  return (unit) => {
    const found = known.get(unit);
    if (found !== undefined) return found;
    // A code that was only meant is refused by its exact spelling.
    const knows = library.validateUnitString(unit).ucumCode === unit;
    known.set(unit, knows);
    return knows;
  };
}

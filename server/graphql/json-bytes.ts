/** Answers as bytes of JSON. */

/** Fields of fields, to a page of blocks and what stands beside it. */
const DEPTH = 3;
/** Characters from which on a field is bytes of its own. */
const LARGE = 16_384;

/**
 * What `JSON.stringify` gives, in UTF-8 and in pieces. A single character outside Latin-1, such as the dash in a checkpoint, would
 * make the text of a whole page twice as wide, and writing it take three times as long.
 */
export function jsonBytes(value: object): Buffer[] {
  const pieces: Buffer[] = [];
  let small = '';
  const add = (text: string): void => {
    if (text.length < LARGE) {
      small += text;
      return;
    }
    pieces.push(Buffer.from(small), Buffer.from(text));
    small = '';
  };
  addFields(value, DEPTH, add);
  pieces.push(Buffer.from(small));
  return pieces;
}

function addFields(value: object, depth: number, add: (text: string) => void): void {
  let before = '{';
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue;
    add(`${before}${JSON.stringify(name)}:`);
    before = ',';
    const hasFields = depth > 1 && typeof field === 'object' && field !== null && !Array.isArray(field);
    if (hasFields) addFields(field, depth - 1, add);
    else add(JSON.stringify(field));
  }
  add(before === '{' ? '{}' : '}');
}

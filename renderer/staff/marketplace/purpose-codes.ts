/** Codes of the GA4GH Data Use Ontology that an offer can name; the words of each stand in the languages' files under `duo`. */
export const purposeCodes = [
  'DUO:0000042',
  'DUO:0000006',
  'DUO:0000007',
  'DUO:0000011',
  'DUO:0000018',
  'DUO:0000021',
  'DUO:0000026',
  'DUO:0000043',
] as const;
type PurposeCode = (typeof purposeCodes)[number];

export const isPurposeCode = (code: string): code is PurposeCode => (purposeCodes as readonly string[]).includes(code);

/** The code's key in the languages' files. */
export const purposeKey = (code: PurposeCode) => `duo.${code.slice(4) as Digits<PurposeCode>}` as const;

type Digits<Code extends string> = Code extends `DUO:${infer Rest}` ? Rest : never;
